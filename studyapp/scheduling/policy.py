"""From an answer to a rating: one table, with a version that every review keeps."""

from enum import Enum

from studyapp.scheduling.fsrs6 import Rating

VERSION = "2"
"""1: without hints. 2: a right answer after a hint is Hard, and a guess after a hint is Again."""


class Pace(Enum):
    """How fast an answer came, against the student's own median for what there was to read."""

    UNKNOWN = "unknown"
    FAST = "fast"
    SLOW = "slow"


_RIGHT = {
    (True, Pace.FAST): Rating.EASY,
    (True, Pace.SLOW): Rating.GOOD,
    (True, Pace.UNKNOWN): Rating.GOOD,
    (False, Pace.FAST): Rating.GOOD,
    (False, Pace.SLOW): Rating.GOOD,
    (False, Pace.UNKNOWN): Rating.GOOD,
}


def rate(*, is_right: bool, is_sure: bool, pace: Pace = Pace.UNKNOWN, has_hint: bool = False) -> Rating:
    """The rating of an answer."""
    if not is_right:
        return Rating.AGAIN
    return Rating.HARD if has_hint else _RIGHT[is_sure, pace]


def rate_guess(*, is_right: bool, has_hint: bool) -> Rating | None:
    """The rating of an answer that its student owns up to have guessed. None: no evidence, memory stays as it was."""
    return None if is_right and not has_hint else Rating.AGAIN
