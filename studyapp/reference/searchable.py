"""Reads: all that search can find, made ready once and again when any of it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from studyapp.content.models import Clue, Fact, Item, Revision, Row
from studyapp.content.texts import REFERENCE
from studyapp.questions.filling import placeholders
from studyapp.reference.finding import Entry, entry
from studyapp.ui.words import month

Read = tuple[tuple[Any, ...], ...]


def entries() -> tuple[Entry, ...]:
    """Current facts, rows, clues and questions' stems; of a question nothing else. Four queries.

    What they give is the cache's key, so no worker ever searches an older course. A course not seen before costs one more.
    """
    facts = Fact.objects.current().values_list("slug", "section", "name", "says", "body")
    rows = Row.objects.filter(retired_at=None).values_list("number", "section", "label", "table_says", "now")
    clues = Clue.objects.filter(retired_at=None).values_list("slug", "row__section", "phrase", "points_to")
    items = Item.objects.visible_to(None).values_list("fact__slug", "section", "stem", "revision")
    told = ((*rest, body["value_text"], _told(body)) for *rest, body in facts)
    return _ready(tuple(told), tuple(rows), tuple(clues), tuple(items))


def _told(body: Mapping[str, Any]) -> tuple[str, ...]:
    """What the exam says and what was, as sentences to find a fact by."""
    exam = (f"The exam says: {body['exam']['says']}",) if body["exam"] else ()
    return (*exam, *(f"Until {month(was['until'])}: {was['value']}" for was in body["was"]))


@lru_cache(maxsize=2)
def _ready(facts: Read, rows: Read, clues: Read, items: Read) -> tuple[Entry, ...]:
    values = {slug: value for slug, _, _, _, value, _ in facts}
    drawn = _drawn_stems(items)
    return (
        *(
            entry("fact", slug, section, title=name, value=value, texts=(says, *told))
            for slug, section, name, says, value, told in facts
        ),
        *(
            entry("clue", slug, section, title=phrase, value=points_to, texts=(points_to,))
            for slug, section, phrase, points_to in clues
        ),
        *(
            entry("row", number, section, title=label, value=number, texts=(says, _spelled(now, values)))
            for number, section, label, says, now in rows
        ),
        *(
            entry("question", slug, section, title=drawn.get(revision) or stem)
            for slug, section, stem, revision in items
        ),
    )


def _drawn_stems(items: Read) -> dict[int, str]:
    """By revision, the stems that have something to fill in, as their first proved seed fills them."""
    wanted = [revision for *_, stem, revision in items if revision and placeholders(stem)]
    revisions = Revision.objects.filter(pk__in=wanted)
    return {revision.pk: revision.variant(revision.seeds[0]).stem for revision in revisions}


def _spelled(text: str, values: Mapping[str, str]) -> str:
    """A text whose `{{ fact }}` are their values."""
    return REFERENCE.sub(lambda found: values.get(found[1], ""), text)
