"""What of the moves a reader wants to see."""

from django import forms

from studyapp.content.sections import SECTIONS
from studyapp.reference.moved import GROUPS


class MovedForm(forms.Form):
    """Cleaned: `section` (a number or None) and `kind` (a group or None). What is neither is left out, as in a search."""

    section = forms.TypedChoiceField(
        label="Section",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "All sections"), *((number, title) for number, title in SECTIONS.items())],
    )
    kind = forms.TypedChoiceField(
        label="Kind", required=False, empty_value=None, choices=[("", "Everything"), *GROUPS.items()]
    )
