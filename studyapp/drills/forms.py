"""A student's response, as text and as values."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms

from studyapp.attempts.asking import Sent, field_of, plain
from studyapp.questions.variants import Shown, Variant

ARRANGED = ("matching", "contrast", "ordering")
LINE = field_of("")
LONGEST_MS, MOST_DIGITS = 24 * 60 * 60 * 1000, 15


class Milliseconds(forms.Field):
    """How long the browser says; None for what no browser would say. It is never an answer's fault."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int | None:
        text = str(value or "")
        return min(int(text), LONGEST_MS) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else None


class ResponseForm(forms.Form):
    """A response to one question. Cleaned: `response` (texts, as `questions.marking` reads them), `is_sure`, `struck` (option ids
    that were struck out and not chosen), `device_ms` (None where no script has counted), `token` (signed text).

    What is chosen or typed stands in the field `response`; where lines are matched or put in order, each has a field of its own.
    """

    is_sure = forms.BooleanField(required=False, label="I am sure")
    device_ms = Milliseconds(required=False)
    token = forms.CharField(
        max_length=2000, error_messages={"required": "This question came back incomplete. Here it is again."}
    )

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variant = variant
        self.fields.update(_fields(variant))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["struck"] = [each for each in given.get("struck", ()) if each not in given.get("response", ())]
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
        named = {"response"} if self.variant.kind == "numeric" else set(self._lines)
        return replace(
            self.given,
            problems=tuple(str(text) for name, texts in self.errors.items() if name not in named for text in texts),
            wrong={name: str(texts[0]) for name, texts in self.errors.items() if name in named},
        )

    @property
    def given(self) -> Sent:
        """What stood in the form, whether or not it would do as a response."""
        return Sent(
            response=self._given(),
            struck=tuple(self["struck"].data or ()) if "struck" in self.fields else (),
            device_ms=self.fields["device_ms"].to_python(self.data.get("device_ms")),
            lines={name: self.data.get(name, "") for name in self._lines},
            is_sure="is_sure" in self.data,
        )

    @property
    def _lines(self) -> list[str]:
        return [name for name in self.fields if name.startswith(LINE)]

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
        case "reveal":
            yield "response", _choice(variant)
        case _:
            yield "response", _choice(variant)
            yield "struck", _struck(variant)


def _choice(variant: Variant) -> forms.Field:
    unknown = "That option is not part of this question. Choose from the options shown."
    missing = "Say whether you knew it." if variant.kind == "reveal" else "Choose an option, then answer."
    return forms.MultipleChoiceField(
        choices=[(option.id, option.text) for option in variant.options],
        error_messages={"required": missing, "invalid_choice": unknown},
    )


def _struck(variant: Variant) -> forms.Field:
    return forms.MultipleChoiceField(
        required=False,
        choices=[(option.id, option.text) for option in variant.options],
        error_messages={
            "invalid_choice": "What was struck out is not part of this question. Strike out the options shown."
        },
    )


def _line(choices: list[tuple[str, str]], missing: str) -> forms.Field:
    return forms.ChoiceField(choices=choices, error_messages={"required": missing, "invalid_choice": missing})
