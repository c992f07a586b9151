"""The words of an outcome: a span of time in the life of an event, and a path of steps that ends well or is refused."""

from collections.abc import Iterable
from typing import NamedTuple

Value = float | int | bool | str | None
"""Of a metric."""


class Span(NamedTuple):
    """Something that lasted from `start_us` to `end_us` (microseconds; equal for a point in time).

    kind: queued, batch_window (received, and held until its batch goes), init, invoke, retry_wait, visibility_wait,
    throttled, refused (too large, or never let through to the function), filtered, delivered, dead_lettered,
    dead_letter_error, destination, destination_error, dropped. `event` counts from 1 in order of arrival; `noun` is what
    such an event is called: request, event, message or record. `attempt` counts the runs of that event from 1 (0 before
    the first; an invoke span of attempt 0 is a duplicate delivery). `status` of an invoke span: a word of trace.STATUS,
    or `given back` for a record that the handler reported as failed in a run that was ok. `batch` is how many events the
    run took; each of them has an init and an invoke span of its own.
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
    batch: int = 1
    noun: str = "event"


class Hop(NamedTuple):
    """One step of a path: what stands there, whether packets get past it, why, and the rule that says so."""

    name: str
    ok: bool
    says: str
    rule: str = ""


class Path(NamedTuple):
    """The way to one target, or to one decision. Not ok: the last hop is the one that refuses.

    `kind` is the model that walked it: network (the target is reached), access (a request is allowed), package (it is
    accepted), secret (somebody can read it), bill (how a line of it is worked out), version (what an address runs), rollout,
    schedule.
    """

    target: str
    ok: bool
    hops: tuple[Hop, ...]
    kind: str = "network"

    @classmethod
    def along(cls, target: str, hops: Iterable[Hop], kind: str) -> "Path":
        """The way as far as it leads."""
        walked = until_refused(hops)
        return cls(target, walked[-1].ok, walked, kind)


def until_refused(hops: Iterable[Hop]) -> tuple[Hop, ...]:
    """Up to the first that refuses, with it."""
    walked: list[Hop] = []
    for hop in hops:
        walked.append(hop)
        if not hop.ok:
            break
    return tuple(walked)
