"""What any scenario must be before its fields are read: no deep nest, no number that cannot be written, not too much at once.

A file can be a trap: a list that holds itself, a number of a million digits, a thousand small fields that together fill
the memory before a run has made its first step.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Function, Source

DEEPEST: Final = 32
MOST_DIGITS: Final = 1_000
_TOO_LARGE: Final = 10**MOST_DIGITS
MOST_AT_THE_START: Final = 2_000_000


def check_shape(data: Mapping[str, object]) -> None:
    """Raise ScenarioError for values within more than DEEPEST others, and for numbers of more than MOST_DIGITS digits.

    What stands in several places is looked at once: an alias in YAML costs its writer nothing.
    """
    seen: set[int] = set()
    level: list[object] = [data]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each) if not _was_seen(inner, seen)]
        if not level:
            return
    raise ScenarioError("scenario", "this", f"has values within more than {DEEPEST} others")


def check_names(where: str, names: Iterator[object]) -> None:
    """Raise ScenarioError for a name without a letter, and for two that are written alike, such as 1 and "1"."""
    known: set[str] = set()
    for name in map(str, names):
        if not name.strip():
            raise ScenarioError(where, f'"{name}"', "is no name")
        if name in known:
            raise ScenarioError(where, name, "is the name of two")
        known.add(name)


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


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list | tuple):
        yield from value
    elif isinstance(value, int) and abs(value) >= _TOO_LARGE:
        raise ScenarioError(
            "scenario", f"a number of more than {MOST_DIGITS:,} digits", "is not a number of at most 16"
        )


def _was_seen(value: object, seen: set[int]) -> bool:
    if not isinstance(value, Mapping | list | tuple):
        return False
    was_seen = id(value) in seen
    seen.add(id(value))
    return was_seen
