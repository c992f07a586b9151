"""From the `rollout:` part of a scenario to a Deployment. Every mistake is a ScenarioError that names its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.rollout.configs import MINUTE, read_config
from studyapp.simulator.models.rollout.plan import (
    MILLION,
    Alarm,
    Cause,
    Deployment,
    Errors,
    Hook,
    Missing,
    Result,
)
from studyapp.simulator.reading import OURS, Fields, lapse
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import Rate

LONGEST: Final = 12 * 60 * MINUTE
"""Of a deployment that is looked at."""
LONGEST_LOOK: Final = 3 * 60 * MINUTE
"""Of what an alarm looks back on. CloudWatch takes a day: no alarm that guards a deployment can wait for that."""
MOST_PERIODS: Final = LONGEST_LOOK // MINUTE
MOST_ERRORS: Final = 10**12
ALL_CAUSES: Final = frozenset(Cause)
"""What SAM switches the rollback on for."""


def read(data: object, rulebook: Rulebook) -> Deployment:
    """Read and check the `rollout:` mapping of a scenario. Raises ScenarioError."""
    fields = Fields(data, "rollout")
    config = read_config(fields.need("config", _anything), fields.at("config"), rulebook)
    old, new = _errors_of_both(fields)
    deployment = Deployment(
        config=config,
        requests=fields.need("requests", _requests),
        old=old,
        new=new,
        pre=_hook(fields, "pre_traffic"),
        post=_hook(fields, "post_traffic"),
        alarm=_alarm(fields),
        rollback_on=_causes(fields),
        stopped_us=fields.take("stopped_at", _moment, None),
        horizon_us=fields.take("horizon", _horizon, None),
        is_first=fields.take("first_deployment", units.flag, False),
    )
    fields.done()
    return deployment


def _errors_of_both(fields: Fields) -> tuple[Errors, Errors]:
    inner = Fields(fields.raw("errors", {}), fields.at("errors"))
    both = _errors(inner, "old"), _errors(inner, "new")
    inner.done()
    return both


def _errors(fields: Fields, key: str) -> Errors:
    """A share, or `{share: 5 %, from: 10 min, to: 20 min}`."""
    given = fields.raw(key)
    if not isinstance(given, Mapping):
        return Errors(fields.take(key, _millionths, 0))
    inner = Fields(given, fields.at(key))
    share = inner.need("share", _millionths)
    start, stop = inner.take("from", units.span, 0), inner.take("to", units.span, None)
    inner.done()
    if stop is not None and stop <= start:
        raise ScenarioError(inner.at("to"), units.show_time(stop), f"is not after {units.show_time(start)}, its from")
    return Errors(share, start, stop)


def _hook(fields: Fields, key: str) -> Hook | None:
    given = fields.raw(key, "none")
    if given == "none":
        return None
    inner = Fields(given, fields.at(key))
    result = Result(inner.choice("result", tuple(Result), Result.SUCCEEDED))
    takes = inner.take("takes", _moment, 0)
    if result is Result.SILENT and inner.has("takes"):
        raise ScenarioError(inner.at("takes"), units.show_time(takes), "is for a hook that reports")
    inner.done()
    return Hook(takes, result)


def _alarm(fields: Fields) -> Alarm | None:
    given = fields.raw("alarm", "none")
    if given == "none":
        return None
    inner = Fields(given, fields.at("alarm"))
    of_new = inner.choice("of", ("alias", "new version"), "alias") == "new version"
    is_rate = inner.choice("metric", ("errors", "error rate"), "errors") == "error rate"
    threshold = inner.take("threshold", _millionths if is_rate else _error_count, 0)
    period = inner.take("period", _period, MINUTE)
    periods = inner.whole("periods", 1, MOST_PERIODS, 1) or 1
    datapoints = inner.whole("datapoints", 1, MOST_PERIODS, periods) or periods
    missing = Missing(inner.choice("missing", tuple(Missing), Missing.MISSING))
    inner.done()
    if datapoints > periods:
        raise ScenarioError(
            inner.at("datapoints"), datapoints, f"is above {periods}, the number of periods that are looked at"
        )
    if periods * period > LONGEST_LOOK:
        shown, most = units.show_time(periods * period), units.show_time(LONGEST_LOOK)
        raise ScenarioError(inner.at("periods"), periods, f"look back {shown}, which is above {most} ({OURS})")
    return Alarm(of_new, is_rate, threshold, period, periods, datapoints, missing)


def _causes(fields: Fields) -> frozenset[Cause]:
    given, where, known = fields.raw("rollback_on"), fields.at("rollback_on"), tuple(Cause)
    if given is None:
        return ALL_CAUSES
    causes = []
    for word in given if isinstance(given, list | tuple) else [given]:
        if not isinstance(word, str) or word not in (*known, "none"):
            raise ScenarioError(where, word, f"is none of {', '.join(known)}, none")
        if word != "none":
            causes.append(Cause(word))
    return frozenset(causes)


def _anything(value: object) -> object:
    return value


def _requests(value: object) -> Rate:
    rate = units.rate(value)
    if not 1 <= rate.count <= MILLION * rate.per_us:
        raise units.UnitError("is not a rate of at least one request, and at most 1,000,000 in a microsecond")
    return rate


def _moment(value: object) -> int:
    us = units.span(value)
    if us > LONGEST:
        raise units.UnitError(f"is longer than {units.show_time(LONGEST)} ({OURS})")
    return us


def _horizon(value: object) -> int:
    lapse(value)
    return _moment(value)


def _period(value: object) -> int:
    us = units.span(value)
    if us % MINUTE or us == 0:
        raise units.UnitError("is not a whole number of minutes, in which Lambda's metrics come")
    return us


def _millionths(value: object) -> int:
    """A share from 0 to 1 that is no finer than a millionth."""
    parts = units.fraction(value) * MILLION
    if abs(parts - round(parts)) > 1e-4:
        raise units.UnitError("is finer than a millionth")
    return round(parts)


def _error_count(value: object) -> int:
    try:
        count = units.count(value)
    except units.UnitError as error:
        raise units.UnitError(f"{error}; a share is for metric: error rate") from None
    if not 0 <= count <= MOST_ERRORS:
        raise units.UnitError(f"is not a number of errors from 0 to {MOST_ERRORS:,} ({OURS})")
    return count
