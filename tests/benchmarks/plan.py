"""What students know on the exam day: asked by the plan, by plain FSRS, and by plain FSRS with a final pass.

`tests/scheduling/students.py` tells of the students and of what is counted. Each round is another seed, and all rules meet the same
students with the same luck in it. Five settings under three perturbed truths, one row each: the plan's goal is the better of the
two rivals, which the row names. The last rows say how the plan fares under other truths and against other rules, and what it costs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).parents[2]))

from studyapp.scheduling import planning
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.planning import Candidate, Exam
from tests.benchmarks import report
from tests.benchmarks.report import Row, row
from tests.scheduling.students import (
    BEGINS,
    SETTINGS,
    Rule,
    Setting,
    final_pass,
    never_idle,
    plain,
    planned,
    short_sighted,
    truth,
    value,
)

ROUNDS = 9
TRUTHS, OTHERS = (1, 2, 3), (4, 5, 6, 7)
RULES = (plain, final_pass, never_idle, short_sighted, planned)
POINT, SETTINGS_WITH_A_POINT = 0.01, 3
FACTS, CPU_MS, TIMES = 400, 30, 5

Known = dict[tuple[Rule, Setting, int], float]
"""What is known on the exam day, 0 to 1: medians of the rounds."""


def main() -> None:
    report.publish("What the exam-date plan gains", __doc__ or "", ROUNDS, measures)


def measures() -> list[Row]:
    spent = costs()  # before there is a table
    known = tried(RULES, TRUTHS) | tried((final_pass, planned), OTHERS)
    return [*cells(known), *gains(known), *spent]


def tried(rules: Iterable[Rule], truths: Iterable[int]) -> Known:
    cases = [(rule, setting, number) for setting in SETTINGS for number in truths for rule in rules]
    rounds = [{case: value(case[0], case[1], truth(case[2]), seed) for case in cases} for seed in range(ROUNDS)]
    return {case: median(each[case] for each in rounds) for case in cases}


def cells(known: Known) -> list[Row]:
    rows = []
    for setting in SETTINGS:
        for number in TRUTHS:
            rivals = [known[rule, setting, number] for rule in (plain, final_pass)]
            says = f"{setting}, truth {number}: plain {rivals[0]:.3f}, final pass {rivals[1]:.3f}, the plan"
            rows.append(row(says, known[planned, setting, number], round(max(rivals), 3)))
    return rows


def gains(known: Known) -> list[Row]:
    """In points: hundredths of what there is to know."""
    over_final = {setting: gain(known, final_pass, setting, TRUTHS) for setting in SETTINGS}
    many = sum(each >= POINT for each in over_final.values())
    return [
        *(row(f"{setting}: gain over the final pass (points)", 100 * each, 0) for setting, each in over_final.items()),
        row("settings in which that is a point or more", many, SETTINGS_WITH_A_POINT),
        least(known, final_pass, OTHERS, "the final pass under four other truths", 0),
        least(known, never_idle, TRUTHS, "a final pass whose spare answers go to the lowest recall", None),
        least(known, short_sighted, TRUTHS, "the largest gain on the day as if nothing were asked again", None),
    ]


def gain(known: Known, rival: Rule, setting: Setting, truths: Iterable[int]) -> float:
    return mean(known[planned, setting, number] - known[rival, setting, number] for number in truths)


def least(known: Known, rival: Rule, truths: Iterable[int], named: str, goal: float | None) -> Row:
    smallest = min(gain(known, rival, setting, (number,)) for setting in SETTINGS for number in truths)
    return row(f"least gain of any setting and truth over {named} (points)", 100 * smallest, goal)


def costs() -> list[Row]:
    rows = []
    for days in (14, 30, 60):
        first, *later = (seconds(days, seed) for seed in range(1 + TIMES))
        says = f"the order of {FACTS} facts met, {days} days before the exam (ms of CPU)"
        rows.append(row(says, 1000 * median(later), CPU_MS, "lower"))
        rows.append(row(f"{says}, the first time in a process", 1000 * first, None, "lower"))
    return rows


def seconds(days: int, seed: int) -> float:
    """CPU seconds to put facts in order that have been met up to three weeks ago."""
    draw = Random(seed)
    facts = [Candidate(fact, memory(draw), weight=draw.choice((1, 2, 3)) / 800, seconds=45) for fact in range(FACTS)]
    exam = Exam(BEGINS + timedelta(days=days), (45.0,) * days)
    begun = time.process_time()
    planning.order(facts, BEGINS, exam)
    return time.process_time() - begun


def memory(draw: Random) -> Memory:
    return Memory(draw.lognormvariate(1.5, 1.2), draw.uniform(2, 9.5), BEGINS - timedelta(days=draw.randint(0, 21)))


if __name__ == "__main__":
    main()
