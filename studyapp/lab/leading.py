"""The controls that come first where no demo names them: numbers that the scenario sets, each with a range around its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from studyapp.lab.controls import Body, Control, controls, full
from studyapp.simulator import units

MOST = 2
TELLING = (
    "reserved_concurrency", "provisioned_concurrency", "maximum_concurrency", "visibility_timeout", "batch_size", "timeout",
    "duration", "init", "memory", "concurrency",
)  # fmt: skip
"""Fields that change most of what is seen, in this order."""


def first(body: Body, demo: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    """The demo's, else up to two of our own: {path, from, to}."""
    if demo is not None:
        return tuple(demo["controls"])
    known = {each.path: each for each in controls(body) if each.is_set and each.kind == "number" and each.value}
    ranked = sorted(known, key=_rank)
    found = ({"path": path, **range_of(known[path])} for path in ranked if _rank(path) < len(TELLING))
    return tuple(found)[:MOST]


def full_paths(body: Body, demo: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    """What `first` gives, each path written out."""
    return tuple({**each, "path": full(body, str(each["path"]))} for each in first(body, demo))


def _rank(path: str) -> int:
    field = path.rpartition(".")[2]
    return TELLING.index(field) if field in TELLING else len(TELLING)


def range_of(control: Control) -> dict[str, str]:
    """From a quarter of the value to four times it, within the control's bounds."""
    low, high = (
        _times(control.value or control.usual, Decimal("0.25")),
        _times(control.value or control.usual, Decimal(4)),
    )
    return {"from": _larger(low, control.least), "to": _smaller(high, control.most)}


def _times(text: str, factor: Decimal) -> str:
    amount, unit = units.split(text)
    scaled = amount * factor
    whole = max(scaled.to_integral_value(), Decimal(1)) if amount == amount.to_integral_value() else scaled
    return f"{whole.normalize():f} {unit}".strip()


def _larger(text: str, bound: str | None) -> str:
    return bound if bound and _is_below(text, bound) else text


def _smaller(text: str, bound: str | None) -> str:
    return bound if bound and _is_below(bound, text) else text


def _is_below(one: str, other: str) -> bool:
    (low, unit), (high, other_unit) = units.split(one), units.split(other)
    if unit != other_unit and unit and other_unit:
        high = units.converted(high, other_unit, unit)
    return low < high
