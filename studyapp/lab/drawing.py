"""The pictures of a run, drawn once as long as it is remembered: most of what a page of the lab costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from studyapp.lab.running import Inputs, Ran
from studyapp.simulator.outcome import Outcome
from studyapp.ui.timeline import Picture, picture, views

WIDTH = 920


class Pictures(NamedTuple):
    """`main` is the picture of a run, or of two; `further` are those of what else it has: a queue, a bill."""

    main: Picture
    further: tuple[Picture, ...]


class Beside(NamedTuple):
    """The run that another is compared with; what heads it, what heads that one; and what a sentence calls the two."""

    inputs: Inputs
    outcome: Outcome
    was: str
    now: str
    names: tuple[str, str]


def alone(ran: Ran) -> Pictures:
    return _kept(ran, "alone", lambda: _alone(ran.outcome))


def both(ran: Ran, beside: Beside) -> Pictures:
    """The run that is compared with first."""
    return _kept(ran, f"{beside.was} {beside.inputs.key}", lambda: _both(ran.outcome, beside))


def _kept(ran: Ran, key: str, draw: Callable[[], Pictures]) -> Pictures:
    found = ran.drawn.get(key)
    if found is None:
        found = ran.drawn[key] = draw()
    return found


def _alone(outcome: Outcome) -> Pictures:
    return Pictures(picture(outcome, width=WIDTH, name="run"), views(outcome, width=WIDTH, name="view"))


def _both(outcome: Outcome, beside: Beside) -> Pictures:
    other, was, now = beside.outcome, beside.was, beside.now
    main = picture(other, other=outcome, label=was, other_label=now, names=beside.names, name="run", width=WIDTH)
    return Pictures(main, views(other, other=outcome, label=was, other_label=now, name="view", width=WIDTH))
