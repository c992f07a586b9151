"""What a page can explain: facts that its texts refer to, and words of the glossary."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from studyapp.questions.glossary import Term, glossary


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its meaning, as `components/meanings.html` shows it. `id` is its own on a page, `url` where a fact says more."""

    id: str
    name: str
    says: str
    url: str = ""


def word(term: Term, url: str = "") -> Word:
    return Word(f"word-{term.slug}", term.name, term.says, url)


@dataclass(frozen=True, slots=True)
class Marked:
    """A word of the glossary where it stands in a text, as it is written there."""

    word: Word
    text: str


class Meanings(dict[str, Any]):
    """Facts by id, as `prose` takes them, and the words that texts may mark.

    It remembers what was marked: a page shows its texts, and then the meaning of each word `marked` in them, once.
    """

    def __init__(
        self, facts: Mapping[str, Any], terms: Iterable[Term], url_of: Callable[[str], str] = lambda fact: ""
    ) -> None:
        super().__init__(facts)
        self._glossary = glossary(tuple(term for term in terms if term.is_marked))
        self._url_of = url_of
        self._marked: dict[str, Word] = {}

    @property
    def marked(self) -> tuple[Word, ...]:
        """The words marked so far, by name."""
        return tuple(sorted(self._marked.values(), key=lambda word: word.name.casefold()))

    def split(self, text: str, seen: set[str]) -> Iterator[str | Marked]:
        """The parts of a text: what is to be marked in it, and what stands between. `seen` has the words of its block so far."""
        end = 0
        for found in self._glossary.find(text):
            if found.term.name not in seen:
                seen.add(found.term.name)
                yield text[end : found.start]
                yield Marked(self._mark(found.term), text[found.start : found.end])
                end = found.end
        yield text[end:]

    def _mark(self, term: Term) -> Word:
        return self._marked.setdefault(term.name, word(term, self._url_of(term.fact) if term.fact else ""))
