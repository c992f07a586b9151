"""Proving an item: exactly one key, whatever the seed, the open assumptions and what the stem does not name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import comb
from typing import cast

from studyapp.questions.filling import NoSuchParameter
from studyapp.questions.items import Belief, Item
from studyapp.questions.proof.choosing import chosen, view_problems
from studyapp.questions.proof.digests import digest
from studyapp.questions.proof.drawing import Draw, draws
from studyapp.questions.proof.holding import Holding, turns_alone
from studyapp.questions.proof.judges import FixJudge, OrderJudge, PredictJudge
from studyapp.questions.proof.moves import Assumed, Setting, moves
from studyapp.questions.proof.naming import naming_problems
from studyapp.questions.proof.recalled import variants
from studyapp.questions.proof.result import Proof, ProvedSeed, Refused, World
from studyapp.questions.proof.runs import MOST_EVENTS, Runs
from studyapp.questions.proof.structure import structure_problems
from studyapp.questions.proof.views import views
from studyapp.simulator import ENGINE_VERSION
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import RunTooLong, SimulatorError

FEWEST_VARIANTS = 3


def prove(item: Item, world: World, seeds: int = 50, before: Callable[[], None] = lambda: None) -> Proof:
    """Prove `item` with about `seeds` seeds. Raises Refused with everything that is wrong with it, and what `before`, which
    is called before each run, raises to end a proof that takes too long."""
    _refuse(item, structure_problems(item, world))
    if item.scenario is None:
        return Proof(item.id, digest(item, world, ()), ENGINE_VERSION, tuple(variants(item, seeds)))
    try:
        return _simulated(item, world, seeds, Runs(before))
    except (SimulatorError, NoSuchParameter) as error:
        raise Refused(item.id, (str(error),)) from error


def _simulated(item: Item, world: World, seeds: int, runs: Runs) -> Proof:
    both = views(item, world)
    setting = Setting(world.scenarios[cast("str", item.scenario)], both.own)
    _refuse(item, naming_problems(item, setting.body))
    drawn = draws(item, setting, seeds)
    _refuse(item, _length_problems(drawn, runs))
    judge = _judge(item, world.beliefs, runs, drawn)
    _refuse(item, (problem for draw in drawn for seed in draw.seeds for problem in judge.problems(draw.setting, seed)))
    holding = Holding(judge, turns_alone(len(moves(item, drawn[0].setting)), _spans(item, drawn[0], runs)))
    for place, draw in enumerate(drawn):
        holding.check(draw, moves(item, draw.setting), place, len(drawn))
    _refuse(item, holding.problems.values())
    proved = chosen(item, judge, drawn, both.other)
    _refuse(item, view_problems(item, proved))
    if isinstance(judge, PredictJudge):
        _refuse(item, _count_problems(judge, drawn, proved))
    assumed = {move.subject for move in moves(item, drawn[0].setting) if isinstance(move, Assumed)}
    made = Proof(item.id, "", ENGINE_VERSION, proved, rules=tuple(sorted(runs.rules)))
    return replace(
        made,
        digest=digest(item, world, made.rules),
        assumptions=tuple(sorted(holding.moved & assumed)),
        parameters=tuple(sorted(holding.moved - assumed)),
    )


def _length_problems(drawn: Iterable[Draw], runs: Runs) -> Iterator[str]:
    for draw in drawn:
        try:
            runs.outcome(draw.setting, draw.seeds[0], MOST_EVENTS)
        except RunTooLong:
            yield f"runs more than {MOST_EVENTS:,} events{draw.says}: make its scenario shorter"


def _spans(item: Item, draw: Draw, runs: Runs) -> int:
    """How many spans the runs have that tell the key once: one run, or one for each choice of a fix item's options."""
    tries = comb(len(item.options), item.choose) if item.kind == "fix" else 1
    return tries * len(runs.outcome(draw.setting, draw.seeds[0]).spans)


def _judge(
    item: Item, beliefs: Mapping[str, Belief], runs: Runs, drawn: list[Draw]
) -> FixJudge | OrderJudge | PredictJudge:
    if item.kind == "ordering":
        return OrderJudge(item, runs)
    if item.kind == "fix":
        return FixJudge(item, Claim.parse(cast("str", item.goal)), beliefs, runs)
    settings = [(draw.setting, seed) for draw in drawn for seed in draw.seeds]
    return PredictJudge(item, cast("str", item.asks), beliefs, runs, settings)


def _count_problems(judge: PredictJudge, drawn: list[Draw], proved: tuple[ProvedSeed, ...]) -> Iterator[str]:
    """Too few variants; what students see differs by what is drawn and by the texts of the options."""
    distinct = {(repr(seed.draw), tuple(seed.values.values())) for seed in proved}
    if len(distinct) < FEWEST_VARIANTS:
        yield f"has {len(distinct)} distinct variants and needs at least {FEWEST_VARIANTS}: draw more values"
        for draw in drawn:
            if not judge.shown(draw.setting, draw.seeds[0]):
                values = judge.values_say(draw.setting, draw.seeds[0])
                yield f"left out{draw.says}, for want of three wrong values that differ: {values}"


def _refuse(item: Item, problems: Iterable[str]) -> None:
    """Raise Refused if there are any, each once."""
    found = tuple(dict.fromkeys(problems))
    if found:
        raise Refused(item.id, found)
