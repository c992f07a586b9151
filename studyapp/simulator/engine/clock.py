"""The clock of one run and its agenda: what is planned, and how many more steps the run may take."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, Final

from studyapp.simulator.engine.lanes import World
from studyapp.simulator.engine.timing import Inside
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.trace import Trace

Planned = tuple[int, int, Callable[..., None], tuple[Any, ...]]
LAST: Final = 1 << 60
"""Places in the agenda from here on come after the arrivals of their moment."""
WATCHED_STEPS: Final = 4096


class Clock(Inside):
    """The agenda of a run holds `(time, order, what to do, with what)`. No two entries have one order, so the heap never
    compares more. What is planned once for each event or run is pushed where it is planned: a call would cost more than
    the push."""

    def __init__(self, world: World, trace: Trace) -> None:
        super().__init__(world, trace)
        self.agenda: list[Planned] = []
        self.order = 0
        self.granted = 0
        self.left = 0
        self.grant()
        self.room = world.max_events

    def plan(self, at: int, do: Callable[..., None], *what: Any) -> None:
        """Call `do(*what)` at `at`; of two plans for one moment the one made first goes first."""
        self.order += 1
        heappush(self.agenda, (at, self.order, do, what))

    def plan_last(self, at: int, do: Callable[..., None], *what: Any) -> None:
        """Call `do(*what)` at `at`, once all else of that moment is done, arrivals included."""
        self.order += 1
        heappush(self.agenda, (at, LAST + self.order, do, what))

    def play_until(self, at: int, order: int) -> None:
        """Do all that is planned before the place `order` of the moment `at`, and what that plans in its turn."""
        agenda, until = self.agenda, (at, order)
        while agenda and agenda[0] < until:
            self.now, _, do, what = heappop(agenda)
            self.left -= 1
            if self.left < 0:
                self.take_stock()
            do(*what)

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            self.take_stock()

    def take_stock(self) -> None:
        """Tell who watches how far the run is, and let it take its next steps. Raises RunTooLong when it has had them all."""
        if self.granted == self.world.max_events:
            raise too_long(self.world.max_events, self.now)
        if self.world.watch is not None:
            self.world.watch(self.now, self.granted)
        self.grant()
        self.left -= 1

    def grant(self) -> None:
        most = self.world.max_events - self.granted
        self.left = most if self.world.watch is None else min(most, WATCHED_STEPS)
        self.granted += self.left

    def hold(self, events: int) -> None:
        """So many messages are received or records handed over at once: one step of the run, but a row of the trace for
        each of them. Raises RunTooLong for more than `max_events`: a batch of 10,000 that fails for a year is 500,000
        tries, and would be 5,000,000,000 rows."""
        self.room -= events
        if self.room < 0:
            most = self.world.max_events
            raise too_long(most, self.now, f"its batches had held {most:,} events")


def too_long(max_events: int, now: int, after: str = "") -> RunTooLong:
    return RunTooLong(
        f"The run was stopped after {after or f'{max_events:,} tries'}, at {now / 1e6:,.1f} s of its clock. "
        "Shorten it, lower the rate or raise max_events."
    )
