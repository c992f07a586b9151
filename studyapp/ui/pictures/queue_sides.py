"""What a picture of queues shows of one run."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.series_ages import History, queue_history
from studyapp.simulator.sums import Stretches
from studyapp.simulator.trace import DEAD_LETTERED
from studyapp.ui.pictures.anatomy import Anatomy, most_telling

MOST_QUEUES = 3


@dataclass(frozen=True)
class Queue:
    """One queue of one run. `moved`: (moment, how many) for messages that went to its dead-letter queue. `until_us`: how
    long was watched. `is_cut`: something may be left then."""

    name: str
    history: History
    moved: tuple[tuple[int, int], ...]
    until_us: int
    is_cut: bool

    @property
    def waiting(self) -> Stretches:
        return self.history.waiting

    @property
    def in_flight(self) -> Stretches:
        return self.history.in_flight

    @property
    def deepest(self) -> int:
        return max(self.waiting.peak, self.in_flight.peak)

    @property
    def all_moved(self) -> int:
        return sum(many for _, many in self.moved)

    @property
    def oldest(self) -> float:
        return self.oldest_at[1]

    @cached_property
    def oldest_at(self) -> tuple[int, float]:
        """The moment at which the oldest is first at its oldest, and its age."""
        return max(self.history.oldest, key=itemgetter(1))

    def at(self, at_us: int) -> tuple[int, int, float]:
        """(waiting, in flight, age of the oldest) at a moment; at the end of the run what is left then."""
        moment = min(at_us, self.until_us - 1) if self.is_cut else at_us
        return self.waiting.at(moment), self.in_flight.at(moment), _age(self.history.oldest, at_us)


@dataclass(frozen=True)
class Side:
    """What is drawn of one run. `left_out` counts queues beyond the first three."""

    heading: str
    queues: tuple[Queue, ...]
    batch: Anatomy | None
    left_out: int


def side_of(outcome: Outcome, heading: str) -> Side:
    """The first three queues of a run, in the order of its sources, and the batch that tells most."""
    view, scenario = outcome.view_of(), outcome.scenario
    numbers = [number for number, source in enumerate(scenario.sources) if source.queue is not None]
    is_cut = scenario.horizon_us is not None
    queues = [
        Queue(
            scenario.sources[number].name, queue_history(view, number), _moved(outcome, number), view.window_us, is_cut
        )
        for number in numbers[:MOST_QUEUES]
    ]
    return Side(heading, tuple(queues), most_telling(outcome), max(len(numbers) - MOST_QUEUES, 0))


def _moved(outcome: Outcome, source: int) -> tuple[tuple[int, int], ...]:
    trace = outcome.trace
    if DEAD_LETTERED not in trace.ended_kind:
        return ()
    ends = zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True)
    times = Counter(at for event, at, kind in ends if kind == DEAD_LETTERED and trace.source[event] == source)
    return tuple(sorted(times.items()))


def _age(ages: Sequence[tuple[int, float]], at_us: int) -> float:
    """The age at a moment at which it falls is the one before the fall."""
    after = bisect_right(ages, at_us - 1, key=itemgetter(0))
    if after == len(ages):
        return ages[-1][1]
    at, age = ages[after]
    return age - (at - at_us) / 1e6 if age else 0.0
