"""An outcome as text: its numbers, the paths of a network, and the trace line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.spans import Path, Span

MOST_SPANS = 400


def trace(outcome: Outcome) -> str:
    """Everything, and at most MOST_SPANS spans; a fingerprint stands for the rest, so that a change in them shows."""
    parts = [table(outcome), *map(_path, outcome.paths)]
    if outcome.spans:
        parts.append("\n".join(_lines(outcome.spans)))
    return "\n\n".join(parts) + "\n"


def table(outcome: Outcome) -> str:
    """Each metric on a line, in alphabetical order."""
    width = max((len(name) for name in outcome.metrics), default=0)
    return "\n".join(f"{name:<{width}}  {_shown(value)}" for name, value in sorted(outcome.metrics.items()))


def _shown(value: object) -> str:
    """Nine figures: what a processor's rounding could move is not shown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.9g}" if isinstance(value, float) else "none" if value is None else str(value)


def _path(path: Path) -> str:
    hops = (f"  {'ok' if hop.ok else 'no'}  {hop.name}: {hop.says}" for hop in path.hops)
    return "\n".join([f"path to {path.target}: {'reached' if path.ok else 'not reached'}", *hops])


def _lines(spans: Sequence[Span]) -> Iterator[str]:
    yield "     start s         end s  event  attempt  kind"
    yield from map(_line, spans[:MOST_SPANS])
    rest = "\n".join(map(_line, spans[MOST_SPANS:]))
    if rest:
        yield f"and {len(spans) - MOST_SPANS} more spans, {sha256(rest.encode()).hexdigest()[:16]}"


def _line(span: Span) -> str:
    where = span.function if span.environment is None else f"{span.function}#{span.environment}"
    words = " ".join(word for word in (where, span.status, span.reason) if word)
    return (
        f"{span.start_us / 1e6:12.6f}  {span.end_us / 1e6:12.6f}  {span.event:5}  {span.attempt:7}  {span.kind} {words}"
    ).rstrip()
