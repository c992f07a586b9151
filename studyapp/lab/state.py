"""The state of the lab, as an address holds it: what is changed, believed and assumed, the seed, and what is pinned beside it.

`?functions.labels.memory=512+MB&belief=reserved-is-a-rate&assume.routing=random&seed=7&pin=seed%3D7`. The keys of changes are
dotted paths into the scenario; an empty value takes out what the scenario sets. The same state has one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

from studyapp.content.addresses import written
from studyapp.simulator.errors import shown
from studyapp.simulator.models.registry import MODELS

__all__ = ["BadState", "State", "read", "written"]

SECTIONS = ("account", "functions", "sources", "databases", "warm", "horizon", *MODELS)
"""Of a scenario: what the key of a change may begin with."""
MOST_CHANGES, LONGEST_PATH, LONGEST_VALUE, MOST_BELIEFS = 300, 200, 4_000, 4
MOST_SEED = 2**31 - 1
MOST_PINNED = 8_000
"""Letters of a pinned state."""


class BadState(ValueError):
    """An address that holds no state. `problems` are pairs of a key and what is wrong with it, in words."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{key}: {says}" for key, says in problems))


@dataclass(frozen=True, slots=True)
class State:
    """`changes` are texts by path as they were typed, or values as an option has them; None takes out what is set."""

    changes: Mapping[str, object] = field(default_factory=dict)
    beliefs: tuple[str, ...] = ()
    assumes: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    pinned: State | None = None

    def query(self) -> str:
        """As an address has it, without a question mark."""
        return urlencode(list(self.pairs()))

    def but(self, **changed: object) -> State:
        return replace(self, **changed)  # type: ignore[arg-type]  # the fields of this class

    def alone(self) -> State:
        """Without what is pinned."""
        return replace(self, pinned=None)

    @property
    def is_plain(self) -> bool:
        return self == State()

    def pairs_beside_changes(self) -> list[tuple[str, str]]:
        """What the fields of the bench do not hold themselves."""
        return [
            (name, value)
            for name, value in State(beliefs=self.beliefs, assumes=self.assumes, pinned=self.pinned).pairs()
        ]

    def pairs(self) -> Iterable[tuple[str, str]]:
        for path in sorted(self.changes):
            yield path, written(self.changes[path])
        for belief in self.beliefs:
            yield "belief", belief
        for rule in sorted(self.assumes):
            yield f"assume.{rule}", self.assumes[rule]
        if self.seed:
            yield "seed", str(self.seed)
        if self.pinned is not None:
            yield "pin", self.pinned.alone().query()


def read(query: Mapping[str, Sequence[str]]) -> State:
    """Raises BadState. Keys that mean nothing here are left alone: a page has others of its own."""
    problems: list[tuple[str, str]] = []
    changes = {key: values[-1].strip() for key, values in query.items() if values and key.partition(".")[0] in SECTIONS}
    assumes = {
        key.removeprefix("assume."): values[-1].strip()
        for key, values in query.items()
        if key.startswith("assume.") and values and values[-1].strip()
    }
    problems += _too_large(changes | assumes)
    beliefs = tuple(dict.fromkeys(each for each in query.get("belief", ()) if each))
    if len(beliefs) > MOST_BELIEFS:
        problems.append(("belief", f"{len(beliefs)} at once; at most {MOST_BELIEFS} can be switched on"))
    seed = _seed(query.get("seed", ()), problems)
    pinned = _pinned(query.get("pin", ()), problems)
    if problems:
        raise BadState(problems)
    return State(changes, beliefs, assumes, seed, pinned)


def _too_large(given: Mapping[str, str]) -> list[tuple[str, str]]:
    if len(given) > MOST_CHANGES:
        return [("changes", f"{len(given)} at once; at most {MOST_CHANGES} can be made")]
    names = [
        (shown(key[:LONGEST_PATH]), f"has a name of {len(key):,} letters; at most {LONGEST_PATH} are read")
        for key in given
        if len(key) > LONGEST_PATH
    ]
    values = [
        (key, f"is {len(value):,} letters long; at most {LONGEST_VALUE:,} are read")
        for key, value in given.items()
        if len(value) > LONGEST_VALUE and len(key) <= LONGEST_PATH
    ]
    return [*names, *values][:5]


def _seed(values: Sequence[str], problems: list[tuple[str, str]]) -> int:
    text = values[-1].strip() if values else ""
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= MOST_SEED:
        return int(text)
    problems.append(("seed", f"{shown(text)} is not a whole number from 0 to {MOST_SEED:,}"))
    return 0


def _pinned(values: Sequence[str], problems: list[tuple[str, str]]) -> State | None:
    """The state that is compared with. It has none pinned itself."""
    if not values:
        return None
    text = values[-1]
    if len(text) > MOST_PINNED:
        problems.append(("pin", f"is {len(text):,} letters long; at most {MOST_PINNED:,} are read"))
        return None
    try:
        inner = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_CHANGES * 2)
        return read({key: each for key, each in inner.items() if key != "pin"})
    except BadState as error:
        problems += [("pin", f"{key}: {says}") for key, says in error.problems]
    except ValueError:
        problems.append(("pin", "cannot be read as a state of the lab"))
    return None
