"""A student's response, and a student's wish, as text and as values."""

from typing import Any

from django import forms

from studyapp.content.sections import SECTIONS
from studyapp.drills.models import DrillKind
from studyapp.drills.services import Scope
from studyapp.questions.variants import Variant


class ResponseForm(forms.Form):
    """A response to one question. Cleaned: `response` (option ids), `is_sure`, `token` (signed text)."""

    response = forms.MultipleChoiceField(
        label="Your answer",
        error_messages={
            "required": "Choose an option, then answer.",
            "invalid_choice": "That option is not part of this question. Choose from the options shown.",
        },
    )
    is_sure = forms.BooleanField(required=False, label="I am sure")
    token = forms.CharField(
        max_length=2000, error_messages={"required": "This question came back incomplete. Here it is again."}
    )

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        response = self.fields["response"]
        assert isinstance(response, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker what stands above
        response.choices = [(option.id, option.text) for option in variant.options]

    @property
    def problems(self) -> list[str]:
        return [str(text) for texts in self.errors.values() for text in texts]


class StartForm(forms.Form):
    """What to drill. Cleaned: `scope`, `size`. Without a section or a fact it is what is due."""

    section = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(number, title) for number, title in SECTIONS.items()],
        error_messages={"invalid_choice": "Section %(value)s does not exist; the tables have sections 1 to 10."},
    )
    fact = forms.CharField(required=False, max_length=120)
    name = forms.CharField(required=False, max_length=80)
    size = forms.IntegerField(required=False, min_value=1, max_value=30)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        return {"scope": _scope(given), "size": given.get("size") or 12}


def _scope(given: dict[str, Any]) -> Scope:
    if given.get("fact"):
        return Scope(DrillKind.FACT, given.get("name") or "One fact", facts=(given["fact"],))
    if section := given.get("section"):
        return Scope(DrillKind.SECTION, SECTIONS[section], sections=(section,))
    return Scope(DrillKind.DUE, "Due today")
