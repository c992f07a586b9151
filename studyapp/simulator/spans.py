"""The words of an outcome: a span of time in the life of an event, and a path through a network."""

from typing import NamedTuple


class Span(NamedTuple):
    """Something that lasted from `start_us` to `end_us` (microseconds; equal for a point in time).

    kind: queued, throttled, init, invoke, retry_wait, dead_lettered, destination, delivered, dropped,
    refused (too large, never reached the function). `event` counts from 1 in order of arrival, `attempt`
    counts the runs of that event from 1 (0 before the first). `status` of an invoke span: ok, error, timeout.
    """

    kind: str
    start_us: int
    end_us: int
    event: int
    function: str
    environment: int | None = None
    attempt: int = 0
    reason: str = ""
    status: str = ""


class Hop(NamedTuple):
    """One step of a path: what stands there, whether packets get past it, why, and the rule that says so."""

    name: str
    ok: bool
    says: str
    rule: str = ""


class Path(NamedTuple):
    """The way from the function to one target. Not ok: the last hop is the one that refuses."""

    target: str
    ok: bool
    hops: tuple[Hop, ...]
