"""The record of a run, in columns: one row for each run of a handler, each refusal, each end of an event.

Objects would cost three times as much to keep and the garbage collector would walk them (592 against 169 ns an
invocation). Spans, metrics and bills are derived from these columns and from nothing else. Times are microseconds.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, repeat
from operator import add, sub
from typing import Final

OK, ERROR, TIMEOUT, OUT_OF_MEMORY, DISK_FULL, NO_CONNECTION, DEPENDENCY_DOWN, RESPONSE_TOO_LARGE = range(8)
STATUS: Final = (
    "ok", "error", "timeout", "out of memory", "disk full", "no connection", "dependency down", "response too large"
)  # fmt: skip
"""How a run ended; all but ok are function errors."""

ACCOUNT_FULL, RESERVED_FULL, SCALING, REQUEST_RATE, PROVISIONED_FULL = range(5)
RESERVED_ZERO, TOO_LARGE, API_RATE, SYSTEM_ERROR = range(5, 9)
REASONS: Final = (
    "the account's unreserved concurrency is used up",
    "the function's reserved concurrency is used up",
    "the scaling rate allows no new environment yet",
    "more requests in one second than the request rate allows",
    "provisioned concurrency is used up",
    "reserved concurrency is 0",
    "the payload is too large",
    "API Gateway lets no more requests through",
    "Lambda itself had an error",
)

NOT_LAMBDAS: Final = (TOO_LARGE, API_RATE, SYSTEM_ERROR)
"""Refusals that are no throttles: in front of Lambda, which never sees the request, or by an error of its own."""

DELIVERED, DEAD_LETTERED, DEAD_LETTER_ERROR, DESTINATION, DROPPED, FILTERED, DESTINATION_ERROR = range(7)
GONE: Final = (DEAD_LETTERED, DROPPED)
"""Ends after which a message has left its queue."""
RETRIES_EXHAUSTED, TOO_OLD, STOPPED, SUCCESS, RECEIVES_USED_UP, EXPIRED, NO_MATCH, NOT_READ = range(8)
RECORD_TOO_LARGE: Final = 8
END_REASONS: Final = (
    "retries are used up",
    "the event is too old",
    "reserved concurrency is 0",
    "the run succeeded",
    "it has been received too often",
    "it was kept for as long as its source keeps anything",
    "it does not match the filter",
    "it lies before the mapping's starting position",
    "the record is larger than what it should be sent to takes",
)

ON_DEMAND, PROVISIONED, WARM = 0, 1, 2

READY, NEW, RESET = 0, 1, 2
"""How a run found its environment: ready, new (a cold start), or reset by a timeout or a crash: init runs again silently."""


def _times() -> "array[int]":
    return array("q")


def _numbers() -> "array[int]":
    return array("I")


def _shorts() -> "array[int]":
    return array("H")


def _codes() -> "array[int]":
    return array("B")


@dataclass
class Trace:
    """Columns of one run. Events and environments are numbered from 0 here and from 1 for people."""

    # events, in order of arrival; function is the one that the event was routed to
    arrived: "array[int]" = field(default_factory=_times)
    source: "array[int]" = field(default_factory=_codes)
    function: "array[int]" = field(default_factory=_codes)
    # runs of a handler, in order of start; busy from start to start + init + run
    event: "array[int]" = field(default_factory=_numbers)
    start: "array[int]" = field(default_factory=_times)
    init: "array[int]" = field(default_factory=_numbers)
    run: "array[int]" = field(default_factory=_numbers)
    environment: "array[int]" = field(default_factory=_numbers)
    status: "array[int]" = field(default_factory=_codes)
    attempt: "array[int]" = field(default_factory=_shorts)
    cold: "array[int]" = field(default_factory=_codes)
    # runs that took a batch: the run, and where its events begin in batch_event; what a run without a row here took
    # is its one event. `batch_failed` is 1 for an event that the run gave back
    batch_run: "array[int]" = field(default_factory=_numbers)
    batch_first: "array[int]" = field(default_factory=_numbers)
    batch_event: "array[int]" = field(default_factory=_numbers)
    batch_failed: "array[int]" = field(default_factory=_codes)
    # when a message was received from its queue
    received_event: "array[int]" = field(default_factory=_numbers)
    received_at: "array[int]" = field(default_factory=_times)
    # refusals
    refused_event: "array[int]" = field(default_factory=_numbers)
    refused_at: "array[int]" = field(default_factory=_times)
    refused_reason: "array[int]" = field(default_factory=_codes)
    # how an event of a queue, a stream or Lambda's own queue ended, and where its record went
    ended_event: "array[int]" = field(default_factory=_numbers)
    ended_at: "array[int]" = field(default_factory=_times)
    ended_kind: "array[int]" = field(default_factory=_codes)
    ended_reason: "array[int]" = field(default_factory=_codes)
    # environments, in order of creation
    environment_function: "array[int]" = field(default_factory=_codes)
    environment_kind: "array[int]" = field(default_factory=_codes)
    # init of a provisioned environment, before it was ready; of any other it stands with its first run
    environment_init: "array[int]" = field(default_factory=_numbers)
    # environments that were thrown away after a run whose init failed
    lost_environment: "array[int]" = field(default_factory=_numbers)
    # provisioned concurrency: whose, from when on its pool lacked it, and from when on it could be used
    provisioned_function: "array[int]" = field(default_factory=_codes)
    provisioned_claimed_at: "array[int]" = field(default_factory=_times)
    provisioned_ready_at: "array[int]" = field(default_factory=_times)
    # when an environment (behind a proxy: a run in it) got its connections, and which runs found none free
    connected_environment: "array[int]" = field(default_factory=_numbers)
    connected_at: "array[int]" = field(default_factory=_times)
    unconnected_run: "array[int]" = field(default_factory=_numbers)

    def add_event(self, at: int, source: int, function: int) -> int:
        self.arrived.append(at)
        self.source.append(source)
        self.function.append(function)
        return len(self.arrived) - 1

    def add_environment(self, function: int, kind: int, init: int = 0) -> int:
        self.environment_function.append(function)
        self.environment_kind.append(kind)
        self.environment_init.append(init)
        return len(self.environment_function) - 1

    def add_run(
        self, event: int, attempt: int, start: int, init: int, run: int, environment: int, status: int, cold: int
    ) -> None:
        self.fill()
        self.event.append(event)
        self.attempt.append(attempt)
        self.start.append(start)
        self.init.append(init)
        self.run.append(run)
        self.environment.append(environment)
        self.status.append(status)
        self.cold.append(cold)

    def fill(self) -> None:
        """Runs in a ready environment are added without init and cold, which are 0: here they get them, all at once."""
        missing = len(self.event) - len(self.init)
        if missing:
            self.init.frombytes(bytes(missing * self.init.itemsize))
            self.cold.frombytes(bytes(missing))

    def add_batch(self, events: Sequence[int], failed: Sequence[int]) -> None:
        """Say what the run that was added last has taken, and which of it (1, else 0) it gave back."""
        self.batch_run.append(len(self.event) - 1)
        self.batch_first.append(len(self.batch_event))
        self.batch_event.extend(events)
        self.batch_failed.extend(failed)

    def batches(self) -> Iterator[tuple[int, int, int]]:
        """(run, from, to) of every batch: its places in `batch_event` and `batch_failed`."""
        return zip(self.batch_run, self.batch_first, [*self.batch_first, len(self.batch_event)][1:], strict=True)

    def batch_sizes(self) -> list[int]:
        """How many events each batch holds."""
        ends = [*self.batch_first[1:], len(self.batch_event)] if self.batch_first else []
        return list(map(sub, ends, self.batch_first))

    def batch_rows(self) -> list[int]:
        """The run that each place in `batch_event` belongs to."""
        return list(chain.from_iterable(map(repeat, self.batch_run, self.batch_sizes())))

    def alone(self) -> list[int]:
        """The runs that took no batch but their one event."""
        if len(self.batch_run) == len(self.event):
            return []
        is_alone = bytearray(b"\1") * len(self.event)
        for row in self.batch_run:
            is_alone[row] = 0
        return list(compress(range(len(is_alone)), is_alone))

    def batch_of(self, run: int) -> tuple[int, int]:
        """(from, to) of the places in `batch_event` that a run took; the two are equal if it took no batch."""
        number = bisect_left(self.batch_run, run)
        if number == len(self.batch_run) or self.batch_run[number] != run:
            return 0, 0
        last = number + 1 == len(self.batch_run)
        return self.batch_first[number], len(self.batch_event) if last else self.batch_first[number + 1]

    def add_connection(self, at: int, environment: int) -> None:
        self.connected_at.append(at)
        self.connected_environment.append(environment)

    def add_provisioned(self, function: int, claimed_at: int, ready_at: int) -> None:
        self.provisioned_function.append(function)
        self.provisioned_claimed_at.append(claimed_at)
        self.provisioned_ready_at.append(ready_at)

    def add_receive(self, event: int, at: int) -> None:
        self.received_event.append(event)
        self.received_at.append(at)

    def add_refusal(self, event: int, at: int, reason: int) -> None:
        self.refused_event.append(event)
        self.refused_at.append(at)
        self.refused_reason.append(reason)

    def add_end(self, event: int, at: int, kind: int, reason: int) -> None:
        self.ended_event.append(event)
        self.ended_at.append(at)
        self.ended_kind.append(kind)
        self.ended_reason.append(reason)

    def ends(self) -> Iterator[int]:
        """The moment at which each run ends, in order of start."""
        return map(add, map(add, self.start, self.init), self.run)

    def as_bytes(self) -> bytes:
        """Every column, for comparing two runs."""
        return b"|".join(column.tobytes() for column in vars(self).values())
