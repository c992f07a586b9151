"""Whether a key holds whatever moves: each thing alone at a draw's first seed, then all together by lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import ceil

from studyapp.questions.proof.drawing import Draw
from studyapp.questions.proof.judges import Judge
from studyapp.questions.proof.moves import Move, Setting
from studyapp.simulator.errors import RunTooLong, ScenarioError

TOGETHER = 4
ALONE = 3
"""At how many draws of an item each thing is moved alone, at most: first, middle and last differ most."""
WORK = 60_000
"""Spans that all those runs may come to, some third of a second; an item with longer runs has its turns at fewer draws."""


@dataclass
class Holding:
    """Keeps the first problem of each subject; `moved` are the subjects that could be moved at all."""

    judge: Judge
    alone: int = ALONE
    problems: dict[str, str] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    def check(self, draw: Draw, moves: Sequence[Move], place: int = 0, draws: int = 1) -> None:
        """Move the seed, then each of `moves` whose turn it is at this `place` among `draws` alone, then all together."""
        key = self.judge.key(draw.setting, draw.seeds[0])
        self._check_seeds(draw, key)
        if "seed" in self.problems:
            return
        for move in _in_turn(moves, place, draws, self.alone):
            if move.subject not in self.problems:
                self._compare(draw, draw.seeds[0], (move,), key)
        for turn in range(max(ceil(TOGETHER / draws), len(draw.seeds))):
            number = place + turn * draws
            seed = draw.seeds[turn % len(draw.seeds)]
            chosen = tuple(move for move in _one_of_each(moves, number) if move.subject not in self.problems)
            if self._changes(draw.setting, seed, chosen, key):
                self._compare(draw, seed, self._fewest(draw.setting, seed, chosen, key), key)

    def _check_seeds(self, draw: Draw, key: str) -> None:
        for seed in draw.seeds[1:]:
            found = self.judge.key(draw.setting, seed)
            if found != key:
                self.problems["seed"] = (
                    f"the key depends on chance: at seed {draw.seeds[0]} it is {key}{draw.says}, but at seed {seed} {found}"
                )
                return

    def _compare(self, draw: Draw, seed: int, moves: tuple[Move, ...], key: str) -> None:
        try:
            found = self._key(draw.setting, seed, moves)
        except RunTooLong:
            self._too_long(moves)
            return
        if found is None:
            return
        self.moved |= {move.subject for move in moves}
        if found != key:
            reasons = " and on ".join(move.reason for move in moves)
            where = " and ".join(f"{move.subject} at {move.says}" for move in moves)
            says = f"the key depends on {reasons}: it is {key}{draw.says}, but with {where} it is {found}"
            self.problems.setdefault(moves[0].subject, says)

    def _too_long(self, moves: tuple[Move, ...]) -> None:
        """A run that cannot be ended proves nothing: it may hold another key."""
        where = " and ".join(f"{move.subject} at {move.says}" for move in moves)
        says = f"cannot be checked with {where}, which runs too many events: let the stem name it, or shorten the run"
        self.problems.setdefault(moves[0].subject, says)

    def _changes(self, setting: Setting, seed: int, moves: tuple[Move, ...], key: str) -> bool:
        try:
            return self._key(setting, seed, moves) not in (None, key)
        except RunTooLong:
            return False  # each move alone has been checked, and several together only make a run still longer

    def _fewest(self, setting: Setting, seed: int, moves: tuple[Move, ...], key: str) -> tuple[Move, ...]:
        """As few of `moves` as still change the key."""
        for move in moves:
            fewer = tuple(each for each in moves if each is not move)
            if fewer and self._changes(setting, seed, fewer, key):
                moves = fewer
        return moves

    def _key(self, setting: Setting, seed: int, moves: tuple[Move, ...]) -> str | None:
        """The key after `moves`, or None if there is no such world. Of several, those without a meaning are left out."""
        there = setting
        try:
            for move in moves:
                moved = move.moved(there)
                if moved is None and len(moves) == 1:
                    return None
                there = moved or there
            return self.judge.key(there, seed)
        except ScenarioError:
            return None


def turns_alone(moves: int, spans: int) -> int:
    """At how many draws each of `moves` things is moved alone, if telling the key once takes runs of `spans` spans."""
    return max(1, min(ALONE, WORK // max(1, moves * spans)))


def _in_turn(moves: Sequence[Move], place: int, draws: int, alone: int) -> Iterator[Move]:
    """Each of `moves` at `alone` of an item's `draws`, spread over them; at all of them where there are no more."""
    turns = {number * draws // alone for number in range(alone)} if draws > alone else set(range(draws))
    return (move for number, move in enumerate(moves) if (place - number) % draws in turns)


def _one_of_each(moves: Sequence[Move], number: int) -> Iterator[Move]:
    """For each subject one of its moves or none, by a lot that depends on `number` alone."""
    for subject in dict.fromkeys(move.subject for move in moves):
        values = [move for move in moves if move.subject == subject]
        lot = int.from_bytes(sha256(f"{number}/{subject}".encode()).digest()[:4]) % (len(values) + 1)
        if lot < len(values):
            yield values[lot]
