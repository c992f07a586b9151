"""The rows of the bench as its template shows them: a control, what stands in its field, and what there is to say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from html import escape
from typing import Any, Final

from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from studyapp.lab.controls import Body, Control, at, full, part_of
from studyapp.lab.controls.settings import amount, is_bare
from studyapp.lab.controls.texts import text
from studyapp.lab.problems import Problem
from studyapp.lab.worded import alike
from studyapp.simulator import units

LONG: Final = 60
"""Letters from which a text has several lines."""
MOST_DECIMALS: Final = 3
_NO_ID: Final = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Slider:
    """The range of a control that a demo puts first, as plain numbers in the control's unit."""

    least: str
    most: str
    step: str


@dataclass(frozen=True)
class Row:
    """`typed` is what stands in the field now: what somebody typed, else what the scenario has, changed or not."""

    control: Control
    id: str
    typed: str
    is_changed: bool = False
    problem: Problem | None = None
    slider: Slider | None = None

    @property
    def html(self) -> SafeString:
        return _html(self)

    @cached_property
    def number(self) -> str | None:
        """What a field for numbers holds; None where the text is none, so that it can be seen and mended."""
        return "" if not self.typed and self.control.kind == "number" else self.control.amount(self.typed)

    @cached_property
    def shown(self) -> str:
        return self.typed if self.number is None else self.number

    @cached_property
    def placeholder(self) -> str:
        usual = self.control.usual
        return (amount(usual, self.control.unit) or usual) if self.control.kind == "number" else usual

    @property
    def options(self) -> SafeString:
        """Of a choice."""
        chosen = alike(self.control.choices, self.typed) if self.control.words else self.typed or self.control.usual
        return _options(self.control.choices, chosen, self.control.words)

    @property
    def attributes(self) -> SafeString:
        """Those of its field, of whatever kind."""
        wrong = "true" if self.problem else ""
        common = {"id": self.id, "name": self.control.path, "aria-describedby": self.described, "aria-invalid": wrong}
        return flat(common | (self._input if not self.control.choices else {}))

    @property
    def _input(self) -> dict[str, str]:
        if self.is_long:
            return {"rows": "4", "autocomplete": "off", "spellcheck": "false"}
        given = {"value": self.shown, "placeholder": self.placeholder, "autocomplete": "off"}
        if self.number is None:
            return given | {"type": "text", "inputmode": "decimal" if self.control.kind == "number" else ""}
        least, most = (
            amount(bound or "", self.control.unit) or "" for bound in (self.control.least, self.control.most)
        )
        return given | {"type": "number", "step": "any", "min": least, "max": most}

    @property
    def at(self) -> str:
        """Where the slider stands: at the value, or at what is usual."""
        return self.number or amount(self.control.usual, self.control.unit) or ""

    @property
    def was(self) -> str:
        if self.control.words:
            return self.control.said(self.control.value)
        return self.control.value or (f"left out, {self.control.usual}" if self.control.usual else "left out")

    @property
    def is_long(self) -> bool:
        return self.control.kind == "text" and len(self.typed) > LONG

    def sliding(self, slider: Slider) -> Row:
        """With a slider, unless something stands in the field that is no number."""
        return self if self.number is None else replace(self, slider=around(slider, self.number))

    @cached_property
    def described(self) -> str:
        """The ids for aria-describedby."""
        parts = {"help": self.control.help, "was": self.is_changed, "error": self.problem}
        return " ".join(f"{self.id}_{name}" for name, is_there in parts.items() if is_there)


@lru_cache(maxsize=2048)
def _html(row: Row) -> SafeString:
    """A form has some fifty rows, and few of them change from page to page."""
    return mark_safe(get_template("lab/bench.html#row").render({"row": row}))  # noqa: S308 - written by a template


def flat(attributes: Mapping[str, str]) -> SafeString:
    """As they stand in a tag; an empty one is left out. Django's own `flatatt` takes four times as long."""
    return mark_safe("".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value))  # noqa: S308 - escaped


@lru_cache(maxsize=512)
def _options(choices: tuple[str, ...], chosen: str, words: tuple[str, ...] = ()) -> SafeString:
    """What is chosen and not among the choices is there to be seen."""
    said = dict(zip(choices, words or choices, strict=True))
    names = said if chosen in said else {chosen: chosen} | said
    return format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((name, mark_safe(" selected") if name == chosen else "", text or "none") for name, text in names.items()),
    )  # fmt: skip


@dataclass
class Group:
    """The rows of one part: those that matter first, and the rest. `part`: what to ask for to see all fields, or ""."""

    title: str
    simple: list[Row] = field(default_factory=list)
    more: list[Row] = field(default_factory=list)
    part: str = ""

    @property
    def is_open(self) -> bool:
        return any(row.problem or row.is_changed for row in self.more)


def groups(rows: Iterable[Row], trimmed: frozenset[str] = frozenset()) -> list[Group]:
    """In the order of the controls. Of the parts in `trimmed` there is more to see."""
    found: dict[str, Group] = {}
    for row in rows:
        control = row.control
        group = found.setdefault(control.group, Group(control.group))
        (group.simple if control.is_simple else group.more).append(row)
        if part_of(control.path) in trimmed:
            group.part = part_of(control.path)
    return list(found.values())


def as_before(control: Control, before: Control | None, body: Body) -> Control:
    """A control of a changed scenario, with the value and the place that it had before the change."""
    value = at(body, control.path)
    is_simple = before.is_simple if before else control.is_simple
    return replace(control, value=text(value), is_set=value is not None, is_simple=is_simple)


def ids(paths: Iterable[str]) -> dict[str, str]:
    """An id for each path, which is also one in CSS; the same for the same paths."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for path in paths:
        plain = each = f"id_{_NO_ID.sub('-', path)}"
        number = 2
        while each in taken:
            each, number = f"{plain}-{number}", number + 1
        taken.add(each)
        found[path] = each
    return found


def slid(control: Control, first: Mapping[str, Any]) -> tuple[Control, Slider] | None:
    """A control with the range that a demo gives it, `from` and `to`, in a unit in which that and its value are short
    numbers; None if it has no range, or a value that is no number."""
    low, high = text(first.get("from")), text(first.get("to"))
    if control.choices or not low or not high:
        return None
    for unit in dict.fromkeys((control.unit if is_bare(low) else _unit(low), _unit(control.value))):
        least, most = amount(low, unit), amount(high, unit)
        at = amount(control.value, unit) if control.value else least
        if least and most and at and all(_is_short(each) for each in (least, most, at)):
            return _numeric(control, unit, low), Slider(
                least, most, str(first.get("step") or _step(Decimal(least), Decimal(most)))
            )
    return None


def _numeric(control: Control, unit: str, low: str) -> Control:
    """A control that takes plain numbers in `unit` alone, and says no more than that it does."""
    if control.kind == "number" and control.unit == unit:
        return control
    bounds = f"{control.least} to {control.most}." if control.least and control.most else ""
    return replace(control, kind="number", unit=unit, help=bounds, reads=control.reads or _reader(low))


def _is_short(number: str) -> bool:
    return len(number.partition(".")[2]) <= MOST_DECIMALS


def _reader(typed: str) -> str:
    """The reader by which values like this one are the same."""
    for name in ("time", "size", "count"):
        try:
            units.READERS[name](typed)
        except units.UnitError:
            continue
        return name
    return ""


def _unit(typed: str) -> str:
    try:
        return units.split(typed)[1]
    except units.UnitError:
        return ""


def around(slider: Slider, typed: str | None) -> Slider:
    """The slider, made longer where its value lies outside: it must never move a value by itself."""
    if not typed:
        return slider
    at = Decimal(typed)
    return replace(slider, least=str(min(Decimal(slider.least), at)), most=str(max(Decimal(slider.most), at)))


def firsts(body: Body, first: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """What a demo puts first, by full path."""
    return {full(body, str(each["path"])): each for each in first}


def _step(least: Decimal, most: Decimal) -> Decimal:
    """Whole numbers, or a hundredth of a short range."""
    is_whole = least == int(least) and most == int(most)
    return Decimal(1) if is_whole and most - least >= 5 else max((most - least) / 100, Decimal("0.01")).normalize()
