"""Lengths of time as a clock shows them."""

from math import ceil


def spoken(seconds: float) -> str:
    """`6067` as "1:41:07", and under an hour "41:07"; what has begun counts as a whole second."""
    minutes, second = divmod(ceil(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
