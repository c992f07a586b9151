"""How fast the models answer that need no engine: CPU milliseconds to read a part of a scenario and to answer it.

Every scenario of the course that has such a part is read and answered anew, in interleaved rounds. A model's figure is
that of its slowest scenario; medians of five rounds.
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

Part = Mapping[str, Any]
ROUNDS, TIMES = 5, 20
GOAL_MS = 5


def main() -> None:
    report.publish("The models' speed", __doc__ or "", ROUNDS, lambda: measures(parts()))


def parts() -> dict[str, list[Part]]:
    """What the scenarios of the course have for each model."""
    bodies = [entry.data.body() for entry in raw.read(settings.CONTENT).scenarios]
    return {name: [cast("Part", body[name]) for body in bodies if name in body] for name in MODELS}


def measures(plans: Mapping[str, list[Part]]) -> list[report.Row]:
    rounds = [{name: slowest(name, found) for name, found in plans.items()} for _ in range(ROUNDS)]
    return [
        row(
            f"{name}: the slowest of {len(found)} scenarios, read and answered (ms of CPU)",
            1_000 * median(each[name] for each in rounds),
            GOAL_MS,
            "lower",
        )
        for name, found in plans.items()
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
