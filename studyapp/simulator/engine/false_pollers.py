"""Pollers for beliefs about what follows a failure or a throttle. Chosen as pollers are made; the true ones know none."""

from studyapp.simulator.engine.queue_messages import Taken
from studyapp.simulator.engine.queues import QueuePoller
from studyapp.simulator.engine.shards import StreamPoller
from studyapp.simulator.engine.stream_tracks import Part, Track
from studyapp.simulator.trace import RETRIES_EXHAUSTED


class AtOncePoller(QueuePoller):
    """What a run has given back can be received again at once."""

    def failed(self, part: Taken) -> None:
        now = self.floor.now
        if self.queue.is_fifo or part.visible_at[0] >= now:
            self.floor.plan(now, self.messages.come_back, part.events)


class CountingPoller(StreamPoller):
    """A throttled try of a stream's batch uses up one of its retries."""

    def _throttled(self, track: Track, part: Part, reason: int) -> None:
        floor, retries = self.floor, self.rules.retries
        if retries is None or part.retries < retries:
            super()._throttled(track, part._replace(retries=part.retries + 1), reason)
            return
        floor.trace.add_refusal(part.events[0], floor.now, reason)
        self._let_go(list(part.events), RETRIES_EXHAUSTED)
        floor.plan(floor.now, self.go_on, track)
