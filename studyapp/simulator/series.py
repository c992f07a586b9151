"""How something went over time: (moment, value from then on), the first at 0, derived from the trace.

Times are microseconds; ages are seconds. What is counted per second stands at the beginning of its second. Pictures
draw these; the maxima among the metrics are the highest of these values.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import add
from typing import Final

from studyapp.simulator.parts import ASYNC_KINDS, MAPPING_KINDS, QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import DELAYED
from studyapp.simulator.sums import Stretches
from studyapp.simulator.trace import NOT_LAMBDAS, OK
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

Steps = list[tuple[int, int]]
Ages = list[tuple[int, float]]
QUEUED_KINDS: Final = (*ASYNC_KINDS, *MAPPING_KINDS)
_WAITS_IN_QUEUE: Final = ("queued",)
_WAITING: Final = ("queued", "batch_window", "retry_wait", "visibility_wait")
_OF_QUEUES: Final = ("batch_window", "retry_wait", "visibility_wait", "init", "invoke")
_BUSY: Final = ("init", "invoke")


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
    """Events that wait and events that somebody has. Those that lead a plain life need no telling."""
    key = f"waiting and held {kinds}"
    if key not in view.memo:
        both = _plainly(view, kinds)
        for span, kind in _spans_of_troubled(view, kinds):
            is_queue = kind in QUEUE_KINDS
            for (starts, ends), counts in zip(
                both, (_WAITS_IN_QUEUE if is_queue else _WAITING, _OF_QUEUES if is_queue else _BUSY), strict=True
            ):
                if span.kind in counts and span.reason != DELAYED:
                    starts.append(span.start_us)
                    ends.append(span.end_us)
        view.memo[key] = tuple(Stretches(starts, ends) for starts, ends in both)
    found: tuple[Stretches, Stretches] = view.memo[key]
    return found


def _plainly(view: View, kinds: Sequence[str]) -> tuple[tuple[list[int], list[int]], tuple[list[int], list[int]]]:
    """(starts, ends) of waiting, and of being held, of all events whose life is plain. A message is held from its receive."""
    sources = view.scenario.sources
    if not any(source.kind in kinds for source in sources):
        return ([], []), ([], [])
    trace, plain = view.trace, view.plain
    delays = [source.queue.delay_us if source.queue is not None else 0 for source in sources]
    troubled, run_of, received = plain.troubled, plain.run_of, plain.received_at
    events = [event for event in view.of_kinds(kinds) if event not in troubled and event in run_of]
    rows = [run_of[event] for event in events]
    came = [trace.arrived[event] + delays[trace.source[event]] for event in events]
    starts = [trace.start[row] for row in rows]
    taken = [received.get(event, start) for event, start in zip(events, starts, strict=True)] if received else starts
    ends = map(add, map(add, starts, map(trace.init.__getitem__, rows)), map(trace.run.__getitem__, rows))
    return (came, list(taken)), (list(taken), list(ends))


def _spans_of_troubled(view: View, kinds: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Every span of events from sources of these kinds whose life has to be told, with the kind."""
    trace, kind_of = view.trace, [source.kind for source in view.scenario.sources]
    if not any(kind in kinds for kind in kind_of):
        return
    for event, life in view.troubled.items():
        kind = kind_of[trace.source[event]]
        if kind in kinds and (view.functions is None or trace.function[event] in view.functions):
            for span in life:
                yield span, kind


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
