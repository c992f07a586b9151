"""What a sitting came to: shares with their intervals, times, confidence, changes of mind. Pure.

Intervals are Wilson's at 90 % (`scheduling.statistics`). A section with fewer than ten questions has no figure: its interval
would be wider than half the scale.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from studyapp.exams.spans import spoken
from studyapp.scheduling.statistics import wilson

ENOUGH = 10
"""Questions before a share is shown."""
SHOWS = ("all", "wrong", "marked", "unsure", "slow", "changed")


@dataclass(frozen=True)
class Line:
    """One question of a sitting that is over. `is_right` is None where it was left open, `was_right` (the first response) where
    there was none."""

    position: int
    section: int
    name: str
    fact: str
    is_right: bool | None
    is_sure: bool
    is_marked: bool
    seconds: float
    is_changed: bool = False
    was_right: bool | None = None
    is_slow: bool = False

    @property
    def state(self) -> str:
        return {True: "right", False: "wrong", None: "open"}[self.is_right]

    @property
    def took(self) -> str:
        return spoken(self.seconds)

    @property
    def is_missed(self) -> bool:
        """An open question is wrong, as in the exam."""
        return not self.is_right

    @property
    def is_unsure(self) -> bool:
        return self.is_right is not None and not self.is_sure


@dataclass(frozen=True)
class Share:
    """So many of so many, with the interval in whole percent; None under ten."""

    right: int
    of: int

    @property
    def interval(self) -> tuple[int, int] | None:
        if self.of < ENOUGH:
            return None
        low, high = wilson(self.right, self.of)
        return round(100 * low), round(100 * high)

    @property
    def percent(self) -> int | None:
        return round(100 * self.right / self.of) if self.of >= ENOUGH else None


@dataclass(frozen=True)
class Times:
    """Seconds for each question that was read. `usual` is the pace of the whole exam."""

    median: float | None
    slowest: tuple[Line, ...]
    slow: int
    usual: float


@dataclass(frozen=True)
class Changes:
    """Answers that were changed, by what the first and the last response were. An answer taken away ends wrong."""

    right_to_wrong: int
    wrong_to_right: int
    wrong_to_wrong: int

    @property
    def total(self) -> int:
        return self.right_to_wrong + self.wrong_to_right + self.wrong_to_wrong


@dataclass(frozen=True)
class Report:
    whole: Share
    sections: dict[int, Share]
    sure: Share
    unsure: Share
    open: int
    times: Times
    changes: Changes
    misses: tuple[str, ...]


def report(lines: Sequence[Line], usual: float) -> Report:
    """`usual`: seconds for a question at an even pace."""
    answered = [line for line in lines if line.is_right is not None]
    return Report(
        whole=_share(lines),
        sections={section: _share(_of(lines, section)) for section in sorted({line.section for line in lines})},
        sure=_share(line for line in answered if line.is_sure),
        unsure=_share(line for line in answered if not line.is_sure),
        open=len(lines) - len(answered),
        times=_times(lines, usual),
        changes=_changes(lines),
        misses=tuple(dict.fromkeys(line.fact for line in lines if line.is_missed)),
    )


def chosen(lines: Sequence[Line], show: str) -> list[Line]:
    """Those that a filter of SHOWS leaves."""
    keeps = {
        "wrong": lambda line: line.is_missed,
        "marked": lambda line: line.is_marked,
        "unsure": lambda line: line.is_unsure,
        "slow": lambda line: line.is_slow,
        "changed": lambda line: line.is_changed,
    }
    return [line for line in lines if keeps[show](line)] if show in keeps else list(lines)


def _of(lines: Iterable[Line], section: int) -> list[Line]:
    return [line for line in lines if line.section == section]


def _share(lines: Iterable[Line]) -> Share:
    marks = [bool(line.is_right) for line in lines]
    return Share(sum(marks), len(marks))


def _times(lines: Sequence[Line], usual: float) -> Times:
    read = [line for line in lines if line.seconds > 0]
    slowest = sorted(read, key=lambda line: (-line.seconds, line.position))[:3]
    middle = median(line.seconds for line in read) if read else None
    return Times(middle, tuple(slowest), sum(line.is_slow for line in lines), usual)


def _changes(lines: Iterable[Line]) -> Changes:
    counts = Counter((bool(line.was_right), bool(line.is_right)) for line in lines if line.is_changed)
    return Changes(counts[True, False], counts[False, True], counts[False, False])
