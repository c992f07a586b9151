"""What an answered question shows, by its kind: its options or lines with verdicts and reasons, and where to look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studyapp.attempts.models import Attempt
from studyapp.content import services as content
from studyapp.questions.variants import Shown, Variant


@dataclass(frozen=True)
class Answered:
    """An option after the answer. `verdict`: key, miss, other, or hit for the key when it was chosen."""

    id: str
    text: str
    why: str
    verdict: str
    letter: str
    is_struck: bool = False


@dataclass(frozen=True)
class Told:
    """What was typed, matched, put in order or uncovered. `verdict`: key, miss or other; `says` puts it in words. `belongs`
    is what belongs to a line, `mark` the right place of a step."""

    text: str
    why: str
    verdict: str
    says: str = ""
    belongs: str = ""
    mark: str = ""


def told(variant: Variant, attempt: Attempt) -> dict[str, Any]:
    """`options`, or `rows` and perhaps `more` of them to be folded away; `says`: one sentence after the verdict, or nothing."""
    match variant.kind:
        case "numeric":
            return _number(variant, attempt)
        case "matching" | "contrast":
            return _counted(_pairs(variant, attempt), "right")
        case "ordering":
            return _counted(_steps(variant, attempt), "in place")
        case "reveal":
            return {"rows": [_uncovered(variant, attempt)], "says": ""}
    options = list(_options(variant, attempt))
    return {"options": options, "says": _where(options)}


def belief(body: Mapping[str, Any], variant: Variant, attempt: Attempt) -> Mapping[str, Any] | None:
    """The wrong idea behind what was chosen or typed, if it names one."""
    if attempt.is_right:
        return None
    named = (option.belief for option in content.chosen(variant, attempt.response))
    beliefs: Mapping[str, Mapping[str, Any]] = body["beliefs"]
    return next((beliefs[name] for name in named if name and name in beliefs), None)


def sides(variant: Variant) -> dict[str, Any] | None:
    """Both keys in words where they differ: what AWS says `now`, and what the `exam` `says`."""
    if not variant.view or not variant.other:
        return None
    keys = (variant.key_text, variant.other)
    now, exam = keys if variant.view == "now" else reversed(keys)
    return {"now": now, "exam": {"says": exam}}


def _options(variant: Variant, attempt: Attempt) -> Iterator[Answered]:
    by_id = {option.id: option for option in variant.options}
    for each, letter in zip(attempt.order, "ABCDEFGH", strict=False):
        is_key, is_chosen = each in variant.key, each in attempt.response
        verdict = ("hit" if is_chosen else "key") if is_key else ("miss" if is_chosen else "other")
        yield Answered(each, by_id[each].text, by_id[each].why, verdict, letter, each in attempt.struck)


def _where(options: Sequence[Answered]) -> str:
    keys = [option.letter for option in options if option.verdict in ("key", "hit")]
    is_missed = any(option.verdict == "miss" for option in options)
    return f"The answer is {' and '.join(keys)}." if is_missed else ""


def _number(variant: Variant, attempt: Attempt) -> dict[str, Any]:
    """What was typed with the reason of the slip that it is, if it is one; the right answer; the other slips."""
    key = next(option for option in variant.options if option.id in variant.key)
    typed = _with_unit(attempt.response[0], variant.unit)
    slips = content.chosen(variant, attempt.response)
    others = [option for option in variant.options if option.id != key.id and option not in slips]
    more = [Told(option.text, option.why, "other") for option in others]
    if attempt.is_right:
        return {"rows": [Told(key.text, key.why, "key", f"You typed {typed}")], "more": more, "says": ""}
    missed = Told(typed, slips[0].why if slips else "", "miss", "You typed this")
    right = Told(key.text, key.why, "key", "Right answer")
    words = key.text.removesuffix(".").replace("About ", "about ")
    return {"rows": [missed, right], "more": more, "says": f"The answer is {words}."}


def _with_unit(typed: str, unit: str) -> str:
    """What was typed, with the unit that was asked for where it has none of its own."""
    text = " ".join(typed.split())
    is_bare = text[-1:].isdigit() and not text.startswith("$")
    return f"{text}\u00a0{unit}" if unit and is_bare else text


def _pairs(variant: Variant, attempt: Attempt) -> Iterator[Told]:
    texts = {answer.id: answer.text for answer in variant.answers}
    given = dict(pair.split("=") for pair in attempt.response)
    for option in _in_shown_order(variant, attempt):
        is_right = f"{option.id}={given[option.id]}" in variant.key
        says = "" if is_right else f"You chose: {texts[given[option.id]]}"
        yield Told(option.text, option.why, "key" if is_right else "miss", says, belongs=option.answer or "")


def _steps(variant: Variant, attempt: Attempt) -> Iterator[Told]:
    by_id = {option.id: option for option in variant.options}
    right = dict(each.split(":") for each in variant.key)
    given = {option: place for place, option in (each.split(":") for each in attempt.response)}
    for place, each in sorted(right.items(), key=lambda step: int(step[0])):
        is_right = given[each] == place
        says = "Your place too" if is_right else f"You gave it place {given[each]}"
        yield Told(by_id[each].text, by_id[each].why, "key" if is_right else "miss", says, mark=place)


def _in_shown_order(variant: Variant, attempt: Attempt) -> list[Shown]:
    by_id = {option.id: option for option in variant.options}
    return [by_id[each] for each in attempt.order]


def _uncovered(variant: Variant, attempt: Attempt) -> Told:
    knew = variant.options[0]
    return Told(knew.answer or "", knew.why, "key", "You knew it" if attempt.is_right else "The answer")


def _counted(rows: Iterator[Told], how: str) -> dict[str, Any]:
    """The rows and, unless all are right, how many are."""
    all_ = list(rows)
    right = sum(row.verdict == "key" for row in all_)
    verb = "is" if right == 1 else "are"
    return {"rows": all_, "says": "" if right == len(all_) else f"{right} of {len(all_)} {verb} {how}."}
