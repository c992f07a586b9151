"""Rules about names: acronyms that the glossary knows, services as AWS writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from studyapp.questions.glossary import Term
from studyapp.questions.lint import words
from studyapp.questions.lint.finding import HOUSE, Checked, Rule, hdr
from studyapp.questions.lint.subject import Subject

_ACRONYM = re.compile(r"(?<![\w.$/:_-])[A-Z][A-Z0-9]{1,5}(?=s?(?![\w_(/:]|[.-]\w))")
_WORD = re.compile(r"\w+")
_KNOWN = words.listed("NOT NEVER EXCEPT CANNOT NONE ALL AND OR NO ONE TWO ONLY KB MB GB TB USD")
"""Words in capitals, and units."""


def _unknown_acronym(subject: Subject) -> Iterator[str]:
    if not subject.world.terms or subject.repeats:
        return
    known = _KNOWN | {word for term in subject.world.terms for form in term.forms for word in _WORD.findall(form)}
    texts = [subject.stem, *(text for option in subject.item.options for text in (option.text, option.answer or ""))]
    used = {acronym for text in texts for acronym in _ACRONYM.findall(words.without_code(text))}
    if unknown := sorted(used - known):
        yield f"the glossary does not have {', '.join(unknown)}"


def _service_name(subject: Subject) -> Iterator[str]:
    pattern, names = _spellings(subject.world.terms)
    texts = [] if subject.repeats else [subject.stem]
    texts += [text for option in subject.item.options for text in (option.text, option.why, option.answer or "")]
    found = {spelling for text in texts for spelling in pattern.findall(words.without_code(text)) if spelling in names}
    yield from (f"“{wrong}” is written “{names[wrong]}”" for wrong in sorted(found))


@lru_cache(maxsize=4)
def _spellings(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Any spelling, the longest that stands there, so that no wrong one is found within a right one; and wrong to right."""
    names = {wrong: term.name for term in terms for wrong in term.never}
    spellings = sorted([*names, *(form for term in terms for form in term.forms)], key=len, reverse=True)
    any_of_them = "|".join(map(re.escape, spellings)) or "(?!)"
    return re.compile(rf"(?<![\w.:/-])(?:{any_of_them})(?![\w:/-]|\.\w)"), names


RULES = (
    Checked(Rule("unknown-acronym", "I", "Acronyms stand in the glossary.", hdr("8")), _unknown_acronym),
    Checked(Rule("service-name", "I", "Services are written as AWS writes them.", HOUSE), _service_name),
)
