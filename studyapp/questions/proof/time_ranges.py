"""Ranges of times, which depend on each other: a timeout that is not named must not cut a run, and callers wait.

A queue hides a message for a time that is at least the function's timeout, or AWS refuses the mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from studyapp.facts import quantity
from studyapp.questions.numbers import worth
from studyapp.questions.proof.range import Body, beside, found_at, seconds, sources_of
from studyapp.simulator.parts import QUEUE_KINDS
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.units import SECOND

LONGEST_TIMEOUT = Decimal(TRUTH.timeout_max) / SECOND
DEFAULT_TIMEOUT = Decimal(TRUTH.timeout_default) / SECOND
DEFAULT_VISIBILITY = Decimal(TRUTH.sqs_visibility_default) / SECOND
CALLER_PATIENCE = {
    "api": Decimal(TRUTH.api_rest_timeout) / SECOND,
    "http-api": Decimal(TRUTH.api_http_timeout) / SECOND,
}
INITS = ("100 ms", "1 s", "8 s")
DURATIONS = ("50 ms", "1 s", "10 s", "60 s")
TIMEOUTS = ("30 s", "900 s")
ADVISED = 6
"""How many timeouts a message should be hidden for. Source: Lambda with Amazon SQS, configuration."""


def timeouts(path: str, body: Body) -> tuple[object, ...]:
    """The shortest whole second that does not cut a run of fixed length, and longer ones, all that its queues allow."""
    longest = _longest_timeout(path.split(".")[1], body)
    run = fixed_seconds(beside(path, "duration", body) or "100 ms")
    if run is None or beside(path, "cpu_time", body) is not None:
        return (f"{longest} s",)
    shortest = f"{int(run) + 1} s"
    return tuple(
        each
        for each in (shortest, *TIMEOUTS, f"{longest} s")
        if run < (timeout := cast("Decimal", fixed_seconds(each))) and timeout <= longest
    )


def visibilities(path: str, body: Body) -> tuple[object, ...]:
    """As long as the timeout of the function, six times that, and AWS's longest."""
    calls = beside(path, "calls", body) or next(iter(cast("Body", body["functions"])))
    timeout = fixed_seconds(found_at(f"functions.{calls}.timeout", body)) or DEFAULT_TIMEOUT
    return (f"{timeout} s", f"{timeout * ADVISED} s", seconds(TRUTH.sqs_visibility_max))


def inits(path: str, body: Body) -> tuple[object, ...]:
    """None where init is part of a total."""
    return () if beside(path, "cold_total", body) is not None else cold_totals(path, body)


def cold_totals(path: str, body: Body) -> tuple[object, ...]:
    return tuple(_in_the_same_law(found_at(path, body), each) for each in INITS)


def durations(path: str, body: Body) -> tuple[object, ...]:
    """Runs that callers wait for, in the law that the scenario has; whether one is cut is `companion`'s concern."""
    patience = _patience(path.split(".")[1], body)
    fitting = [each for each in DURATIONS if cast("Decimal", fixed_seconds(each)) < patience]
    return tuple(_in_the_same_law(found_at(path, body), each) for each in fitting)


def companion(path: str, value: object, body: Body, *, may_raise: bool) -> Mapping[str, object] | None:
    """What must move with a duration so that its run is not cut: the timeout, if the stem does not name it.

    Nothing for the duration of a bill, which no timeout cuts. None if the run would be cut by a timeout that may not be
    raised, so that the value does not count.
    """
    head, function, _ = path.split(".", 2)
    if head != "functions":
        return {}
    timeout_path = f"functions.{function}.timeout"
    timeout = fixed_seconds(found_at(timeout_path, body)) or DEFAULT_TIMEOUT
    run = fixed_seconds(value)
    if run is not None and run < timeout:
        return {}
    longest = _longest_timeout(function, body)
    return {timeout_path: f"{longest} s"} if may_raise and (run is None or run < longest) else None


def fixed_seconds(value: object) -> Decimal | None:
    """A time in seconds, or None for a law of chance or for nothing."""
    if isinstance(value, Mapping):
        value = value.get("fixed")
    if value is None:
        return None
    return worth(quantity.parse(str(value)))


def _longest_timeout(function: str, body: Body) -> Decimal:
    """In whole seconds: no queue may show a message again while it is run."""
    return min([LONGEST_TIMEOUT, *(hidden // 1 for hidden in _hidden(function, body))])


def _patience(function: str, body: Body) -> Decimal:
    calling = sources_of(function, body)
    own = [fixed_seconds(source.get("timeout")) for source in calling]
    waits = [CALLER_PATIENCE[kind] for source in calling if (kind := str(source.get("kind"))) in CALLER_PATIENCE]
    known = [each for each in own if each is not None]
    return min([*waits, *known, *_hidden(function, body), LONGEST_TIMEOUT])


def _hidden(function: str, body: Body) -> list[Decimal]:
    """How long each queue that a function works for hides a message."""
    queues = [source for source in sources_of(function, body) if source.get("kind") in QUEUE_KINDS]
    return [fixed_seconds(source.get("visibility_timeout")) or DEFAULT_VISIBILITY for source in queues]


def _in_the_same_law(now: object, value: str) -> object:
    if not isinstance(now, Mapping):
        return value
    return {kind: value if kind in ("fixed", "exp", "lognormal") else each for kind, each in now.items()}
