"""What a student wishes to drill, as text and as values."""

from typing import Any

from django import forms

from studyapp.content.sections import SECTIONS
from studyapp.drills.clues import spoken
from studyapp.drills.models import DrillKind, Feedback
from studyapp.drills.scopes import MOST, Scope

MOST_FACTS, LONGEST_SLUG = 200, 120
MOST_MINUTES = 480
TITLES = {
    DrillKind.PLAN: "Today",
    DrillKind.DUE: "What is due",
    DrillKind.NEW: "What is new",
    DrillKind.WEAK: "What is weak",
    DrillKind.MISSED: "What you missed",
    DrillKind.CONFUSED: "What you confuse",
    DrillKind.FLAGGED: "What you flagged",
}
"""Drills of the student's own facts, which need no more to be said."""


class Slugs(forms.Field):
    """Ids of facts, each once and in their order; `fact` may stand there as often as a page lists facts."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        given = [value] if isinstance(value, str) else value or ()
        slugs = tuple(dict.fromkeys(str(each) for each in given if each))
        if len(slugs) > MOST_FACTS:
            raise forms.ValidationError(f"A drill can be on at most {MOST_FACTS} facts; {len(slugs)} are named.")
        longest = max(map(len, slugs), default=0)
        if longest > LONGEST_SLUG:
            raise forms.ValidationError(
                f"A fact's id has at most {LONGEST_SLUG} characters; one of these has {longest}."
            )
        return slugs


def _whole(name: str, most: int, unit: str) -> forms.IntegerField:
    """A number from 1, which need not be given."""
    limits = f"“%(show_value)s” is not from 1 to {most} {unit}."
    return forms.IntegerField(
        required=False,
        label=name,
        min_value=1,
        max_value=most,
        error_messages={
            "min_value": limits,
            "max_value": limits,
            "invalid": f"Enter a whole number of {unit}, from 1 to {most}.",
        },
    )


class StartForm(forms.Form):
    """What to drill. Cleaned: `scope`, `size` and `minutes` (None if not given), `feedback`. Where no facts, section, clue or
    objective is named it is of `kind`, and without that the plan for today."""

    kind = forms.ChoiceField(
        required=False,
        choices=[(kind.value, title) for kind, title in TITLES.items()],
        error_messages={
            "invalid_choice": f"“%(value)s” is no kind of drill; there are {', '.join(kind.value for kind in TITLES)}."
        },
    )
    section = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(number, title) for number, title in SECTIONS.items()],
        error_messages={"invalid_choice": "Section %(value)s does not exist; the tables have sections 1 to 10."},
    )
    fact = Slugs(required=False)
    clue = forms.CharField(required=False, max_length=80)
    objective = forms.CharField(required=False, max_length=40)
    name = forms.CharField(required=False, max_length=80)
    size = _whole("Size", MOST, "questions")
    minutes = _whole("Minutes", MOST_MINUTES, "minutes")
    feedback = forms.ChoiceField(
        required=False,
        choices=Feedback.choices,
        error_messages={"invalid_choice": "“%(value)s” is not when reasons can be shown: now, or end."},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        return {
            "scope": _scope(given),
            "size": given.get("size"),
            "minutes": given.get("minutes"),
            "feedback": Feedback(given.get("feedback") or Feedback.NOW),
        }


def _scope(given: dict[str, Any]) -> Scope:
    name = given.get("name")
    if facts := given.get("fact"):
        return Scope(DrillKind.FACT, name or ("One fact" if len(facts) == 1 else "These facts"), facts=facts)
    if section := given.get("section"):
        return Scope(DrillKind.SECTION, SECTIONS[section], sections=(section,))
    if clue := given.get("clue"):
        return Scope(DrillKind.CLUE, name or "One clue", clue=clue)
    if objective := given.get("objective"):
        return Scope(DrillKind.OBJECTIVE, spoken(objective), objective=objective)
    kind = DrillKind(given.get("kind") or DrillKind.PLAN)
    return Scope(kind, TITLES[kind])
