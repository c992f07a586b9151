"""The words in which a run says why: moments, sizes, counts, and the numbers of events. A time is in microseconds."""

from collections.abc import Sequence
from typing import Final

_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MOST_STRETCHES: Final = 3
_KB_OF_A_MB: Final = 1024


def moment(at: int) -> str:
    """A place on the axis of a run, in seconds whatever its size: '0.42 s', '4.3 s', '1,263 s'."""
    return f"{at / 1e6:,.3f}".rstrip("0").rstrip(".") + " s"


def size(kb: int) -> str:
    """'256 KB', '6 MB', '1.5 MB'."""
    if kb < _KB_OF_A_MB:
        return f"{kb} KB"
    return f"{kb / _KB_OF_A_MB:,.2f}".rstrip("0").rstrip(".") + " MB"


def share(number: float) -> str:
    """0.125 -> '12.5 %'."""
    return f"{100 * number:.4g} %"


def count(number: int, one: str, many: str = "") -> str:
    """'1 environment', '1,200 environments'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """'fourth'; beyond the tenth '11th', '22nd', '1,003rd'."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def an_ordinal(number: int) -> str:
    """'a fourth', 'an eighth', 'an 11th': an ordinal with its article."""
    text = f"{number:,}"
    is_open = text.startswith("8") or text.partition(",")[0] in ("11", "18")
    return f"{'an' if is_open else 'a'} {ordinal(number)}"


def times(number: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def listing(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def called(noun: str, events: Sequence[int]) -> str:
    """Events by their numbers, which count from 1: 'request 17', 'requests 1, 3 and 5 to 9'; of many stretches the
    first ones, and how many events more: 'requests 1, 3, 5 and 12 more'."""
    stretches = _stretches(sorted(set(events)))
    told = stretches[: _MOST_STRETCHES + (len(stretches) == _MOST_STRETCHES + 1)]
    words = [word for stretch in told for word in _words(*stretch)]
    more = sum(last - first + 1 for first, last in stretches[len(told) :])
    if more:
        words.append(f"{more:,} more")
    return f"{noun}{'s' if len(set(events)) > 1 else ''} {listing(words)}"


def _words(first: int, last: int) -> list[str]:
    return [f"{first:,} to {last:,}"] if last > first + 1 else [f"{number:,}" for number in range(first, last + 1)]


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of each row of numbers without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
