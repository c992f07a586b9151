"""Rules about the bones of an item: how many keys, which options, reasons, a proof, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from studyapp.questions.lint.finding import HOUSE, Checked, Rule, hdr
from studyapp.questions.lint.subject import CHOICES, Subject
from studyapp.questions.variants import shuffled

_MARKDOWN_IMAGE = re.compile(r"!\[\s*\]\(")
_HTML_IMAGE = re.compile(r"<img\b(?![^>]*\balt\s*=\s*[\"']?[^\s\"'>])", re.IGNORECASE)
_COUNT = r"(two|three|four|2|3|4)"
_ORDER = re.compile(rf"\b(?:choose|select|pick|mark|tick) (?:any |the |exactly )?{_COUNT}\b", re.IGNORECASE)
_SAYS_TWO = re.compile(r"\b(?:two|2|pair|both)\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4}


def _key_count(subject: Subject) -> Iterator[str]:
    item = subject.item
    keys = sum(option.is_key for option in item.options)
    if item.kind in ("recall", "authored", "reveal") and keys != item.choose:
        yield f"asks for {item.choose} and has {keys} marked as right"
    for variant in subject.variants if item.kind in CHOICES else ():
        if len(variant.key) != item.choose or not variant.key < {option.id for option in variant.options}:
            yield f"asks for {item.choose} and has {len(variant.key)} right of {len(variant.options)} at seed {variant.seed}"
            return


def _options_differ(subject: Subject) -> Iterator[str]:
    shown = [reading.texts for reading in subject.readings]
    if not subject.is_choice and subject.item.kind not in ("reveal", "numeric"):
        shown = [tuple(option.text for option in subject.item.options)]
    for texts in shown:
        counts = Counter(" ".join(text.casefold().split()) for text in texts)
        if twice := [text for text, count in counts.items() if count > 1]:
            yield f"“{twice[0]}” stands there twice"
            return


def _by_id(subject: Subject) -> Iterator[str]:
    ids = [option.id for option in subject.item.options]
    if len(set(ids)) < len(ids) or not all(ids):
        yield "has options without an id of their own"
    for variant in subject.variants[:1]:
        if sorted(shuffled(variant, "lint")) != sorted(option.id for option in variant.options):
            yield "does not show each option once"


def _unproved(subject: Subject) -> Iterator[str]:
    if subject.item.scenario is not None and not subject.variants:
        yield f"has no fresh proof: run manage.py prove {subject.item.id}"


def _why_missing(subject: Subject) -> Iterator[str]:
    bare = [option for option in subject.item.options if not option.why.strip()]
    if bare:
        named = f"“{bare[0].text}”" if bare[0].text else "an option"
        yield f"{named}{f' and {len(bare) - 1} more' if len(bare) > 1 else ''} without a reason"


def _choose_two(subject: Subject) -> Iterator[str]:
    item = subject.item
    if not subject.is_choice:
        return
    ordered = _ORDER.search(subject.stem)
    count = _NUMBERS.get(ordered[1].lower()) or int(ordered[1]) if ordered else item.choose
    if count != item.choose:
        yield f"says “{ordered[0] if ordered else ''}”, and {item.choose} can be chosen"
    elif item.choose == 2 and not _SAYS_TWO.search(subject.stem):
        yield "lets two be chosen, and the stem does not say two"


def _image_alt(subject: Subject) -> Iterator[str]:
    item = subject.item
    texts = [item.stem, *(text for option in item.options for text in (option.text, option.why, option.answer or ""))]
    if any(_MARKDOWN_IMAGE.search(text) or _HTML_IMAGE.search(text) for text in texts):
        yield "shows a picture without a text that says the same"


RULES = (
    Checked(
        Rule("key-count", "E", "As many options are right as the item lets one choose.", hdr("19")),
        _key_count,
    ),
    Checked(Rule("options-differ", "E", "No two options say the same.", hdr("19", "22")), _options_differ),
    Checked(
        Rule(
            "scored-by-id",
            "E",
            "Each option has an id of its own and is shown once, so that marks do not hang on places.",
            HOUSE,
        ),
        _by_id,
    ),
    Checked(
        Rule(
            "unproved",
            "E",
            "The key of a simulated item is what the simulator says at every seed: it has a fresh proof.",
            hdr("19"),
        ),
        _unproved,
    ),
    Checked(
        Rule("why-missing", "E", "Every option has a reason: what choosing it shows.", HOUSE, imported="W"),
        _why_missing,
    ),
    Checked(
        Rule("choose-two", "E", "The stem says how many to choose, and so many can be chosen.", hdr("14")), _choose_two
    ),
    Checked(
        Rule(
            "image-alt", "E", "A picture has a text that says the same to those who do not see it.", "WCAG 2.2, 1.1.1"
        ),
        _image_alt,
    ),
)
