"""What one queue holds over time, from the columns of a trace: what waits, what is in flight, how old its oldest message is.

The first two are queue_depth and in_flight of series.py for one source, as far as was watched. Times are microseconds, ages
seconds. Source: Amazon SQS CloudWatch metrics.
"""

from collections.abc import Sequence
from itertools import accumulate, chain, compress
from operator import lt, ne
from typing import NamedTuple

from studyapp.simulator.series import Ages, Steps
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

    waiting: Steps
    in_flight: Steps
    oldest: Ages


def queue_history(view: View, source: int) -> History:
    """The history of the queue that is source number `source`. Raises ValueError if that is no queue."""
    key = f"history of {source}"
    if key not in view.memo:
        queue, until = queue_of(view, source), view.window_us
        waiting, in_flight = _steps(queue.waiting, until), _steps(queue.in_flight, until)
        view.memo[key] = History(waiting, in_flight, _ages(queue, until))
    found: History = view.memo[key]
    return found


def _steps(held: Stretches, until: int) -> Steps:
    """The last at `until`, where nothing is left, unless that is so before."""
    steps = held.steps(0, until - 1)
    if steps[-1][1] and until:
        steps.append((until, 0))
    return steps if until else [(0, 0)]


def _ages(queue: QueueColumns, until: int) -> Ages:
    """From one oldest message to the next: whatever came later and left sooner is never the oldest."""
    came, left = _oldest(queue)
    corners, free_us = [(0, 0.0)], 0
    for came_us, left_us in zip(came, left, strict=True):
        if came_us > free_us:
            corners += (free_us, 0.0), (came_us, 0.0), (left_us, (left_us - came_us) / SECOND)
        else:
            corners += (free_us, (free_us - came_us) / SECOND), (left_us, (left_us - came_us) / SECOND)
        free_us = left_us
    corners += [(free_us, 0.0), (until, 0.0)]
    return list(compress(corners, chain((True,), map(ne, corners, corners[1:]))))


def _oldest(queue: QueueColumns) -> tuple[Sequence[int], Sequence[int]]:
    """When each message that is the oldest at some time came, and when it left; in order."""
    came, left = list(map(queue.trace.arrived.__getitem__, queue.events)), queue.left
    if any(map(lt, came[1:], came)):
        pairs = sorted(zip(came, queue.events, left, strict=True))
        came, left = [at for at, _, _ in pairs], [at for _, _, at in pairs]
    latest = list(accumulate(left, max, initial=0))
    flags = list(map(lt, latest, latest[1:]))
    return list(compress(came, flags)), list(compress(left, flags))
