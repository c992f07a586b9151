"""What the description of a picture counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from studyapp.simulator.outcome import Span
from studyapp.simulator.trace import NEW, NOT_LAMBDAS
from studyapp.simulator.view import View
from studyapp.ui.pictures.batches import runs as runs_of


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of one function: a batch is one run. `end_us` is when the last thing ended that happened to its events;
    `largest` is how many `noun`s the largest batch held."""

    invocations: int
    starts: int
    throttled: int
    end_us: int
    largest: int
    noun: str


def tally(own: Sequence[Span]) -> Tally:
    runs = runs_of(own)
    invokes = [each.span for each in runs if each.span.kind == "invoke"]
    largest = max(invokes, key=lambda span: span.batch, default=None)
    return Tally(
        invocations=len(invokes),
        starts=len(runs) - len(invokes),
        throttled=sum(span.kind == "throttled" for span in own),
        end_us=max(span.end_us for span in own),
        largest=0 if largest is None else largest.batch,
        noun="" if largest is None else largest.noun,
    )


def of_view(view: View, end_us: int, noun: str) -> Tally:
    """The same of a function of a long run, from its columns."""
    trace = view.trace
    throttled = len(view.refusals) - view.count(trace.refused_reason, view.refusals, NOT_LAMBDAS)
    starts = view.count(trace.cold, view.runs, [NEW])
    return Tally(len(view.runs), starts, throttled, end_us, _largest(view), noun)


def _largest(view: View) -> int:
    """How many events the largest batch holds; 0 without batches."""
    trace = view.trace
    sizes: Iterable[int] = trace.batch_sizes()
    if view.functions is not None:
        functions = map(trace.function.__getitem__, map(trace.event.__getitem__, trace.batch_run))
        sizes = compress(sizes, map(view.functions.__contains__, functions))
    return max(sizes, default=0)
