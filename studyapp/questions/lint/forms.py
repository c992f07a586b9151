"""The form of an option, as far as its first words tell it, and the tense of a sentence that begins with a pronoun.

A sentence that begins with a noun (`Lambda refuses it`) cannot be told from the name of a thing, so the two are never
said to differ.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from studyapp.questions.lint import words

Form = Literal["thing", "sentence", "amount", "how or where", "-ing", "to", "anything"]
Tense = Literal["past", "present", "future"]

_PREPOSITIONS: Final = words.listed(
    "in on at by from with after before until through for over under between within during behind inside outside across into "
    "per without synchronously asynchronously now day while when if as"
)
_ANYTHING: Final = words.listed(
    "none no nothing never neither nobody nowhere not all both yes only half about once twice"
)
_AMOUNTS: Final = words.listed(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fourteen"
)
_PRONOUNS: Final = words.listed("it they we you")
_THINGS_IN_ING: Final = words.listed(
    "billing blocking caching existing hosting logging parking peering pricing processing remaining routing scaling sliding "
    "something starting streaming string tracing tumbling"
)
_PRESENT: Final = words.listed("is are has have does do can cannot may must")
_PAST: Final = words.listed("was were had did ran got went came took made left found gave fell kept lost sent")
_FUTURE: Final = words.listed("will shall")


def form(text: str) -> Form:
    """What kind of phrase an option is; `anything` for what fits any question, such as None."""
    first, _, rest = text.strip("\"'*“ ").partition(" ")
    word = first.rstrip(",.:;").casefold()
    if word in _PRONOUNS:
        return "sentence"
    if word in _AMOUNTS or re.fullmatch(r"-?\d[\d,.]*", word):
        return "amount"
    if word in _ANYTHING or not word.isalpha():
        return "anything"
    if word == "to":
        return "to"
    if word in _PREPOSITIONS:
        return "how or where"
    is_doing = word.endswith("ing") and len(word) > 5 and word not in _THINGS_IN_ING and bool(rest)
    return "-ing" if is_doing else "thing"


def are_parallel(one: Form, other: Form) -> bool:
    """Whether options of the two forms can stand side by side."""
    alike = ({"thing", "sentence"}, {"thing", "amount"}, {"how or where", "amount"})
    return one == other or "anything" in (one, other) or {one, other} in alike


def tense(text: str) -> Tense | None:
    """The tense of a sentence that begins with a pronoun; None if its verb is not known by sight."""
    verb = ([*words.words(text), "", ""])[1]
    if verb in _FUTURE:
        return "future"
    if verb in _PAST or (verb.endswith("ed") and len(verb) > 4):
        return "past"
    is_present = verb in _PRESENT or (verb.endswith("s") and not verb.endswith("ss"))
    return "present" if is_present else None
