"""content/glossary.yaml: words of the trade."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from studyapp.content.schema.common import Id, Line, Strict, at_most_words


class Term(Strict):
    """A word that questions use, an acronym, or the name of a service."""

    name: Line = Field(description="As AWS writes it.")
    kind: Literal["term", "acronym", "service"] = "term"
    says: Annotated[Line, at_most_words(40)] = Field(description="What it means, in one or two plain sentences.")
    also: Annotated[tuple[Line, ...], Field(strict=False, description="Plurals, short forms and other spellings.")] = ()
    never: Annotated[
        tuple[Line, ...], Field(strict=False, description="Spellings that the linter reports: SQS Service, Dynamo DB.")
    ] = ()
    fact: Id | None = Field(None, description="The fact that says more.")

    @model_validator(mode="after")
    def is_written_one_way(self) -> Term:
        twice = {form for form in (self.name, *self.also) if form in self.never}
        if twice:
            raise ValueError(f"never: {min(twice)} is a way to write it")
        return self


class GlossaryFile(Strict):
    """content/glossary.yaml"""

    terms: Annotated[tuple[Term, ...], Field(min_length=1, strict=False)]
