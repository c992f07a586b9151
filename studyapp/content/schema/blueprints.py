"""content/blueprints/lambda.yaml: what a whole mock exam asks, section by section."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from studyapp.content.schema.common import Line, Slug, Strict

Weight = Annotated[int, Field(ge=1)]
Size = Annotated[int, Field(ge=1)]


class Weights(Strict):
    """How many questions of a whole exam each section of the tables gets. Every section has at least one."""

    overview: Weight
    configuration: Weight
    packaging: Weight
    versions: Weight
    triggers: Weight
    errors: Weight
    vpc: Weight
    concurrency: Weight
    security: Weight
    clues: Weight


class Blueprint(Strict):
    """A mock exam's outline: how many questions of each section, and in how many minutes."""

    id: Slug
    title: Line
    questions: int = Field(ge=1, le=200, description="Of the whole exam; the weights sum to it.")
    minutes: int = Field(ge=1, le=600, description="For the whole exam; a shorter one has its share.")
    weights: Weights = Field(description="Questions of each section.")
    sizes: Annotated[
        tuple[Size, ...],
        Field(min_length=1, strict=False, description="How many questions a sitting can have, the whole exam first."),
    ]

    @model_validator(mode="after")
    def adds_up(self) -> Blueprint:
        total = sum(self.weights.model_dump().values())
        if total != self.questions:
            raise ValueError(f"has weights that sum to {total}; the whole exam has {self.questions} questions")
        if self.sizes[0] != self.questions:
            raise ValueError(f"begins its sizes with {self.sizes[0]}; the whole exam has {self.questions} questions")
        for size in self.sizes:
            if size > self.questions or self.minutes * size % self.questions:
                raise ValueError(f"has a size of {size}, which is no whole number of its {self.minutes} minutes")
        return self


class BlueprintFile(Strict):
    """content/blueprints/lambda.yaml"""

    blueprints: Annotated[tuple[Blueprint, ...], Field(min_length=1, strict=False)]
