"""Where the records of a stream are: on their shard, on a track of it, or in a part of a batch that is being tried."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from studyapp.simulator.engine.stream_rules import StreamRules


class Part(NamedTuple):
    """A batch, or what a split or a checkpoint has left of one. All its records have been handed over equally often.

    `attempt`: how often, the coming time included. `retries`: how many retries are used. `waits`: in a row.
    """

    events: Sequence[int]
    attempt: int = 1
    retries: int = 0
    waits: int = 0


class Track:
    """The records of a shard that are batched together, in order, one batch at a time: a shard has as many tracks as
    its parallelization factor. `parts` come before what is `waiting`, the last first; `closes_at` is the end of the
    batching window that is open, if one is."""

    __slots__ = ("closes_at", "is_free", "parts", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[int] = deque()
        self.parts: list[Part] = []
        self.is_free = True
        self.closes_at: int | None = None


class Shard:
    """The records that no look has seen yet, each with its track, and whether a look is planned.

    `looked_at` was the last, which has left `room` KB of what may be given out until then (less than none after a large
    record: the next looks pay for it); None before the first.
    """

    __slots__ = ("is_watched", "looked_at", "room", "tracks", "unseen")

    def __init__(self, tracks: Sequence[Track]) -> None:
        self.tracks = tracks
        self.unseen: deque[tuple[int, Track]] = deque()
        self.is_watched = False
        self.looked_at: int | None = None
        self.room = 0

    def give(self, now: int, rules: StreamRules) -> int:
        """How many records a look at `now` brings, which may be none."""
        if rules.given is None or rules.period is None:
            return len(self.unseen)
        periods = 1 if self.looked_at is None else (now - self.looked_at) // rules.period
        self.looked_at = now
        room = min(self.room + periods * rules.given, rules.given)
        count = min(max(-(-room // rules.payload), 0), len(self.unseen))
        self.room = room - count * rules.payload
        return count
