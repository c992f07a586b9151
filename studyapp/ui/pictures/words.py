"""Times and counts in words. A no-break space stands before every unit."""

from __future__ import annotations

NBSP = "\u00a0"
SPOKEN_IN_SECONDS = 600_000_000
LETTER = 0.54
"""The mean width of a letter of the text face, as a share of its size."""


def seconds(us: int) -> str:
    """1_704_000 -> '1.704 s': exact to the millisecond, without idle zeros."""
    text = f"{us / 1e6:,.3f}".rstrip("0").rstrip(".")
    return f"{text}{NBSP}s"


def duration(us: int) -> str:
    """The unit that reads best: '420 ms', '1.07 s', '120 s', '15 min', '6 h'."""
    if us < 1_000:
        return f"{us}{NBSP}µs"
    if us < 1_000_000:
        return f"{us / 1e3:.4g}{NBSP}ms"
    if us < SPOKEN_IN_SECONDS:
        return seconds(us)
    for unit, size in (("h", 3_600_000_000), ("min", 60_000_000)):
        if us >= size and us % (size // 60) == 0:
            return _mixed(us, unit, size)
    return seconds(us)


def _mixed(us: int, unit: str, size: int) -> str:
    """'1 min', '1 min 30 s', '2 h 5 min'."""
    smaller = "s" if unit == "min" else "min"
    whole, rest = divmod(us, size)
    parts = [f"{whole:,}{NBSP}{unit}"]
    if rest:
        parts.append(f"{rest // (size // 60)}{NBSP}{smaller}")
    return NBSP.join(parts)


def count(number: int, one: str, many: str = "") -> str:
    """'1 environment', '1,200 environments'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def fits(text: str, width: float, size: float = 13) -> bool:
    """Whether `text` set at `size` fits into `width`, with a little room to spare."""
    return wide(text, size) + 6 <= width


def wide(text: str, size: float = 13) -> float:
    """About how wide `text` is when set at `size`."""
    return len(text) * size * LETTER


def shortened(text: str, width: float, size: float = 13) -> str:
    """`text`, cut with an ellipsis where it would not fit."""
    room = int((width - 6) / (size * LETTER))
    return text if len(text) <= room else text[: max(room - 1, 1)].rstrip() + "…"
