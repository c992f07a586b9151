"""The parts of a plan in whole minutes that add up. Pure."""

from collections.abc import Sequence
from datetime import timedelta

MINUTE = timedelta(minutes=1)


def whole_minutes(parts: Sequence[timedelta], total: int) -> list[int]:
    """Minutes of each part, by largest remainder, so that they come to `total`: their own sum, rounded.

    A part that takes any time is at least 1, even where the sum is then more.
    """
    minutes = [int(part / MINUTE) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda n: (-(parts[n] % MINUTE), n))
    for n in by_remainder[: max(total - sum(minutes), 0)]:
        minutes[n] += 1
    return [max(minute, 1) if part else 0 for minute, part in zip(minutes, parts, strict=True)]
