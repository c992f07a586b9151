"""The terms of a sitting, and the draft of a response, as text and as values."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from studyapp.content.models import Blueprint
from studyapp.exams.drafts import read_base
from studyapp.exams.terms import LONGEST_MS, Draft, Terms
from studyapp.ui.words import minutes

MOST_IDS, LONGEST_ID, LONGEST_BASE = 8, 20, 500
EXTRA = (("1", "none"), ("1.25", "25 % more"), ("1.5", "50 % more"), ("2", "twice the time"))
MODES = (("strict", "Strict: the clock never stops"), ("pausable", "It can be paused"))


class TermsForm(forms.Form):
    """How a sitting is to go. Cleaned: `terms`."""

    size = forms.TypedChoiceField(label="Questions", coerce=int, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label="Clock", choices=MODES, widget=forms.RadioSelect)
    extra = forms.TypedChoiceField(
        label="Extra time",
        coerce=float,
        choices=EXTRA,
        help_text="As the exam gives it to those who need it.",
        error_messages={"invalid_choice": "%(value)s is no extra time. There is none, 1.25, 1.5 and 2."},
    )

    def __init__(self, *args: Any, blueprint: Blueprint, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"size": blueprint.sizes[0], "mode": "strict", "extra": "1"})
        super().__init__(*args, **kwargs)
        sizes = [(size, f"{size} in {minutes(60 * blueprint.minutes_for(size))}") for size in blueprint.sizes]
        size = self.fields["size"]
        assert isinstance(size, forms.TypedChoiceField)  # noqa: S101 - it is declared so above
        size.choices = sizes
        offered = ", ".join(str(size) for size in blueprint.sizes)
        size.error_messages["invalid_choice"] = f"%(value)s questions are not offered. Choose from {offered}."
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            given["terms"] = Terms(given["size"], given["mode"] == "strict", given["extra"])
        return given


class Ids(forms.Field):
    """Ids of options, each once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(str(each) for each in value or ()))
        if len(ids) > MOST_IDS or any(len(each) > LONGEST_ID for each in ids):
            raise forms.ValidationError("That option is not part of this question. Choose from the options shown.")
        return ids


class DraftForm(forms.Form):
    """What stands on the page of a question. Cleaned: `draft`, and what to do next: `go` (to a place; 0 is the overview),
    `clear` or `pause`."""

    response = Ids(required=False)
    struck = Ids(required=False)
    is_marked = forms.BooleanField(required=False)
    is_sure = forms.BooleanField(required=False)
    hides_clock = forms.BooleanField(required=False)
    clear = forms.BooleanField(required=False)
    pause = forms.BooleanField(required=False)
    device_ms = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_MS)
    base = forms.CharField(required=False, max_length=LONGEST_BASE)
    go = forms.IntegerField(required=False, min_value=0, max_value=1000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            given["draft"] = Draft(
                response=() if given["clear"] else given["response"],
                struck=given["struck"],
                is_marked=given["is_marked"],
                is_sure=given["is_sure"],
                device_ms=given["device_ms"],
                hides_clock=given["hides_clock"],
                base=None if given["clear"] else read_base(given["base"]),
            )
        return given

    @property
    def stays(self) -> bool:
        """The page only tells how its question stands, and nothing on it changes place."""
        given = self.cleaned_data
        return given["go"] is None and not given["clear"] and not given["pause"]

    @property
    def problems(self) -> list[str]:
        return [
            f"{name}: {text}" if name != "response" else str(text)
            for name, texts in self.errors.items()
            for text in texts
        ]


class TurnForm(forms.Form):
    """From the overview to a question. Cleaned: `go`."""

    go = forms.IntegerField(min_value=1, max_value=1000)
