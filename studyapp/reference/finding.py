"""Search: every word of what was typed begins a word of what is found. No query: texts in, hits out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from studyapp.content.sections import SECTIONS

Kind = Literal["fact", "clue", "row", "question"]
KINDS: tuple[Kind, ...] = ("fact", "clue", "row", "question")
LONGEST = 100  # characters of a query
MOST = 30  # hits
_LINE = 220  # characters of a hit's line
_WEIGHTS = (4, 2, 1)  # what a word counts in a title, a value, a sentence
_STEM_WEIGHTS = (1, 1, 1)  # a question's title is a sentence

_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `slug` names its page: a fact's id (a question's too), a clue's id, a row's number.

    `fields` are its texts made ready, title, value and sentences: lower case, thousands without commas, a space before each word.
    """

    kind: Kind
    slug: str
    section: int
    title: str
    texts: tuple[str, ...]
    fields: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, its words marked. Both texts are safe HTML; a question has no line."""

    entry: Entry
    title: SafeString
    line: SafeString

    @property
    def kind(self) -> str:
        return f"Row {self.entry.slug}" if self.entry.kind == "row" else self.entry.kind.capitalize()

    @property
    def topic(self) -> str:
        return SECTIONS[self.entry.section]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a query: the best hits, and how many there were in all. `is_cut`: the query was longer than LONGEST."""

    text: str
    is_cut: bool
    hits: tuple[Hit, ...]
    total: int


def entry(kind: Kind, slug: str, section: int, *, title: str, value: str = "", texts: Iterable[str] = ()) -> Entry:
    """`texts` may hold Markdown's backticks; what is shown of them is plain."""
    plain_title, plain_texts = _plain(title), tuple(_plain(text) for text in texts if text)
    fields = (_ready(plain_title), _ready(value), _ready(" ".join(plain_texts)))
    return Entry(kind, slug, section, plain_title, plain_texts, fields)


def find(entries: Iterable[Entry], typed: str) -> Found:
    """The entries that hold every word of `typed`; words in a title count most, then those in a value."""
    text = typed.strip()[:LONGEST].strip()
    words = tuple(dict.fromkeys(_ready(text).split()))
    scored = [(score, each) for each in entries if (score := _score(each, words))]
    scored.sort(key=lambda pair: (-pair[0], KINDS.index(pair[1].kind), len(pair[1].title)))
    marks = _marks(words)
    hits = tuple(Hit(each, _marked(each.title, marks), _line(each, words, marks)) for _, each in scored[:MOST])
    return Found(text, len(typed.strip()) > LONGEST, hits, len(scored))


def _plain(text: str) -> str:
    return text.replace("`", "").replace("**", "").strip()


def _ready(text: str) -> str:
    return " " + _NO_WORD.sub(" ", _THOUSANDS.sub("", text.lower())).strip()


def _score(each: Entry, words: Sequence[str]) -> int:
    """0 if a word is missing, or if there are no words."""
    weights = _STEM_WEIGHTS if each.kind == "question" else _WEIGHTS
    total = 0
    for word in words:
        best = next((weight for weight, field in zip(weights, each.fields, strict=True) if f" {word}" in field), 0)
        if not best:
            return 0
        total += best
    return total


def _marks(words: Sequence[str]) -> re.Pattern[str]:
    """Finds the beginnings of words in a text as it is written, where 1000 is 1,000."""
    spelled = (
        "".join(f"{re.escape(sign)},?" if sign.isdigit() else re.escape(sign) for sign in word) for word in words
    )
    longest_first = sorted(spelled, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?<!,)", re.IGNORECASE)


def _line(each: Entry, words: Sequence[str], marks: re.Pattern[str]) -> SafeString:
    """The sentence that holds most of the words, the first of them if it is a draw."""
    if not each.texts:
        return SafeString("")
    best = max(each.texts, key=lambda text: sum(f" {word}" in _ready(text) for word in words))
    return _marked(_cut(best, marks), marks)


def _cut(text: str, marks: re.Pattern[str]) -> str:
    """About 220 characters around the first word found, whole words only."""
    if len(text) <= _LINE:
        return text
    found = marks.search(text)
    start = max(0, min(found.start() - _LINE // 3 if found else 0, len(text) - _LINE))
    piece = text[start : start + _LINE]
    if start:
        piece = "… " + piece.partition(" ")[2]
    if start + _LINE < len(text):
        piece = piece.rpartition(" ")[0] + " …"
    return piece


def _marked(text: str, marks: re.Pattern[str]) -> SafeString:
    parts, end = [], 0
    for found in marks.finditer(text):
        parts += [escape(text[end : found.start()]), "<mark>", escape(found[0]), "</mark>"]
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - each piece of text is escaped
