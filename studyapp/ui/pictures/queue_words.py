"""A picture of queues in words: its description, what it leaves out, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyapp.ui.pictures import axis as axes
from studyapp.ui.pictures import batch_box
from studyapp.ui.pictures.anatomy import Anatomy
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.queue_sides import Queue, Side
from studyapp.ui.pictures.shapes import Grid
from studyapp.ui.pictures.verbs import called
from studyapp.ui.pictures.words import count, duration, listing, seconds

MOST_MOVED = 20
HEAD = ("At", "Waiting", "In flight", "Oldest", "What happens")


def headed(heading: str, told: str) -> str:
    return f"{heading}: {told}" if heading else told


def says(side: Side) -> str:
    if not side.queues:
        return "no queue is polled."
    told = [_says_of(queue) for queue in side.queues]
    if side.batch is not None:
        told += [f"{batch_box.title(side.batch)}.", *batch_box.sentences(side.batch)]
    return " ".join(told)


def _says_of(queue: Queue) -> str:
    waiting, in_flight = queue.waiting.peak, queue.in_flight.peak
    most = f"at most {count(waiting, 'message')} waiting and {in_flight:,} in flight"
    told = f"Queue {queue.name}: {most if waiting else f'no message waiting and at most {in_flight:,} in flight'}; "
    told += f"the oldest grows {seconds(round(queue.oldest * 1e6))} old"
    told += f"; {queue.all_moved:,} moved to the dead-letter queue" if queue.moved else ""
    left = queue.at(queue.until_us)
    return told + (f"; {left[0] + left[1]:,} left at the end." if queue.is_cut and left[0] + left[1] else ".")


def notes(sides: Sequence[Side]) -> Iterator[str]:
    """What is not drawn."""
    left_out = max(side.left_out for side in sides)
    if left_out:
        yield f"{count(left_out, 'more queue')} {'is' if left_out == 1 else 'are'} not drawn."
    for side in sides:
        if side.batch is not None and len(side.batch.messages) > batch_box.MOST_CELLS:
            drawn, of = batch_box.MOST_CELLS, len(side.batch.messages)
            yield headed(side.heading, f"{drawn} of the batch's {of:,} messages are drawn.")


def twin(sides: Sequence[Side], axis: Axis) -> Grid:
    """A row for each tick of the ruler, each highest point and each moment of the batch."""
    rows = [
        (*((side.heading,) if len(sides) > 1 else ()), *row)
        for side in sides
        for queue in side.queues
        for row in _rows(queue, _batch_of(side, queue), axis, is_named=len(side.queues) > 1)
    ]
    left_out = sum(max(len(queue.moved) - MOST_MOVED, 0) for side in sides for queue in side.queues)
    return Grid("The queue over time", (*(("Run",) if len(sides) > 1 else ()), *HEAD), tuple(rows), left_out)


def _batch_of(side: Side, queue: Queue) -> Anatomy | None:
    return side.batch if side.batch is not None and side.batch.queue == queue.name else None


def _rows(queue: Queue, batch: Anatomy | None, axis: Axis, *, is_named: bool) -> Iterator[tuple[str, ...]]:
    moments: dict[int, list[str]] = {at_us: [] for at_us in axes.ticks(axis) if at_us <= queue.until_us}
    for at_us, what in _peaks(queue):
        moments.setdefault(at_us, []).append(what)
    for at_us, many in queue.moved[:MOST_MOVED]:
        moments.setdefault(at_us, []).append(f"{count(many, 'message')} moved to the dead-letter queue")
    for at_us, what in _moments(batch) if batch is not None else ():
        moments.setdefault(at_us, []).append(what)
    for at_us in sorted(moments):
        waiting, in_flight, age = queue.at(at_us)
        told = listing(moments[at_us])
        of = f"{queue.name}: " if is_named and told else queue.name if is_named else ""
        yield seconds(at_us), f"{waiting:,}", f"{in_flight:,}", seconds(round(age * 1e6)), of + told


def _peaks(queue: Queue) -> Iterator[tuple[int, str]]:
    """The first moment of each highest point that is above nothing."""
    for steps, what in ((queue.waiting, "most messages wait"), (queue.in_flight, "most are in flight")):
        if steps.peak:
            yield steps.peak_us, what
    yield queue.oldest_at[0], "the oldest is at its oldest"


def _moments(batch: Anatomy) -> Iterator[tuple[int, str]]:
    """What happens to the batch that is taken apart, and when."""
    size = count(len(batch.messages), "message")
    if batch.received_us < batch.start_us:
        yield batch.received_us, f"a batch is received, and held for {duration(batch.start_us - batch.received_us)}"
    yield batch.start_us, f"a batch of {size} is run"
    for end in batch_box.WAYS:
        own = [] if end == "moved" else batch.ended(end)  # that is told of the whole queue
        for at_us in sorted({message.end_us for message in own}):
            events = [message.event for message in own if message.end_us == at_us]
            yield at_us, f"{called('message', events)}: {batch_box.WAYS[end]}"
