"""Running scenarios: once for each question that is asked of the simulator, and as a revision's options would have them."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from studyapp.content.bodies import canonical
from studyapp.content.models import Revision
from studyapp.questions.marking import mark, slip
from studyapp.questions.variants import Shown, Variant
from studyapp.simulator import scenario
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import SimulatorError
from studyapp.simulator.models.registry import FIRST_WORDS
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.run import simulate

logger = logging.getLogger(__name__)

KEPT = 64
"""Outcomes that a process remembers; an item's run has at most 2,000 invocations, about a megabyte."""

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
    `asks` is the metric that decides: the one that was asked for, or the first in which the choice misses the goal.
    """

    key: Outcome
    chosen: Outcome | None = None
    note: str = ""
    asks: str = ""


def chosen(variant: Variant, response: Collection[str]) -> tuple[Shown, ...]:
    """The options that a response stands for: those chosen, or the slip whose number was typed; none of pairs and places."""
    if variant.kind == "numeric":
        found = None if mark(variant, response).is_right else slip(variant, response)
        return (found,) if found else ()
    return tuple(option for option in variant.options if option.id in response)


def runs(revision: Revision, seed: int, response: Collection[str]) -> Runs | None:
    """The runs behind a response to the variant that `seed` names. A number that is no known slip has the key's run alone.

    None for an item without a scenario, and for an old revision that today's simulator can no longer read.
    Raises questions.variants.UnprovedSeed.
    """
    if not revision.body["scenario"]:
        return None
    try:
        variant = revision.variant(seed)
        stands_for = frozenset(option.id for option in chosen(variant, response))
        return _runs(revision.body, variant, stands_for or variant.key)
    except SimulatorError as error:
        logger.warning("run not shown", extra={"revision": revision.pk, "reason": str(error)})
        return None


def _runs(body: Mapping[str, Any], variant: Variant, chosen: frozenset[str]) -> Runs:
    drawn = scenario.patch(body["scenario"], variant.draw)
    key = outcome(drawn, changes=_changes(variant, variant.key), seed=variant.seed)
    if variant.kind == "ordering":
        return Runs(key, asks=body["item"]["options"][-1]["when"])
    if variant.kind == "fix":
        tried = None if chosen == variant.key else outcome(drawn, changes=_changes(variant, chosen), seed=variant.seed)
        return Runs(key, tried, asks=_missed(Claim.parse(body["item"]["goal"]), tried or key))
    found = Runs(key) if chosen == variant.key else _believed(body["beliefs"], variant, drawn, key, chosen)
    return replace(found, asks=body["item"]["asks"])


def _missed(goal: Claim, tried: Outcome) -> str:
    """The metric of the first clause that `tried` misses, or of the first of all; "" for one of a path, which shows itself."""
    missed = (clause for clause in goal.clauses if not clause.holds(tried))
    metric = next(missed, goal.clauses[0]).metric
    return "" if metric in _metrics_of_paths(tried) else metric


def _metrics_of_paths(found: Outcome) -> set[str]:
    return {f"{word}.{path.target}" for path in found.paths for word in FIRST_WORDS}


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
    believed = outcome(drawn, patch=belief["patch"], seed=variant.seed)
    return Runs(key, believed, note=f"Your answer comes from a world where this is so: {belief['says']}")
