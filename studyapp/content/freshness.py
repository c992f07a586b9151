"""Which facts of the course should be looked up again, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from studyapp.facts import freshness
from studyapp.facts.book import Fact


@dataclass(frozen=True, slots=True)
class Due:
    """A fact whose check holds until `on`; `kind` says why so long."""

    fact: Fact
    kind: freshness.Kind
    on: date
    is_stale: bool

    def as_json(self) -> dict[str, Any]:
        source = self.fact.source
        return {
            "fact": self.fact.id,
            "kind": self.kind,
            "checked": source.checked.isoformat(),
            "due": self.on.isoformat(),
            "stale": self.is_stale,
            "title": source.title,
            "url": source.url,
        }


def due(facts: Iterable[Fact], today: date, days: int = 0) -> list[Due]:
    """The facts past their day, or within `days` of it, in the order of the course."""
    end = today + timedelta(days=days)
    return [
        Due(fact, freshness.kind(fact), freshness.due_on(fact), freshness.is_stale(fact, today))
        for fact in facts
        if freshness.is_stale(fact, today) or (days and freshness.due_on(fact) <= end)
    ]
