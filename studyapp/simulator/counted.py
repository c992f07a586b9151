"""When events wait and when somebody has them, as two pairs of columns: (starts, ends), in microseconds, in no order.

Of a message, waiting is what its spans call queued (not what its queue's delay holds back), and somebody has it from its
receive until it is visible again or gone. Of other events, waiting is all that is not a run. Lives that are told here make
no spans; what is plain needs none of that and comes from the columns of the trace.
"""

from collections.abc import Collection, Sequence
from operator import add
from typing import Final, NamedTuple

from studyapp.simulator.lives import Life, Teller
from studyapp.simulator.story_words import DELAYED
from studyapp.simulator.trace import NEW
from studyapp.simulator.view import View

_WAITING: Final = frozenset(("queued", "batch_window", "retry_wait", "visibility_wait"))
_OF_QUEUES: Final = frozenset(("batch_window", "retry_wait", "visibility_wait"))


class Counted(NamedTuple):
    """Starts and ends of waiting, and of being held."""

    waits: tuple[list[int], list[int]]
    holds: tuple[list[int], list[int]]

    @classmethod
    def none(cls) -> "Counted":
        return cls(([], []), ([], []))

    def add(self, other: "Counted") -> None:
        for own, more in zip((*self.waits, *self.holds), (*other.waits, *other.holds), strict=True):
            own += more


def plainly(view: View, events: Sequence[int]) -> Counted:
    """Of events that lead a plain life and ran. A message is held from its receive, anything else while it runs."""
    trace, plain, sources = view.trace, view.plain, view.scenario.sources
    rows = list(map(plain.run_of.__getitem__, events))
    came, starts = list(map(trace.arrived.__getitem__, events)), list(map(trace.start.__getitem__, rows))
    taken = list(map(plain.received_at.get, events, starts)) if plain.received_at else starts
    if any(source.queue is not None and source.queue.delay_us for source in sources):
        delays = [source.queue.delay_us if source.queue is not None else 0 for source in sources]
        shown = map(add, came, map(delays.__getitem__, map(trace.source.__getitem__, events)))
        came = list(map(min, shown, taken))  # a backlog is visible from the beginning
    return Counted((came, taken), (list(taken), list(map(view.all_ends.__getitem__, rows))))


def told(teller: Teller, events: Collection[int]) -> Counted:
    """Of any events, by telling their lives."""
    found, marks = Counted.none(), teller.marks.of(events)
    for event in events:
        _CountedLife(teller, event, found).tell(marks.get(event, ()))
    return found


class _CountedLife(Life):
    """A life that is counted as it is told."""

    def __init__(self, teller: Teller, number: int, counted: Counted) -> None:
        super().__init__(teller, number, [])
        self.counted = counted
        self.waiting = {"queued"} if self.source.queue is not None else _WAITING
        self.holding = _OF_QUEUES if self.source.queue is not None else frozenset[str]()

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        reason: str,
        *,
        environment: int | None = None,
        attempt: int | None = None,
    ) -> None:
        if kind in self.waiting and reason != DELAYED:
            self._count(self.counted.waits, start, end)
        elif kind in self.holding:
            self._count(self.counted.holds, start, end)

    def _stretches(self, at: int, row: int, attempt: int, *, is_back: bool) -> int:
        trace = self.teller.trace
        ready, end = at + trace.init[row], self.teller.ends[row]
        self._count(self.counted.holds, at if trace.cold[row] == NEW else ready, end)
        return end

    @staticmethod
    def _count(columns: tuple[list[int], list[int]], start: int, end: int) -> None:
        columns[0].append(start)
        columns[1].append(end)
