"""A student's response, and a student's wish, as text and as values."""

from collections.abc import Iterator
from typing import Any

from django import forms

from studyapp.content.sections import SECTIONS
from studyapp.drills.asking import Sent, field_of, plain
from studyapp.drills.models import DrillKind
from studyapp.drills.services import Scope
from studyapp.questions.variants import Shown, Variant

ARRANGED = ("matching", "contrast", "ordering")
MOST_FACTS, LONGEST_SLUG = 200, 120


class ResponseForm(forms.Form):
    """A response to one question. Cleaned: `response` (texts, as `questions.marking` reads them), `is_sure`, `token` (signed text).

    What is chosen or typed stands in the field `response`; where lines are matched or put in order, each has a field of its own.
    """

    is_sure = forms.BooleanField(required=False, label="I am sure")
    token = forms.CharField(
        max_length=2000, error_messages={"required": "This question came back incomplete. Here it is again."}
    )

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variant = variant
        self.fields.update(_fields(variant))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.variant.kind == "numeric" and "response" in given:
            given["response"] = [given["response"]]
        if self.variant.kind == "ordering":
            self._refuse_shared_places(given)
        if self.variant.kind in ARRANGED and not self.errors:
            given["response"] = [self._text(option, given[field_of(option.id)]) for option in self.variant.options]
        return given

    def refuse(self, text: str) -> None:
        """Say what is wrong with a response that could be read and cannot stand."""
        self.add_error("response" if "response" in self.fields else None, text)

    @property
    def problems(self) -> list[str]:
        return [str(text) for texts in self.errors.values() for text in texts]

    @property
    def sent(self) -> Sent:
        """What came, and what is wrong with it, for the page that asks again."""
        lines = [name for name in self.fields if name not in ("response", "is_sure", "token")]
        named = {"response"} if self.variant.kind == "numeric" else set(lines)
        return Sent(
            response=self._given(),
            lines={name: self.data.get(name, "") for name in lines},
            is_sure="is_sure" in self.data,
            problems=tuple(str(text) for name, texts in self.errors.items() if name not in named for text in texts),
            wrong={name: str(texts[0]) for name, texts in self.errors.items() if name in named},
        )

    def _given(self) -> tuple[str, ...]:
        """What was chosen or typed, as it came."""
        given = self["response"].data if "response" in self.fields else None
        return (given,) if isinstance(given, str) else tuple(given or ())

    def _text(self, option: Shown, given: str) -> str:
        return f"{given}:{option.id}" if self.variant.kind == "ordering" else f"{option.id}={given}"

    def _refuse_shared_places(self, given: dict[str, Any]) -> None:
        """By id: in the order of the item the refusal would give away which comes first."""
        holders: dict[str, Shown] = {}
        for option in sorted(self.variant.options, key=lambda option: option.id):
            place = given.get(field_of(option.id))
            if place and place in holders:
                other = plain(holders[place].text)
                self.add_error(
                    field_of(option.id), f"Place {place} is given to “{other}” too. Give each a place of its own."
                )
            elif place:
                holders[place] = option


def _fields(variant: Variant) -> Iterator[tuple[str, forms.Field]]:
    """The fields that hold the response to a variant, with their names."""
    answers = [(answer.id, answer.text) for answer in variant.answers]
    places = [(str(place), str(place)) for place in range(1, len(variant.options) + 1)]
    match variant.kind:
        case "numeric":
            yield "response", forms.CharField(error_messages={"required": "Type a number, then answer."})
        case "matching" | "contrast":
            yield from (
                (field_of(option.id), _line(answers, "Choose what belongs to it.")) for option in variant.options
            )
        case "ordering":
            yield from ((field_of(option.id), _line(places, "Choose its place.")) for option in variant.options)
        case _:
            yield "response", _choice(variant)


def _choice(variant: Variant) -> forms.Field:
    unknown = "That option is not part of this question. Choose from the options shown."
    missing = "Say whether you knew it." if variant.kind == "reveal" else "Choose an option, then answer."
    return forms.MultipleChoiceField(
        choices=[(option.id, option.text) for option in variant.options],
        error_messages={"required": missing, "invalid_choice": unknown},
    )


def _line(choices: list[tuple[str, str]], missing: str) -> forms.Field:
    return forms.ChoiceField(choices=choices, error_messages={"required": missing, "invalid_choice": missing})


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


class StartForm(forms.Form):
    """What to drill. Cleaned: `scope`, `size`. Without a section or facts it is what is due."""

    section = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(number, title) for number, title in SECTIONS.items()],
        error_messages={"invalid_choice": "Section %(value)s does not exist; the tables have sections 1 to 10."},
    )
    fact = Slugs(required=False)
    name = forms.CharField(required=False, max_length=80)
    size = forms.IntegerField(required=False, min_value=1, max_value=30)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        return {"scope": _scope(given), "size": given.get("size") or 12}


def _scope(given: dict[str, Any]) -> Scope:
    if facts := given.get("fact"):
        name = "One fact" if len(facts) == 1 else "These facts"
        return Scope(DrillKind.FACT, given.get("name") or name, facts=facts)
    if section := given.get("section"):
        return Scope(DrillKind.SECTION, SECTIONS[section], sections=(section,))
    return Scope(DrillKind.DUE, "Due today")
