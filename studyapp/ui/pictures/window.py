"""Which stretch of a run is drawn. A picture holds at most 600 marks; a longer run is shown through a window."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from studyapp.ui.pictures.axis import Axis, round_up
from studyapp.ui.pictures.words import seconds

MARKS = 600
PER_LANE = 100
"""More marks than this in one lane would be one dark band."""
CROSSES = 60
"""Kept free of the marks for each panel's ✕: they stand 12 apart on an axis of 720."""
LEAD = 0.25
"""The share of a window that lies before what it was opened for."""


def window(starts: Sequence[int], end_us: int, budget: int, around_us: int | None, width: int) -> Axis:
    """The axis: the whole run when all that becomes bars fits the budget, else what lies near `around_us`.

    `starts` are when those bars begin, in order.
    """
    whole = Axis(0, round_up(end_us), width)
    if len(starts) <= budget:
        return whole
    before = bisect_left(starts, around_us or 0)
    first = min(max(before - int(budget * LEAD), 0), len(starts) - budget)
    start_us, last_us = (starts[first] if first else 0), starts[first + budget - 1]
    return Axis(start_us, max(last_us, start_us + 1_000), width)


def note(axis: Axis, end_us: int) -> str:
    """What the window leaves out, or nothing."""
    if axis.start_us <= 0 and axis.end_us >= end_us:
        return ""
    return f"The picture shows {seconds(axis.start_us)} to {seconds(axis.end_us)} of {seconds(end_us)}."
