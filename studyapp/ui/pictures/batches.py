"""A batch is one run, though each of its events has a span of its own: spans that are one thing are drawn and told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from studyapp.simulator.outcome import Span

IN_BATCHES = ("message", "record")
"""What comes in batches."""


class Once(NamedTuple):
    """One thing that happened. `span` is that of the first event; `given_back` counts those of a batch that was ok."""

    span: Span
    events: Sequence[int]
    given_back: int = 0

    @property
    def status(self) -> str:
        """Of a run: `given back` if only part of its batch, or all of it, was."""
        return "given back" if self.given_back else self.span.status


def once(spans: Iterable[Span]) -> list[Once]:
    """Each run once, whatever its batch; waits, refusals and ends that are alike at one moment once. In their order."""
    found: list[list[Span]] = []
    together: dict[Hashable, list[Span]] = {}
    for span in spans:
        own = [span]
        if span.batch > 1 or span.kind not in ("init", "invoke"):
            own = together.setdefault(what(span), own)
            if own[0] is not span:
                own.append(span)
                continue
        found.append(own)
    return [as_once(own) for own in found]


def as_once(spans: Sequence[Span]) -> Once:
    """Spans that are one thing."""
    if len(spans) == 1:
        return Once(spans[0], (spans[0].event,), int(spans[0].status == "given back"))
    return Once(spans[0], [span.event for span in spans], sum(span.status == "given back" for span in spans))


def what(span: Span) -> Hashable:
    """What makes spans one thing; a run without a batch is one by itself."""
    if span.kind in ("init", "invoke"):
        return span.kind, span.environment, span.start_us
    return span.kind, span.start_us, span.end_us, span.function, span.attempt, span.reason, span.noun


def runs(spans: Iterable[Span]) -> list[Once]:
    """Starts and runs alone."""
    return once(span for span in spans if span.kind in ("init", "invoke"))
