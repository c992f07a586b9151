"""Running scenarios: once for each question that is asked of the simulator, and as a revision's options would have them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from studyapp.content.bodies import canonical
from studyapp.content.models import Revision
from studyapp.questions.variants import Variant
from studyapp.simulator import scenario
from studyapp.simulator.compare import Parting, parting
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.run import simulate

KEPT = 64
"""Outcomes that a process remembers; an item's run has at most 2,000 invocations, about a megabyte."""

NAMES = ("the run of the right answer", "the run of your answer")

Body = Mapping[str, object]


def outcome(body: Body, *, changes: Body | None = None, patch: Body | None = None, seed: int = 0) -> Outcome:
    """What comes of a scenario's body with `changes` to it, under the rulebook with `patch` applied.

    Equal arguments are simulated once in each process. Raises ScenarioError, RulebookError or RunTooLong.
    """
    return _outcome(canonical([body, changes or {}, patch or {}, seed]))


@lru_cache(maxsize=KEPT)
def _outcome(key: str) -> Outcome:
    body, changes, patch, seed = json.loads(key)
    rulebook = TRUTH.believing(patch)
    return simulate(scenario.read(scenario.patch(body, changes), rulebook), rulebook, seed)


@dataclass(frozen=True, slots=True)
class Runs:
    """The key's run, and the run of what was chosen where that is another: None if the key was chosen.

    A misreading has no run of its own: then `chosen` is None too, and `note` says how the one run was read.
    """

    key: Outcome
    chosen: Outcome | None = None
    parting: Parting | None = None
    note: str = ""


def runs(revision: Revision, seed: int, option_ids: Collection[str]) -> Runs | None:
    """The runs behind a response to the variant that `seed` names; None for an item without a scenario.

    Raises questions.variants.UnprovedSeed.
    """
    body = revision.body
    if not body["scenario"]:
        return None
    variant = revision.variant(seed)
    drawn = scenario.patch(body["scenario"], variant.draw)
    key = outcome(drawn, changes=_changes(variant, variant.key), seed=seed)
    if frozenset(option_ids) == variant.key:
        return Runs(key)
    if variant.kind == "fix":
        return _told_apart(key, outcome(drawn, changes=_changes(variant, option_ids), seed=seed))
    return _believed(body["beliefs"], variant, drawn, key, option_ids)


def _changes(variant: Variant, option_ids: Collection[str]) -> dict[str, object]:
    """What the options change together; a predict item's change nothing."""
    chosen = (option for option in variant.options if option.id in option_ids)
    return {path: value for option in chosen for path, value in (option.change or {}).items()}


def _believed(
    beliefs: Mapping[str, Any], variant: Variant, drawn: Body, key: Outcome, option_ids: Collection[str]
) -> Runs:
    named = (option.belief for option in variant.options if option.id in option_ids)
    belief = next((beliefs[name] for name in named if name and name in beliefs), None)
    if belief is None:
        return Runs(key)
    if not belief.get("patch"):
        return Runs(key, note=f"There is one run; your answer reads it another way. {belief['says']}")
    chosen = outcome(drawn, patch=belief["patch"], seed=variant.seed)
    return _told_apart(key, chosen, note=f"Your answer comes from a world where this is so: {belief['says']}")


def _told_apart(key: Outcome, chosen: Outcome, note: str = "") -> Runs:
    return Runs(key, chosen, parting(key, chosen, NAMES), note)
