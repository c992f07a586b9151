"""From an answer to a rating: one table, with a version that every review keeps."""

from enum import Enum

from studyapp.scheduling.fsrs6 import Rating

VERSION = "1"


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


def rate(*, is_right: bool, is_sure: bool, pace: Pace = Pace.UNKNOWN) -> Rating:
    """The rating of an answer. A guess that is owned up to afterwards is no evidence and has no rating at all."""
    return _RIGHT[is_sure, pace] if is_right else Rating.AGAIN
