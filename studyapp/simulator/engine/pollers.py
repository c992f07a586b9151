"""What every poller of an event source mapping is to the engine, and which one reads which source."""

from typing import Protocol

from studyapp.simulator.engine.false_pollers import AtOncePoller, CountingPoller
from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.queue_gathering import ShortWindowPoller
from studyapp.simulator.engine.queue_short import ShortPoller, is_plain
from studyapp.simulator.engine.queue_windows import WindowPoller
from studyapp.simulator.engine.queues import QueuePoller
from studyapp.simulator.engine.shards import StreamPoller
from studyapp.simulator.parts import Queue, Source
from studyapp.simulator.rulebook import Rulebook


class Poller(Protocol):
    """Takes what arrives at its source, makes batches of it and invokes the function with them."""

    @property
    def backlog(self) -> int:
        """How many events lie in the source at the beginning; they have the first indexes."""

    def begin(self) -> None:
        """Put the backlog into the trace and begin to read."""

    def arrive(self, event: int) -> None:
        """A message or record has arrived at the source now."""


def poller(floor: Fates, caller: Caller, source: Source) -> Poller:
    rulebook = floor.world.rulebook
    if source.queue is not None:
        return _queue_poller(caller, source.queue, rulebook)(floor, caller, source.queue, source.payload)
    assert source.stream is not None  # noqa: S101, a mapping reads a queue or a stream
    stream_reader = CountingPoller if rulebook.stream_throttles_use_up_retries else StreamPoller
    return stream_reader(floor, caller, source.stream, source.payload)


def _queue_poller(caller: Caller, queue: Queue, rulebook: Rulebook) -> type[QueuePoller]:
    if queue.window_us:
        return ShortWindowPoller if is_plain(queue, caller) else WindowPoller
    if not rulebook.sqs_failures_wait:
        return AtOncePoller
    return ShortPoller if is_plain(queue, caller) else QueuePoller
