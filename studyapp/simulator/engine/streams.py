"""Random numbers: one stream for each purpose of each source, one number for each request by its own index.

Two what-ifs with one seed then differ by the change alone. Only `Random.random()` is used: the other methods may
change between Pythons.
"""

from array import array
from random import Random
from typing import Final

BLOCK: Final = 1024
FEW: Final = 4
"""Attempts whose numbers are drawn in rows. A later one is rare: a row of millions for it alone would take too long."""


def stream(seed: int, source: str, purpose: str) -> Random:
    return Random(f"{seed}/{source}/{purpose}")  # noqa: S311, a simulation is no secret


class Draws:
    """Numbers from [0, 1) by index, in whatever order they are asked for. 8 bytes a number."""

    def __init__(self, seed: int, source: str, purpose: str) -> None:
        self._random = stream(seed, source, purpose)
        self.drawn: array[float] = array("d")

    def at(self, index: int) -> float:
        drawn = self.drawn
        while index >= len(drawn):
            draw = self._random.random
            drawn.extend([draw() for _ in range(BLOCK if index > 7 else 8)])
        return drawn[index]


class Source:
    """The draws of one source: `draw(purpose, index, attempt)`."""

    def __init__(self, seed: int, name: str) -> None:
        self._seed = seed
        self._name = name
        self._draws: dict[str, Draws] = {}

    def draw(self, purpose: str, index: int, attempt: int = 1) -> float:
        if attempt > FEW:
            return stream(self._seed, self._name, f"{purpose}/{attempt}/{index}").random()
        draws = self.row(purpose, attempt)
        return draws.drawn[index] if index < len(draws.drawn) else draws.at(index)

    def row(self, purpose: str, attempt: int) -> Draws:
        """The draws of one of the first `FEW` attempts."""
        name = purpose if attempt == 1 else f"{purpose}/{attempt}"
        draws = self._draws.get(name)
        if draws is None:
            draws = self._draws[name] = Draws(self._seed, self._name, name)
        return draws
