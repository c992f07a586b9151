"""How good the forecast is: on simulated students, how often its 90 % interval holds the next mock, and its Brier score.

Each world is tried in interleaved rounds with other students, of whom `tests/scheduling/mocks.py` tells; the parameters of
their memories are off by 20 % where nothing else is said. Figures are medians of the rounds; of the first world also the
lowest and the highest. A Brier score against another one is their ratio, under 1 where the forecast is better.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from studyapp.scheduling.forecasting import forecast
from tests.benchmarks import report
from tests.benchmarks.report import Row, row
from tests.scheduling.mocks import BEGAN_AT, SIZES, World, blueprint, students
from tests.scheduling.trials import Trial, tried

ROUNDS, STUDENTS = 3, 500
FIRST = World()
WORLDS = (
    World("off by 20 %, evenly spread", uniform=True),
    World("off by 10 %", off=0.1),
    World("off by 30 %", off=0.3),
    World("memories last a fifth less, too", bias=-0.2),
    World("memories last a fifth longer, too", bias=0.2),
    World("guesses right in 40 of 100 cases", guess=0.4),
    World("a lucky guess is remembered", luck_teaches=True),
    World("nothing known before", all_new=True),
)
LOWEST, HIGHEST, BRIER, CPU_MS = 0.85, 0.95, 0.9, 5
TIMES = 20


def main() -> None:
    report.publish("How good the forecast is", __doc__ or "", ROUNDS, measures)


def measures() -> list[Row]:
    first, others = [], {world: list[Trial]() for world in WORLDS}
    for number in range(ROUNDS):
        first.append(tried(FIRST, count=STUDENTS, seed=f"bench {number}", sizes=(65, 20, 10, 5)))
        for world, trials in others.items():
            trials.append(tried(world, count=STUDENTS, seed=f"bench {number}"))
    rows = [*held(first), *scores(first)]
    for world, trials in others.items():
        rows += other(world.name, trials)
    spent = median(seconds(number) for number in range(ROUNDS))
    return [*rows, row(f"one forecast of {sum(SIZES.values())} facts (ms of CPU)", 1000 * spent, CPU_MS, "lower")]


def held(trials: list[Trial]) -> list[Row]:
    rows = []
    for questions in (65, 20):
        shares = [trial.coverage(questions) for trial in trials]
        rows += [
            row(f"mocks of {questions} questions that the interval holds, lowest round (share)", min(shares), LOWEST),
            row("the same, highest round (share)", max(shares), HIGHEST, "lower"),
        ]
    rows += [
        row(f"mocks of {questions} questions that the interval holds (share)", middle(trials, questions), None)
        for questions in (10, 5)
    ]
    return rows + [
        row(
            f"width of the interval, {questions} questions (share)",
            median(each.width(questions) for each in trials),
            None,
        )
        for questions in (65, 20)
    ]


def scores(trials: list[Trial]) -> list[Row]:
    def told(measure: str, values: list[float], goal: float | None = None) -> Row:
        return row(measure, median(values), goal, "lower")

    return [
        told("expected share less the true one (points)", [100 * each.bias for each in trials]),
        told("Brier score", [each.brier for each in trials]),
        told("chances in tenths against shares right (points)", [100 * each.reliability for each in trials]),
        told("against the own share right of each section", [each.against(each.sections) for each in trials], BRIER),
        told("against the same with what was never met known", [each.against(each.covered) for each in trials]),
        told("against one chance for facts met, one for the rest", [each.against(each.never_met) for each in trials]),
        told("against the true chances, which nobody knows", [each.against(each.truth) for each in trials]),
    ]


def other(world: str, trials: list[Trial]) -> list[Row]:
    ratio = median(each.against(each.sections) for each in trials)
    return [
        row(f"{world}: held, 65 questions (share)", middle(trials, 65), LOWEST),
        row(f"{world}: held, 20 questions (share)", middle(trials, 20), LOWEST),
        row(f"{world}: expected share less the true one (points)", median(100 * each.bias for each in trials), None),
        row(f"{world}: Brier score against sections", ratio, BRIER, "lower"),
    ]


def middle(trials: list[Trial], questions: int) -> float:
    return median(trial.coverage(questions) for trial in trials)


def seconds(number: int) -> float:
    """CPU seconds for one forecast of one student."""
    student, questions = next(students(1, FIRST, f"speed {number}")), blueprint(65)
    facts, evidence, at = student.facts, student.evidence, BEGAN_AT + timedelta(days=student.sits_on)
    begun = time.process_time()
    for _ in range(TIMES):
        forecast(facts, questions, evidence, at)
    return (time.process_time() - begun) / TIMES


if __name__ == "__main__":
    main()
