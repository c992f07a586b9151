"""The plainest row, fact and clue, beside the course that every test finds loaded. Numbers begin where the course ends."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from studyapp.content.models import Clue, Fact, Row, Verdict

CHECKED, DUE = date(2026, 11, 23), date(2027, 5, 22)


class FactFactory(DjangoModelFactory[Fact]):
    class Meta:
        model = Fact

    slug = factory.Sequence(lambda n: f"lambda.vpc.made-up-{n}")
    topic = "lambda.vpc"
    section = 7
    position = factory.Sequence(lambda n: 10_000 + n)
    name = factory.Sequence(lambda n: f"Made-up fact {n}")
    says = "Something takes 7 s."
    source_title = "Lambda quotas"
    source_url = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
    checked_on = CHECKED

    @factory.lazy_attribute
    def body(self) -> dict[str, Any]:
        return fact_body(self.name, self.says)


def fact_body(name: str, says: str, **parts: Any) -> dict[str, Any]:
    """As `content.bodies.fact_body` gives it."""
    return {
        "name": name,
        "says": says,
        "value_text": "7\u00a0s",
        "amount": "7",
        "unit": "s",
        "adjustable": None,
        "topic": "lambda.vpc",
        "source": {
            "title": "Lambda quotas",
            "url": "https://docs.aws.amazon.com/",
            "checked": CHECKED.isoformat(),
            "due": DUE.isoformat(),
        },
        "exam": None,
        "was": [],
        **parts,
    }


class RowFactory(DjangoModelFactory[Row]):
    class Meta:
        model = Row
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"7.{90 + n}")
    section = 7
    position = factory.Sequence(lambda n: 10_000 + n)
    label = factory.Sequence(lambda n: f"Made-up row {n}")
    table_says = "Something takes 5 s."
    verdict = Verdict.WRONG
    now = "It takes 7 s."

    @factory.post_generation
    def facts(self, _create: bool, facts: list[Fact] | None, **_: Any) -> None:
        for position, fact in enumerate(facts or []):
            self.rowfact_set.create(fact=fact, position=position)  # type: ignore[attr-defined]  # the row that was made


class ClueFactory(DjangoModelFactory[Clue]):
    class Meta:
        model = Clue

    slug = factory.Sequence(lambda n: f"made-up-{n}")
    row = factory.SubFactory(RowFactory)
    fact = factory.SubFactory(FactFactory)
    phrase = factory.Sequence(lambda n: f"Made-up phrase {n}")
    points_to = "A made-up answer"
    rests_on: list[str] = []
    rivals: list[str] = []
    objectives = ["SAA-C03 D1"]
