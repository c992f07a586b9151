"""A batch is one run, though each of its events has a span of its own: spans that are one thing are drawn and told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from studyapp.simulator.outcome import Span

IN_BATCHES = ("message", "record")
"""What comes in batches."""


@dataclass(frozen=True, slots=True)
class Once:
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
    together: dict[Hashable, list[Span]] = {}
    for number, span in enumerate(spans):
        together.setdefault(_what(span, number), []).append(span)
    return [
        Once(
            group[0],
            [span.event for span in group],
            sum(span.status == "given back" for span in group),
        )
        for group in together.values()
    ]


def _what(span: Span, number: int) -> Hashable:
    """What makes spans one thing; `number` for a span that stands alone."""
    if span.kind in ("init", "invoke"):
        return (span.kind, span.environment, span.start_us) if span.batch > 1 else number
    return span.kind, span.start_us, span.end_us, span.function, span.attempt, span.reason, span.noun


def runs(spans: Iterable[Span]) -> list[Once]:
    """Starts and runs alone."""
    return once(span for span in spans if span.kind in ("init", "invoke"))
