"""Words that have to find room: on several lines of a box, or on none."""

from __future__ import annotations

import textwrap

from studyapp.ui.pictures.shapes import Label, Sheet
from studyapp.ui.pictures.words import LETTER, shortened

LINE = 16
"""From one line of words to the next."""
SIZE = 13.0
BOLD, PLAIN = 0.51, 0.48
"""The mean width of a letter in a line of some length, as a share of its size."""


def wrapped(text: str, width: float, most: int, letter: float = BOLD) -> tuple[str, ...]:
    """`text` on up to `most` lines that each fit `width`; what has no room ends in an ellipsis."""
    letters = max(int(width / (SIZE * letter)), 4)
    lines = textwrap.wrap(text, letters, break_long_words=True, break_on_hyphens=True) or [""]
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines[most - 1 :] = [shortened(rest, letters * SIZE * LETTER + 6)]
    return tuple(lines)


def write(sheet: Sheet, look: str, x: float, y: float, lines: tuple[str, ...]) -> float:
    """One line below the other, the first on the baseline `y`. Returns the baseline after the last."""
    for line in lines:
        sheet.labels.append(Label(look, x, y, line))
        y += LINE
    return y
