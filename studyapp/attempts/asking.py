"""What a question shows before its answer, by its kind; and what came back with one that is asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from studyapp.attempts import tokens
from studyapp.attempts.tokens import Shown
from studyapp.questions.variants import Shown as Option
from studyapp.questions.variants import Variant


@dataclass(frozen=True)
class Sent:
    """A response that was refused, as it was sent. `lines` is what was given for each line, `wrong` what is wrong in a field,
    both by the field's name; `problems` are of the whole. `device_ms` is what the browser's clock had come to."""

    response: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    device_ms: int | None = None
    lines: Mapping[str, str] = field(default_factory=dict)
    is_sure: bool = False
    problems: tuple[str, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A line to be matched or to be put in its place. `field` is the name of its field, and the id of what takes the focus;
    `given` the id of an answer, or a place, or nothing yet."""

    field: str
    text: str
    given: str = ""
    problem: str = ""


NOTHING = Sent()


def field_of(option_id: str) -> str:
    return f"line-{option_id}"


def plain(text: str) -> str:
    """An author's text as a message quotes it: without marks of code and weight."""
    return text.replace("`", "").replace("**", "")


def asked(variant: Variant, shown: Shown, sent: Sent = NOTHING) -> dict[str, Any]:
    """Stem and options of a variant in the order shown, the token that says so, and what was `sent` before."""
    by_id = {option.id: option for option in variant.options}
    options = [by_id[each] for each in shown.order]
    return {
        "kind": variant.kind,
        "view": variant.view,
        "token": tokens.write(shown),
        "stem": variant.stem,
        "options": options,
        "choose": variant.choose,
        "is_many": variant.choose > 1,
        "chosen": sent.response,
        "struck": sent.struck,
        "device_ms": sent.device_ms,
        "is_sure": sent.is_sure,
        **_by_kind(variant, options, sent),
    }


def problems(texts: Iterable[str]) -> list[dict[str, str]]:
    """What the summary of errors lists; each entry leads to the options."""
    return [{"text": text, "id": "options"} for text in texts]


def _by_kind(variant: Variant, options: Iterable[Option], sent: Sent) -> dict[str, Any]:
    match variant.kind:
        case "numeric":
            typed = sent.response[0] if sent.response else ""
            problem = sent.wrong.get("response", "")
            at_field = [{"text": problem, "id": "number"}] if problem else []
            return {
                "unit": variant.unit,
                "typed": typed,
                "problem": problem,
                "problems": [*problems(sent.problems), *at_field],
            }
        case "reveal":
            return {"answer": variant.options[0].answer, "problems": problems(sent.problems)}
        case "matching" | "contrast" | "ordering":
            lines = [_line(option, sent) for option in options]
            wrong = [
                {"text": f"“{plain(line.text)}”: {line.problem}", "id": line.field} for line in lines if line.problem
            ]
            return {
                "lines": lines,
                "answers": variant.answers,
                "numbers": [str(number) for number in range(1, len(lines) + 1)],
                "problems": [*problems(sent.problems), *wrong],
            }
    return {"problems": problems(sent.problems)}


def _line(option: Option, sent: Sent) -> Line:
    name = field_of(option.id)
    return Line(name, option.text, sent.lines.get(name, ""), sent.wrong.get(name, ""))
