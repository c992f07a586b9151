"""The wrong ideas behind a response, and those that it resisted."""

from collections.abc import Collection, Iterator
from typing import Any

from studyapp.content import services as content
from studyapp.questions.variants import Variant


def behind(variant: Variant, response: Collection[str], *, is_right: bool) -> dict[str, Any]:
    """What an attempt keeps of it: `belief`, `resisted` and `mistaken`, each as the model says."""
    named = [option.belief for option in content.chosen(variant, response) if option.belief]
    offered = {option.belief for option in variant.options if option.belief and option.id not in variant.key}
    return {
        "belief": "" if is_right or not named else named[0],
        "resisted": sorted(offered) if is_right and variant.kind != "numeric" else [],
        "mistaken": sorted(_mistaken(variant, response)),
    }


def _mistaken(variant: Variant, response: Collection[str]) -> Iterator[list[str]]:
    """Of a matching item: each fact for which the answer of another fact was given, with that fact."""
    if variant.kind != "matching":  # the cases of a contrast share their answers
        return
    holders = {_answer_id(variant, option.answer): option.fact for option in variant.options}
    facts = {option.id: option.fact for option in variant.options}
    for pair in set(response) - variant.key:
        line, _, answer = pair.partition("=")
        asked, given = facts.get(line), holders.get(answer)
        if asked and given and asked != given:
            yield [asked, given]


def _answer_id(variant: Variant, text: str | None) -> str:
    return next((answer.id for answer in variant.answers if answer.text == text), "")
