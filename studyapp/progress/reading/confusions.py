"""What was taken for what: pairs of clues, and of facts that no clue stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A clue. `facts`: its own first, then those that it rests on; `objectives`: such as "DVA-C03 D1"."""

    slug: str
    number: str
    phrase: str
    facts: tuple[str, ...]
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """How often the answer of `given` was given where `asked` was asked. `facts`: what to drill."""

    asked: Phrase
    given: Phrase
    times: int

    @property
    def facts(self) -> tuple[str, str]:
        return self.asked.facts[0], self.given.facts[0]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: a cell for each of its columns, None where nothing was confused."""

    asked: Phrase
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts that no clue stands for."""

    asked: str
    given: str
    times: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns are clues in the order of the course, those without a confusion left out; `pairs` is the rest, the most
    frequent first."""

    columns: tuple[Phrase, ...]
    lines: tuple[Line, ...]
    pairs: tuple[Pair, ...]

    @property
    def times(self) -> int:
        cells = sum(cell.times for line in self.lines for cell in line.cells if cell)
        return cells + sum(pair.times for pair in self.pairs)


def matrix(mistaken: Mapping[str, int], clues: Sequence[Phrase]) -> Matrix:
    """`mistaken` as in `Counts`: "asked>given" to times, both slugs of facts."""
    stands_for = _stands_for(clues)
    cells: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for pair, times in mistaken.items():
        asked, _, given = pair.partition(">")
        one, other = stands_for.get(asked), stands_for.get(given)
        if one and other and one != other:
            cells[one, other] += times
        else:
            pairs[asked, given] += times
    return Matrix(
        columns=tuple(clue for clue in clues if any(clue.slug == given for _, given in cells)),
        lines=tuple(_lines(cells, clues)),
        pairs=tuple(Pair(*pair, times) for pair, times in sorted(pairs.items(), key=lambda each: (-each[1], each[0]))),
    )


def _stands_for(clues: Sequence[Phrase]) -> dict[str, str]:
    """The clue that each fact stands for: whose own it is, else the only one that rests on it."""
    resting = Counter(fact for clue in clues for fact in clue.facts[1:])
    rests = {fact: clue.slug for clue in clues for fact in clue.facts[1:] if resting[fact] == 1}
    return rests | {clue.facts[0]: clue.slug for clue in clues}


def _lines(cells: Mapping[tuple[str, str], int], clues: Sequence[Phrase]) -> Iterable[Line]:
    columns = [clue for clue in clues if any(clue.slug == given for _, given in cells)]
    for clue in clues:
        found = [cells.get((clue.slug, column.slug), 0) for column in columns]
        if any(found):
            yield Line(
                clue,
                tuple(
                    Cell(clue, column, times) if times else None for column, times in zip(columns, found, strict=True)
                ),
            )
