"""A scenario told plainly: every value that it sets, so that a stem leaves nothing of it open.

A value stands as a placeholder wherever it can, so that the text follows the scenario; where a name cannot stand in a
placeholder the value is written out, and its path is among `states`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from studyapp.questions.drafting.words import FIELDS, KINDS, spelt
from studyapp.questions.filling import PLACEHOLDER, shown
from studyapp.simulator.models.registry import MODELS

Body = Mapping[str, object]
Steps = tuple[str, ...]
ONE_OF = {"kept": "secret", "people": "person", "addresses": "address", "settings": "settings", "access": "access"}
"""Singulars that no rule gives."""
NAMED = frozenset({"schedules"})
"""Parts that hold nothing but what has a name."""


@dataclass(slots=True)
class Told:
    """The sentences of a stem without its question, and the parameters that they give in words."""

    sentences: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    def value(self, steps: Steps, value: object) -> str:
        """What stands for the value at `steps`."""
        path = ".".join(steps)
        can_be_named = not any("." in step for step in steps)
        if can_be_named and value not in (None, [], {}) and PLACEHOLDER.fullmatch(f"{{{path}}}"):
            return f"{{{path}}}"
        return self.said(steps, shown(value) if value not in ([], {}) else "none")

    def said(self, steps: Steps, text: str) -> str:
        """`text`, which says what is at `steps`. A name with a full stop can stand in no path: then the part above is named."""
        named = next((place for place, step in enumerate(steps) if "." in step), len(steps))
        path = ".".join(steps[:named])
        if path not in self.states:
            self.states.append(path)
        return text


def told(body: Body) -> Told:
    """All that `body` sets but its seed, in the order in which the simulator's handbook has it."""
    found = Told()
    for name, part in body.items():
        if name == "horizon":
            found.sentences.append(f"It is looked at for {found.said(('horizon',), shown(part))}.")
        elif name in MODELS and isinstance(part, Mapping):
            found.sentences += _model(found, name, part)
        elif name != "seed" and isinstance(part, Mapping):
            found.sentences += _part(found, name, part)
    return found


def _part(found: Told, name: str, part: Body) -> Iterator[str]:
    match name:
        case "account":
            yield f"The account has {_phrases(found, ('account',), part)}."
        case "warm":
            yield from (
                f"Warm environments of {key} at the start: {found.value(('warm', key), part[key])}." for key in part
            )
        case "sources":
            yield from (_source(found, key, each) for key, each in part.items())
        case _:
            yield from (_named(found, (name, key), each) for key, each in part.items())


def _source(found: Told, name: str, fields: object) -> str:
    if not isinstance(fields, Mapping):
        return _named(found, ("sources", name), fields)
    steps = ("sources", name)
    kind = str(fields.get("kind") or "sync")
    first = found.said((*steps, "kind"), KINDS.get(kind, kind)) if "kind" in fields else KINDS[kind]
    calls = fields.get("calls")
    to = f" to {found.said((*steps, 'calls'), str(calls))}" if isinstance(calls, str) else ""
    left_out = {"kind", "calls"} if to else {"kind"}
    rest = {key: each for key, each in fields.items() if key not in left_out}
    return f"Source {name}: {', '.join(filter(None, [first + to, _phrases(found, steps, rest)]))}."


def _model(found: Told, name: str, part: Body) -> Iterator[str]:
    """A sentence for each thing that has a name in the part, and for each setting of the whole."""
    for key, value in part.items():
        steps = (name, str(key))
        if name in NAMED:
            yield _named(found, steps, value)
        elif isinstance(value, Mapping) and all(isinstance(each, Mapping | list) for each in value.values()):
            yield from (_named(found, (*steps, str(each)), value[each]) for each in value)
        elif _is_list_of_parts(value):
            yield from (_named(found, (*steps, str(place)), each) for place, each in _placed(value))
        else:
            yield f"{_capital(spelt(str(key)))}: {_value(found, steps, value)}."


def _named(found: Told, steps: Steps, fields: object) -> str:
    """`Function resize: 512 MB of memory, runs of 2 s.`"""
    name = f"{_capital(_singular(steps[-2]))} {steps[-1]}"
    text = _phrases(found, steps, fields) if isinstance(fields, Mapping) else _value(found, steps, fields)
    return f"{name}: {text}." if text else f"{name}."


def _value(found: Told, steps: Steps, value: object) -> str:
    return _phrases(found, steps, value) if _has_parts(value) else found.value(steps, value)


def _phrases(found: Told, steps: Steps, fields: object) -> str:
    return ", ".join(_phrase(found, steps, rest, value) for rest, value in _leaves(fields) if rest)


def _phrase(found: Told, steps: Steps, rest: Steps, value: object) -> str:
    """A phrase for one leaf: the words for its field, or the names on its way."""
    says = found.value((*steps, *rest), value)
    words = " ".join(step for step in rest if not step.isdigit())
    if words in FIELDS:
        return FIELDS[words].format(says)
    return f"{spelt(' '.join(rest))} {says}"


def _leaves(value: object) -> Iterator[tuple[Steps, object]]:
    if not _has_parts(value):
        yield (), value
        return
    inside: Iterable[tuple[object, object]] = value.items() if isinstance(value, Mapping) else _placed(value)
    for step, each in inside:
        yield from (((str(step), *rest), leaf) for rest, leaf in _leaves(each))


def _has_parts(value: object) -> bool:
    return (isinstance(value, Mapping) and bool(value)) or _is_list_of_parts(value)


def _is_list_of_parts(value: object) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value)


def _placed(value: object) -> list[tuple[int, object]]:
    return list(enumerate(value, 1)) if isinstance(value, list | tuple) else []


def _singular(word: str) -> str:
    """One of what `word` names: `databases` is database."""
    if word in ONE_OF:
        return ONE_OF[word]
    return f"{spelt(word[:-3])}y" if word.endswith("ies") else spelt(word.removesuffix("s"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
