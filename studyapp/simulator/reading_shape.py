"""What any scenario must be before its fields are read: no deep nest, no number that cannot be written, not too much at once.

A file can be a trap: a list that holds itself, a number of a million digits, a thousand small fields that together fill
the memory before a run has made its first step.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.parts import Function, Source

DEEPEST: Final = 32
MOST_DIGITS: Final = 1_000
_TOO_LARGE: Final = 10**MOST_DIGITS
MOST_AT_THE_START: Final = 2_000_000
OF_THE_BILL: Final = {"cost": "cost.total"}
"""What metrics begin with that are of no function, as those of one function begin with its name."""


def check_shape(data: Mapping[str, object]) -> None:
    """Raise ScenarioError for values within more than DEEPEST others, and for numbers of more than MOST_DIGITS digits.

    What stands in several places is looked at once: an alias in YAML costs its writer nothing.
    """
    seen: set[int] = set()
    level: list[tuple[str, object]] = [("", data)]
    for _ in range(DEEPEST):
        level = [each for where, holder in level for each in _holders(where, holder) if not _was_seen(each[1], seen)]
        if not level:
            return
    raise ScenarioError("scenario", "this", f"has values within more than {DEEPEST} others")


def check_names(where: str, names: Iterator[object]) -> None:
    """Raise ScenarioError for a name without a letter, and for two that are written alike, such as 1 and "1"."""
    known: set[str] = set()
    for name in map(str, names):
        if not name.strip():
            raise ScenarioError(where, name, "is no name")
        if name in known:
            raise ScenarioError(where, name, "is the name of two")
        known.add(name)


def check_functions(names: Iterable[str], parts: Iterable[str]) -> None:
    """Raise ScenarioError for a function's name that would make its metrics those of something else: `cost.total` is the
    bill's, and with a network `reach.<target>` is that of a target. `parts` are the names of the scenario's models."""
    taken = OF_THE_BILL | {word: example for part in parts for word, example in MODELS[part].metrics.items()}
    for name in names:
        if name in taken:
            raise ScenarioError(
                "functions", name, f"cannot be a function's name: metrics such as {taken[name]} begin with it"
            )


def check_start(functions: tuple[Function, ...], sources: tuple[Source, ...], warm: Mapping[str, int]) -> None:
    """Raise ScenarioError if more would have to be set up before the run than `max_events` can ever count."""
    provisioned = sum(function.provisioned for function in functions)
    groups = sum(source.queue.groups for source in sources if source.queue)
    tracks = 10 * sum(source.stream.shards * source.stream.factor for source in sources if source.stream)
    parts = {"warm": sum(warm.values()), "functions": provisioned, "sources": groups + tracks}
    for where, size in parts.items():
        if size > MOST_AT_THE_START:
            raise ScenarioError(
                where, f"{size:,}", f"is above {MOST_AT_THE_START:,}, the most that a run may begin with"
            )


def _holders(where: str, value: object) -> Iterator[tuple[str, object]]:
    """The mappings and lists in `value`, each with its path. Raises ScenarioError for a number that is too long."""
    if isinstance(value, Mapping):
        for key in value:
            _check_digits(where, key)
        entries = ((f"{where}.{key}" if where else str(key), each) for key, each in value.items())
    elif isinstance(value, list | tuple):
        entries = ((f"{where}.{number}", each) for number, each in enumerate(value, 1))
    else:
        return
    for path, each in entries:
        if isinstance(each, Mapping | list | tuple):
            yield path, each
        else:
            _check_digits(path, each)


def _check_digits(where: str, value: object) -> None:
    if isinstance(value, int) and abs(value) >= _TOO_LARGE:
        said = f"a number of more than {MOST_DIGITS:,} digits"
        raise ScenarioError(where or "scenario", said, "is not a number of at most 16")


def _was_seen(value: object, seen: set[int]) -> bool:
    was_seen = id(value) in seen
    seen.add(id(value))
    return was_seen
