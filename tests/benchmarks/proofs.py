"""How long it takes to prove the course: the whole bank in two processes, and one edited item as `manage.py prove ITEM` does it.

Every item with a scenario is proved at 50 seeds, in interleaved rounds; wall-clock seconds, medians of three rounds. An
item's time is that of the proof alone: reading the course comes on top, once for a command, and is a measure of its own.
"""

import os
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.config.settings")

import django  # noqa: E402, found by the line above

django.setup()

from django.conf import settings  # noqa: E402, after the set-up

from studyapp.content import files  # noqa: E402
from studyapp.content.course import Course  # noqa: E402
from studyapp.content.proving import PROCESSES, Refusal, prove_all  # noqa: E402
from studyapp.questions.items import Item  # noqa: E402
from studyapp.questions.proof import prove  # noqa: E402
from tests.benchmarks import report  # noqa: E402
from tests.benchmarks.report import row  # noqa: E402

SEEDS, ROUNDS = 50, 3
BANK_GOAL_S, ITEM_GOAL_S = 60, 1


def main() -> None:
    report.publish("How long proofs take", __doc__ or "", ROUNDS, measures)


def measures() -> list[report.Row]:
    readings, banks, items = [], [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        course = files.read(settings.CONTENT, needs_proofs=False)
        readings.append(time.perf_counter() - began)
        simulated = [item for item in course.items if item.scenario]
        banks.append(bank(course))
        items.append({item.id: alone(item, course) for item in simulated})
    each = {name: median(round_[name] for round_ in items) for name in items[0]}
    slowest = max(each, key=lambda name: each[name])
    return [
        row(f"all {len(course.items):,} items in {PROCESSES} processes (s)", median(banks), BANK_GOAL_S, "lower"),
        row(f"one of {len(each)} simulated items: the slowest, {slowest} (s)", each[slowest], ITEM_GOAL_S, "lower"),
        row("one simulated item: the median (s)", median(each.values()), None, "lower"),
        row("reading and checking the course (s)", median(readings), None, "lower"),
    ]


def bank(course: Course) -> float:
    """Seconds of wall clock for every item, those without a scenario too."""
    began = time.perf_counter()
    refused = [each.item for each in prove_all(course.items, course.world, SEEDS) if isinstance(each, Refusal)]
    took = time.perf_counter() - began
    if refused:
        sys.exit(f"refused, so that nothing was measured: {', '.join(refused)}")
    return took


def alone(item: Item, course: Course) -> float:
    began = time.perf_counter()
    prove(item, course.world, SEEDS)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
