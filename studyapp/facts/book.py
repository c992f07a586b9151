"""A book of facts: each one thing that is so, with its source and what it used to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from studyapp.facts.quantity import NO_BREAK_SPACE, Quantity


@dataclass(frozen=True, slots=True)
class Range:
    """Where a setting may lie. At least one part is given."""

    min: Quantity | None = None
    max: Quantity | None = None
    step: Quantity | None = None
    default: Quantity | None = None

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a range needs at least one of min, max, step and default")

    @property
    def parts(self) -> dict[str, Quantity]:
        """The parts that are given, by name."""
        named = {"min": self.min, "max": self.max, "step": self.step, "default": self.default}
        return {name: part for name, part in named.items() if part is not None}


@dataclass(frozen=True, slots=True)
class Text:
    """A short answer in words."""

    text: str


@dataclass(frozen=True, slots=True)
class Association:
    """A phrase of the exam and what it points to."""

    phrase: str
    points_to: str


Value = Quantity | Range | tuple[str, ...] | bool | Text | Association


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    url: str
    checked: date


@dataclass(frozen=True, slots=True)
class Was:
    """What the fact used to be, in free text; `until` is a month (`2023-11`) or a year; `belief` still holds it."""

    value: str
    until: str
    note: str = ""
    belief: str | None = None


@dataclass(frozen=True, slots=True)
class ExamExpects:
    """What the exam still expects where that differs from what AWS says now.

    `answer` is what the fact's question is answered with there, None where only the words differ, and `ask` how it is asked
    there, None where the fact's own question will do. `exams` are those whose questions expect it; none named means any.
    `changed` is the month in which AWS changed it, None where the exam simplifies or no month is known; `until` is the month
    in which the last of `exams` is given. `belief` holds the older view.
    """

    says: str
    answer: str | None = None
    ask: str | None = None
    exams: tuple[str, ...] = ()
    changed: str | None = None
    until: str | None = None
    belief: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so. `says` may hold {value} and, for a range, {min}, {max}, {step} and {default}.

    `adjustable` is None for what is not a quota. `rule` maps a field of the rulebook to the part of the value that it
    equals: `value`, or `min`, `max`, `step`, `default` of a range.
    """

    id: str
    topic: str
    name: str
    says: str
    value: Value
    source: Source
    adjustable: bool | None = None
    rule: Mapping[str, str] = field(default_factory=dict)
    exam: ExamExpects | None = None
    was: tuple[Was, ...] = ()

    @property
    def value_text(self) -> str:
        return value_text(self.value)

    @property
    def changed(self) -> str | None:
        """The month or year in which AWS last changed it, None if it never did or nobody knows when."""
        months = [*(was.until for was in self.was), *([self.exam.changed] if self.exam and self.exam.changed else [])]
        return max(months, default=None)

    @property
    def sentence(self) -> str:
        """What it says, with its value filled in."""
        sentence = self.says.replace("{value}", self.value_text)
        if isinstance(self.value, Range):
            for name, part in self.value.parts.items():
                sentence = sentence.replace("{" + name + "}", str(part))
        return sentence


Book = Mapping[str, Fact]


def value_text(value: Value) -> str:
    """The value as students read it: `900 s`, `128 to 10,240 MB in steps of 1 MB`, `S3, SNS and SQS`, `yes`."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Range():
            return _range_text(value)
        case tuple():
            return _listed(value)
        case Text():
            return value.text
        case Association():
            return value.points_to
        case Quantity():
            return str(value)


def _range_text(value: Range) -> str:
    said = [_bounds_text(value)] if value.min or value.max else []
    if value.step:
        said.append(f"in steps of {value.step}")
    text = " ".join(said)
    if value.default:
        text = f"{text}, {value.default} by default" if text else f"{value.default} by default"
    return text


def _bounds_text(value: Range) -> str:
    if value.min and value.max:
        low = value.min.amount_text if value.min.unit == value.max.unit else str(value.min)
        return f"{low} to {value.max}"
    return f"at most {value.max}" if value.max else f"at least {value.min}"


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


__all__ = [
    "NO_BREAK_SPACE",
    "Association",
    "Book",
    "ExamExpects",
    "Fact",
    "Quantity",
    "Range",
    "Source",
    "Text",
    "Value",
    "Was",
    "value_text",
]
