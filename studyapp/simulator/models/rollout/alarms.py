"""When a CloudWatch alarm goes off, and what it saw.

It looks at the end of every minute of the wall clock, at `periods` data points of `period_us` that end then. A data
point is a mean, so an alarm above 0 goes off as soon as any error is to be expected.

A period without requests has no data. Such a data point breaches only if the alarm takes missing data for breaching; that
CloudWatch then also looks further back for real data is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from studyapp.simulator.models.rollout.plan import MILLION, Alarm, Missing
from studyapp.simulator.models.rollout.traffic import Traffic
from studyapp.simulator.rulebook import Rulebook


class Seen(NamedTuple):
    """`at` is when CodeDeploy knows, in microseconds. `value` is the last data point: errors, or a share; None: no data."""

    at: int
    value: float | None


def goes_off(alarm: Alarm, traffic: Traffic, until: int, rulebook: Rulebook) -> Seen | None:
    """The first moment, from 0 to `until`, at which CodeDeploy finds the alarm on."""
    every, delay = rulebook.alarm_evaluated_every, rulebook.alarm_reaches_codedeploy_after
    first = -rulebook.rollout_starts_into_the_minute
    look = first + (-delay - first) // every * every  # the last look that is known when the deployment begins
    breaching = _breaching(alarm, traffic)
    while look + delay <= until:
        if breaching(look) >= alarm.datapoints:
            return Seen(max(look + delay, 0), value(alarm, traffic, look))
        look += every
    return None


def value(alarm: Alarm, traffic: Traffic, end: int) -> float | None:
    """The data point of the period that ends then."""
    errors, requests = _measured(alarm, traffic, end)
    if not requests:
        return None
    return errors / (requests if alarm.is_rate else traffic.unit)


def _breaching(alarm: Alarm, traffic: Traffic) -> Callable[[int], int]:
    """How many of the data points breach that are looked at in a moment; from the moment a period earlier, where known."""
    period, known, sums = alarm.period_us, dict[int, bool](), dict[int, int]()

    def breaches(end: int) -> bool:
        if end not in known:
            known[end] = _breaches(alarm, traffic, end)
        return known[end]

    def found(look: int) -> int:
        before = sums.get(look - period)
        if before is None:
            sums[look] = sum(breaches(look - back * period) for back in range(alarm.periods))
        else:
            sums[look] = before + breaches(look) - breaches(look - alarm.periods * period)
        return sums[look]

    return found


def _breaches(alarm: Alarm, traffic: Traffic, end: int) -> bool:
    """Whether the data point of the period that ends then is above the threshold."""
    errors, requests = _measured(alarm, traffic, end)
    if not requests:
        return alarm.missing is Missing.BREACHING
    if alarm.is_rate:
        return errors * MILLION > alarm.threshold * requests
    return errors > alarm.threshold * traffic.unit


def _measured(alarm: Alarm, traffic: Traffic, end: int) -> tuple[int, int]:
    """Errors and requests, in units of the traffic."""
    before, after = traffic.until(end - alarm.period_us), traffic.until(end)
    errors_new = after.errors_new - before.errors_new
    if alarm.is_of_new:
        return errors_new, after.requests_new - before.requests_new
    return after.errors_old - before.errors_old + errors_new, after.requests - before.requests
