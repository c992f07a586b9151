"""The poller of one queue."""

from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.floor import Batch
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.parts import Queue


class QueuePoller:
    """Reads one source and invokes its function with batches."""

    def __init__(self, floor: Fates, caller: Caller, source: Queue) -> None:
        self.floor = floor
        self.caller = caller
        self.source = source
        self.lane = caller.lanes[0][0]

    @property
    def backlog(self) -> int:
        return self.source.backlog or 0

    def begin(self) -> None:
        for index in range(self.backlog):
            self.arrive(self.floor.add_event(self.caller, self.lane, index))

    def arrive(self, event: int) -> None:
        self.floor.invoke(self.lane, self.caller, event, 1, Batch([event], [1]))
