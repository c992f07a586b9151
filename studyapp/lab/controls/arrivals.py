"""When requests arrive, field by field where one law holds; a list of laws, or none, as one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from studyapp.lab.controls.settings import Control, Setting, number, time

_RATE: Final = "Such as 40 per 1 s."
SETTINGS: Final = (
    number("burst", "Arrivals at once", least=1),
    Setting("at", "Arrive at", says="A moment, or several: [0 s, 5 s]."),
    Setting("bursts", "Bursts", says="[{at: 0 s, count: 40}, {at: 5 s, count: 10}]."),
    Setting("even", "Arrivals, evenly spaced", says=_RATE),
    Setting("poisson", "Arrivals at random, mean rate", says=_RATE),
    time("every", "One after every"),
    time("from", "From", usual="0 s"),
    time("for", "For"),
    number("count", "How many in all", least=1),
    Setting("wave", "At random, with a rate that swings around", says=_RATE),
    Setting("amplitude", "Swing of the wave", says=_RATE),
    time("period", "Length of one wave"),
    Setting("rate", "Rate of a schedule", says="As EventBridge has it: 5 minutes."),
    Setting("cron", "Cron of a schedule", says="cron(0 9 * * ? *)."),
    Setting("zone", "Time zone of the cron", usual="UTC", says="Such as Europe/Berlin."),
    Setting("starting", "What its clock shows at 0 s", says="2026-03-28 00:00."),
)
_WHOLE: Final = Setting(
    "arrivals",
    "Arrivals",
    says="{burst: 40, at: 3 s}, {even: 40 per 1 s, for: 10 s}, or a list of such.",
    is_simple=True,
)


def of_arrivals(path: str, group: str, value: object) -> Iterator[Control]:
    if isinstance(value, Mapping):
        yield from (each.control(f"{path}.{each.key}", group, value.get(each.key)) for each in SETTINGS)
    else:
        yield _WHOLE.control(path, group, value)
