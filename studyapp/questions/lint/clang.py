"""Clang: a word of the question comes back in the right answer, and in no wrong one, so that sounds tell the key.

Left out of account: everyday words of the subject, units, and names from the glossary, which an option needs as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from studyapp.questions.glossary import Term
from studyapp.questions.lint import words
from studyapp.questions.lint.subject import Reading, Subject

_EVERYDAY: Final = words.listed(
    "function functions lambda event events request requests queue queues message messages invocation invocations run runs code "
    "service services times call calls account record records batch setting settings version versions value values data "
    "number numbers default environment environments concurrency memory execution executions invoke invoked invokes manage managed "
    "second seconds minute minutes hour hours month months year years"
)
_ROOTS: Final = frozenset(map(words.root, _EVERYDAY))


def of_key(subject: Subject, reading: Reading) -> str | None:
    """The stem's word that the key repeats, if no wrong option repeats any."""
    stem = _telling(subject, subject.stem)
    ours = {word for key in reading.keys for word in _telling(subject, key)} & stem
    theirs = {word for text in reading.wrong for word in _telling(subject, text)} & stem
    if ours and not theirs:
        return f"the key repeats “{sorted(ours)[0]}…” from the stem, and no wrong option repeats anything"
    return None


def of_pairs(subject: Subject) -> Iterator[str]:
    """Each line that shares a word with its own answer and with no other."""
    answers = Counter(word for answer in subject.item.answers for word in _telling(subject, answer))
    for option in subject.item.options:
        shared = _telling(subject, option.text) & _telling(subject, option.answer or "")
        if alone := sorted(word for word in shared if answers[word] == 1):
            yield f"“{option.text}” and its answer share “{alone[0]}…”, which stands in no other answer"


def _telling(subject: Subject, text: str) -> frozenset[str]:
    """The roots of the words that could tell."""
    return words.content(_names(subject.world.terms).sub(" ", text)) - _ROOTS


@lru_cache(maxsize=4)
def _names(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Any name of the glossary, the longest that stands there; nothing if the glossary is empty."""
    forms = sorted((re.escape(form) for term in terms for form in term.forms), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b" if forms else r"(?!)", re.IGNORECASE)
