"""Rules about how a stem is worded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studyapp.questions.lint import words
from studyapp.questions.lint.finding import HOUSE, Checked, Rule, hdr
from studyapp.questions.lint.subject import Subject

LONGEST_STEM: Final = 120
_NEGATIVE = re.compile(r"\b(?:not|never|cannot|except|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_NEGATIVE_OPTION = re.compile(r"\b(?:not|never|cannot|neither|nor)\b|n['’]t\b|^no\b", re.IGNORECASE)
_MARKED = re.compile(r"\b(?:NOT|NEVER|CANNOT|EXCEPT|NEITHER|NOR)\b|\*\*(?:not|never|cannot|except|neither|nor)\*\*")
_HARMLESS = re.compile(
    r"\b(?:but|and|or|if|whether or|why|why \w+(?: \w+){0,3}) not\b|\bnot (?:only|more than|at all)\b|\bnot yet\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=\w),? (?:that|which|who|whose|if|when|while|because|although|though|so that|after|before|until|unless|since|as|where"
    r"|to)\b",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"^\W*(?:and )?(?:why|how)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"\bwhich (?:one )?of (?:these|the following|the options|the answers)\b|\b(?:is|are) the following\b|\bthe following\W*$"
    r"|\bwhich (?:statement|option|claim|sentence)s? (?:about|on|best|describes?|applies|apply)\b|\bwhat is true\b"
    r"|\bwhich (?:(?:one|statement|option|claim|sentence|answer)s? )?(?:is|are) (?:true|correct|right|wrong|false)\b",
    re.IGNORECASE,
)
_EXCLUDES = re.compile(
    r"\b(?:(?i:he|she|him|his|hers|her|himself|herself|guys?|man-?hours?|manpower|mankind|man-?days?|chairman|salesman|housewife|"
    r"businessm[ae]n|middlem[ae]n|foreman|grandfathered|sanity check|blacklist\w*|whitelist\w*)|"
    r"Alice|Bob|John|Jane|Mary|Mike|Peter|Susan|David|Sarah|Carol|Dave)\b"
)


def asks_negatively(question: str) -> bool:
    """Whether the main clause of a question asks for what is not so. Why something does not work is asked plainly."""
    if _EXPLAINS.search(question):
        return False
    main = _CLAUSE.split(words.without_code(question), maxsplit=1)[0]
    return bool(_NEGATIVE.search(_HARMLESS.sub(" ", main)))


def _negative_stem(subject: Subject) -> Iterator[str]:
    if subject.repeats or not asks_negatively(subject.question) or _MARKED.search(subject.question):
        return
    yield f"asks for what is not so, and the word does not stand out: “{subject.question}”"


def _double_negative(subject: Subject) -> Iterator[str]:
    if not subject.is_choice or not asks_negatively(subject.question):
        return
    for text in (text for reading in subject.readings for text in reading.texts):
        if _NEGATIVE_OPTION.search(words.without_code(text)):
            yield f"asks for what is not so, and “{text}” is a negative too"
            return


def _needs_options(subject: Subject) -> Iterator[str]:
    if subject.repeats or not subject.is_choice:
        return
    if leans := _LEANS.search(subject.question):
        yield f"“{leans[0]}” cannot be answered before the options are read"


def _long_stem(subject: Subject) -> Iterator[str]:
    count = len(subject.stem.split())
    if not subject.repeats and count > LONGEST_STEM:
        yield f"has {count} words; at most {LONGEST_STEM}"


def _excluding(subject: Subject) -> Iterator[str]:
    texts = [] if subject.repeats else [subject.stem]
    texts += [text for option in subject.item.options for text in (option.text, option.why)]
    for text in texts:
        if word := _EXCLUDES.search(words.without_code(text)):
            yield f"“{word[0]}” leaves some readers out"
            return


RULES = (
    Checked(
        Rule("double-negative", "E", "A negative question has no negative option.", hdr("17", "27")),
        _double_negative,
    ),
    Checked(
        Rule(
            "negative-stem",
            "W",
            "A stem asks for what is so; a NOT that it cannot do without is in capitals or bold.",
            hdr("17"),
        ),
        _negative_stem,
    ),
    Checked(
        Rule("needs-options", "W", "A stem can be answered without its options.", hdr("15")),
        _needs_options,
    ),
    Checked(Rule("long-stem", "I", f"A stem has at most {LONGEST_STEM} words.", hdr("13")), _long_stem),
    Checked(
        Rule("excluding-words", "I", "Words and names let everybody in: “they”, “a developer”.", HOUSE),
        _excluding,
    ),
)
