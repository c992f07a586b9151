"""The words of the glossary that stand beside a question before its answer.

A word is no hint. The words of the stem are explained, but for what the question asks about. Of the options only acronyms are,
and none where one of them has to be known to choose: what "reserved concurrency" means is often the answer itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from studyapp.questions.bodies import read_terms
from studyapp.questions.glossary import Glossary, Term, glossary
from studyapp.questions.variants import Variant
from studyapp.ui.meanings import Word, word

_UNSEEN = frozenset({"numeric", "reveal"})
"""Kinds whose options are not shown before the answer."""
_CODE = re.compile(r"`[^`]*`")


def offered(body: Mapping[str, Any], variant: Variant) -> tuple[Word, ...]:
    """The words of a revision's variant, by name; without links, which lead to answers."""
    words = glossary(read_terms(body.get("terms", {})))
    asked = set(body["item"]["facts"])
    beside = _acronyms(words, _shown(variant))
    terms = _found(words, [variant.stem]) | (set() if any(term.fact in asked for term in beside) else beside)
    return tuple(word(term) for term in sorted(terms, key=lambda term: term.name.casefold()) if term.fact not in asked)


def _shown(variant: Variant) -> Iterator[str]:
    """What a question shows besides its stem."""
    if variant.kind not in _UNSEEN:
        yield from (option.text for option in variant.options)
        yield from (answer.text for answer in variant.answers)


def _acronyms(words: Glossary, texts: Iterable[str]) -> set[Term]:
    """Those in `texts`; none if a text is nothing but one of them."""
    texts = [text.strip(" .") for text in texts]
    found = {term for term in _found(words, texts) if term.kind == "acronym"}
    return set() if any(form in texts for term in found for form in term.forms) else found


def _found(words: Glossary, texts: Iterable[str]) -> set[Term]:
    return {found.term for text in texts for found in words.find(_CODE.sub(" ", text))}
