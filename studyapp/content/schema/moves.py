"""content/moves.yaml: what one edition of an exam and the next have in other places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from studyapp.content.schema.common import Id, Line, Prose, Slug, Strict, Topic
from studyapp.content.schema.facts import Source


class Move(Strict):
    """One thing that is not where it was between DVA-C02 and DVA-C03."""

    id: Slug
    kind: Literal["date", "weight", "moved", "added", "removed", "aws"] = Field(
        description="What became of it; `aws` for what AWS itself changed."
    )
    says: Prose = Field(description="One or two sentences in our own words.")
    before: Line | None = Field(None, description="Where or what it was; not for what was added.")
    after: Line | None = Field(None, description="Where or what it is; not for what was removed.")
    topics: Annotated[
        tuple[Topic, ...], Field(strict=False, description="Topics of this course that it bears on.")
    ] = ()
    facts: Annotated[tuple[Id, ...], Field(strict=False, description="Facts of this course that it bears on.")] = ()
    source: Source

    @model_validator(mode="after")
    def has_both_sides(self) -> Move:
        if self.before is None and self.kind != "added":
            raise ValueError(f"is {self.kind} and needs before")
        if self.after is None and self.kind != "removed":
            raise ValueError(f"is {self.kind} and needs after")
        return self


class MoveFile(Strict):
    """content/moves.yaml"""

    moves: Annotated[tuple[Move, ...], Field(min_length=1, strict=False)]
