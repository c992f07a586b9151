"""Which of two questions is the harder: by how many answer rightly, else by what an answer takes."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.attempts.models import Attempt
from studyapp.content.models import Item, Revision

ENOUGH = 20
RECENT = 200
"""Answers of the whole course to a question that are counted: the latest."""
STEPS = (("reveal",), ("recall", "authored", "numeric"), ("matching", "contrast", "ordering"), ("predict",), ("fix",))
"""Judged by oneself, recalled, arranged, foreseen, mended."""
MOST = 12


def harder_than(item: Item, revision: Revision, others: Sequence[Item]) -> list[Item]:
    """Those of `others` that fewer answer rightly, if both have been answered 20 times; else those of a higher step.

    A query for each of at most 12 items and one for the item itself, so that no history is read but the latest answers.
    """
    own, rung = facility(revision), step(item)
    found = []
    for other in others[:MOST]:
        share = facility(other.revision) if other.revision and own is not None else None
        if (share < own) if share is not None and own is not None else step(other) > rung:
            found.append(other)
    return found


def facility(revision: Revision) -> float | None:
    """The share of the latest answers that were right; None before 20, and where whoever answers is the judge. One query."""
    if revision.item.kind == "reveal":
        return None
    latest = Attempt.objects.standing().filter(revision=revision).order_by("-pk").values_list("fraction", flat=True)
    fractions = list(latest[:RECENT])
    return sum(fraction == 1 for fraction in fractions) / len(fractions) if len(fractions) >= ENOUGH else None


def step(item: Item) -> tuple[int, int, int]:
    """What an answer takes: the kind, how many options are right, and how many there are."""
    options = item.revision.body["item"]["options"] if item.revision else ()
    rung = next(rung for rung, kinds in enumerate(STEPS) if item.kind in kinds)
    return rung, item.choose, len(options)
