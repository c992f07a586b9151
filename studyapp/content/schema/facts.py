"""content/facts/lambda/<topic>.yaml: what is so, with its source, and how it is asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from studyapp.content.schema.common import (
    Day,
    Https,
    Line,
    Month,
    Named,
    Prose,
    Slug,
    Strict,
    Topic,
    at_most_words,
)
from studyapp.facts.quantity import BadQuantity, parse


def _quantity(text: str) -> str:
    try:
        quantity = parse(text)
    except BadQuantity as error:
        raise ValueError(f'{error}; words go in {{text: "..."}}') from None
    if not quantity.unit:
        raise ValueError(f'{text} needs its unit, for example "{text} executions per Region"')
    return text


QuantityText = Annotated[str, AfterValidator(_quantity)]


class RangeValue(Strict):
    """Where a setting may lie: any of the four, each a quantity."""

    min: QuantityText | None = None
    max: QuantityText | None = None
    step: QuantityText | None = None
    default: QuantityText | None = None

    @model_validator(mode="after")
    def has_a_part(self) -> RangeValue:
        if not self.model_fields_set:
            raise ValueError("needs at least one of min, max, step and default")
        return self


class TextValue(Strict):
    """A short answer in words."""

    text: Annotated[Line, at_most_words(12)]


class AssociationValue(Strict):
    """A phrase of the exam and what it points to."""

    phrase: Line
    points_to: Line


def _shape(value: object) -> str:
    """The tag of the shape that `value` means to have. Tags hold a space, so that no key of a file is one of them."""
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, list | tuple):
        return "a set"
    if isinstance(value, dict):
        return (
            "a text" if "text" in value else "an association" if {"phrase", "points_to"} & value.keys() else "a range"
        )
    models = ((TextValue, "a text"), (AssociationValue, "an association"), (RangeValue, "a range"))
    return next((tag for model, tag in models if isinstance(value, model)), "a quantity")


Value = Annotated[
    Annotated[QuantityText, Tag("a quantity")]
    | Annotated[RangeValue, Tag("a range")]
    | Annotated[tuple[Line, ...], Field(min_length=2, strict=False), Tag("a set")]
    | Annotated[bool, Tag("yes or no")]
    | Annotated[TextValue, Tag("a text")]
    | Annotated[AssociationValue, Tag("an association")],
    Discriminator(_shape),
]


Rule = Annotated[
    Annotated[Line, Tag("a field")]
    | Annotated[dict[str, Literal["value", "min", "max", "step", "default"]], Tag("fields and parts")],
    Discriminator(lambda rule: "fields and parts" if isinstance(rule, dict) else "a field"),
]


class Source(Strict):
    """Where it is written, and when someone looked."""

    title: Line
    url: Https
    checked: Day = Field(description="The day it was last checked, quoted.")


Exam = Literal["DVA-C02", "DVA-C03", "SAA-C03", "SOA-C03"]


class Was(Strict):
    """What it used to be."""

    value: Line
    until: Month = Field(description="Month or year of the change, quoted.")
    note: Line | None = None
    belief: Slug | None = Field(None, description="The belief that still holds it.")


class ExamExpects(Strict):
    """What the exam still expects, where that differs. AWS publishes no key: this is a judgement."""

    says: Prose
    answer: Line | None = Field(
        None, description="What the exam answers the fact's question with, where that is not what AWS says now."
    )
    ask: Annotated[Line, at_most_words(40)] | None = Field(
        None, description="How the exam's question asks, where the fact's own speaks of today."
    )
    exams: Annotated[
        tuple[Exam, ...],
        Field(strict=False, description="Whose questions expect it, such as DVA-C02; unless given, any."),
    ] = ()
    changed: Month | None = Field(
        None, description="When AWS changed it, quoted; not for a simplification, nor where the month cannot be found."
    )
    until: Month | None = Field(None, description="The last month in which one of the exams is given, quoted.")
    belief: Slug | None = Field(None, description="The belief that holds the older view.")

    @model_validator(mode="after")
    def has_what_its_parts_are_about(self) -> ExamExpects:
        if self.ask and not self.answer:
            raise ValueError("has ask and no answer: give the exam's answer, or leave ask out")
        if self.until and not self.exams:
            raise ValueError("has until and no exams: name those that end then")
        return self


class Wrong(Strict):
    """A wrong answer: plausible, of the same kind and length as the right one, certainly wrong."""

    text: Line
    why: Prose = Field(description="What choosing it shows, and why it is wrong.")
    belief: Slug | None = Field(None, description="The belief that tempts to it.")


class Asked(Strict):
    """One way to ask for a fact."""

    ask: Annotated[Line, at_most_words(40)] = Field(
        description="A full question, answerable without seeing the options."
    )
    answer: Line | None = Field(None, description="The right answer; the formatted value unless given.")
    why: Prose = Field(description="The reason shown at the right answer.")
    wrong: Annotated[tuple[Wrong, ...], Field(min_length=3, max_length=6, strict=False)]
    accepts: dict[Slug, Prose] = Field(
        {}, description="Rules of the linter that the question breaks, each with the reason why it may."
    )


class Recall(Asked):
    """The question drawn from a fact, and perhaps the way back from the value to what it limits."""

    back: Asked | None = None
    typed: bool = Field(
        True,
        description="A question whose answer is a number may also be asked without options; `no` where it makes no sense.",
    )


class Fact(Named):
    """One thing that is so."""

    name: Line = Field(description="Short, in sentence case.")
    says: Prose = Field(
        description="One or two sentences in our own words. {value} shows the value; a range has {min}, {max}, {step}, {default}."
    )
    value: Value = Field(description="A quantity with its unit, a range, a set, yes or no, a text, or an association.")
    adjustable: bool | None = Field(None, description="For a quota: can AWS raise it?")
    rule: Rule | None = Field(
        None, description="The field of the rulebook that it governs, or a mapping from field to part of the value."
    )
    exam_expects: ExamExpects | None = None
    source: Source
    was: Annotated[tuple[Was, ...], Field(strict=False, description="Former values, newest first.")] = ()
    recall: Recall = Field(description="Every fact has a question.")


class FactFile(Strict):
    """The facts of one topic."""

    topic: Topic
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, strict=False)]
