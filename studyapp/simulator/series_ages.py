"""What one queue holds over time, from the columns of a trace: what waits, what is in flight, how old its oldest message is.

The first two are queue_depth and in_flight of series.py for one source, found without telling a life: 5,000 messages take
about 10 ms. Where a message is visible again while its run goes on, or is delivered twice, its spans are counted after all.
Times are microseconds, ages seconds. Source: Amazon SQS CloudWatch metrics.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from studyapp.simulator.rows import GONE
from studyapp.simulator.series import Ages, Steps
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import DELAYED
from studyapp.simulator.trace import FILTERED, OK
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

HIDDEN = ("batch_window", "retry_wait", "visibility_wait", "init", "invoke")
"""The kinds of span in which a message is in flight."""


class History(NamedTuple):
    """Messages that are visible (`waiting`), those that are received and hidden (`in_flight`), and the age of the oldest.

    `oldest` holds the corners of a line that rises by a second each second and falls as the oldest message goes; two corners
    at one moment are such a fall. A message that is received over and over counts, too. What is left at the end of the run, in a
    run of the function too, goes then.
    """

    waiting: Steps
    in_flight: Steps
    oldest: Ages


def queue_history(view: View, source: int) -> History:
    """The history of the queue that is source number `source`. Raises ValueError if that is no queue."""
    queue = _Queue(view, source)
    waiting, in_flight = queue.counted() if queue.is_odd else queue.derived()
    return History(waiting, in_flight, queue.ages())


class _Queue:
    """The messages of one queue, by the number of their event."""

    def __init__(self, view: View, source: int) -> None:
        queue = view.scenario.sources[source].queue
        if queue is None:
            raise ValueError(f"source {source} is no queue")
        self.view, self.trace, self.source, self.queue = view, view.trace, source, queue
        self.events = [event for event, number in enumerate(view.trace.source) if number == source]

    @cached_property
    def left(self) -> dict[int, int]:
        """When each message left: deleted after a run that has done it, moved, dropped, filtered out, or the run's end."""
        trace, done = self.trace, dict.fromkeys(self.events, self.view.window_us)
        for run, first, upto in trace.batches():
            if trace.status[run] != OK or trace.source[trace.batch_event[first]] != self.source:
                continue
            end = trace.start[run] + trace.init[run] + trace.run[run]
            for event, back in zip(trace.batch_event[first:upto], trace.batch_failed[first:upto], strict=True):
                if not back and end < done[event]:
                    done[event] = end
        for event, at, kind in zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True):
            if event in done and kind in (*GONE, FILTERED):
                done[event] = min(done[event], at)
        return done

    @cached_property
    def received(self) -> tuple[Mapping[int, int], Mapping[int, Sequence[int]]]:
        """When each message was received last; and all receives, in order, of those that were received more than once."""
        pairs = list(zip(self.trace.received_event, self.trace.received_at, strict=True))
        last, many = dict(pairs), dict[int, list[int]]()
        if len(last) < len(pairs):
            again = {event for event, count in Counter(self.trace.received_event).items() if count > 1}
            for event, at in pairs:
                if event in again:
                    many.setdefault(event, []).append(at)
        return last, many

    @property
    def is_odd(self) -> bool:
        """Whether a message is visible again within a run of it, or may be delivered once more."""
        if self.view.scenario.sources[self.source].duplicates:
            return True
        trace, visibility, is_one = self.trace, self.queue.visibility_us, not self.queue.window_us
        for run, first, upto in trace.batches():
            if trace.source[trace.batch_event[first]] != self.source:
                continue
            start = trace.start[run]
            since = start + trace.init[run] + trace.run[run] - visibility
            events = trace.batch_event[
                first : first + 1 if is_one else upto
            ]  # without a window all are received at once
            if any(self._taken(event, start) < since for event in events):
                return True
        return False

    def _taken(self, event: int, start: int) -> int:
        """When a message was received for the run that begins at `start`."""
        last, many = self.received
        if event not in many:
            return last.get(event, start)
        return max((at for at in many[event] if at <= start), default=start)

    def derived(self) -> tuple[Steps, Steps]:
        """Waiting and in flight, where each receive hides a message until it goes or its visibility timeout is over."""
        (last, many), left, arrived = self.received, self.left, self.trace.arrived
        delay, visibility = self.queue.delay_us, self.queue.visibility_us
        shown, gone, starts, ends = list[int](), list[int](), list[int](), list[int]()
        for event in self.events:
            left_us, shown_us = left[event], arrived[event] + delay
            if shown_us >= left_us:
                continue
            shown.append(shown_us)
            gone.append(left_us)
            if event in many:
                times = many[event]
                starts += times
                ends += (min(at + visibility, then) for at, then in zip(times, [*times[1:], left_us], strict=True))
            elif event in last:
                starts.append(last[event])
                ends.append(min(last[event] + visibility, left_us))
        return _steps(shown + ends, gone + starts), _steps(starts, ends)

    def counted(self) -> tuple[Steps, Steps]:
        """The same from spans, as series.py counts them."""
        own = [span for span in self.view.spans if self.trace.source[span.event - 1] == self.source]
        waiting = [span for span in own if span.kind == "queued" and span.reason != DELAYED]
        return _of_spans(waiting), _of_spans(span for span in own if span.kind in HIDDEN)

    def ages(self) -> Ages:
        """From one oldest message to the next: whatever came later and left sooner is never the oldest."""
        arrived, left = self.trace.arrived, self.left
        corners, free_us = [(0, 0.0)], 0
        for came, event in sorted((arrived[event], event) for event in self.events):
            left_us = left[event]
            if left_us <= free_us:
                continue
            if came > free_us:
                corners += [(free_us, 0.0), (came, 0.0)]
            else:
                corners.append((free_us, (free_us - came) / SECOND))
            corners.append((left_us, (left_us - came) / SECOND))
            free_us = left_us
        corners += [(free_us, 0.0), (self.view.window_us, 0.0)]
        return [corner for place, corner in enumerate(corners) if not place or corner != corners[place - 1]]


def _of_spans(spans: Iterable[Span]) -> Steps:
    both = [(span.start_us, span.end_us) for span in spans]
    return _steps([start for start, _ in both], [end for _, end in both])


def _steps(plus: Sequence[int], minus: Sequence[int]) -> Steps:
    """One more at each moment of `plus`, one fewer at each of `minus`: as `levels` of series.py, from what is counted."""
    changes = Counter(plus)
    for at, count in Counter(minus).items():
        changes[at] -= count
    level = changes.pop(0, 0)
    steps = [(0, level)]
    for at, change in sorted(changes.items()):
        if change:
            level += change
            steps.append((at, level))
    return steps
