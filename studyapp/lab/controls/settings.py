"""A control of the bench, and the setting that it is made from: bounds, what holds when it is left out, and where from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from studyapp.lab.controls.texts import text
from studyapp.simulator import units
from studyapp.simulator.rulebook import TRUTH, Rulebook

Kind: TypeAlias = Literal["number", "choice", "flag", "text"]
RULES: Final[Mapping[str, Mapping[str, Any]]] = {each.name: each.metadata for each in fields(Rulebook)}
YES_NO: Final = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Control:
    """One value of a scenario that can be changed.

    `value` is what the scenario has, as a person types it, "" where it sets nothing; then `usual` holds. `least` and
    `most` are texts with units. `fact` is the slug of the fact behind a bound or the usual value, "" without one.
    `reads` is the reader in `simulator.units` by which two texts are the same value, "" for none. `words` say each of the
    `choices` as a demo has it; without them a choice stands as it is.
    """

    path: str
    label: str
    group: str
    kind: Kind
    value: str
    unit: str = ""
    least: str | None = None
    most: str | None = None
    choices: tuple[str, ...] = ()
    fact: str = ""
    help: str = ""
    is_set: bool = False
    is_simple: bool = False
    usual: str = ""
    reads: str = ""
    words: tuple[str, ...] = ()

    def said(self, typed: str) -> str:
        """A value as its field shows it: in the demo's words, or as it is typed."""
        return dict(zip(self.choices, self.words, strict=True)).get(typed, typed) if self.words else typed

    def amount(self, typed: str) -> str | None:
        """The plain number in a text that is a value in this control's unit, "512" of "0.5 GB"; None if it is none."""
        return amount(typed, self.unit) if self.kind == "number" else None

    def written(self, typed: str) -> str:
        """`typed` with the unit of this control where it is a bare number."""
        if self.kind != "number" or not self.unit or not is_bare(typed):
            return typed
        return f"{typed} {self.unit}"

    def is_same(self, one: str, other: str) -> bool:
        """Whether two texts say the same; nothing says what is usual, where that is known."""
        one, other = one or self._left_out, other or self._left_out
        if one == other or not one or not other or not self.reads:
            return one == other
        try:
            return bool(units.READERS[self.reads](one) == units.READERS[self.reads](other))
        except (ValueError, OverflowError):
            return False

    @property
    def _left_out(self) -> str:
        return self.usual if self.kind in ("choice", "flag") else ""


@dataclass(frozen=True)
class Setting:
    """A documented field of a part. `least`, `most` and `usual` name a rule, or are a number of the unit or a text.

    `source` names a rule whose fact stands behind the field; else that of `most`, `least` or `usual` does.
    """

    key: str
    label: str
    kind: Kind = "text"
    reads: str = ""
    unit: str = ""
    least: str | int | None = None
    most: str | int | None = None
    usual: str = ""
    choices: tuple[str, ...] = ()
    source: str = ""
    says: str = ""
    is_simple: bool = False

    def control(self, path: str, group: str, value: object, choices: tuple[str, ...] | None = None) -> Control:
        """The control at `path`, whose scenario has `value` (None: it sets nothing). `choices`: names of this scenario."""
        known, is_set = _known(self), value is not None
        return Control(
            path, self.label, group, self.kind, text(value), self.unit, known.least, known.most,
            self.choices if choices is None else choices, known.fact, known.help, is_set, self.is_simple or is_set,
            known.usual, self.reads,
        )  # fmt: skip


def number(key: str, label: str, **more: Any) -> Setting:
    """A count."""
    return Setting(key, label, "number", "count", **more)


def megabytes(key: str, label: str, **more: Any) -> Setting:
    return Setting(key, label, "number", "memory", "MB", **more)


def time(key: str, label: str, **more: Any) -> Setting:
    """A time with its unit, `650 ms`."""
    return Setting(key, label, "text", "time", **more)


def words(key: str, label: str, choices: tuple[str, ...], **more: Any) -> Setting:
    """One of some words; the first is usual if nothing else is said."""
    return Setting(key, label, "choice", choices=choices, **({"usual": choices[0]} | more))


def flag(key: str, label: str, **more: Any) -> Setting:
    return Setting(key, label, "flag", "flag", choices=YES_NO, usual="no", **more)


def is_bare(typed: str) -> bool:
    """Whether it is a number alone, as a field with its unit beside it holds."""
    return len(typed) <= 20 and typed.removeprefix("-").replace(".", "", 1).isdecimal() and typed.isascii()


def amount(typed: str, unit: str) -> str | None:
    """How many of `unit` a text says, as a plain number; None where it says none. Without a unit it may say of what."""
    if is_bare(typed):
        return typed
    try:
        number, said = units.split(typed)
        if not unit:
            return str(units.count(typed))
        if said == unit:
            return _plain(number)
        if " per " in f" {unit} ":
            return _plain(Decimal(f"{units.rate_per_us(typed) / units.rate_per_us(f'1 {unit}'):.6g}"))
        return _plain(units.converted(number, said, unit))
    except (units.UnitError, ZeroDivisionError):
        return None


def shown(number: object, reads: str) -> str:
    """A value as the simulator holds it, for people: 128 as `128 MB` where it is memory."""
    match number:
        case None:
            return "none"
        case bool():
            return "yes" if number else "no"
        case int() if reads == "time":
            return units.show_time(number)
        case int() if reads in ("memory", "size"):
            return f"{number:,} {'MB' if reads == 'memory' else 'KB'}"
        case int():
            return f"{number:,}"
        case float():
            return _plain(Decimal(repr(number)))
    return str(number)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


class Known(NamedTuple):
    """What a setting says in every scenario."""

    least: str | None
    most: str | None
    usual: str
    fact: str
    help: str


@cache
def _known(setting: Setting) -> Known:
    least, most = _bound(setting.least, setting.reads), _bound(setting.most, setting.reads)
    usual = _usual(setting)
    rules = (setting.source, setting.most, setting.least, setting.usual)
    facts = (RULES[str(rule)]["fact"] for rule in rules if rule in RULES)
    return Known(least, most, usual, next((fact for fact in facts if fact), ""), _help(setting, least, most, usual))


def _bound(bound: str | int | None, reads: str) -> str | None:
    if bound is None:
        return None
    number = getattr(TRUTH, bound) if isinstance(bound, str) else bound
    return None if number is None else shown(number, reads)


def _usual(setting: Setting) -> str:
    if setting.usual not in RULES:
        return setting.usual
    number = getattr(TRUTH, setting.usual)
    return "" if number is None else shown(number, setting.reads)


def _help(setting: Setting, least: str | None, most: str | None, usual: str) -> str:
    left_out = "" if usual in ("", "none") or setting.kind in ("choice", "flag") else f"Left out: {usual}."
    return " ".join(part for part in (setting.says, _bounds(setting, least, most), left_out) if part)


def _bounds(setting: Setting, least: str | None, most: str | None) -> str:
    whole = {"MB": ", in whole MB", "s": ", in whole seconds"}.get(setting.unit, "")
    if least and most:
        return f"{least} to {most}{whole}."
    if most:
        return f"At most {most}{whole}."
    return f"At least {least}{whole}." if least and least != "0" else ""
