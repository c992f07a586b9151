"""The order of a drill's questions: the urgent first, but never two alike in a row where that can be helped.

Two questions of one clue side by side are the worst, then two of one section. At each step the most urgent question is taken
among those that leave the least to be regretted. For labels of one sort that is the optimum: n labels, of which c are alike, have
at least c - (n - c) - 1 neighbours alike, and a step is refused only if it adds to that number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """What a question must not share with its neighbours; None shares nothing."""

    clue: Hashable | None
    section: Hashable | None


def interleaved(marks: Sequence[Marks]) -> list[int]:
    """Positions in `marks`, which are in order of urgency, in the order in which to ask. Cost: the square of their number."""
    left = list(range(len(marks)))
    clues, sections = Counter(mark.clue for mark in marks), Counter(mark.section for mark in marks)
    last, order = Marks(None, None), list[int]()
    while left:
        regrets = [
            (_regret(marks[i].clue, last.clue, clues), _regret(marks[i].section, last.section, sections)) for i in left
        ]
        taken = left.pop(regrets.index(min(regrets)))
        last = marks[taken]
        clues[last.clue] -= 1
        sections[last.section] -= 1
        order.append(taken)
    return order


def _regret(label: Hashable | None, last: Hashable | None, counts: Counter[Hashable | None]) -> int:
    """Neighbours alike, now and at least, if `label` comes after `last`. `counts`: of what is left, `label` included."""
    now = label is not None and label == last
    rest = sum(counts.values()) - 1
    return now + max((_alike(each, count - (each == label), rest, label) for each, count in counts.items()), default=0)


def _alike(each: Hashable | None, count: int, rest: int, last: Hashable | None) -> int:
    """How many neighbours must be alike among `rest` questions, `count` of them `each`, that come after `last`."""
    return 0 if each is None else max(0, count - (rest - count) - (each != last))
