"""Ranges of times, which depend on each other: a timeout that is not named must not cut a run, and callers wait."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from studyapp.facts import quantity
from studyapp.questions.filling import NoSuchParameter, value_at
from studyapp.questions.numbers import worth

Body = Mapping[str, object]

LONGEST_TIMEOUT = Decimal(900)
DEFAULT_TIMEOUT = Decimal(3)
CALLER_PATIENCE = {"api": Decimal(29), "http-api": Decimal(30)}
INITS = ("100 ms", "1 s", "8 s")
DURATIONS = ("50 ms", "1 s", "10 s", "60 s")
TIMEOUTS = ("30 s", "900 s")


def timeouts(path: str, body: Body) -> tuple[object, ...]:
    """The shortest whole second that does not cut a run of fixed length, and longer ones."""
    run = fixed_seconds(_at(path.removesuffix("timeout") + "duration", body, "100 ms"))
    if run is None or _at(path.removesuffix("timeout") + "cpu_time", body, None) is not None:
        return ("900 s",)
    shortest = f"{int(run) + 1} s"
    return tuple(each for each in (shortest, *TIMEOUTS) if run < cast("Decimal", fixed_seconds(each)))


def inits(path: str, body: Body) -> tuple[object, ...]:
    return tuple(_in_the_same_law(_at(path, body, None), each) for each in INITS)


def durations(path: str, body: Body) -> tuple[object, ...]:
    """Runs that callers wait for, in the law that the scenario has; whether one is cut is `companion`'s concern."""
    patience = _patience(path.split(".")[1], body)
    fitting = [each for each in DURATIONS if cast("Decimal", fixed_seconds(each)) < patience]
    return tuple(_in_the_same_law(_at(path, body, None), each) for each in fitting)


def companion(path: str, value: object, body: Body, *, may_raise: bool) -> Mapping[str, object] | None:
    """What must move with a duration so that its run is not cut: the timeout, if the stem does not name it.

    None if the run would be cut by a timeout that may not be raised, so that the value does not count.
    """
    timeout_path = path.removesuffix("duration") + "timeout"
    timeout = fixed_seconds(_at(timeout_path, body, None)) or DEFAULT_TIMEOUT
    run = fixed_seconds(value)
    if run is not None and run < timeout:
        return {}
    return {timeout_path: f"{LONGEST_TIMEOUT} s"} if may_raise else None


def fixed_seconds(value: object) -> Decimal | None:
    """A time in seconds, or None for a law of chance or for nothing."""
    if isinstance(value, Mapping):
        value = value.get("fixed")
    if value is None:
        return None
    return worth(quantity.parse(str(value)))


def _patience(function: str, body: Body) -> Decimal:
    sources = cast("Mapping[str, Body]", body.get("sources") or {})
    calling = [source for source in sources.values() if _calls(source, function)]
    own = [fixed_seconds(source.get("timeout")) for source in calling]
    waits = [CALLER_PATIENCE[kind] for source in calling if (kind := str(source.get("kind"))) in CALLER_PATIENCE]
    return min([*waits, *(each for each in own if each is not None), LONGEST_TIMEOUT])


def _calls(source: Body, function: str) -> bool:
    calls = source.get("calls")
    return calls is None or (function in calls if isinstance(calls, Mapping) else calls == function)


def _in_the_same_law(now: object, value: str) -> object:
    if not isinstance(now, Mapping):
        return value
    return {kind: value if kind in ("fixed", "exp", "lognormal") else each for kind, each in now.items()}


def _at(path: str, body: Body, default: object) -> object:
    try:
        return value_at(path, body)
    except NoSuchParameter:
        return default
