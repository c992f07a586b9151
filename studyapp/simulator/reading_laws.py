"""Reads laws of time and of failure from a scenario's mapping."""

from collections.abc import Mapping

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.laws import NEVER, Failing, Law
from studyapp.simulator.reading import Fields, named


def read_law(where: str, value: object) -> Law:
    """`650 ms`, `{exp: 200 ms}` or `{lognormal: 200 ms, cv: 1}`. Raises ScenarioError."""
    if not isinstance(value, Mapping):
        return Law("fixed", _span(where, value))
    fields = Fields(value, where)
    kinds = [kind for kind in ("fixed", "exp", "lognormal") if fields.has(kind)]
    if len(kinds) != 1:
        raise ScenarioError(where, named(value), "is not a time, {exp: time} or {lognormal: time, cv: number}")
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


def _failing_by_fields(fields: Fields) -> Failing:
    if fields.has("probability"):
        failing = Failing("probability", share=fields.need("probability", units.fraction))
    elif fields.has("records"):
        failing = Failing("records", share=fields.need("records", units.fraction))
    elif fields.has("first"):
        failing = Failing("first", attempts=fields.whole("first", 1) or 0)
    elif fields.has("events"):
        failing = Failing("events", events=_events(fields))
    else:
        start = fields.take("from", units.span, 0)
        end = fields.need("to", units.span, "is missing: a window of failure is {from: time, to: time}")
        if end <= start:
            raise ScenarioError(fields.at("to"), units.show_time(end), f"is not after {units.show_time(start)}")
        failing = Failing("window", from_us=start, to_us=end)
    fields.done()
    return failing


def _events(fields: Fields) -> frozenset[int]:
    raw = fields.raw("events")
    numbers = raw if isinstance(raw, list | tuple) else [raw]
    if not numbers:
        raise ScenarioError(fields.at("events"), raw, "names no event: write never for none")
    return frozenset(fields.read("events", _from_1, each) for each in numbers)


def _from_1(value: object) -> int:
    """Raises UnitError."""
    number = units.count(value)
    if number < 1:
        raise units.UnitError("is not the number of an event: they are counted from 1")
    return number


def _span(where: str, value: object) -> int:
    try:
        span = units.time(value)
    except units.UnitError as error:
        raise ScenarioError(where, value, str(error)) from None
    if not 0 <= span <= 24 * 3_600 * units.SECOND:
        raise ScenarioError(where, value, "is not a time from 0 s to 24 h")
    return span
