"""Reads laws of time, of failure and of arrival from a scenario's mapping."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.laws import NEVER, Failing, Law
from studyapp.simulator.parts import Arrivals
from studyapp.simulator.reading import Fields

_ARRIVALS: Final = ("poisson", "wave", "even", "every", "burst", "bursts", "at")


def read_law(where: str, value: object) -> Law:
    """`650 ms`, `{exp: 200 ms}` or `{lognormal: 200 ms, cv: 1}`. Raises ScenarioError."""
    if not isinstance(value, Mapping):
        return Law("fixed", _span(where, value))
    fields = Fields(value, where)
    kinds = [kind for kind in ("fixed", "exp", "lognormal") if fields.has(kind)]
    if len(kinds) != 1:
        raise ScenarioError(where, _shown(value), "is not a time, {exp: time} or {lognormal: time, cv: number}")
    kind = kinds[0]
    mean = _span(fields.at(kind), fields.raw(kind))
    cv = fields.take("cv", units.number, 1.0) if kind == "lognormal" else 0.0
    if cv < 0 or cv > 20:
        raise ScenarioError(fields.at("cv"), cv, "is not a coefficient of variation from 0 to 20")
    fields.done()
    return Law(kind, mean, cv) if cv or kind != "lognormal" else Law("fixed", mean)


def read_failing(where: str, value: object) -> Failing:
    """`never`, `always`, `probability 0.2`, `20 %`, a window, `{first: 2}`, `{events: [3]}` or `{records: 5 %}`.

    Raises ScenarioError.
    """
    if isinstance(value, Mapping):
        return _failing_by_fields(Fields(value, where))
    if value in (None, False, "never", "no"):
        return NEVER
    if value in (True, "always", "yes"):
        return Failing("always")
    try:
        return Failing("probability", share=units.fraction(str(value).removeprefix("probability").strip()))
    except units.UnitError:
        raise ScenarioError(where, value, "is not never, always, probability 0.2, a window or {first: 2}") from None


def read_arrivals(where: str, value: object, horizon_us: int | None) -> tuple[Arrivals, ...]:
    """One stream, or a list of streams that are merged. Raises ScenarioError, also for a stream without an end."""
    if isinstance(value, list | tuple):
        parts = [read_arrivals(f"{where}.{number}", part, horizon_us) for number, part in enumerate(value, 1)]
        return tuple(stream for part in parts for stream in part)
    fields = Fields(value, where)
    kinds = [kind for kind in _ARRIVALS if fields.has(kind)]
    if "burst" in kinds:
        kinds = ["burst"]
    if len(kinds) != 1:
        raise ScenarioError(where, _shown(value), f"needs exactly one of {', '.join(_ARRIVALS)}")
    stream = _moments(kinds[0], fields) if kinds[0] in ("burst", "bursts", "at") else _flow(kinds[0], fields)
    fields.done()
    if stream.kind != "at" and stream.end_us is None and stream.count is None and horizon_us is None:
        raise ScenarioError(where, _shown(value), "never ends: say `for`, `count` or give the scenario a horizon")
    return (stream,)


def _failing_by_fields(fields: Fields) -> Failing:
    if fields.has("probability"):
        failing = Failing("probability", share=fields.need("probability", units.fraction))
    elif fields.has("records"):
        failing = Failing("records", share=fields.need("records", units.fraction))
    elif fields.has("first"):
        failing = Failing("first", attempts=fields.whole("first", 1) or 0)
    elif fields.has("events"):
        raw = fields.raw("events")
        numbers = raw if isinstance(raw, list | tuple) else [raw]
        failing = Failing("events", events=frozenset(fields.read("events", units.count, n) for n in numbers))
    else:
        start = fields.take("from", units.span, 0)
        end = fields.need("to", units.span, "is missing: a window of failure is {from: time, to: time}")
        if end <= start:
            raise ScenarioError(fields.at("to"), units.show_time(end), f"is not after {units.show_time(start)}")
        failing = Failing("window", from_us=start, to_us=end)
    fields.done()
    return failing


def _moments(kind: str, fields: Fields) -> Arrivals:
    if kind == "burst":
        at = fields.take("at", units.time, 0)
        moments = [(at, fields.whole("burst", 1) or 0)]
    elif kind == "bursts":
        moments = [_burst(fields.at(f"bursts.{n}"), each) for n, each in enumerate(_many(fields, "bursts"), 1)]
    else:
        moments = [(fields.read("at", units.time, each), 1) for each in _many(fields, "at")]
    if any(at < 0 for at, _ in moments):
        raise ScenarioError(fields.at(kind), _shown(min(moments)[0]), "is before the run begins")
    return Arrivals("at", moments=tuple(sorted(moments)))


def _burst(where: str, value: object) -> tuple[int, int]:
    fields = Fields(value, where)
    burst = (fields.take("at", units.time, 0), fields.whole("count", 1) or 0)
    if not burst[1]:
        raise ScenarioError(fields.at("count"), None, "is missing")
    fields.done()
    return burst


def _flow(kind: str, fields: Fields) -> Arrivals:
    start = fields.take("from", units.time, 0)
    length = fields.take("for", units.time, -1)
    if start < 0 or (fields.has("for") and length <= 0):
        raise ScenarioError(fields.at("for"), fields.raw("for"), "must be longer than no time, from 0 s on")
    end = start + length if fields.has("for") else None
    count = fields.whole("count", 1)
    if kind == "every":
        period = fields.need("every", units.time)
        if period <= 0:
            raise ScenarioError(fields.at("every"), fields.raw("every"), "is not longer than no time")
        return Arrivals("every", period_us=period, start_us=start, end_us=end, count=count)
    rate = fields.need(kind, units.rate_per_us)
    if rate <= 0:
        raise ScenarioError(fields.at(kind), fields.raw(kind), "is no rate: nothing would ever arrive")
    if kind != "wave":
        return Arrivals(kind, rate=rate, start_us=start, end_us=end, count=count)
    amplitude = fields.need("amplitude", units.rate_per_us)
    period = fields.need("period", units.time)
    if amplitude > rate or period <= 0:
        raise ScenarioError(fields.at("amplitude"), fields.raw("amplitude"), "is more than the base of the wave")
    return Arrivals("wave", rate, amplitude, period, start, end, count)


def _many(fields: Fields, key: str) -> list[object]:
    raw = fields.raw(key)
    return list(raw) if isinstance(raw, list | tuple) else [raw]


def _span(where: str, value: object) -> int:
    try:
        span = units.time(value)
    except units.UnitError as error:
        raise ScenarioError(where, value, str(error)) from None
    if not 0 <= span <= 24 * 3_600 * units.SECOND:
        raise ScenarioError(where, value, "is not a time from 0 s to 24 h")
    return span


def _shown(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, Mapping) else str(value)
