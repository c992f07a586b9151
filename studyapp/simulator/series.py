"""How something went over time: (moment, value from then on), the first at 0, derived from the trace.

Times are microseconds; ages are seconds. What is counted per second stands at the beginning of its second. Pictures
draw these; the maxima among the metrics are the highest of these values.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from studyapp.simulator.counted import Counted, plainly, told
from studyapp.simulator.parts import ASYNC_KINDS, MAPPING_KINDS, QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.series_queues import queue_of
from studyapp.simulator.sums import Stretches
from studyapp.simulator.trace import NOT_LAMBDAS, OK
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

Steps = list[tuple[int, int]]
Ages = list[tuple[int, float]]
QUEUED_KINDS: Final = (*ASYNC_KINDS, *MAPPING_KINDS)


def series(view: View, name: str) -> Steps | Ages:
    """One of SERIES by name. Raises KeyError for another."""
    return SERIES[name](view)


def levels(changes: Iterable[tuple[int, int]]) -> Steps:
    """(moment, change) into (moment, level): one step for each moment at which the level changes, the first at 0."""
    at_once = Counter[int]()
    for at, change in changes:
        at_once[at] += change
    steps, level = [(0, at_once.pop(0, 0))], 0
    level = steps[0][1]
    for at in sorted(at_once):
        if at_once[at]:
            level += at_once[at]
            steps.append((at, level))
    return steps


def highest(steps: Steps) -> int:
    return max(level for _, level in steps)


def queue_depth(view: View, kinds: Sequence[str] = QUEUED_KINDS) -> Steps:
    """Events that wait: in an SQS queue those that are visible (ApproximateNumberOfMessagesVisible), in a stream or the
    event queue those that are neither run nor over."""
    return _waiting_and_held(view, kinds)[0]


def in_flight(view: View, kinds: Sequence[str] = QUEUED_KINDS) -> Steps:
    """Events that somebody has: messages that are received and hidden (ApproximateNumberOfMessagesNotVisible), others
    while they run."""
    return _waiting_and_held(view, kinds)[1]


def _waiting_and_held(view: View, kinds: Sequence[str]) -> tuple[Steps, Steps]:
    waiting, held = waiting_and_held(view, kinds)
    return tuple(each.steps(0, max(each.ends, default=0)) for each in (waiting, held))  # type: ignore[return-value]  # of two


def waiting_and_held(view: View, kinds: Sequence[str]) -> tuple[Stretches, Stretches]:
    """Events that wait and events that somebody has."""
    key = f"waiting and held {kinds}"
    if key not in view.memo:
        view.memo[key] = _of_kinds(view, kinds)
    found: tuple[Stretches, Stretches] = view.memo[key]
    return found


def _of_kinds(view: View, kinds: Sequence[str]) -> tuple[Stretches, Stretches]:
    sources = view.scenario.sources
    queues = [number for number, source in enumerate(sources) if source.kind in kinds and source.queue is not None]
    others = view.of_kinds([kind for kind in kinds if kind not in QUEUE_KINDS])
    if len(queues) == 1 and not others:
        queue = queue_of(view, queues[0])
        return queue.waiting, queue.in_flight
    counted, plain = Counted.none(), view.plain
    for number in queues:
        counted.add(queue_of(view, number).counted)
    if others:
        counted.add(plainly(view, [event for event in others if event not in plain.troubled and event in plain.run_of]))
        counted.add(told(view.teller, [event for event in others if event in plain.troubled]))
    return Stretches(*counted.waits), Stretches(*counted.holds)


def concurrency(view: View) -> Steps:
    """Runs at once, those in init included."""
    used = view.used
    return used.steps(0, max(used.ends, default=0))


def environments(view: View) -> Steps:
    """Environments that exist, busy or idle."""
    changes = []
    for _, _, born, gone in view.existences():
        changes.append((born, 1))
        if gone is not None:
            changes.append((gone, -1))
    return levels(changes)


def iterator_age(view: View) -> Ages:
    """The age of the last record of the batch that was sent last, in seconds."""
    trace = view.trace
    ages = {
        trace.start[row]: (trace.start[row] - trace.arrived[events[-1]]) / SECOND
        for row, events, _ in view.batches
        if view.has_kind(events[-1], STREAM_KINDS)
    }
    return sorted({0: 0.0, **ages}.items())


def _each_second(moments: Iterable[int]) -> Steps:
    """How many fall into each second."""
    counted = Counter(at // SECOND for at in moments)
    return levels(
        change
        for second, count in counted.items()
        for change in ((second * SECOND, count), ((second + 1) * SECOND, -count))
    )


def _throttles(view: View) -> Steps:
    trace = view.trace
    return _each_second(trace.refused_at[row] for row in view.refusals if trace.refused_reason[row] not in NOT_LAMBDAS)


def _tries(view: View) -> Steps:
    """Runs and refusals: the load that arrives, retries included."""
    trace = view.trace
    return _each_second([*(trace.start[row] for row in view.runs), *(trace.refused_at[row] for row in view.refusals)])


SERIES: Final[dict[str, Callable[[View], Steps | Ages]]] = {
    "concurrency": concurrency,
    "environments": environments,
    "queue_depth": queue_depth,
    "in_flight": in_flight,
    "iterator_age": iterator_age,
    "arrivals": lambda view: _each_second(view.trace.arrived[event] for event in view.events),
    "invocations": lambda view: _each_second(view.trace.start[row] for row in view.runs),
    "errors": lambda view: _each_second(view.trace.start[row] for row in view.runs if view.trace.status[row] != OK),
    "cold_starts": lambda view: _each_second(view.trace.start[row] for row in view.runs if view.trace.cold[row] == 1),
    "throttles": _throttles,
    "tries": _tries,
}
"""arrivals and all below it are counts per second."""
