"""From the `bill:` part of a scenario to a Month. Every mistake is a ScenarioError that names its field."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.bill.checks import check
from studyapp.simulator.models.bill.parts import Curve, Function, Month, Poller
from studyapp.simulator.models.bill.reading_extras import read_durable, read_instances, read_ready, read_snapshot
from studyapp.simulator.models.bill.reading_values import QUOTAS, mb, share, time_within
from studyapp.simulator.models.names import children
from studyapp.simulator.reading import OURS, Fields, bounded, lapse
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND, show_time

DAY: Final = 86_400 * SECOND
SHORTEST_MONTH, USUAL_MONTH, LONGEST_MONTH = 28 * DAY, 30 * DAY, 31 * DAY
MOST_FUNCTIONS: Final = 6
MOST_POLLERS: Final = 10
MOST_SIZES: Final = 8
"""Each function is billed once for each size, and for each architecture: with these bounds a month takes about 3 ms. More than
eight sizes in a curve are measured, but a page cannot show them."""
MOST_REQUESTS: Final = 10**12
"""So that GB-s, at most 9 * 10^15, are numbers that a claim can state."""
MOST_ENVIRONMENTS: Final = 10**10
MOST_AT_ONCE: Final = 100_000
"""Of pollers, and of provisioned environments."""


def read(data: object, rulebook: Rulebook) -> Month:
    """Read and check the `bill:` mapping of a scenario. Raises ScenarioError."""
    fields = Fields(_texts("bill", data), "bill")
    month_us = fields.within("month", units.span, USUAL_MONTH, SHORTEST_MONTH, LONGEST_MONTH, _days, "a calendar month")
    functions = tuple(
        _function(name, body, month_us, rulebook) for name, body in children(fields, "functions", MOST_FUNCTIONS)
    )
    pollers = tuple(_poller(name, body, month_us) for name, body in children(fields, "pollers", MOST_POLLERS))
    has_free_tier = fields.take("free_tier", units.flag, default=False)
    fields.done()
    if not functions and not pollers:
        raise ScenarioError("bill.functions", None, "is missing: a bill needs functions, or pollers")
    return Month(month_us, has_free_tier, functions, pollers)


def _function(name: str, body: object, month_us: int, rulebook: Rulebook) -> Function:
    fields = Fields(_texts(f"bill.functions.{name}", body), f"bill.functions.{name}")
    memory = _memory(fields, rulebook)
    curve = _curve(fields, memory, rulebook)
    function = Function(
        name=name,
        memory=memory,
        architecture=fields.choice("architecture", ("x86_64", "arm64"), "x86_64"),
        requests=_requests(fields, month_us),
        curve=curve,
        init_us=time_within(fields, "init", 0, 0, rulebook.timeout_max, QUOTAS),
        cold_share=fields.take("cold_share", share, Fraction(0)),
        fails=fields.take("fails", share, Fraction(0)),
        tmp=fields.within("tmp", units.memory, rulebook.tmp_min, rulebook.tmp_min, rulebook.tmp_max, mb, QUOTAS),
        memory_used=_memory_used(fields, memory),
        is_async=fields.choice("kind", ("sync", "async"), "sync") == "async",
        payload=_payload(fields, rulebook),
        streamed=_streamed(fields, rulebook),
        tenant_environments=fields.whole("tenant_environments", 0, MOST_ENVIRONMENTS, 0) or 0,
        runtime=fields.name("runtime"),
        package=fields.choice("package", ("zip", "image"), "zip"),
        ready=read_ready(fields, month_us, MOST_AT_ONCE),
        snapshot=read_snapshot(fields, month_us, rulebook),
        durable=read_durable(fields),
        instances=read_instances(fields, month_us),
    )
    fields.done()
    check(fields, function, rulebook)
    return function


def _texts(where: str, data: object) -> object:
    """`data`, whose names are text."""
    for key in data if isinstance(data, Mapping) else ():
        if not isinstance(key, str):
            raise ScenarioError(where, key, "is not a name: write it as text")
    return {} if data is None else data


def _memory(fields: Fields, rulebook: Rulebook) -> int:
    usual, low, high = rulebook.memory_default, rulebook.memory_min, rulebook.memory_max
    return fields.within("memory", units.memory, usual, low, high, mb, QUOTAS)


def _curve(fields: Fields, memory: int, rulebook: Rulebook) -> Curve:
    raw = fields.raw("curve")
    if raw is None:
        return ((memory, time_within(fields, "duration", 100_000, 1, rulebook.timeout_max, QUOTAS)),)
    if (duration := fields.raw("duration")) is not None:
        raise ScenarioError(fields.at("duration"), duration, "is in the curve already: give one of the two")
    if not isinstance(raw, Mapping) or not 2 <= len(raw) <= MOST_SIZES:
        limit = f"is not a mapping of 2 to {MOST_SIZES} memory sizes to durations ({OURS})"
        raise ScenarioError(fields.at("curve"), raw, limit)
    curve = tuple(sorted(_size(fields, key, value, rulebook) for key, value in raw.items()))
    if len({size for size, _ in curve}) < len(curve):
        raise ScenarioError(fields.at("curve"), raw, "has one memory size twice")
    if not curve[0][0] <= memory <= curve[-1][0]:
        limit = f"lies outside of what was measured, {mb(curve[0][0])} to {mb(curve[-1][0])}"
        raise ScenarioError(fields.at("memory"), mb(memory), limit)
    return curve


def _size(fields: Fields, key: object, value: object, rulebook: Rulebook) -> tuple[int, int]:
    where = f"{fields.at('curve')}.{key}" if isinstance(key, str) else fields.at("curve")
    memory, run_us = _unit(where, key, units.memory), _unit(where, value, lapse)
    bounded(where, memory, rulebook.memory_min, rulebook.memory_max, mb, QUOTAS)
    return memory, bounded(where, run_us, 1, rulebook.timeout_max, show_time, QUOTAS)


def _unit(where: str, value: object, reader: Callable[[object], int]) -> int:
    try:
        return reader(value)
    except units.UnitError as error:
        raise ScenarioError(where, value, str(error)) from None


def _requests(fields: Fields, month_us: int) -> int:
    """A number for the month, or a rate: `25 per 1 s`, which makes as many as fit into the month."""
    value = fields.take("requests", lambda raw: _count_or_rate(raw, month_us), 0)
    if not 0 <= value <= MOST_REQUESTS:
        raise ScenarioError(fields.at("requests"), value, f"is not from 0 to {MOST_REQUESTS:,} a month ({OURS})")
    return value


def _count_or_rate(value: object, month_us: int) -> int:
    try:
        rate = units.rate(value)
    except units.UnitError:
        return units.count(value)
    return rate.count * month_us // rate.per_us


def _memory_used(fields: Fields, memory: int) -> int | None:
    if fields.raw("memory_used") is None:
        return None
    value = fields.need("memory_used", units.memory)
    return bounded(fields.at("memory_used"), value, 1, memory, mb, "the function's memory")


def _payload(fields: Fields, rulebook: Rulebook) -> int:
    is_async = fields.raw("kind") == "async"
    most = rulebook.async_payload_max if is_async else rulebook.sync_payload_max
    return fields.within("payload", units.payload, 1, 0, most, _kb, QUOTAS)


def _streamed(fields: Fields, rulebook: Rulebook) -> int:
    if fields.raw("streamed_response") is None:
        return 0
    if fields.raw("kind") == "async":
        limit = "is for a function that is called synchronously: nobody waits for an answer to an event"
        raise ScenarioError(fields.at("streamed_response"), fields.raw("streamed_response"), limit)
    return fields.within("streamed_response", units.payload, 0, 0, rulebook.streamed_response_max, _kb, QUOTAS)


def _poller(name: str, body: object, month_us: int) -> Poller:
    fields = Fields(_texts(f"bill.pollers.{name}", body), f"bill.pollers.{name}")
    poller = Poller(
        name=name,
        kind=fields.choice("kind", ("sqs", "kafka"), "sqs"),
        count=fields.whole("count", 1, MOST_AT_ONCE, 1) or 1,
        time_us=time_within(fields, "time", month_us, 0, month_us, "the month"),
    )
    fields.done()
    return poller


def _days(us: int) -> str:
    return f"{us / DAY:g} d"


def _kb(kilobytes: int) -> str:
    return f"{kilobytes:,} KB"
