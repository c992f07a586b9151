"""Making a table equal to what the files say, with few statements, and counting what that took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

Wanted = Mapping[str, Mapping[str, Any]]
"""The fields of each row, by its slug."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were added, changed and retired."""

    added: int = 0
    changed: int = 0
    retired: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.added + other.added, self.changed + other.changed, self.retired + other.retired)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retired)


def rename(model: type[models.Model], formerly: Mapping[str, str]) -> None:
    """Give rows their new slugs, so that what points to them still does."""
    known = set(_table(model).filter(slug__in=[*formerly, *formerly.values()]).values_list("slug", flat=True))
    for old, new in formerly.items():
        if old in known and new not in known:
            _table(model).filter(slug=old).update(slug=new)


def sync(model: type[models.Model], key: str, wanted: Wanted, now: datetime, *, own: models.Q | None = None) -> Counts:
    """Add and change rows of `model` until they are as wanted, and retire the others; `own` says which are the files'.

    Every wanted row is taken out of retirement. Three statements, whatever the number of rows.
    """
    ours = _table(model).filter(own) if own else _table(model)
    existing = {getattr(row, key): row for row in ours}
    fresh = [model(**{key: name}, **fields) for name, fields in wanted.items() if name not in existing]
    changed = [
        _changed(existing[name], fields) for name, fields in wanted.items() if _differs(existing.get(name), fields)
    ]
    gone = [row.pk for name, row in existing.items() if name not in wanted and row.retired_at is None]
    columns = [*next(iter(wanted.values()), {}), "retired_at"]
    _table(model).bulk_create(fresh, batch_size=200)
    _overwrite(model, key, changed, columns)
    if gone:
        _table(model).filter(pk__in=gone).update(retired_at=now)
    return Counts(len(fresh), len(changed), len(gone))


def sync_places(model: type[models.Model], owner: str, wanted: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Give each owner its facts in order, in a table of owner, fact and position. Touches only the owners that differ."""
    kept: dict[int, list[int]] = {}
    for owner_id, fact_id in _table(model).order_by(owner, "position").values_list(f"{owner}_id", "fact_id"):
        kept.setdefault(owner_id, []).append(fact_id)
    changed = {owner_id: facts for owner_id, facts in wanted if kept.get(owner_id, []) != list(facts)}
    if changed:
        _table(model).filter(**{f"{owner}__in": changed}).delete()
        _table(model).bulk_create(
            model(**{f"{owner}_id": owner_id}, fact_id=fact_id, position=position)
            for owner_id, facts in changed.items()
            for position, fact_id in enumerate(facts)
        )


def _table(model: type[models.Model]) -> QuerySet[Any]:
    return QuerySet(model)


def _differs(row: models.Model | None, fields: Mapping[str, Any]) -> bool:
    if row is None:
        return False
    is_retired = row.retired_at is not None  # type: ignore[attr-defined]  # every model that is synced has it
    return is_retired or any(getattr(row, name) != value for name, value in fields.items())


def _changed(row: models.Model, fields: Mapping[str, Any]) -> models.Model:
    for name, value in {**fields, "retired_at": None}.items():
        setattr(row, name, value)
    return row


def _overwrite(model: type[models.Model], key: str, rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """One upsert: many times faster than bulk_update, whose CASE grows with every row and column."""
    if rows:
        _table(model).bulk_create(
            rows, batch_size=200, update_conflicts=True, unique_fields=[key], update_fields=columns
        )
