"""The name of what a mark in a picture stands for, so that it can be asked about: `invoke-12-4300000`.

Of a span: its kind, the number of its event, and the microsecond at which it starts. Of a step of a path: `hop`, the number of
the path among those of the outcome, and that of the step, both from 1.
"""

from __future__ import annotations

from studyapp.simulator.why import mark_of as of_span

__all__ = ["of_hop", "of_span"]


def of_hop(path: int, step: int) -> str:
    return f"hop-{path}-{step}"
