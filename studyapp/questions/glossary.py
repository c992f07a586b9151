"""Words of the trade: what they mean, how else they are written, and how AWS does not write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

TermKind = Literal["term", "acronym", "service"]
TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)


@dataclass(frozen=True, slots=True)
class Term:
    """`also` are other ways to write it (plurals, short forms), `never` ways that AWS does not use for a service's name."""

    name: str
    says: str
    kind: TermKind = "term"
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    fact: str | None = None

    def __hash__(self) -> int:
        """Of the name alone: glossaries are kept by their terms, and looked up for every question that is loaded."""
        return hash(self.name)

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way in which it may be written."""
        return (self.name, *self.also)

    @property
    def slug(self) -> str:
        """Its name in addresses: small letters, digits and hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def is_marked(self) -> bool:
        """Whether texts offer what it means. A service is known by its name, and is marked only where a fact says more."""
        return self.kind != "service" or self.fact is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A term where it stands in a text: the letters from `start` to `end`."""

    term: Term
    start: int
    end: int


class Glossary:
    """Terms that can be found in texts. Of two that begin at one place the longer is found: dead-letter queue, not queue."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: Sequence[Term] = tuple(terms)
        self._by_form = {key(form): term for term in self.terms for form in term.forms}
        forms = [form for term in self.terms for form in term.forms]
        self._any = re.compile(rf"(?<![\w-])(?:{_any_of(forms)})(?![\w-])") if forms else None

    def find(self, text: str) -> Iterator[Found]:
        """Each term once, where it stands first in `text`, in the order of the text."""
        seen: set[str] = set()
        for found in self._any.finditer(text) if self._any else ():
            term = self._by_form[key(found[0])]
            if term.name not in seen:
                seen.add(term.name)
                yield Found(term, found.start(), found.end())

    def named(self, form: str) -> Term | None:
        return self._by_form.get(key(form))


@lru_cache(maxsize=256)
def glossary(terms: tuple[Term, ...]) -> Glossary:
    """A glossary of these terms, made ready once: pages show the same few again and again."""
    return Glossary(terms)


def key(form: str) -> str:
    """What spellings of one form have in common: capitals count within acronyms and names, not at the start of a sentence."""
    words = " ".join(form.split())
    return words[:1].lower() + words[1:] if words[1:] == words[1:].lower() else words


def _any_of(forms: Iterable[str]) -> str:
    """The longest form that stands at a place. By first letters: hundreds of forms are not tried at each word."""
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_letter.setdefault(form[0].lower(), []).append(_pattern(form))
    groups = ((re.escape(letter + letter.upper()), "|".join(written)) for letter, written in by_letter.items())
    return "|".join(f"(?=[{letters}])(?:{written})" for letters, written in groups)


def _pattern(form: str) -> str:
    """The form with any white space between its words, and with a capital where a sentence may begin."""
    written = r"\s+".join(re.escape(word) for word in form.split())
    first = form[:1]
    is_plain = form[1:] == form[1:].lower() and first.isalpha()
    return f"[{first.lower()}{first.upper()}]{written[1:]}" if is_plain else written
