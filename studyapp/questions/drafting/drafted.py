"""What a draft is, and why there may be none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from studyapp.questions.items import Belief, Item
from studyapp.questions.proof.result import World


class NoDraft(Exception):
    """No question can be made of a scenario. `reasons` are sentences, the most telling metric first."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class Draft:
    """A predict item with the scenario that it runs, which bears its name without the end, and the slips among its options:
    beliefs that no course has."""

    item: Item
    scenario: Mapping[str, object]
    slips: tuple[Belief, ...] = ()

    def world(self, world: World) -> World:
        """`world` with what the draft brings along: what it is proved in."""
        return replace(
            world,
            scenarios={**world.scenarios, str(self.item.scenario): self.scenario},
            beliefs={**world.beliefs, **{slip.id: slip for slip in self.slips}},
        )
