"""content/demos/: what the lab says beside a scenario, and cards of clues that are a matter of choice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue, model_validator

from studyapp.content.schema.common import Id, Line, Prose, Slug, Strict, Topic, at_most_words
from studyapp.content.schema.tables import Facts
from studyapp.facts.quantity import BadQuantity, parse


def _nearness(text: str) -> str:
    try:
        parse(text)
    except BadQuantity as error:
        raise ValueError(f"{error}; write 5 % or 0.1 s") from None
    return text


class Asks(Strict):
    """What to predict before the run is shown: one metric of it."""

    metric: Line = Field(description="As in a claim.")
    question: Line
    unit: Line | None = Field(None, description="In what a number is asked for; its own unless given.")
    choices: dict[Line, Line] | None = Field(
        None, description="For words, yes and no: each value that it may have, and how that is said; 2 to 5."
    )
    within: Annotated[Line, AfterValidator(_nearness)] | None = Field(
        None, description="How near a number counts as right, such as 5 % or 0.1 s; unless given, as it is written."
    )

    @model_validator(mode="after")
    def asks_for_a_number_or_a_choice(self) -> Asks:
        if self.choices is None:
            return self
        if not 2 <= len(self.choices) <= 5:
            raise ValueError(f"choices: has {len(self.choices)}; needs 2 to 5")
        if self.unit or self.within:
            raise ValueError("has choices, so it has no unit and no within")
        return self


class Choice(Strict):
    """A value that a parameter may have, in words."""

    value: JsonValue = Field(alias="is")
    says: Line


class Control(Strict):
    """A parameter that a reader should move first."""

    path: Line
    label: Annotated[Line, at_most_words(7)] | None = Field(
        None, description="What a student calls it; the name of its field unless given."
    )
    least: int | Line | None = Field(None, alias="from", description="Where the slider of a number begins.")
    most: int | Line | None = Field(None, alias="to", description="Where it ends.")

    choices: Annotated[
        tuple[Choice, ...],
        Field(strict=False, max_length=8, description="What it may be, where that is no number; 2 to 8."),
    ] = ()

    @model_validator(mode="after")
    def is_moved_or_chosen(self) -> Control:
        if (self.least is None) != (self.most is None):
            raise ValueError("needs from and to, or neither")
        if self.choices and self.least is not None:
            raise ValueError("has choices, so it has no from and no to")
        if len(self.choices) == 1:
            raise ValueError("choices: has 1; needs 2 to 8")
        return self


class Preset(Strict):
    """A setting of the scenario that is worth seeing."""

    kind: Literal["typical", "boundary", "trap"]
    title: Annotated[Line, at_most_words(5)]
    change: dict[str, JsonValue] = Field({}, description="Values at dotted paths; nothing for the scenario as it is.")
    says: Prose = Field(
        description="What its run shows, in one or two sentences; kept back until the reader has predicted."
    )
    claims: Annotated[tuple[Line, ...], Field(strict=False, description="What is so in its run; held by a test.")] = ()


class Demo(Strict):
    """A story about a scenario, what to predict of it, what to change first."""

    scenario: Id
    clue: Slug | None = None
    says: Prose = Field(description="The story; {function.duration} shows what the scenario has there.")
    asks: Asks
    controls: Annotated[tuple[Control, ...], Field(strict=False, min_length=1, max_length=3)]
    presets: Annotated[tuple[Preset, ...], Field(strict=False, min_length=2, max_length=6)]
    beliefs: Annotated[
        tuple[Slug, ...],
        Field(strict=False, max_length=4, description="Beliefs that can be run, the most common one first."),
    ] = ()

    @model_validator(mode="after")
    def names_each_thing_once(self) -> Demo:
        for key, names in (
            ("controls", [control.path for control in self.controls]),
            ("presets", [preset.title.casefold() for preset in self.presets]),
            ("beliefs", list(self.beliefs)),
        ):
            twice = [name for place, name in enumerate(names) if name in names[:place]]
            if twice:
                raise ValueError(f"{key}: {twice[0]!r} stands there twice")
        return self

    def body(self) -> dict[str, Any]:
        """The keys of the file, with those that were left out."""
        return self.model_dump(mode="json", by_alias=True)


class DemoFile(Strict):
    """The demos of one topic, or of one shelf of it."""

    topic: Topic
    demos: Annotated[tuple[Demo, ...], Field(min_length=1, strict=False)]


class Side(Strict):
    """One of the things to choose from."""

    name: Line
    fits: Prose = Field(description="When it is the answer.")
    avoid: Prose = Field(alias="not", description="When it is not.")
    facts: Facts


class Card(Strict):
    """A clue that is a matter of choice: what there is to choose from, side by side."""

    clue: Slug
    says: Prose = Field(description="One sentence on what decides.")
    sides: Annotated[tuple[Side, ...], Field(strict=False, min_length=2, max_length=4)]

    def body(self) -> dict[str, Any]:
        """As tables keep it: the keys of the file."""
        return self.model_dump(mode="json", by_alias=True, exclude={"clue"})


class CardFile(Strict):
    """content/demos/cards.yaml"""

    cards: Annotated[tuple[Card, ...], Field(min_length=1, strict=False)]
