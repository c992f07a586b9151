"""An outcome as text: its numbers, the paths of a network, and the trace line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from studyapp.simulator import spelling
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.spans import Path, Span

MOST_LINES = 400


def trace(outcome: Outcome) -> str:
    """Everything, and at most MOST_LINES of spans; a fingerprint stands for the rest, so that a change in them shows."""
    parts = [table(outcome), *map(_path, outcome.paths)]
    parts += [_series(*each) for answer in outcome.answers for each in answer.series.items()]
    if outcome.spans:
        parts.append("\n".join(_lines(outcome.spans)))
    return "\n\n".join(parts) + "\n"


def table(outcome: Outcome, names: Sequence[str] = ()) -> str:
    """Each of these metrics on a line; else each that measures something that the scenario has, in alphabetical order."""
    names = names or sorted(outcome.metrics.that_apply)
    width = max(map(len, names), default=0)
    return "\n".join(f"{name:<{width}}  {shown(outcome.metrics[name])}" for name in names)


def shown(value: object) -> str:
    """Nine figures: what a processor's rounding could move is not shown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.9g}" if isinstance(value, float) else "none" if value is None else str(value)


def _path(path: Path) -> str:
    hops = (f"  {'ok' if hop.ok else 'no'}  {hop.name}: {hop.says}" for hop in path.hops)
    what = f"path to {path.target}" if path.kind == "network" else path.target
    return "\n".join([f"{what}: {spelling.verdict(path.kind, ok=path.ok)}", *hops])


def _series(name: str, steps: Sequence[tuple[int, float]]) -> str:
    """How a model says that something goes over time."""
    return "\n".join([name, *(f"{at / 1e6:12.6f}  {shown(value)}" for at, value in steps)])


def _lines(spans: Sequence[Span]) -> Iterator[str]:
    """What happens to several events alike at one moment is one line: the events of a batch, a burst that is throttled."""
    lines = [line for _, group in groupby(spans, key=lambda span: span.start_us) for line in _at_once(group)]
    yield "     start s         end s  attempt  kind"
    yield from lines[:MOST_LINES]
    rest = "\n".join(lines[MOST_LINES:])
    if rest:
        yield f"and {len(lines) - MOST_LINES} more lines, {sha256(rest.encode()).hexdigest()[:16]}"


def _at_once(spans: Iterable[Span]) -> Iterator[str]:
    alike: dict[Span, list[int]] = {}
    for span in spans:
        alike.setdefault(span._replace(event=0), []).append(span.event)
    for span, events in alike.items():
        yield _line(span, events)


def _line(span: Span, events: Sequence[int]) -> str:
    where = span.function if span.environment is None else f"{span.function}#{span.environment}"
    words = " ".join(word for word in (where, span.status, span.reason) if word)
    noun = span.noun if len(events) == 1 else f"{span.noun}s"
    return (
        f"{span.start_us / 1e6:12.6f}  {span.end_us / 1e6:12.6f}  {span.attempt:7}  {span.kind} {words}; "
        f"{noun} {_numbers(events)}"
    )


def _numbers(events: Sequence[int]) -> str:
    """1 to 3, 5, 8 to 9."""
    runs: list[list[int]] = []
    for event in events:
        if runs and event == runs[-1][-1] + 1:
            runs[-1][1:] = [event]
        else:
            runs.append([event])
    return ", ".join(" to ".join(map(str, run)) for run in runs)
