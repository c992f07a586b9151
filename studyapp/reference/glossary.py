"""Reads: the glossary, from A to Z."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from studyapp.content.models import Term


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its other forms, plurals left out: whoever reads the one knows the other."""

    term: Term
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    entries: tuple[Entry, ...]


def letters() -> tuple[Letter, ...]:
    """The letters under which terms are looked for, each with its terms. One query."""
    terms = sorted(Term.objects.filter(retired_at=None).select_related("fact"), key=_filed_under)
    by_letter = groupby(terms, key=lambda term: _filed_under(term)[0].upper())
    return tuple(Letter(name, tuple(Entry(term, _also(term)) for term in found)) for name, found in by_letter)


def _filed_under(term: Term) -> str:
    """A term's place in the alphabet: Amazon SQS is looked for under S, and $LATEST under L."""
    name = re.sub(r"^(Amazon|AWS) ", "", term.name) if term.kind == "service" else term.name
    return name.lstrip("$").casefold()


def _also(term: Term) -> tuple[str, ...]:
    return tuple(form for form in term.also if not _is_plural(form, [term.name, *term.also]))


def _is_plural(form: str, forms: Sequence[str]) -> bool:
    return any(form in (f"{one}s", f"{one}es", f"{one.removesuffix('y')}ies") for one in forms)
