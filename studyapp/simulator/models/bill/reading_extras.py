"""Reads what a function may have besides its runs: provisioned concurrency, SnapStart, durable executions, instances."""

from fractions import Fraction
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.bill.parts import Durable, Instances, Ready, Snapshot
from studyapp.simulator.models.bill.reading_values import share, time_within
from studyapp.simulator.reading import OURS, Fields
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND, show_time

LONGEST_KEPT: Final = 366 * 86_400 * SECOND
MOST_OPERATIONS: Final = 1_000_000
MOST_WRITTEN: Final = 10 * 1024**2
MOST_VERSIONS: Final = 10_000
MOST_PERIODS: Final = 10_000
MOST_INSTANCES: Final = 10_000
MOST_USD: Final = 1_000
_OF_READY: Final = ("provisioned_time", "provisioned_periods", "provisioned_share")


def read_ready(fields: Fields, month_us: int, most: int) -> Ready | None:
    count = fields.whole("provisioned_concurrency", 0, most, 0) or 0
    given = [key for key in _OF_READY if fields.raw(key) is not None]
    if not count:
        if given:
            limit = "is for a function with provisioned_concurrency"
            raise ScenarioError(fields.at(given[0]), fields.raw(given[0]), limit)
        return None
    ready = Ready(
        count=count,
        time_us=time_within(fields, "provisioned_time", month_us, 1, month_us, "the month"),
        periods=fields.whole("provisioned_periods", 1, MOST_PERIODS, 1) or 1,
        share=fields.take("provisioned_share", share, Fraction(1)),
    )
    if ready.periods * ready.time_us > month_us:
        limit = f"times {show_time(ready.time_us)} is more than the month of {show_time(month_us)}"
        raise ScenarioError(fields.at("provisioned_periods"), ready.periods, limit)
    return ready


def read_snapshot(fields: Fields, month_us: int, rulebook: Rulebook) -> Snapshot | None:
    """`yes`, or a mapping."""
    value = fields.raw("snapstart", default=False)
    if isinstance(value, bool | str):
        if not fields.read("snapstart", units.flag, value):
            return None
        value = {}
    inner = Fields(value, fields.at("snapstart"))
    snapshot = Snapshot(
        versions=inner.whole("versions", 1, MOST_VERSIONS, 1) or 1,
        time_us=time_within(inner, "time", month_us, 0, month_us, "the month"),
        restore_us=time_within(inner, "restore", 0, 0, rulebook.init_limit, "Lambda SnapStart"),
    )
    inner.done()
    return snapshot


def read_durable(fields: Fields) -> Durable | None:
    value = fields.raw("durable")
    if value is None:
        return None
    inner = Fields(value, fields.at("durable"))
    durable = Durable(
        operations=inner.whole("operations", 0, MOST_OPERATIONS, 0) or 0,
        written=inner.within("written", units.payload, 0, 0, MOST_WRITTEN, _kb, OURS),
        kept_us=time_within(inner, "kept", 0, 0, LONGEST_KEPT, OURS),
        wait_us=time_within(inner, "wait", 0, 0, LONGEST_KEPT, OURS),
    )
    inner.done()
    return durable


def read_instances(fields: Fields, month_us: int) -> Instances | None:
    value = fields.raw("instances")
    if value is None:
        return None
    inner = Fields(value, fields.at("instances"))
    usd = inner.need("price", units.price, "is missing: it is what EC2 charges for one, as in 0.0768 USD per hour")
    if not 0 <= usd <= MOST_USD:
        raise ScenarioError(inner.at("price"), usd, f"is not from 0 to {MOST_USD:,} USD per hour ({OURS})")
    instances = Instances(
        usd_per_hour=usd,
        count=inner.whole("count", 1, MOST_INSTANCES, 1) or 1,
        time_us=time_within(inner, "time", month_us, 0, month_us, "the month"),
    )
    inner.done()
    return instances


def _kb(kilobytes: int) -> str:
    return f"{kilobytes:,} KB"
