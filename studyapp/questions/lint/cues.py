"""Rules about what gives a key away to someone who knows nothing of the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studyapp.questions.lint import clang, grammar
from studyapp.questions.lint.finding import Checked, Rule, hdr
from studyapp.questions.lint.subject import Reading, Subject

LONGER: Final = 1.25
VISIBLY: Final = 6
"""Letters by which a key has to be longer before anybody sees it."""
_STRONG = re.compile(
    r"\b(?:always|never|completely|absolutely|entirely|totally|impossible|in any case|under all circumstances|no matter what|"
    r"for ?ever|without exception|every single)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?<!at )(?<!-)\b(?:all|every|everything|everyone|everybody|nobody|nothing|none|only|any|anything|anyone|must)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:all|every|only|any) (?:the )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)", re.IGNORECASE
)


def _key_longest(subject: Subject) -> Iterator[str]:
    def says(reading: Reading) -> str | None:
        if reading.is_of_numbers or not reading.wrong:
            return None
        key, wrong = min(map(len, reading.keys)), max(map(len, reading.wrong))
        if key > LONGER * wrong and key - wrong >= VISIBLY:
            return f"the key has {key} letters and no other option more than {wrong}"
        return None

    yield from subject.mostly(says)


def _absolute(subject: Subject) -> Iterator[str]:
    """One strong word in a wrong option, or a weaker one in each of them, where the key has neither.

    A lone `Never`, and `all 40 calls`, are answers to how often and how many.
    """

    def says(reading: Reading) -> str | None:
        if any(_STRONG.search(key) or _WEAK.search(key) for key in reading.keys):
            return None
        strong = [text for text in reading.wrong if " " in text and _STRONG.search(text)]
        weak = [text for text in reading.wrong if _STRONG.search(text) or _WEAK.search(_AMOUNT.sub(" ", text))]
        if strong or (weak and len(weak) == len(reading.wrong)):
            return f"absolute words stand in wrong options alone: “{(strong or weak)[0]}”"
        return None

    yield from subject.mostly(says)


def _clang(subject: Subject) -> Iterator[str]:
    if subject.item.kind == "matching":
        yield from clang.of_pairs(subject)
    yield from subject.mostly(lambda reading: clang.of_key(subject, reading))


def _grammar(subject: Subject) -> Iterator[str]:
    yield from subject.mostly(lambda reading: grammar.cue(subject.question, reading))


RULES = (
    Checked(
        Rule("key-longest", "W", "The key is not longer than every other option by over 25 %.", hdr("24", "28d")),
        _key_longest,
    ),
    Checked(
        Rule(
            "absolute-words",
            "W",
            "Words like always and never, all and only, do not mark the wrong options.",
            hdr("28a"),
        ),
        _absolute,
    ),
    Checked(
        Rule("clang", "W", "A word of the stem does not come back in the key alone.", hdr("28b")),
        _clang,
    ),
    Checked(
        Rule(
            "grammar-cue",
            "W",
            "The key is not told by its grammar: article, number, tense, form of the first word.",
            hdr("28c"),
        ),
        _grammar,
    ),
)
