"""content/scenarios/lambda/<topic>.yaml: what to simulate."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue, model_validator

from studyapp.content.schema.common import Line, Named, Settings, Slug, Strict, Topic
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
