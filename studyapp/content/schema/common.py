"""What every kind of content file shares: strictness, ids, and texts with references."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from studyapp.content.sections import TITLES


class Strict(BaseModel):
    """Unknown keys are refused, and nothing is converted: a number where text belongs is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank")
    return text.strip()


def _topic(text: str) -> str:
    if text.removeprefix("lambda.") not in TITLES or not text.startswith("lambda."):
        raise ValueError(f"{text} is not a topic; the topics are lambda. followed by one of {', '.join(TITLES)}")
    return text


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a date; write it as 2026-11-23") from None
    return text


def _month(text: str) -> str:
    year, _, month = text.partition("-")
    is_year = year.isdecimal() and len(year) == 4
    if not is_year or (month and not (month.isdecimal() and len(month) == 2 and 1 <= int(month) <= 12)):
        raise ValueError(f'{text} is not a month or a year; write "2023-11" or "2023"')
    return text


def _https(text: str) -> str:
    if not text.startswith("https://") or " " in text or "." not in text[8:]:
        raise ValueError(f"{text} is not an https address")
    return text


def at_most_words(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        words = len(text.split())
        if words > limit:
            raise ValueError(f"has {words} words; at most {limit}")
        return text

    return AfterValidator(check)


Line = Annotated[str, AfterValidator(_not_blank)]
Prose = Annotated[str, AfterValidator(_not_blank)]
"""May hold `{{ lambda.topic.fact }}`, which shows that fact's value and links to its source."""
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID = r"^lambda(\.[a-z0-9]+(-[a-z0-9]+)*){2,}$"
Slug = Annotated[str, Field(pattern=SLUG)]
Id = Annotated[str, Field(pattern=ID)]
Topic = Annotated[str, AfterValidator(_topic)]
Day = Annotated[str, AfterValidator(_day)]
Month = Annotated[str, AfterValidator(_month)]
Https = Annotated[str, AfterValidator(_https)]
Settings = dict[str, JsonValue]
"""Dotted paths into a scenario, each with its value."""
Formerly = Annotated[tuple[Id, ...], Field(description="Ids that it had before; the record of a rename.", strict=False)]


class Named(Strict):
    """What has an id of its own: a fact, a scenario, an item."""

    id: Id = Field(description="Begins with the topic; never changes.")
    formerly: Formerly = ()
