"""Which scenarios and keys hold no longer in a world with other rules, told by running them there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from studyapp.content.course import Course
from studyapp.content.proving import Refusal, prove_all
from studyapp.content.schema.scenarios import Scenario
from studyapp.facts.book import Fact
from studyapp.questions.items import Item
from studyapp.questions.proof import Proof, ProvedSeed
from studyapp.questions.variants import drawn
from studyapp.simulator import scenario as scenarios
from studyapp.simulator import simulate
from studyapp.simulator.claims import Claim, show
from studyapp.simulator.errors import SimulatorError
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import TRUTH, Rulebook, watched

SEEDS = 10
"""About so many variants of an item are compared; enough to see whether its key moves."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A claim that held and no longer does. `where` is "" for the scenario's own claims, else the change or belief of a
    contrast. `new` is what is found, or why the scenario cannot be run; `old` what was found before."""

    scenario: str
    where: str
    claim: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class OtherKey:
    """An item by simulation whose key moves: in how many of the variants that both worlds have, and in the first how.

    Where the proof is refused, `refused` says why and there is no key.
    """

    item: str
    variants: int = 0
    of: int = 0
    old: str = ""
    new: str = ""
    refused: tuple[str, ...] = ()


def broken(course: Course, rules: Mapping[str, str | bool]) -> Iterator[Broken]:
    """Claims and contrasts that hold today and would not. A run that reads none of the rules is not repeated."""
    world = TRUTH.believing(rules)
    for name, each in course.scenarios.items():
        for where, body, patch, claims in _runs(course, each):
            yield from _of_run(name, where, body, patch, claims, world, frozenset(rules))


def other_keys(
    course: Course, facts: Mapping[str, Fact], rules: Mapping[str, str | bool], proofs: Mapping[str, Proof]
) -> Iterator[OtherKey]:
    """Items whose key moves, or that could not be proved; only those that rest on one of `facts` or read one of `rules`."""
    resting = [item for item in course.items if item.scenario and _rests(item, facts, rules, proofs.get(item.id))]
    old = prove_all(resting, course.world, SEEDS)
    world = replace(course.world, facts={**course.facts, **facts}, rulebook=TRUTH.believing(rules))
    new = prove_all(resting, world, SEEDS)
    for item, before, after in zip(resting, old, new, strict=True):
        found = _compared(item, before, after, course.world.scenarios)
        if found:
            yield found


def _runs(
    course: Course, each: Scenario
) -> Iterator[tuple[str, dict[str, Any], Mapping[str, object], tuple[str, ...]]]:
    """Every run that has claims: what it is called, its body, the patch of its belief, and the claims."""
    yield "", each.body(), {}, each.claims
    for contrast in each.contrasts:
        changes = ", ".join(f"{path} = {value}" for path, value in contrast.change.items())
        patch = course.beliefs[contrast.belief].patch if contrast.belief else {}
        body = cast("dict[str, Any]", scenarios.patch(each.body(), contrast.change))
        yield changes or str(contrast.belief), body, patch, contrast.claims


def _of_run(
    name: str,
    where: str,
    body: Mapping[str, Any],
    patch: Mapping[str, object],
    claims: tuple[str, ...],
    world: Rulebook,
    rules: Collection[str],
) -> Iterator[Broken]:
    read: set[str] = set()
    before = _outcome(body, TRUTH.believing(patch), read)
    if not read & set(rules) or isinstance(before, str):
        return
    after = _outcome(body, world.believing(patch), set())
    for text in claims:
        claim = Claim.parse(text)
        if not claim.holds(before):
            continue
        if isinstance(after, str):
            yield Broken(name, where, text, _found(claim, before), after)
        elif not claim.holds(after):
            yield Broken(name, where, text, _found(claim, before), _found(claim, after))


def _outcome(body: Mapping[str, Any], rulebook: Rulebook, read: set[str]) -> Outcome | str:
    """The outcome, or why there is none; the rules that it read are added to `read`."""
    watching = watched(rulebook, read)
    try:
        return simulate(scenarios.read(body, watching), watching)
    except SimulatorError as error:
        return str(error)


def _found(claim: Claim, outcome: Outcome) -> str:
    """What is found of each metric that the claim names."""
    metrics = dict.fromkeys(clause.metric for clause in claim.clauses)
    return ", ".join(show(outcome.value(metric)) for metric in metrics)


def _rests(item: Item, facts: Collection[str], rules: Collection[str], proof: Proof | None) -> bool:
    return not set(facts).isdisjoint(item.facts) or (proof is not None and not set(rules).isdisjoint(proof.rules))


def _compared(
    item: Item, before: Proof | Refusal, after: Proof | Refusal, bodies: Mapping[str, Mapping[str, object]]
) -> OtherKey | None:
    if isinstance(after, Refusal) or isinstance(before, Refusal):
        says = after.problems if isinstance(after, Refusal) else ()
        return OtherKey(item.id, refused=says) if says and not isinstance(before, Refusal) else None
    body = bodies[str(item.scenario)]
    keys = {(each.seed, repr(each.draw)): _key_text(item, body, each) for each in after.seeds}
    there = [each for each in before.seeds if (each.seed, repr(each.draw)) in keys]
    pairs = [(_key_text(item, body, each), keys[each.seed, repr(each.draw)]) for each in there]
    moved = [(old, new) for old, new in pairs if new != old]
    return OtherKey(item.id, len(moved), len(pairs), *moved[0]) if moved else None


def _key_text(item: Item, body: Mapping[str, object], proved: ProvedSeed) -> str:
    """The right answer of a variant in words; of steps, the steps in their order."""
    shown = drawn(item, body, proved.as_json())
    if item.kind != "ordering":
        return shown.key_text
    texts = {option.id: option.text for option in shown.options}
    return ", then ".join(texts[place.partition(":")[2]] for place in sorted(proved.key))
