"""Rows of the reference tables, clues and beliefs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from studyapp.content.schema.common import Id, Line, Month, Prose, Settings, Slug, Strict

ROW = r"^\d{1,2}[a-z]?\.\d{1,2}$"
Facts = Annotated[tuple[Id, ...], Field(min_length=1, strict=False)]


class Row(Strict):
    """A line of the reference tables."""

    row: Annotated[str, Field(pattern=ROW)] = Field(description="Its number, quoted.")
    section: Annotated[int, Field(ge=1, le=10)]
    label: Line
    table_says: Prose = Field(description="What the table claims, in our own words.")
    verdict: Literal["correct", "imprecise", "simplified", "outdated", "wrong"]
    now: Prose = Field(description="What AWS says now, in one or two sentences.")
    facts: Facts = Field(description="What it holds; the main fact first.")


class RowFile(Strict):
    """content/rows.yaml"""

    rows: Annotated[tuple[Row, ...], Field(min_length=1, strict=False)]


class Clue(Strict):
    """A phrase of the exam and what it points to."""

    id: Slug
    row: Line = Field(description="The row of section 10 that it stands in, quoted.")
    fact: Id = Field(description="Its own association fact.")
    phrase: Line
    points_to: Line
    rests_on: Facts
    rivals: Annotated[tuple[Slug, ...], Field(strict=False, description="Clues it is mistaken for.")] = ()
    objectives: Annotated[tuple[Line, ...], Field(strict=False, description="Exam and domain, such as SAA-C03 D1.")]


class ClueFile(Strict):
    """content/clues/lambda.yaml"""

    clues: Annotated[tuple[Clue, ...], Field(min_length=1, strict=False)]


class Belief(Strict):
    """A wrong idea. With a patch or a misreading it can be run."""

    id: Slug
    says: Prose
    tempts: Prose = Field(description="Why people think so.")
    patch: Settings | None = Field(None, description="Fields of the rulebook, with the values that would make it true.")
    misreading: Line | None = Field(None, description="The name of a function of the true outcome.")
    refuted_by: Facts
    until: Month | None = Field(None, description="When it ceased to be true, quoted.")

    @model_validator(mode="after")
    def has_one_way_to_run(self) -> Belief:
        if self.patch and self.misreading:
            raise ValueError("has a patch and a misreading; keep one")
        return self


class BeliefFile(Strict):
    """content/beliefs/lambda.yaml"""

    beliefs: Annotated[tuple[Belief, ...], Field(min_length=1, strict=False)]
