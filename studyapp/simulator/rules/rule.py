"""What every field of the rulebook is made with."""

from dataclasses import field
from typing import Any, Final

LONGEST_RUN: Final = 4_200_000_000
LONGEST_WAIT: Final = 60_000_000
"""Microseconds. A trace keeps a run, and an init with the wait for its network interface, in 32 bits each."""


def rule(default: object, unit: str, fact: str | None = None, **more: object) -> Any:
    """A field of the rulebook. `more`: says (text), values (makes it an assumption), choices, may_be_none, least and
    most (of what a belief may say; nothing is ever below 0).

    An assumption that `bears_on` some kinds of source, fields or parts of a scenario (words with spaces between them)
    matters to no other scenario.
    """
    return field(default=default, metadata={"unit": unit, "fact": fact, "assumption": "values" in more, **more})
