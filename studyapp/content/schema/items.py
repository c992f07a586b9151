"""content/items/lambda/<topic>.yaml: questions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue, model_validator

from studyapp.content.schema.common import Id, Line, Named, Prose, Settings, Slug, Strict
from studyapp.content.schema.tables import Facts


def _not_empty(values: list[JsonValue]) -> list[JsonValue]:
    if len(values) < 2:
        raise ValueError(f"needs at least 2 values, has {len(values)}")
    return values


Choices = dict[str, Annotated[list[JsonValue], AfterValidator(_not_empty)]]
States = Annotated[
    tuple[Line, ...], Field(strict=False, description="Parameters that the stem gives in words or as a plain number.")
]


class Item(Named):
    """What every kind of item has."""

    first: bool = Field(False, description="May be a newcomer's first question; then the stem has at most 35 words.")
    clue: Slug | None = None
    stem: Prose
    view: Literal["now", "exam"] | None = Field(
        None, description="Which key is meant, where what AWS says now and what the exam expects differ."
    )
    accepts: dict[Slug, Prose] = Field(
        {}, description="Rules of the linter that it breaks, each with the reason why it may."
    )

    @model_validator(mode="after")
    def is_short_if_first(self) -> Item:
        if self.first and len(self.stem.split()) > 35:
            raise ValueError(f"is a first question, and its stem has {len(self.stem.split())} words; at most 35")
        return self


class ResponseItem(Item):
    """What items have that are answered by choosing options."""

    facts: Facts = Field(description="The first is the memory that it moves.")
    choose: Annotated[int, Field(ge=1, le=2)] = 1


class SimulatedItem(ResponseItem):
    """What `fix`, `predict` and `numeric` have besides."""

    scenario: Id
    draw: Choices = Field({}, description="Values of parameters that the stem shows as {function.duration}.")
    varies: Choices = Field({}, description="Values of parameters that the stem leaves open, besides the usual ones.")
    states: States = ()


class FixOption(Strict):
    """A change to the scenario."""

    text: Line
    change: Settings
    belief: Slug | None = Field(None, description="Under this belief the option reaches the goal.")
    why: Prose


class Fix(SimulatedItem):
    """Which change reaches the goal? The key is the option whose change does."""

    kind: Literal["fix"]
    goal: Line = Field(description="Claims joined by and.")
    options: Annotated[tuple[FixOption, ...], Field(strict=False)]

    @model_validator(mode="after")
    def has_enough_options(self) -> Fix:
        check_count(len(self.options), self.choose)
        return self


class BelievedOption(Strict):
    """A wrong option: what happens under a belief."""

    belief: Slug


class AskedItem(SimulatedItem):
    """What `predict` and `numeric` have besides."""

    asks: Line = Field(description="A metric: the left side of a claim.")
    options: Annotated[tuple[Literal["key"] | BelievedOption, ...], Field(strict=False)]
    why: dict[str, Prose] = Field(description="A reason for key and for each belief.")

    @model_validator(mode="after")
    def has_reasons(self) -> AskedItem:
        names = self.option_names
        if names.count("key") != 1:
            raise ValueError("options need key exactly once")
        if len(set(names)) < len(names):
            raise ValueError("names a belief twice among its options")
        missing, spare = set(names) - self.why.keys(), self.why.keys() - set(names)
        if missing or spare:
            said = [f"no reason for {name}" for name in sorted(missing)]
            raise ValueError(
                "; ".join([*said, *(f"a reason for {name}, which is no option" for name in sorted(spare))])
            )
        return self

    @property
    def option_names(self) -> list[str]:
        return [option if isinstance(option, str) else option.belief for option in self.options]


class Predict(AskedItem):
    """What happens? The key is what the simulator says; each wrong option is what it says under a belief."""

    kind: Literal["predict"]

    @model_validator(mode="after")
    def has_enough_beliefs(self) -> Predict:
        if len(self.options) < 4:
            raise ValueError(f"needs at least 3 beliefs among its options, has {len(self.options) - 1}")
        return self


class Numeric(AskedItem):
    """What happens, as a number to type. Nothing is shown to choose from; a belief's number gets that belief's reason."""

    kind: Literal["numeric"]
    tolerance: Line | None = Field(
        None, description="How far off is still right, such as 1 % or 0.5 s; unless given, as the key is written."
    )

    @model_validator(mode="after")
    def has_a_belief(self) -> Numeric:
        if len(self.options) < 2:
            raise ValueError("needs at least 1 belief among its options, has 0")
        return self


class AuthoredOption(Strict):
    """A choice whose mark is set by its author."""

    text: Line
    key: bool = False
    belief: Slug | None = None
    why: Prose


class Authored(ResponseItem):
    """A question whose key its author sets; nothing is simulated."""

    kind: Literal["authored"]
    options: Annotated[tuple[AuthoredOption, ...], Field(strict=False)]

    @model_validator(mode="after")
    def has_its_keys(self) -> Authored:
        check_count(len(self.options), self.choose)
        keys = sum(option.key for option in self.options)
        if keys != self.choose:
            raise ValueError(f"needs {self.choose} option(s) with key: true, has {keys}")
        return self


def check_count(options: int, choose: int) -> None:
    """Four options to choose one from; five or six to choose two from."""
    allowed = (4,) if choose == 1 else (5, 6)
    if options not in allowed:
        raise ValueError(f"options: needs {' or '.join(map(str, allowed))} to choose {choose} from, has {options}")
