"""Reads when requests arrive: laws of arrival, moments that are listed, and schedules."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from studyapp.simulator import cron, units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Arrivals, Source
from studyapp.simulator.reading import Fields, lapse, named
from studyapp.simulator.reading_clocks import read_local, read_zone
from studyapp.simulator.schedule import Schedule

_KINDS: Final = ("poisson", "wave", "even", "every", "rate", "cron", "burst", "bursts", "at")
_MOMENTS: Final = ("burst", "bursts", "at")
_STEADY: Final = "steady arrivals, such as even or poisson"
_ELSEWHERE: Final = {
    "from": _STEADY, "for": _STEADY, "count": _STEADY, "amplitude": "a wave", "period": "a wave",
    "zone": "a cron", "starting": "a cron",
}  # fmt: skip


def read_arrivals(where: str, value: object, horizon_us: int | None, kind: str = "schedule") -> tuple[Arrivals, ...]:
    """One stream, or a list of streams that are merged, of a source of that `kind`.

    Raises ScenarioError, also for a stream without an end.
    """
    if value is None:
        raise ScenarioError(where, None, f"is missing: it needs one of {', '.join(_KINDS)}")
    if isinstance(value, list | tuple):
        return tuple(_stream(f"{where}.{number}", part, horizon_us, kind) for number, part in enumerate(value, 1))
    return (_stream(where, value, horizon_us, kind),)


def check_clocks(sources: Iterable[Source]) -> None:
    """Raise ScenarioError unless all schedules begin at one moment: the run has one clock, and it begins there."""
    known: tuple[str, Schedule] | None = None
    for source in sources:
        for schedule in (each.schedule for each in source.arrivals if each.schedule):
            where = f"sources.{source.name}.arrivals.starting"
            if known and known[1].begins != schedule.begins:
                limit = f"is another moment than {known[1].says} in {known[0]}; all schedules of a run begin together"
                raise ScenarioError(where, schedule.says, limit)
            known = known or (where, schedule)


def _stream(where: str, value: object, horizon_us: int | None, kind: str) -> Arrivals:
    fields = Fields(value, where)
    found = [each for each in _KINDS if fields.has(each)]
    if "burst" in found:
        found = ["burst"]
    if len(found) != 1:
        raise ScenarioError(where, named(value), f"needs exactly one of {', '.join(_KINDS)}")
    stream = _moments(found[0], fields) if found[0] in _MOMENTS else _flow(found[0], fields, kind)
    fields.done(_ELSEWHERE)
    if not _ends(stream) and horizon_us is None:
        raise ScenarioError(where, named(value), "never ends: say `for`, `count` or give the scenario a horizon")
    return stream


def _ends(stream: Arrivals) -> bool:
    if stream.kind == "at" or stream.end_us is not None or stream.count is not None:
        return True
    return stream.schedule is not None and stream.schedule.cron.ends


def _moments(kind: str, fields: Fields) -> Arrivals:
    if kind == "burst":
        at = fields.take("at", _moment, 0)
        moments = [(at, fields.whole("burst", 1) or 0)]
    elif kind == "bursts":
        moments = [_burst(fields.at(f"bursts.{n}"), each) for n, each in enumerate(_many(fields, "bursts"), 1)]
    else:
        moments = [(fields.read("at", _moment, each), 1) for each in _many(fields, "at")]
    return Arrivals("at", moments=tuple(sorted(moments)))


def _moment(value: object) -> int:
    """Raises UnitError."""
    at = units.time(value)
    if at < 0:
        raise units.UnitError("is before the run begins")
    return at


def _burst(where: str, value: object) -> tuple[int, int]:
    fields = Fields(value, where)
    burst = (fields.take("at", _moment, 0), fields.whole("count", 1) or 0)
    if not burst[1]:
        raise ScenarioError(fields.at("count"), None, "is missing: say how many there are at once")
    fields.done()
    return burst


def _flow(kind: str, fields: Fields, source_kind: str) -> Arrivals:
    start = fields.take("from", _moment, 0)
    length = fields.take("for", lapse, 0)
    end = start + length if length else None
    count = fields.whole("count", 1)
    if kind == "cron":
        return Arrivals("cron", schedule=_schedule(fields, source_kind), start_us=start, end_us=end, count=count)
    if kind in ("every", "rate"):
        period = fields.need(kind, lapse if kind == "every" else cron.read_rate)
        return Arrivals("every", period_us=period, start_us=start, end_us=end, count=count)
    rate = fields.need(kind, units.rate_per_us)
    if rate <= 0:
        raise ScenarioError(fields.at(kind), fields.raw(kind), "is no rate: nothing would ever arrive")
    if kind != "wave":
        return Arrivals(kind, rate=rate, start_us=start, end_us=end, count=count)
    return _wave(fields, rate, start, end, count)


def _wave(fields: Fields, rate: float, start: int, end: int | None, count: int | None) -> Arrivals:
    amplitude = fields.need("amplitude", units.rate_per_us, "is missing: say by how much the rate of the wave swings")
    period = fields.need("period", lapse, "is missing: say how long one wave is")
    if amplitude > rate:
        raise ScenarioError(fields.at("amplitude"), fields.raw("amplitude"), "is more than the base of the wave")
    return Arrivals("wave", rate, amplitude, period, start, end, count)


def _schedule(fields: Fields, source_kind: str) -> Schedule:
    """A cron in the time zone of EventBridge Scheduler; the older rules of an event bus know UTC alone."""
    expression = fields.need("cron", partial(cron.read_cron, is_scheduler=source_kind == "schedule"))
    zone = fields.take("zone", read_zone, ZoneInfo("UTC"))
    if source_kind == "eventbridge" and zone.key != "UTC":
        limit = (
            "is a time zone, and an EventBridge rule has none but UTC; the kind `schedule` (EventBridge Scheduler) has"
        )
        raise ScenarioError(fields.at("zone"), zone.key, limit)
    starting = fields.need(
        "starting", read_local, "is missing: say what the clock shows at 0 s, such as 2026-03-28 00:00"
    )
    schedule = Schedule(expression, zone, starting)
    if not schedule.is_real:
        raise ScenarioError(fields.at("starting"), starting, f"is skipped by the clocks of {zone.key}")
    if next(schedule.firings(), None) is None:
        raise ScenarioError(fields.at("cron"), fields.raw("cron"), f"never fires after {schedule.says}")
    return schedule


def _many(fields: Fields, key: str) -> list[object]:
    raw = fields.raw(key)
    return list(raw) if isinstance(raw, list | tuple) else [raw]
