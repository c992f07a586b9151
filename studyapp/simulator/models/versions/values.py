"""Single values of a history: codes, settings, names, versions and weights. Each reader raises UnitError."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.models.versions.actions import LATEST, UNQUALIFIED, Setting
from studyapp.simulator.reading import OURS
from studyapp.simulator.rulebook import TRUTH

LONGEST: Final = 60
"""Letters of a code or of a setting."""
MILLION: Final = 1_000_000
ADDRESSES: Final = ("latest", "unqualified")
"""Words for addresses, which no alias can be called."""
TOTALS: Final = ("total", "kept", "newest")
"""Of what metrics add up: no step can be called so."""
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")


def text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise units.UnitError("is not a text")
    text = units.word(str(value) if not isinstance(value, int) or abs(value) < 10**15 else "")
    if len(text) > LONGEST:
        raise units.UnitError(f"is longer than {LONGEST} letters ({OURS})")
    if not text.isprintable():
        raise units.UnitError("holds what cannot be printed")
    return text


def _positive_memory(value: object) -> int:
    if (megabytes := units.memory(value)) <= 0:
        raise units.UnitError("is not more than nothing")
    return megabytes


def _seconds(value: object) -> int:
    if (us := units.whole_seconds(value)) <= 0:
        raise units.UnitError("is not longer than no time")
    return us // units.SECOND


def _retries(value: object) -> int:
    least, most = TRUTH.async_retries_min, TRUTH.async_retries_max
    if not least <= (times := units.count(value)) <= most:
        raise units.UnitError(f"is not a number of retries from {least} to {most} (Lambda API)")
    return times


def step_name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value) or value.isdigit():
        raise units.UnitError("is not a name of letters, digits, - and _, with more than digits in it")
    if value in TOTALS:
        raise units.UnitError("is a word for all steps here, and so no name of one")
    return value


def alias(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value) or value.isdigit():
        raise units.UnitError(
            "is not the name of an alias: letters, digits, - and _, and not digits alone (Lambda API)"
        )
    if value in ADDRESSES:
        raise units.UnitError("is a word for an address here, and so no alias")
    return value


def qualifier(value: object) -> str:
    """What an address names: $LATEST (also `latest`), "" (`unqualified`), a number or an alias."""
    if value in ("latest", LATEST):
        return LATEST
    return UNQUALIFIED if value == "unqualified" else _version(value) or alias(value)


def target(value: object) -> str:
    """What an alias may be asked to point to. That it cannot point to an alias is an outcome."""
    return LATEST if value in ("latest", LATEST) else _version(value) or alias(value)


def _version(value: object) -> str | None:
    """The number of a version, from 1 on; None for another thing."""
    if isinstance(value, bool) or not isinstance(value, str | int) or (isinstance(value, int) and value >= 10**9):
        return None
    return str(value) if _NUMBER.fullmatch(str(value)) else None


def millionths(value: object) -> int:
    """A share, which is no finer than a millionth."""
    parts = units.number(value) * MILLION
    if abs(parts - round(parts)) > 1e-4 or abs(parts) > MILLION * MILLION:
        raise units.UnitError("is finer than a millionth, or far above 1")
    return round(parts)


VERSIONED: Final[Mapping[str, Callable[[object], Setting]]] = {
    "memory": _positive_memory,
    "timeout": _seconds,
    "runtime": text,
    "architecture": text,
    "role": text,
    "dead_letter_queue": text,
    "environment": text,
    "layers": text,
    "vpc": text,
}
LOOSE: Final[Mapping[str, Callable[[object], Setting]]] = {
    "triggers": text,
    "on_failure": text,
    "on_success": text,
    "async_retries": _retries,
}
