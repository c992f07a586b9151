"""The pictures of a run, drawn once as long as it is remembered: most of what a page of the lab costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from studyapp.lab.running import Inputs, Ran
from studyapp.simulator.outcome import Outcome
from studyapp.ui.timeline import Picture, picture, views

WIDTH = 920
Drawn = TypeVar("Drawn")


class Pictures(NamedTuple):
    """`main` is the picture of a run, or of two; `further` are those of what else it has: a queue, a bill."""

    main: Picture
    further: tuple[Picture, ...]


@dataclass(frozen=True)
class Shown:
    """A picture on a page, where it can be asked about. It is written once."""

    drawn: Picture

    @cached_property
    def _written(self) -> bytes:
        """Its text would take twice as many."""
        return render_to_string("components/picture.html", {"picture": self.drawn, "is_asked": True}).encode()

    @property
    def html(self) -> SafeString:
        return mark_safe(self._written.decode())  # noqa: S308 - written by a template


class Beside(NamedTuple):
    """The run that another is compared with; what heads it, what heads that one; and what a sentence calls the two."""

    inputs: Inputs
    outcome: Outcome
    was: str
    now: str
    names: tuple[str, str]


def shown(ran: Ran, beside: Beside | None) -> tuple[Shown, ...]:
    """What a page shows of a run, or of two: the picture, then the further ones. A run alone has its readouts elsewhere."""
    if beside is None:
        return _kept(ran, "shown", lambda: _shown(replace(alone(ran).main, readouts=()), alone(ran).further))
    return _kept(ran, f"shown {_name(beside)}", lambda: _shown(*both(ran, beside)))


def _shown(main: Picture, further: tuple[Picture, ...]) -> tuple[Shown, ...]:
    return tuple(map(Shown, (main, *further)))


def alone(ran: Ran) -> Pictures:
    return _kept(ran, "alone", lambda: _alone(ran.outcome))


def both(ran: Ran, beside: Beside) -> Pictures:
    """The run that is compared with first."""
    return _kept(ran, _name(beside), lambda: _both(ran.outcome, beside))


def _name(beside: Beside) -> str:
    return f"{beside.was} {beside.inputs.key}"


def _kept(ran: Ran, key: str, draw: Callable[[], Drawn]) -> Drawn:
    found: Drawn | None = ran.drawn.get(key)
    if found is None:
        found = ran.drawn[key] = draw()
    return found


def _alone(outcome: Outcome) -> Pictures:
    return Pictures(picture(outcome, width=WIDTH, name="run"), views(outcome, width=WIDTH, name="view"))


def _both(outcome: Outcome, beside: Beside) -> Pictures:
    other, was, now = beside.outcome, beside.was, beside.now
    main = picture(other, other=outcome, label=was, other_label=now, names=beside.names, name="run", width=WIDTH)
    return Pictures(main, views(other, other=outcome, label=was, other_label=now, name="view", width=WIDTH))
