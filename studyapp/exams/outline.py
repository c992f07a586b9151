"""How many questions of each section a sitting gets. Pure: the same key, the same counts."""

from collections.abc import Mapping
from itertools import accumulate
from random import Random


def apportion(weights: Mapping[int, int], size: int, key: str) -> dict[int, int]:
    """Questions by section, in all `size`. A whole exam is as its weights say.

    A shorter one gives each section the whole part of its share; what is left goes round by the remainders: they are laid
    end to end in an order that `key` shuffles, and the sections are taken on which the marks of a ruler of that length fall,
    whose zero `key` sets. So a section has its share rounded down or up, and over many keys exactly its share: none starves.
    Source: systematic sampling with unequal chances, Madow 1949.
    """
    whole = sum(weights.values())
    lot = Random(f"{key}/outline")  # noqa: S311 - no secret hangs on it
    counts = {section: weight * size // whole for section, weight in weights.items()}
    order = sorted(weights)
    lot.shuffle(order)
    start = lot.randrange(whole)
    before = 0
    for section, after in zip(order, accumulate(weights[each] * size % whole for each in order), strict=True):
        counts[section] += (after + start) // whole - (before + start) // whole
        before = after
    return counts
