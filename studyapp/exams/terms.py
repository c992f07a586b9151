"""What a sitting is asked for and what a page sends; and why either is refused."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.exams.models import Sitting

MOST_GIVEN = 50
"""So many whole responses of one question are kept: the first of them, and the latest."""
LONGEST_MS = 24 * 60 * 60 * 1000


class StillSitting(ValueError):
    """One sitting at a time: the one that is open."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(f"sitting {sitting.pk} is open")
        self.sitting = sitting


class NothingToAsk(ValueError):
    """The course has no question that a mock exam may ask."""


class TimeIsUp(ValueError):
    """What came was too late; what was saved before stands."""


class IsPaused(ValueError):
    """The clock stands: nothing is read and nothing is saved."""


class IsOver(ValueError):
    """It has been handed in."""


class NeverPauses(ValueError):
    """The sitting is strict."""


class BadDraft(ValueError):
    """A draft names an option that its question does not have."""


@dataclass(frozen=True)
class Terms:
    """How a sitting goes: how many questions, whether it can pause, and how much more time there is (1.25: 25 %)."""

    size: int
    is_strict: bool
    time_factor: float = 1


@dataclass(frozen=True)
class Draft:
    """What a page says about its question. `device_ms`: in view since the last save, by the browser. `hides_clock` is of the
    whole sitting; None where the page does not say. `base`: what the page was shown with (see `drafts`)."""

    response: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    is_marked: bool = False
    is_sure: bool = False
    device_ms: int | None = None
    hides_clock: bool | None = None
    base: Draft | None = None
