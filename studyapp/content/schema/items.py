"""content/scenarios/lambda/<topic>.yaml and content/items/lambda/<topic>.yaml"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue, model_validator

from studyapp.content.schema.common import Id, Line, Named, Prose, Settings, Slug, Strict, Topic
from studyapp.content.schema.tables import Facts
from studyapp.simulator.models.registry import MODELS


class Contrast(Strict):
    """The same scenario with one thing changed, or as a belief has it, and what is so then."""

    change: dict[str, JsonValue] = Field({}, description="Values at dotted paths, as in a fix item's options.")
    belief: Slug | None = Field(None, description="A belief with a patch: the world in which it is right.")
    claims: Annotated[tuple[Line, ...], Field(strict=False, min_length=1, description="What is so in that run.")]

    @model_validator(mode="after")
    def differs(self) -> Contrast:
        if not self.change and not self.belief:
            raise ValueError("needs a change or a belief")
        return self


class Scenario(Named):
    """What to simulate. SCENARIOS.md names the keys of every part, and the metrics of each model."""

    title: Line
    facts: Facts = Field(description="What it shows; the main fact first.")
    rows: Annotated[
        tuple[Line, ...], Field(strict=False, description="Rows of the reference tables that its claims show.")
    ] = ()
    account: Settings | None = None
    databases: Settings | None = None
    functions: Settings | None = None
    sources: Settings | None = None
    network: Settings | None = Field(None, description="What the function reaches.")
    access: Settings | None = Field(None, description="Who may do what.")
    packages: Settings | None = Field(None, description="What is accepted as a deployment.")
    secrets: Settings | None = Field(None, description="Where secrets are kept, and who looks for them.")
    bill: Settings | None = Field(None, description="A month's use, and what it costs.")
    versions: Settings | None = Field(None, description="Edits, versions and aliases, and what an address runs.")
    rollout: Settings | None = Field(None, description="A deployment by CodeDeploy.")
    schedules: Settings | None = Field(None, description="What fires when.")
    warm: Settings | None = Field(None, description="How many environments of each function stand ready at the start.")
    horizon: JsonValue = Field(None, description="When the run ends, such as 20 s.")
    seed: Annotated[int, Field(ge=0)] | None = Field(None, description="The seed of its first picture.")
    claims: Annotated[
        tuple[Line, ...], Field(strict=False, description="What must be so in its run; held by a test.")
    ] = ()
    contrasts: Annotated[
        tuple[Contrast, ...],
        Field(strict=False, description="What one change makes of it; held by a test, as the claims are."),
    ] = ()
    assumes: Annotated[
        tuple[Line, ...],
        Field(strict=False, description="Fields of the rulebook that AWS leaves open and that matter here."),
    ] = ()

    def body(self) -> dict[str, JsonValue]:
        """What the simulator reads."""
        return {name: getattr(self, name) for name in READ if getattr(self, name) is not None}


READ = ("account", "databases", "functions", "sources", *MODELS, "warm", "horizon", "seed")


class ScenarioFile(Strict):
    """The scenarios of one topic."""

    topic: Topic
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1, strict=False)]


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
    facts: Facts = Field(description="The first is the memory that it moves.")
    choose: Annotated[int, Field(ge=1, le=2)] = 1
    stem: Prose

    @model_validator(mode="after")
    def is_short_if_first(self) -> Item:
        if self.first and len(self.stem.split()) > 35:
            raise ValueError(f"is a first question, and its stem has {len(self.stem.split())} words; at most 35")
        return self


class SimulatedItem(Item):
    """What `fix` and `predict` have besides."""

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


class Predict(SimulatedItem):
    """What happens? The key is what the simulator says; each wrong option is what it says under a belief."""

    kind: Literal["predict"]
    asks: Line = Field(description="A metric: the left side of a claim.")
    options: Annotated[tuple[Literal["key"] | BelievedOption, ...], Field(strict=False)]
    why: dict[str, Prose] = Field(description="A reason for key and for each belief.")

    @model_validator(mode="after")
    def has_reasons(self) -> Predict:
        names = self.option_names
        if names.count("key") != 1:
            raise ValueError("options need key exactly once")
        if len(names) < 4:
            raise ValueError(f"needs at least 3 beliefs among its options, has {len(names) - 1}")
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


class AuthoredOption(Strict):
    """A choice whose mark is set by its author."""

    text: Line
    key: bool = False
    belief: Slug | None = None
    why: Prose


class Authored(Item):
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


AnyItem = Annotated[Fix | Predict | Authored, Field(discriminator="kind")]


class ItemFile(Strict):
    """The items of one topic."""

    topic: Topic
    items: Annotated[tuple[AnyItem, ...], Field(min_length=1, strict=False)]
