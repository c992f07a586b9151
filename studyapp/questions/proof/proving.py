"""Proving an item: exactly one key, whatever the seed, the open assumptions and what the stem does not name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, islice
from typing import cast

from studyapp.questions.filling import NoSuchParameter
from studyapp.questions.items import Belief, Item
from studyapp.questions.proof.digests import digest
from studyapp.questions.proof.drawing import Draw, draws
from studyapp.questions.proof.holding import Holding
from studyapp.questions.proof.judges import FixJudge, Judge, OrderJudge, PredictJudge, places
from studyapp.questions.proof.moves import Assumed, Setting, moves
from studyapp.questions.proof.naming import naming_problems
from studyapp.questions.proof.result import Proof, ProvedSeed, Refused, World
from studyapp.questions.proof.runs import MOST_EVENTS, Runs
from studyapp.questions.proof.structure import structure_problems
from studyapp.questions.variants import PAIRED, answer_id
from studyapp.simulator import ENGINE_VERSION
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import RunTooLong, SimulatorError

WRONG_SHOWN = 3
FEWEST_VARIANTS = 3


def prove(item: Item, world: World, seeds: int = 25) -> Proof:
    """Prove `item` with about `seeds` seeds. Raises Refused with everything that is wrong with it."""
    _refuse(item, structure_problems(item, world))
    if item.kind == "recall":
        return _proof(item, world, islice(_recalled(item), seeds))
    if item.scenario is None:
        texts = {option.id: option.text for option in item.options}
        return _proof(item, world, [ProvedSeed(1, {}, texts, _keys(item))])
    try:
        return _simulated(item, world, seeds)
    except (SimulatorError, NoSuchParameter) as error:
        raise Refused(item.id, (str(error),)) from error


def _recalled(item: Item) -> Iterator[ProvedSeed]:
    """The key with each choice of three wrong answers."""
    wrong = [option for option in item.options if not option.is_key]
    for seed, chosen in enumerate(combinations(wrong, min(WRONG_SHOWN, len(wrong))), start=1):
        texts = {option.id: option.text for option in item.options if option.is_key or option in chosen}
        yield ProvedSeed(seed, {}, texts, _keys(item))


def _keys(item: Item) -> tuple[str, ...]:
    if item.kind == "ordering":
        return places(item)
    if item.kind in PAIRED:
        return tuple(f"{option.id}={answer_id(item.id, str(option.answer))}" for option in item.options)
    return tuple(option.id for option in item.options if option.is_key)


def _simulated(item: Item, world: World, seeds: int) -> Proof:
    setting = Setting(world.scenarios[cast("str", item.scenario)], world.rulebook)
    _refuse(item, naming_problems(item, setting.body))
    drawn = draws(item, setting, seeds)
    runs = Runs()
    _refuse(item, _length_problems(drawn, runs))
    judge = _judge(item, world.beliefs, runs, drawn)
    _refuse(item, (problem for draw in drawn for seed in draw.seeds for problem in judge.problems(draw.setting, seed)))
    holding = Holding(judge)
    for draw in drawn:
        holding.check(draw, moves(item, draw.setting))
    _refuse(item, holding.problems.values())
    proved = tuple(_proved(judge, drawn))
    if isinstance(judge, PredictJudge):
        _refuse(item, _count_problems(judge, drawn, proved))
    assumed = {move.subject for move in moves(item, drawn[0].setting) if isinstance(move, Assumed)}
    return _proof(item, world, proved, holding.moved & assumed, holding.moved - assumed)


def _length_problems(drawn: Iterable[Draw], runs: Runs) -> Iterator[str]:
    for draw in drawn:
        try:
            runs.outcome(draw.setting, draw.seeds[0], MOST_EVENTS)
        except RunTooLong:
            yield f"runs more than {MOST_EVENTS:,} events{draw.says}: make its scenario shorter"


def _judge(
    item: Item, beliefs: Mapping[str, Belief], runs: Runs, drawn: list[Draw]
) -> FixJudge | OrderJudge | PredictJudge:
    if item.kind == "ordering":
        return OrderJudge(item, runs)
    if item.kind == "fix":
        return FixJudge(item, Claim.parse(cast("str", item.goal)), beliefs, runs)
    settings = [(draw.setting, seed) for draw in drawn for seed in draw.seeds]
    return PredictJudge(item, cast("str", item.asks), beliefs, runs, settings)


def _proved(judge: Judge, drawn: list[Draw]) -> Iterator[ProvedSeed]:
    for draw in drawn:
        for seed in draw.seeds:
            found = judge.shown(draw.setting, seed)
            if found is not None:
                yield ProvedSeed(seed, draw.values, *found)


def _count_problems(judge: PredictJudge, drawn: list[Draw], proved: tuple[ProvedSeed, ...]) -> Iterator[str]:
    """Too few variants; what students see differs by what is drawn and by the texts of the options."""
    distinct = {(repr(seed.draw), tuple(seed.values.values())) for seed in proved}
    if len(distinct) < FEWEST_VARIANTS:
        yield f"has {len(distinct)} distinct variants and needs at least {FEWEST_VARIANTS}: draw more values"
        for draw in drawn:
            if judge.shown(draw.setting, draw.seeds[0]) is None:
                values = judge.values_say(draw.setting, draw.seeds[0])
                yield f"left out{draw.says}, for want of three wrong values that differ: {values}"


def _refuse(item: Item, problems: Iterable[str]) -> None:
    """Raise Refused if there are any, each once."""
    found = tuple(dict.fromkeys(problems))
    if found:
        raise Refused(item.id, found)


def _proof(
    item: Item,
    world: World,
    proved: Iterable[ProvedSeed],
    assumptions: Iterable[str] = (),
    parameters: Iterable[str] = (),
) -> Proof:
    return Proof(
        item=item.id,
        digest=digest(item, world),
        engine=ENGINE_VERSION,
        seeds=tuple(proved),
        assumptions=tuple(sorted(assumptions)),
        parameters=tuple(sorted(parameters)),
    )
