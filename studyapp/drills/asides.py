"""What a student does beside an answer, as text and as values: a hint, a flag, a report, a reason, a day, another question."""

from collections.abc import Collection
from typing import Any

from django import forms

from studyapp.attempts.models import Flaw, Reason
from studyapp.drills.services import Said

LONGEST_REPORT = 1000
HOW = ("like", "harder", "confused")


class Aside(forms.Form):
    @property
    def problem(self) -> str:
        """What is wrong with it, in one text."""
        return " ".join(str(text) for texts in self.errors.values() for text in texts)


class HintForm(Aside):
    """A wish for a hint. Cleaned: `hint`, a name in `offered`."""

    def __init__(self, *args: Any, offered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = "“%(value)s” is no hint of this question." if offered else "This question has no hints."
        self.fields["hint"] = forms.ChoiceField(
            choices=[(name, name) for name in offered],
            error_messages={"required": "Say which hint.", "invalid_choice": unknown},
        )


class FlagForm(Aside):
    """Cleaned: `is_flagged`, whether the fact is to have a flag."""

    is_flagged = forms.BooleanField(required=False)


class ReasonForm(Aside):
    """Why an answer was missed. Cleaned: `reason`."""

    reason = forms.TypedChoiceField(
        coerce=Reason,
        choices=Reason.choices,
        error_messages={"required": "Choose one of the reasons.", "invalid_choice": "Choose one of the reasons shown."},
    )


class LikeForm(Aside):
    """Another question. Cleaned: `how` it stands to the one just answered."""

    how = forms.ChoiceField(
        choices=[(how, how) for how in HOW],
        error_messages={"required": "Say which other question.", "invalid_choice": "There is no “%(value)s” question."},
    )


class CardForm(Aside):
    """What becomes of a fact. Cleaned: `do`, and `on`: a day, for `Said.DUE` alone."""

    do = forms.TypedChoiceField(
        coerce=Said,
        choices=[(said.value, said.label) for said in Said if said not in (Said.FLAG, Said.UNFLAG)],
        error_messages={
            "required": "Say what is to become of it.",
            "invalid_choice": "“%(value)s” cannot be done with a fact.",
        },
    )
    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "That is no day. Write it as year-month-day, such as 2026-12-24."},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("do") == Said.DUE and not given.get("on") and "on" not in self.errors:
            self.add_error("on", "Choose the day on which it is to come back.")
        return given


class ReportForm(Aside):
    """What is wrong with a question. Cleaned: `flaw`, `words`."""

    flaw = forms.TypedChoiceField(
        coerce=Flaw,
        choices=Flaw.choices,
        error_messages={
            "required": "Choose what is wrong with it.",
            "invalid_choice": "Choose one of the flaws shown.",
        },
    )
    words = forms.CharField(required=False, widget=forms.Textarea)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"]).replace("\r\n", "\n")
        if len(words) > LONGEST_REPORT:
            raise forms.ValidationError(f"At most {LONGEST_REPORT:,} characters; these are {len(words):,}.")
        return words

    @property
    def given(self) -> dict[str, Any]:
        """What the page shows of it: `flaw` and `words` as they came, what is `wrong` by field, whether it `is_kept`."""
        wrong = {name: " ".join(map(str, texts)) for name, texts in self.errors.items()}
        text = {name: self.data.get(name, "") for name in ("flaw", "words")}
        return {**text, "wrong": wrong, "is_kept": not wrong}
