"""From the `schedules:` part of a scenario to what is planned. Every mistake is a ScenarioError that names its field."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from studyapp.simulator import units
from studyapp.simulator.clocks import exists
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.schedules.expressions import Once, read_expression
from studyapp.simulator.models.schedules.timetable import Failure, Planned
from studyapp.simulator.reading import OURS, Fields, bounded, lapse
from studyapp.simulator.reading_clocks import read_local, read_zone
from studyapp.simulator.rulebook import Rulebook

MOST: Final = 5
"""Schedules: a page shows two or three side by side, and each takes up to 0.8 ms."""
MOST_LISTED: Final = 20
"""Firings of one that are listed; what the clocks do to it in a year is said in any case."""
KINDS: Final = ("rule", "scheduler")
TARGETS: Final = ("works", "function-fails", "function-throttled", "unavailable")
_UTC: Final = ZoneInfo("UTC")
_MINUTE: Final = 60 * units.SECOND
_WINDOWS: Final = "EventBridge Scheduler, FlexibleTimeWindow"
_RETRIES: Final = "EventBridge Scheduler, RetryPolicy"


def read(data: object, rulebook: Rulebook) -> tuple[Planned, ...]:
    """Raises ScenarioError."""
    if not isinstance(data, Mapping):
        raise ScenarioError("schedules", data, "is not a mapping of names to schedules")
    if not data:
        raise ScenarioError("schedules", "none", "is not enough: name a schedule at least")
    if len(data) > MOST:
        raise ScenarioError("schedules", len(data), f"is above {MOST} schedules ({OURS})")
    return tuple(_planned(_name(name), body, rulebook) for name, body in data.items())


def _name(name: object) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", name):
        raise ScenarioError(f"schedules.{name}", name, "is no name: a letter, then letters, digits, - and _")
    return name


def _planned(name: str, body: object, rulebook: Rulebook) -> Planned:
    fields = Fields(body, f"schedules.{name}")
    kind = fields.choice("kind", KINDS, "scheduler")
    needed = "is missing: such as cron(0 9 * * ? *), rate(5 minutes) or at(2026-12-24T18:00:00)"
    read = partial(read_expression, rulebook=rulebook, is_scheduler=kind == "scheduler")
    expression = fields.need("expression", read, needed)
    zone = fields.take("zone", read_zone, None)
    clocks = fields.take("clocks", read_zone, zone or _UTC)
    starting = fields.need("starting", read_local, "is missing: say what the clocks show as it is made")
    planned = Planned(
        name=name,
        is_rule=kind == "rule",
        expression=expression,
        zone=zone,
        clocks=clocks,
        starting=_real(fields, "starting", starting, clocks),
        start_date=_date(fields, "start_date", clocks),
        end_date=_date(fields, "end_date", clocks),
        next=fields.whole("next", 1, MOST_LISTED, 5) or 5,
        window=_window(fields, rulebook),
        wanted_at=fields.take("wanted_at", _time_of_day, None),
        failure=_failure(fields, rulebook),
    )
    fields.done()
    _check(fields, planned)
    return planned


def _date(fields: Fields, key: str, clocks: ZoneInfo) -> datetime | None:
    local = fields.take(key, read_local, None)
    return None if local is None else _real(fields, key, local, clocks)


def _real(fields: Fields, key: str, local: datetime, clocks: ZoneInfo) -> datetime:
    if not exists(local, clocks):
        raise ScenarioError(fields.at(key), local, f"is skipped by the clocks of {clocks.key}")
    return local


def _window(fields: Fields, rulebook: Rulebook) -> int | None:
    window = fields.take("flexible_window", lapse, None)
    if window is None:
        return None
    if window % _MINUTE:
        raise ScenarioError(fields.at("flexible_window"), fields.raw("flexible_window"), "is not in whole minutes")
    low, high = rulebook.schedule_window_min, rulebook.schedule_window_max
    return bounded(fields.at("flexible_window"), window, low, high, units.show_time, _WINDOWS)


def _time_of_day(value: object) -> int:
    """The minute of a day. Raises UnitError."""
    found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", value) if isinstance(value, str) else None
    if found is None:
        raise units.UnitError("is not a time of day such as 00:00 or 17:30")
    return int(found[1]) * 60 + int(found[2])


def _failure(fields: Fields, rulebook: Rulebook) -> Failure | None:
    """What becomes of the target; None where the schedule says nothing of it."""
    target = fields.choice("target", TARGETS, "") if fields.has("target") else ""
    outage = fields.take("unavailable_for", lapse, None)
    retries = fields.whole("retries", 0, rulebook.schedule_retries_max, None, _RETRIES)
    low, high = rulebook.schedule_age_min, rulebook.schedule_age_max
    age = fields.within(
        "maximum_age", units.whole_seconds, rulebook.schedule_age_default, low, high, units.show_time, _RETRIES
    )
    queue = fields.take("dead_letter_queue", units.flag, False)
    if (target == "unavailable") != (outage is not None):
        limit = (
            "is missing: say for how long the target is unavailable"
            if outage is None
            else "is for a target that is unavailable"
        )
        raise ScenarioError(fields.at("unavailable_for"), fields.raw("unavailable_for"), limit)
    if not target:
        return None
    if retries is None:
        retries = min(rulebook.schedule_retries_default, rulebook.schedule_retries_max)
    return Failure(target, outage or 0, retries, age, queue)


def _check(fields: Fields, planned: Planned) -> None:
    """Raise ScenarioError for dates that contradict each other, and for a time that no clock shows."""
    starts, ends = planned.start_date, planned.end_date
    if starts is not None and starts < planned.starting:
        raise ScenarioError(fields.at("start_date"), starts, f"is before `starting`, {planned.starting}")
    if ends is not None and ends <= (starts or planned.starting):
        raise ScenarioError(fields.at("end_date"), ends, "is not after the beginning of the schedule")
    if isinstance(planned.expression, Once):
        zone = planned.zone or _UTC
        if not exists(planned.expression.local, zone):
            limit = f"names a time that the clocks of {zone.key} skip, and AWS does not say what happens then"
            raise ScenarioError(fields.at("expression"), fields.raw("expression"), limit)
