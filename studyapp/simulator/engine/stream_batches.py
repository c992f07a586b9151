"""From records that were seen to batches, tries, and what becomes of a batch that fails."""

from array import array
from collections.abc import Sequence
from typing import Final

from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.floor import Batch, Ran
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.stream_rules import StreamRules
from studyapp.simulator.engine.stream_tracks import Part, Track
from studyapp.simulator.trace import DESTINATION, DROPPED, EXPIRED, OK, RETRIES_EXHAUSTED
from studyapp.simulator.units import SECOND

MOST_ATTEMPTS: Final = 65_535
"""The largest number of an attempt that a trace can hold; tries beyond it carry this one."""


class StreamBatches:
    """The tracks of one stream at work. A track is free, or it has a run or a wait under way that will go on with it."""

    def __init__(self, floor: Fates, caller: Caller, rules: StreamRules) -> None:
        self.floor = floor
        self.caller = caller
        self.rules = rules
        self.lane = caller.lanes[0][0]

    def go_on(self, track: Track) -> None:
        """Nothing of `track` is under way: try what a failure left, else a new batch. A failing batch blocks what is
        behind it. Source: Lambda with Kinesis."""
        track.is_free = False
        while (part := self._next(track)) is not None:
            if self._try(track, part):
                return
        track.is_free = True

    def _next(self, track: Track) -> Part | None:
        if track.parts:
            return track.parts.pop()
        waiting = track.waiting
        if not waiting or not self._is_closed(track):
            return None
        track.closes_at = None
        most = self.rules.most
        if len(waiting) <= most:
            events = list(waiting)
            waiting.clear()
        else:
            take = waiting.popleft
            events = [take() for _ in range(most)]
        return Part(events)

    def _is_closed(self, track: Track) -> bool:
        """Whether the batch is full or its window over; else the window is opened, if it is not open.

        It begins as the run before it ends. Source: Lambda event source mappings. That it waits for a first record, and
        that what is seen at its very end comes too late, is our reading.
        """
        rules, floor = self.rules, self.floor
        if not rules.window or len(track.waiting) >= rules.most:
            return True
        if track.closes_at is None:
            begins_at = (
                floor.now if rules.window_waits_for_run else rules.seen_at(floor.trace.arrived[track.waiting[0]])
            )
            track.closes_at = begins_at + rules.window
            if track.closes_at > floor.now:
                floor.plan(track.closes_at, self._close, track)
        return track.closes_at <= floor.now

    def _close(self, track: Track) -> None:
        if track.is_free:
            self.go_on(track)

    def _try(self, track: Track, part: Part) -> bool:
        """Invoke the function with `part`. False if all of it is too old, so that nothing is under way."""
        floor = self.floor
        part = self._young(part)
        if not part.events:
            return False
        attempt = min(part.attempt, MOST_ATTEMPTS)
        batch = Batch(part.events, array("H", [attempt]) * len(part.events))
        ran = floor.invoke(self.lane, self.caller, part.events[0], attempt, batch)
        if isinstance(ran, int):
            self._throttled(track, part, ran)
            return True
        floor.hold(len(part.events))
        if ran.status == OK and 1 not in ran.failed:
            floor.plan(ran.end, self.go_on, track)
        else:
            floor.plan(ran.end, self._failed, track, part._replace(attempt=part.attempt + 1), ran)
        return True

    def _young(self, part: Part) -> Part:
        """`part` without the records that are too old to be tried once more. Source: Kinesis ESM parameters."""
        arrived, born = self.floor.trace.arrived, self.floor.now - self.rules.oldest
        if arrived[part.events[0]] >= born:
            return part
        self._let_go([event for event in part.events if arrived[event] < born], self.rules.age_reason)
        return part._replace(events=[event for event in part.events if arrived[event] >= born])

    def _throttled(self, track: Track, part: Part, reason: int) -> None:
        """A throttle uses no retry. Source: Kinesis on-failure destinations. Without a back-off the next end of a run,
        or a second, is waited for: our reading."""
        floor = self.floor
        floor.trace.add_refusal(part.events[0], floor.now, reason)
        due = floor.now + self.rules.backoff(part.waits)
        if due == floor.now:
            due = min([floor.now + SECOND, *(end for end, *_ in floor.busy[:1])])
        self._wait(track, part, due)

    def _failed(self, track: Track, part: Part, ran: Ran) -> None:
        """The run of `part` is over and has given back some of it: what lies before the first of these is done.

        A split uses no retry and waits for nothing; a retry counts whether or not the checkpoint has moved (our
        reading). Source: Kinesis partial batch responses, Kinesis on-failure destinations.
        """
        rules = self.rules
        place = ran.failed.index(1)
        rest = part._replace(events=part.events[place:])
        if rules.bisects and (place or len(rest.events) > 1):
            track.parts.extend(_split(rest, is_cut=place > 0))
            self.go_on(track)
        elif rules.retries is None or part.retries < rules.retries:
            due = self.floor.now + rules.backoff(part.waits)
            self._wait(track, rest._replace(retries=part.retries + 1), due)
        else:
            self._let_go(rest.events, RETRIES_EXHAUSTED)
            self.go_on(track)

    def _wait(self, track: Track, part: Part, due: int) -> None:
        """Try `part` again when it is due; if even its youngest record will be too old then, give up at that age."""
        floor = self.floor
        too_old = floor.trace.arrived[part.events[-1]] + self.rules.oldest
        if due > too_old:
            floor.plan(max(too_old, floor.now), self._give_up, track, part)
        else:
            floor.plan(due, self._again, track, part._replace(waits=part.waits + 1))

    def _again(self, track: Track, part: Part) -> None:
        if not self._try(track, part):
            self.go_on(track)

    def _give_up(self, track: Track, part: Part) -> None:
        self._let_go(part.events, self.rules.age_reason)
        self.go_on(track)

    def _let_go(self, events: Sequence[int], reason: int) -> None:
        """Drop records. An on-failure destination is told where they lie, but the stream keeps none that expired.

        Source: Kinesis on-failure destinations; that expired records are not reported is our reading.
        """
        floor = self.floor
        for event in events:
            floor.end(event, floor.now, DROPPED, reason)
            if self.rules.has_destination and reason != EXPIRED:
                floor.end(event, floor.now, DESTINATION, reason)


def _split(part: Part, *, is_cut: bool) -> list[Part]:
    """The parts to try, the last of them first: in halves, or as it is if it was cut at the first failed record.

    Source: Kinesis ESM parameters (BisectBatchOnFunctionError), Kinesis partial batch responses. That a batch whose very
    first record failed is halved, since no cut is possible there, is our reading.
    """
    whole = part._replace(waits=0)
    if is_cut:
        return [whole]
    half = len(part.events) // 2
    return [whole._replace(events=part.events[half:]), whole._replace(events=part.events[:half])]
