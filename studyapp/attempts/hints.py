"""What a student may look at before answering, at the price of the rating: a right answer after a hint is Hard.

`word`: which part of the stem matters. `row`: the row of the reference tables that the fact stands in, without what the answer
says. `run`: of a question that asks for a change, the run of the scenario without it. None shows the key.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from studyapp.content import services as content
from studyapp.content.models import Row
from studyapp.content.texts import REFERENCE
from studyapp.questions.filling import shown as shown_value
from studyapp.questions.variants import Variant
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import SimulatorError
from studyapp.simulator.outcome import Outcome

NAMES = ("word", "row", "run")
CHOSEN = frozenset({"predict", "fix", "recall", "authored", "numeric"})
"""Kinds with one key that a row can be cleared of; pairs and places have many."""
FEWEST_WORDS, MOST_WORDS, LEAST_WEIGHT = 3, 14, 3
HIDDEN = "[…]"

_WORD = re.compile(r"(?<!['’A-Za-z])\$?[A-Za-z][\w-]*|\d[\d,.]*\d|\d")
_CLAUSE = re.compile(r"(?<=[.?!;:])\s+|(?<=,)\s+")
_UNITS = frozenset(("ms", "s", "min", "h", "day", "hour", "minut", "second", "kb", "mb", "gb", "tb", "usd", "tim"))
_HIDDEN_RUN = re.compile(rf"(?:\b[Aa]n?\s+)?{re.escape(HIDDEN)}(?:[\s-]+{re.escape(HIDDEN)})*")
"""With its article, which tells how the first word begins."""
_COMMON = """
a about after all also an and any are as at be been before being both but by can come comes do does each for from get gets had
has have how if in into is it its made make makes may more most must need needs no nor not of on once one only or other out over
own per same set so such than that the their them then there these they this those to two under until up use used uses was what
when where which while who whose why will with without your clue lambda function functions aws
"""
_STOP = frozenset(_COMMON.split())
_GRAMMAR = _STOP - frozenset(["clue", "lambda", "function", "functions", "aws", "one", "two"])
"""Words that no key is told by."""
_FIGURES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: str(number) for number, word in enumerate(_FIGURES, start=1)}


def offered(body: Mapping[str, Any], variant: Variant, *, clue: str = "", has_row: bool = False) -> tuple[str, ...]:
    """The names of the hints that a revision's variant has, in the order in which they are taken. No query."""
    if variant.kind == "reveal":  # whoever judges their own answer has nothing to hide it from
        return ()
    there = {
        "word": bool(_drawn(variant) or _telling(body, variant, clue)),
        "row": has_row and variant.kind in CHOSEN,
        "run": variant.kind == "fix" and bool(body.get("scenario")),
    }
    return tuple(name for name in NAMES if there[name])


def word(body: Mapping[str, Any], variant: Variant, *, clue: str = "") -> tuple[str, ...]:
    """The numbers of the stem on which the answer hangs, where they are drawn; else the part of it that the clue's phrase or the
    name of the fact stands for. Empty where nothing stands out. Simulates once for each number that is drawn."""
    numbers = _drawn(variant)
    return _decisive(body, variant, numbers) if numbers else _telling(body, variant, clue)


def row(row: Row, values: Mapping[str, str], body: Mapping[str, Any], variant: Variant) -> str:
    """What the row says, with `values` of facts by slug, less whatever the key says and the values that are asked for."""
    asked = set(body["item"]["facts"][:1])
    text = REFERENCE.sub(lambda found: HIDDEN if found[1] in asked else values.get(found[1], HIDDEN), row.now)
    return _HIDDEN_RUN.sub(HIDDEN, _cleared(text, variant))


def run(body: Mapping[str, Any], variant: Variant) -> tuple[Outcome, str] | None:
    """The run of the scenario as the stem tells it, and the metric in which it misses the goal: "" where its path shows that.

    None where today's simulator cannot read it.
    """
    try:
        found = content.outcome(body["scenario"], changes=variant.draw, seed=variant.seed)
        missed = next((clause for clause in Claim.parse(body["item"]["goal"]).clauses if not clause.holds(found)), None)
    except SimulatorError:
        return None
    return found, "" if found.paths or missed is None else missed.metric


def _cleared(text: str, variant: Variant) -> str:
    """`text` without the words by which the key is told, and what it says of the key right beside them: of "an AWS managed key"
    nothing is left, where "an AWS […] key" would say enough."""
    own, said = _own_terms(variant), _terms(_of(variant, is_key=True))
    words = list(_WORD.finditer(text))
    hidden = {at for at, word in enumerate(words) if _term(word[0]) in own}
    for ahead, order in ((1, range(len(words) - 1)), (-1, range(len(words) - 1, 0, -1))):
        for at in order:
            apart = text[words[min(at, at + ahead)].end() : words[max(at, at + ahead)].start()]
            if at in hidden and apart in (" ", "-", "\u00a0") and _term(words[at + ahead][0]) in said:
                hidden.add(at + ahead)
    for at in sorted(hidden, reverse=True):
        text = text[: words[at].start()] + HIDDEN + text[words[at].end() :]
    return text


def _own_terms(variant: Variant) -> frozenset[str]:
    """The words and numbers by which the key is told from the other options; what the stem has said already is no secret."""
    others = [_terms([text]) for text in _of(variant, is_key=False)]
    common = frozenset.intersection(*others) if others else frozenset()
    return _terms(_of(variant, is_key=True)) - common - _terms([variant.stem]) - _UNITS


def _of(variant: Variant, *, is_key: bool) -> list[str]:
    """The texts of the options that are right, or of those that are not."""
    return [option.text for option in variant.options if (option.id in variant.key) == is_key]


def _terms(texts: Iterable[str]) -> frozenset[str]:
    words = (word for text in texts for word in _WORD.findall(text))
    return frozenset(_term(word) for word in words if word.casefold() not in _GRAMMAR)


def _term(word: str) -> str:
    """A word without its ending; a number in figures, however it is written."""
    return _NUMBERS.get(word.casefold()) or _stem(word)


def _drawn(variant: Variant) -> dict[str, str]:
    """The numbers that were drawn and stand in the stem, by the path of their parameter, in the order of the stem."""
    texts = {path: shown_value(value) for path, value in variant.draw.items()}
    there = {path: text for path, text in texts.items() if text[:1].isdigit() and text in variant.stem}
    return dict(sorted(there.items(), key=lambda each: (variant.stem.index(each[1]), each[0])))


def _decisive(body: Mapping[str, Any], variant: Variant, numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Those without which something else would come out: another variant's number is tried in the place of each. All of them
    where that is the key's number alone."""
    asks = body["item"].get("asks", "")
    own = _comes_out(body, variant, {}, asks)
    others = {path: _another(body, path, variant.draw[path]) for path in numbers}
    telling = [
        numbers[path]
        for path, other in others.items()
        if other is not None and own != _comes_out(body, variant, {path: other}, asks)
    ]
    says_key = set(telling) <= set(_of(variant, is_key=True))
    return tuple(dict.fromkeys(numbers.values() if says_key else telling))


def _another(body: Mapping[str, Any], path: str, value: object) -> object | None:
    return next((seed["draw"][path] for seed in body["seeds"] if seed["draw"].get(path, value) != value), None)


def _comes_out(body: Mapping[str, Any], variant: Variant, changes: Mapping[str, object], asks: str) -> object:
    """The metric asked for; None where there is none, or where the simulator cannot read the scenario."""
    try:
        found = content.outcome(body["scenario"], changes={**variant.draw, **changes}, seed=variant.seed)
    except SimulatorError:
        return None
    return next((answer.metrics[asks] for answer in found.answers if asks in answer.metrics), found.metrics.get(asks))


def _telling(body: Mapping[str, Any], variant: Variant, clue: str) -> tuple[str, ...]:
    """The stretch of the stem that shares most words with the clue's phrase and the name of the fact, then with what it says."""
    fact = body["facts"][body["item"]["facts"][0]]
    names, says = _stems([clue, fact["name"]]), _stems([fact["says"]])
    parts = [part.strip(" .?!,;:") for part in _CLAUSE.split(variant.stem)]
    weights = {part: sum(3 if each in names else each in says for each in _stems([part])) for part in parts}
    best = max(parts, key=weights.__getitem__)
    if weights[best] < LEAST_WEIGHT:
        return ()
    if len(parts) > 1 and len(best.split()) <= MOST_WORDS:
        return (best,)
    found = _narrowed(best, names)
    if len(found.split()) < FEWEST_WORDS:
        found = _narrowed(best, names | says)
    return (found,) if found and len(found.split()) <= len(variant.stem.split()) * 2 // 3 else ()


def _narrowed(part: str, wanted: Collection[str]) -> str:
    """The stretch of `part` from the first to the last of its `wanted` words, at most so many words, and none at its end that says
    nothing."""
    found = [match for match in _WORD.finditer(part) if _stem(match[0]) in wanted]
    if not found:
        return ""
    words = part[found[0].start() : found[-1].end()].split()[:MOST_WORDS]
    while words[-1].casefold() in _STOP and _stem(words[-1]) not in wanted:
        words.pop()
    return " ".join(words).rstrip(",;:")


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_all_stems(texts))


def _all_stems(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for found in _WORD.findall(text):
            if found.casefold() not in _STOP:
                yield _stem(found)


def _stem(word: str) -> str:
    """A word without its ending, so that "queued" is "queue"; numbers without commas."""
    text = word.casefold().replace(",", "")
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e"):
        if len(text) - len(ending) >= 4 and text.endswith(ending):
            return text[: -len(ending)]
    return text
