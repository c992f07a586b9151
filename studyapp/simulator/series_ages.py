"""What one queue holds over time, from the columns of a trace: what waits, what is in flight, how old its oldest message is.

The first two are queue_depth and in_flight of series.py for one source, as far as was watched. Times are microseconds, ages
seconds. Source: Amazon SQS CloudWatch metrics.
"""

from collections.abc import Iterable
from itertools import chain, compress
from operator import lt, ne
from typing import NamedTuple

from studyapp.simulator.series import Ages
from studyapp.simulator.series_queues import QueueColumns, queue_of
from studyapp.simulator.sums import Stretches
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View


class History(NamedTuple):
    """Messages that are visible (`waiting`), those that are received and hidden (`in_flight`), and the age of the oldest.

    `oldest` holds the corners of a line that rises by a second each second and falls as the oldest message goes; two corners
    at one moment are such a fall. A message that is received over and over counts, too. What is left at the end of the run, in a
    run of the function too, goes then.
    """

    waiting: Stretches
    in_flight: Stretches
    oldest: Ages


def queue_history(view: View, source: int) -> History:
    """The history of the queue that is source number `source`. Raises ValueError if that is no queue."""
    key = f"history of {source}"
    if key not in view.memo:
        queue, until = queue_of(view, source), view.window_us
        view.memo[key] = History(queue.waiting.until(until), queue.in_flight.until(until), _ages(queue, until))
    found: History = view.memo[key]
    return found


def _ages(queue: QueueColumns, until: int) -> Ages:
    """From one oldest message to the next: whatever came later and left sooner is never the oldest."""
    corners, free_us = [(0, 0.0)], 0
    for came_us, left_us in _in_order(queue):
        if left_us <= free_us:
            continue
        if came_us > free_us:
            corners += (free_us, 0.0), (came_us, 0.0), (left_us, (left_us - came_us) / SECOND)
        else:
            corners += (free_us, (free_us - came_us) / SECOND), (left_us, (left_us - came_us) / SECOND)
        free_us = left_us
    corners += [(free_us, 0.0), (until, 0.0)]
    return list(compress(corners, chain((True,), map(ne, corners, corners[1:]))))


def _in_order(queue: QueueColumns) -> Iterable[tuple[int, int]]:
    """When each message came, and when it left; in the order in which they came."""
    came, left = list(map(queue.trace.arrived.__getitem__, queue.events)), queue.left
    if not any(map(lt, came[1:], came)):
        return zip(came, left, strict=True)
    return ((at, left_us) for at, _, left_us in sorted(zip(came, queue.events, left, strict=True)))
