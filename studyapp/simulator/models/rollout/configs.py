"""How traffic shifts: CodeDeploy's predefined configurations for Lambda, and ones of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.rollout.plan import MILLION, Config
from studyapp.simulator.reading import OURS, Fields
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND

MINUTE: Final = 60 * SECOND
ALL_AT_ONCE: Final = "AllAtOnce"
PREFIXES: Final = ("", "Lambda", "CodeDeployDefault.Lambda")
"""Before a configuration's name: as SAM writes it, as people do, and in full."""
MOST_MINUTES: Final = 1_440


def predefined(rulebook: Rulebook) -> dict[str, Config]:
    """By their short names, as SAM has them."""
    share = round(rulebook.predefined_step * MILLION)
    percent = f"{share / 10_000:g}"
    canaries = {f"Canary{percent}Percent{each}Minutes": each for each in _minutes(rulebook.canary_waits)}
    linears = {
        f"Linear{percent}PercentEvery{each}Minute{'s' if each > 1 else ''}": each
        for each in _minutes(rulebook.linear_intervals)
    }
    return {
        ALL_AT_ONCE: Config(ALL_AT_ONCE, MILLION, 0, is_canary=True),
        **{name: Config(name, share, each * MINUTE, is_canary=True) for name, each in canaries.items()},
        **{name: Config(name, share, each * MINUTE, is_canary=False) for name, each in linears.items()},
    }


def read_config(value: object, where: str, rulebook: Rulebook) -> Config:
    """A name, or a canary or linear configuration of one's own. Raises ScenarioError."""
    if isinstance(value, Mapping):
        return _own(Fields(value, where))
    known = predefined(rulebook)
    named = {f"{prefix}{name}": config for name, config in known.items() for prefix in PREFIXES}
    if not isinstance(value, str) or value not in named:
        raise ScenarioError(where, value, f"is none of {', '.join(known)}, and no canary or linear one of your own")
    return named[value]


def _own(fields: Fields) -> Config:
    is_canary = fields.has("canary")
    if is_canary == fields.has("linear"):
        raise ScenarioError(fields.at("canary"), None, "is missing: a configuration is either canary or linear")
    share = fields.need("canary" if is_canary else "linear", _whole_percent)
    interval = fields.need("after" if is_canary else "every", _whole_minutes)
    fields.done({"every": "a linear one", "after": "a canary"})
    name = f"{share // 10_000} %, the rest after" if is_canary else f"{share // 10_000} % every"
    return Config(f"{name} {interval // MINUTE} min", share, interval, is_canary)


def _whole_percent(value: object) -> int:
    """Millionths."""
    share = units.fraction(value) * 100
    if abs(share - round(share)) > 1e-9 or not 1 <= round(share) <= 99:
        raise units.UnitError("is not a whole percentage from 1 % to 99 % (CodeDeploy API)")
    return round(share) * 10_000


def _whole_minutes(value: object) -> int:
    us = units.span(value)
    if us % MINUTE or us == 0:
        raise units.UnitError("is not a whole number of minutes (CodeDeploy API)")
    if us > MOST_MINUTES * MINUTE:
        raise units.UnitError(f"is above {MOST_MINUTES:,} minutes ({OURS})")
    return us


def _minutes(words: str) -> list[int]:
    """Those of a rule; a word that is no number of minutes names no configuration."""
    return [
        int(word) for word in words.split() if word.isascii() and word.isdigit() and 0 < int(word[:6]) <= MOST_MINUTES
    ]
