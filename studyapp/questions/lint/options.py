"""Rules about options side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from studyapp.questions.lint.finding import Checked, Rule, hdr
from studyapp.questions.lint.forms import are_parallel, form
from studyapp.questions.lint.ranges import span_in
from studyapp.questions.lint.subject import Reading, Subject
from studyapp.questions.numbers import in_order, number_in

LONGEST_OPTION: Final = 30
FEWEST_ANSWERS: Final = 60
LEAST_SHARE: Final = 0.05
SPREAD: Final = 3
"""How many times as long as the shortest option the longest may be, before lengths differ; short options differ by nature."""
_SET: Final = r"of (?:the |these |those )?(?:above|options|answers|choices)"
_ALL = re.compile(
    rf"\b(?:all|both) {_SET}\b|^(?:all|both) of (?:these|those)\W*$|^(?:both )?[A-H],? (?:and|or|&) [A-H]\W*$",
    re.IGNORECASE,
)
_NONE = re.compile(rf"\b(?:none|neither) {_SET}\b|^(?:none|neither) of (?:these|those|the others)\W*$", re.IGNORECASE)
_ASKS_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|often|large|big|far|high)\b|\b(?:what|which) (?:share|part|percentage|number)\b",
    re.IGNORECASE,
)
_ASKS_RANGE = re.compile(r"\b(?:range|between which|from which|limits|bounds)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\b(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)\b"
    r"(?:\s?(?:%|ms|s|min|h|seconds?|minutes?|hours?|days?|KB|MB|GB|TB|USD)(?![^\W_]))?",
    re.IGNORECASE,
)


def _all_of_the_above(subject: Subject) -> Iterator[str]:
    yield from _first(subject, _ALL, "“{}” is right as soon as two others are")


def _none_of_the_above(subject: Subject) -> Iterator[str]:
    yield from _first(subject, _NONE, "“{}” shows what somebody does not know, not what they know")


def _first(subject: Subject, pattern: re.Pattern[str], says: str) -> Iterator[str]:
    texts = (text for reading in subject.readings for text in reading.texts)
    yield from (says.format(text) for text in [next(filter(pattern.search, texts), "")] if text)


def _overlapping(subject: Subject) -> Iterator[str]:
    """Where a number is asked for, and not a range, a number in two options makes both of them right."""
    if not _ASKS_QUANTITY.search(subject.question) or _ASKS_RANGE.search(subject.question):
        return
    for reading in subject.readings:
        for one, other in combinations(reading.texts, 2):
            spans = span_in(one), span_in(other)
            if spans[0] and spans[1] and spans[0].overlaps(spans[1]):
                yield f"“{one}” and “{other}” share numbers"
                return


def _unsorted(subject: Subject) -> Iterator[str]:
    """Options that differ by one number alone, written so that it cannot be read: they are not sorted by it."""
    if subject.item.kind == "matching":
        yield from filter(None, [_unread(subject.item.answers)])
    yield from subject.mostly(lambda reading: _unread(reading.texts))


def _unread(texts: tuple[str, ...]) -> str | None:
    frames = {_AMOUNT.sub("#", text) for text in texts}
    is_one_each = len(frames) == 1 and next(iter(frames)).count("#") == 1
    if not is_one_each or in_order(texts) is not None:
        return None
    unread = next(text for text in texts if number_in(text) is None)
    return f"“{unread}” is not read as a number, so these are not sorted"


def _long_option(subject: Subject) -> Iterator[str]:
    texts = [text for option in subject.item.options for text in (option.text, option.answer or "")]
    longest = max(texts, key=lambda text: len(text.split()), default="")
    if len(longest.split()) > LONGEST_OPTION:
        yield f"has {len(longest.split())} words; at most {LONGEST_OPTION}: “{longest}”"


def _not_parallel(subject: Subject) -> Iterator[str]:
    def says(reading: Reading) -> str | None:
        for one, other in combinations(reading.texts, 2):
            if not are_parallel(form(one), form(other)):
                return f"“{one}” and “{other}” are not of one form"
        shortest, longest = min(reading.texts, key=len), max(reading.texts, key=len)
        if len(longest) > SPREAD * len(shortest) and len(longest) - len(shortest) > 30:
            return f"“{shortest}” is much shorter than “{longest}”"
        return None

    yield from subject.mostly(says)


def _unused(subject: Subject) -> Iterator[str]:
    for option in subject.item.options:
        picks = subject.world.picks.get(option.id)
        is_key = option.is_key or any(option.id in variant.key for variant in subject.variants)
        if picks and not is_key and picks.shown >= FEWEST_ANSWERS and picks.chosen < LEAST_SHARE * picks.shown:
            named = option.text or option.belief or "an option"
            yield f"“{named}” was chosen by {picks.chosen} of {picks.shown}"


RULES = (
    Checked(
        Rule(
            "overlapping-ranges",
            "E",
            "Where a number is asked for, no two options are ranges that share numbers.",
            hdr("19", "22"),
        ),
        _overlapping,
    ),
    Checked(Rule("all-of-the-above", "W", "No option stands for all of the others.", hdr("26")), _all_of_the_above),
    Checked(Rule("none-of-the-above", "W", "No option stands for none of the others.", hdr("25")), _none_of_the_above),
    Checked(
        Rule(
            "numbers-in-order",
            "W",
            "Options that differ by a number are written so that they can be sorted by it.",
            hdr("21"),
        ),
        _unsorted,
    ),
    Checked(
        Rule(
            "unused-distractor",
            "W",
            f"A wrong option is chosen by at least 5 % of {FEWEST_ANSWERS} or more.",
            hdr("18", "29"),
        ),
        _unused,
    ),
    Checked(Rule("long-option", "I", f"An option has at most {LONGEST_OPTION} words.", hdr("13")), _long_option),
    Checked(
        Rule("not-parallel", "I", "Options are of one form and of about one length.", hdr("23", "24")), _not_parallel
    ),
)
