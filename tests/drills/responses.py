"""Responses to a variant of any kind, as its page would send them: right, or wrong in one place."""

from collections.abc import Mapping

from studyapp.questions.marking import mark
from studyapp.questions.variants import PAIRED, Variant


def response_of(variant: Variant, *, right: bool = True) -> list[str]:
    """As `questions.marking` takes it. A wrong one has one slip: of a pair, or of two places."""
    if variant.kind == "numeric":
        return [variant.key_text if right else _wrong_number(variant)]
    key = sorted(variant.key)
    if right:
        return key
    if variant.kind == "ordering":
        (first, one), (second, other), *_ = (each.split(":") for each in key)
        return [f"{first}:{other}", f"{second}:{one}", *key[2:]]
    if variant.kind in PAIRED:
        line, _, answer = key[0].partition("=")
        return [f"{line}={next(one.id for one in variant.answers if one.id != answer)}", *key[1:]]
    return [option.id for option in variant.options if option.id not in variant.key][: variant.choose]


def fields_of(variant: Variant, response: list[str]) -> Mapping[str, str | list[str]]:
    """The fields of the form that hold the response."""
    if variant.kind == "ordering":
        return {f"line-{each.partition(':')[2]}": each.partition(":")[0] for each in response}
    if variant.kind in PAIRED:
        return {f"line-{each.partition('=')[0]}": each.partition("=")[2] for each in response}
    return {"response": response}


def _wrong_number(variant: Variant) -> str:
    slips = (option.text for option in variant.options if option.id not in variant.key)
    return next(text for text in [*slips, "7", "8"] if not mark(variant, [text]).is_right)
