"""How fast the models answer that need no engine: CPU milliseconds to read a part of a scenario and to answer it.

Every scenario of the course that has such a part is read and answered anew, in interleaved rounds, and so is the largest plan
that its reader takes: bounds are set so that it takes about 5 ms, too. A model's first figure is that of its slowest
scenario; medians of five rounds.
"""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any, cast

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.config.settings")

import django  # noqa: E402, found by the line above

django.setup()

from django.conf import settings  # noqa: E402, after the set-up

from studyapp.content import raw  # noqa: E402
from studyapp.simulator import TRUTH  # noqa: E402
from studyapp.simulator.models.registry import MODELS  # noqa: E402
from tests.benchmarks import report  # noqa: E402
from tests.benchmarks.report import row  # noqa: E402
from tests.simulator.models.largest import LARGEST  # noqa: E402

Part = Mapping[str, Any]
ROUNDS, TIMES = 5, 20
RARE: tuple[Part, ...] = (
    {"expression": "cron(0 0 ? 2 1#5 *)", "starting": "2080-03-27"},
    {"expression": "cron(0 0 31 2,4,6,9,11 ? *)", "starting": "1970-01-01"},
    {"expression": "cron(0 0 31 2 ? *)", "starting": "1970-01-01"},
    {"expression": "rate(1 minute)", "starting": "1970-01-01"},
    {"expression": "cron(* * * * ? *)", "next": 20, "zone": "Europe/Berlin", "starting": "2026-03-29"},
)
"""Schedules that fire once in decades, or never, or all the time."""
GOAL_MS = 5


def main() -> None:
    report.publish("The models' speed", __doc__ or "", ROUNDS, lambda: measures(parts()))


def parts() -> dict[str, list[Part]]:
    """What the scenarios of the course have for each model, and schedules that are hard to answer."""
    bodies = [entry.data.body() for entry in raw.read(settings.CONTENT).scenarios]
    found = {name: [cast("Part", body[name]) for body in bodies if name in body] for name in MODELS}
    found["schedules"] += [{"rare": schedule} for schedule in RARE]
    return found


def measures(plans: Mapping[str, list[Part]]) -> list[report.Row]:
    asked: dict[str, tuple[str, list[Part], float | None]] = {
        f"{name}: {what} (ms of CPU)": (name, found, goal)
        for name, scenarios in plans.items()
        for what, found, goal in (
            (f"the slowest of {len(scenarios)} scenarios, read and answered", scenarios, GOAL_MS),
            ("the largest plan there may be", cast("list[Part]", [LARGEST[name]()]), None),
        )
    }
    rounds = [{says: slowest(name, found) for says, (name, found, _) in asked.items()} for _ in range(ROUNDS)]
    return [
        row(says, 1_000 * median(each[says] for each in rounds), goal, "lower") for says, (*_, goal) in asked.items()
    ]


def slowest(name: str, found: list[Part]) -> float:
    """CPU seconds for the answer that takes longest."""
    return max(seconds(name, part) for part in found)


def seconds(name: str, part: Part) -> float:
    """CPU seconds for one answer."""
    begun = time.process_time()
    for _ in range(TIMES):
        MODELS[name].plan(part, TRUTH).answer(TRUTH)
    return (time.process_time() - begun) / TIMES


if __name__ == "__main__":
    main()
