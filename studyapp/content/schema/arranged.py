"""Items that are answered by arranging: matching, contrast and ordering; and the file that holds items of every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from studyapp.content.schema.common import Id, Line, Prose, Slug, Strict, Topic
from studyapp.content.schema.items import Authored, Choices, Fix, Item, Numeric, Predict, States
from studyapp.content.schema.tables import Facts


class Pair(Strict):
    """A line and what belongs to it."""

    left: Line
    right: Line = Field(description="At most some ten words: it stands in a menu.")
    fact: Id = Field(description="The fact that says so; its memory moves by this pair.")
    why: Prose


class Matching(Item):
    """Which belongs to which? Each pair is a fact."""

    kind: Literal["matching"]
    pairs: Annotated[tuple[Pair, ...], Field(strict=False, min_length=3, max_length=6)]
    spare: Annotated[
        tuple[Line, ...],
        Field(
            strict=False,
            max_length=3,
            description="Answers that belong to nothing: the last pair is not given away.",
        ),
    ] = ()

    @model_validator(mode="after")
    def can_be_matched(self) -> Matching:
        _refuse_doubles("left", (pair.left for pair in self.pairs))
        rights = {pair.right for pair in self.pairs}
        _refuse_doubles("spare", [*rights, *self.spare])
        if len(rights) + len(self.spare) < 3:
            raise ValueError(f"needs at least 3 different answers, has {len(rights) + len(self.spare)}")
        return self

    @property
    def facts(self) -> tuple[str, ...]:
        """Those of its pairs, each once; the first is what it is filed under."""
        return tuple(dict.fromkeys(pair.fact for pair in self.pairs))


class Case(Strict):
    """A short case, and which of the two clues it is of."""

    text: Line
    points_to: Literal["clue", "rival"]
    why: Prose


class Contrast(Item):
    """Two clues that are mistaken for each other: to which answer does each case point?"""

    kind: Literal["contrast"]
    clue: Slug
    rival: Slug
    facts: Facts = Field(description="The first is the memory that it moves: the clue's own.")
    answers: dict[Literal["clue", "rival"], Line] = Field(description="What each points to, short enough for a button.")
    cases: Annotated[tuple[Case, ...], Field(strict=False, min_length=3, max_length=6)]

    @model_validator(mode="after")
    def tells_two_apart(self) -> Contrast:
        if self.answers.keys() != {"clue", "rival"} or len(set(self.answers.values())) < 2:
            raise ValueError("answers: needs two different texts, for clue and for rival")
        if {case.points_to for case in self.cases} != {"clue", "rival"}:
            raise ValueError("cases: needs at least one case of the clue and one of the rival")
        if self.clue == self.rival:
            raise ValueError(f"rival: {self.rival} is the clue itself")
        _refuse_doubles("text", (case.text for case in self.cases))
        return self


class Step(Strict):
    """One step, in its right place in the file."""

    text: Line
    why: Prose
    when: Line | None = Field(None, description="With a scenario: the metric that says when it happens.")


class Ordering(Item):
    """In which order? With a scenario the order is that of a run."""

    kind: Literal["ordering"]
    facts: Facts = Field(description="The first is the memory that it moves.")
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=3, max_length=7)]
    scenario: Id | None = None
    draw: Choices = Field({}, description="Values of parameters that the stem shows as {function.duration}.")
    varies: Choices = Field({}, description="Values of parameters that the stem leaves open, besides the usual ones.")
    states: States = ()

    @model_validator(mode="after")
    def has_an_order(self) -> Ordering:
        _refuse_doubles("text", (step.text for step in self.steps))
        timed = [step.when is not None for step in self.steps]
        if self.scenario and not all(timed):
            raise ValueError("has a scenario, so every step needs when")
        if not self.scenario and (any(timed) or self.draw or self.varies or self.states):
            raise ValueError("has no scenario, so its steps have no when, and nothing is drawn, varied or stated")
        return self


def _refuse_doubles(key: str, texts: Iterable[str]) -> None:
    counts = Counter(" ".join(text.casefold().split()) for text in texts)
    twice = [text for text, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"{key}: {twice[0]!r} stands there twice")


AnyItem = Annotated[Fix | Predict | Numeric | Authored | Matching | Contrast | Ordering, Field(discriminator="kind")]


class ItemFile(Strict):
    """The items of one topic, or of one shelf of it."""

    topic: Topic
    items: Annotated[tuple[AnyItem, ...], Field(min_length=1, strict=False)]
