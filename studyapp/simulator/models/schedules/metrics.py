"""The metrics of a schedule, and its firings as a series."""

from datetime import datetime, timedelta

from studyapp.simulator.models.schedules.delivery import Delivery
from studyapp.simulator.models.schedules.timetable import Timetable
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Value
from studyapp.simulator.units import LONGEST, SECOND

_MICROSECOND = timedelta(microseconds=1)


def metrics(table: Timetable, delivery: Delivery | None, rulebook: Rulebook) -> dict[str, Value]:
    """By name. Moments are text, "2026-03-29 01:00 UTC" and on the clocks "2026-03-29 03:00"; dates too."""
    name = table.planned.name
    found: dict[str, Value] = {f"valid.{name}": not table.lacks, f"lacks.{name}": table.lacks or None}
    for number in range(table.planned.next):
        moment = table.listed[number] if number < len(table.listed) else None
        found[f"fires.{name}.{number + 1}"] = None if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"
        found[f"local.{name}.{number + 1}"] = None if moment is None else f"{table.shown(moment):%Y-%m-%d %H:%M}"
    found[f"firings.{name}.day"] = table.count(1)
    found[f"firings.{name}.month"] = table.count(30)
    found[f"delay_max.{name}"] = _whole(table.planned.window or rulebook.schedule_precision)
    found[f"skips.{name}"] = _date(table.oddities.get(True))
    return found | _wanted(table) | _delivered(name, delivery, table)


def steps(table: Timetable) -> list[tuple[int, float]]:
    """How many of the listed firings there have been, from when the schedule was made; a series ends where times do."""
    moments = [at for moment in table.listed if (at := (moment - table.made) // _MICROSECOND) <= LONGEST]
    return [*([] if moments[:1] == [0] else [(0, 0)]), *((at, number) for number, at in enumerate(moments, 1))]


def _wanted(table: Timetable) -> dict[str, Value]:
    if table.planned.wanted_at is None:
        return {}
    name, late_from = table.planned.name, _late_from(table, table.planned.wanted_at)
    return {
        f"on_time.{name}": bool(table.listed) and late_from is None,
        f"late_from.{name}": _date(late_from),
    }


def _late_from(table: Timetable, wanted: int) -> datetime | None:
    """When the clocks first show another time than is wanted as it fires, or skip the time, within a year from the first
    firing."""
    shown = (table.shown(moment).replace(tzinfo=None) for moment in table.telling())
    late = next((each for each in shown if each.hour * 60 + each.minute != wanted), None)
    return min((each for each in (table.oddities.get(True), late) if each), default=None)


def _delivered(name: str, delivery: Delivery | None, table: Timetable) -> dict[str, Value]:
    if table.planned.failure is None:
        return {}
    calls, runs, end = (delivery.calls, delivery.runs, delivery.end) if delivery else (0, 0, None)
    return {f"delivery.{name}": end, f"delivery_calls.{name}": calls, f"delivery_runs.{name}": runs}


def _whole(us: int) -> float:
    return us // SECOND if us % SECOND == 0 else us / SECOND


def _date(local: datetime | None) -> str | None:
    return None if local is None else f"{local:%Y-%m-%d}"
