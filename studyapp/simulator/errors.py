"""What can be wrong with what the simulator is given. Each error says it in one plain sentence."""

from collections.abc import Callable, Mapping
from typing import Final

LONGEST_SHOWN: Final = 400
MOST_SHOWN: Final = 50
"""Of the values of a list."""
LONGEST_LIMIT: Final = 2_000
"""Of what is said about a value: it may list the names of all functions."""


class SimulatorError(ValueError):
    """The base of every error that the simulator raises on purpose."""


class ScenarioError(SimulatorError):
    """A scenario is out of bounds. `str()` is "field: value limit", ready to show to a person.

    `limit` says what is broken and by which quota: "is below the minimum of 128 MB (Lambda quotas)". What "is missing"
    has no value to show. The text is one line, whatever stands in the scenario: nothing in it moves a terminal's cursor.
    """

    def __init__(self, field: str, value: object, limit: str) -> None:
        self.field, self.value, self.limit = field, value, limit
        said = "" if value is None and limit.startswith("is missing") else f"{shown(value)} "
        super().__init__(f"{one_line(field)}: {said}{one_line(limit, LONGEST_LIMIT)}")


class RulebookError(SimulatorError):
    """A belief names a rule that does not exist, or gives it a value that it cannot have."""


class ClaimError(SimulatorError):
    """A claim cannot be read, or asks for a metric that the outcome does not have."""


class RunTooLong(SimulatorError):
    """A run passed `max_events`. `outcome` holds what had happened until then, when there was a run."""

    def __init__(self, says: str, outcome: object = None) -> None:
        self.outcome = outcome
        super().__init__(says)


def shown(value: object, write: Callable[[object], str] | None = None) -> str:
    """`value` for a person, or as `write` writes it, on one line and never too long."""
    try:
        return one_line((write or _plain)(value))
    except (ValueError, RecursionError):  # a number of thousands of digits, a list within itself
        return "a value that is too long to show"


def one_line(text: str, longest: int = LONGEST_SHOWN) -> str:
    """`text` with what cannot be seen written out (\\n, \\x1b), and cut where it is too long."""
    cut = text if len(text) <= longest else f"{text[:longest]}..."
    if cut.isprintable():
        return cut
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"[{', '.join('a list' if isinstance(each, list | tuple) else _plain(each) for each in value[:MOST_SHOWN])}]"
    return "nothing" if value is None else str(value)


def _text(text: str) -> str:
    """In quotation marks where its ends could not be told from what stands around it."""
    if not text:
        return "(empty)"
    return text if text.isprintable() and text == text.strip() else f'"{text}"'
