"""What can be wrong with what the simulator is given. Each error says it in one plain sentence."""

from collections.abc import Callable
from typing import Final

LONGEST_SHOWN: Final = 400


class SimulatorError(ValueError):
    """The base of every error that the simulator raises on purpose."""


class ScenarioError(SimulatorError):
    """A scenario is out of bounds. `str()` is "field: value limit", ready to show to a person.

    `limit` says what is broken and by which quota: "is below the minimum of 128 MB (Lambda quotas)".
    """

    def __init__(self, field: str, value: object, limit: str) -> None:
        self.field, self.value, self.limit = field, value, limit
        super().__init__(f"{field}: {shown(value)} {limit}")


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
    """`value` for a person, or as `write` writes it, and never too long."""
    try:
        text = (write or _plain)(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, a list within itself
        return "a value that is too long to show"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None else str(value)
