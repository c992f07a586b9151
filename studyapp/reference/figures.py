"""A fact's value as a table sets it: digits that end at one line, the unit that begins beside it, the rest as a note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_RANGE = re.compile(
    r"(?P<amount>(?:at most |at least )?[\d,.]+(?: to [\d,.]+)?)\u00a0"
    r"(?P<unit>(?:(?! to | in steps of )[^,])+)"
    r"(?: in steps of (?P<step>[^,]+))?"
    r"(?:, (?P<default>[^,]+(?:,\d{3})*[^,]*) by default)?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """`amount` and `unit` of a number or a range of numbers, or `words` of anything else; `note` says what is left."""

    amount: str = ""
    unit: str = ""
    words: str = ""
    note: str = ""


def figure(body: Mapping[str, Any]) -> Figure:
    """The figure of a fact's body (`amount`, `unit`, `value_text`, `adjustable`)."""
    raised = "AWS raises it on request" if body.get("adjustable") else ""
    if body.get("amount"):
        return Figure(amount=body["amount"], unit=body.get("unit") or "", note=raised)
    return _of_range(body["value_text"]) or Figure(words=body["value_text"], note=raised)


def _of_range(text: str) -> Figure | None:
    """What `facts.book` writes for a range whose ends share their unit; None for any other text."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    step = f"in steps of {found['step']}" if found["step"] else ""
    default = f"{found['default']} by default" if found["default"] else ""
    return Figure(amount=found["amount"], unit=found["unit"], note=", ".join(filter(None, (step, default))))
