"""YAML read into plain values, with the line of each.

Only what a content file needs is accepted: mappings with text keys, each written once; lists; text, whole numbers,
decimals, yes and no; all of it without tags and not too deep. What YAML would silently turn into something else (010
into 8, 1:30 into 90, a date) is a problem.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from studyapp.content.problems import Problem
from studyapp.simulator.errors import one_line

Place = tuple[str | int, ...]
"""Where a value stands: ("facts", 3, "recall", "wrong")."""

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)")
_TAG = "tag:yaml.org,2002:"
DEEPEST = 100
"""Values within each other. libyaml builds its nodes by recursion in C, where some ten thousand levels end the process."""
LONGEST = 16_000_000
"""Letters of a file: a device can be read for ever."""
LONGEST_WRITTEN = 40


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its values, the line of each place, and what is wrong with it so far."""

    file: str
    data: object
    lines: Mapping[Place, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    refused: frozenset[Place] = frozenset()

    def is_refused(self, place: Place) -> bool:
        """Whether the value there, or one that holds it, has a problem as YAML: it says nothing about the rest."""
        return any(place[:length] in self.refused for length in range(len(place) + 1))

    def problem(self, place: Place, says: str) -> Problem:
        """A problem at `place`, or at the nearest place above it that is in the file."""
        return Problem(self.file, self.line(place), f"{named(place)}: {says}" if place else says)

    def line(self, place: Place) -> int:
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def named(place: Place) -> str:
    """`facts[3].recall.wrong`"""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read(path: Path, file: str) -> Document:
    """The document in `path`. Never raises for what stands in it, but OSError if it cannot be read; `file` names it in
    problems."""
    try:
        with path.open(encoding="utf-8") as opened:
            text = opened.read(LONGEST + 1)
    except UnicodeDecodeError:
        return _unreadable(file, 1, "is not UTF-8 text")
    except OSError as error:  # one in the midst of a file does not name it
        raise OSError(error.errno, error.strerror, str(path)) from None
    if len(text) > LONGEST:
        return _unreadable(file, 1, f"is longer than {LONGEST:,} letters, the most that is read")
    return parse(text, file)


def parse(text: str, file: str) -> Document:
    """The document that `text` is; as `read`."""
    try:
        if line := _too_deep(text):
            return _unreadable(file, line, f"is nested more than {DEEPEST} levels deep, the most that is read")
        node = yaml.compose(text, Loader=_LOADER)
    except UnicodeEncodeError:
        return _unreadable(file, 1, "holds what is not Unicode text")
    except yaml.MarkedYAMLError as error:
        return _unreadable(file, _line_of(error), f"is not valid YAML: {error.problem}{_hint(error)}")
    except (yaml.YAMLError, RecursionError) as error:
        return _unreadable(file, 1, f"is not valid YAML: {str(error).splitlines()[0]}")
    if node is None:
        return _unreadable(file, 1, "is empty")
    return _Reader(file).document(node)


def _too_deep(text: str) -> int:
    """The line on which values stand too deep within others, or 0. Events come one by one, without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return (event.start_mark.line if event.start_mark else 0) + 1
    return 0


def _unreadable(file: str, line: int, says: str) -> Document:
    return Document(file, None, problems=(Problem(file, line, says),))


def _line_of(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def _hint(error: yaml.MarkedYAMLError) -> str:
    quotable = ("mapping values are not allowed", "expected ',' or", "did not find expected")
    is_quotable = any(text in (error.problem or "") for text in quotable)
    return "; quote a text that holds ': ', a comma inside { }, or a quotation mark" if is_quotable else ""


class _Reader:
    """Walks the nodes of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.refused: set[Place] = set()
        self.seen: set[int] = set()
        self.constructor = yaml.constructor.SafeConstructor()

    def document(self, node: yaml.Node) -> Document:
        try:
            data = self.value(node, ())
        except RecursionError:
            return _unreadable(self.file, 1, "is nested too deeply")
        return Document(self.file, data, self.lines, tuple(self.problems), frozenset(self.refused))

    def value(self, node: yaml.Node, place: Place) -> object:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen:
            return self.refuse(node, place, "is an alias; write the value out")
        self.seen.add(id(node))
        if isinstance(node, yaml.CollectionNode) and node.tag not in (f"{_TAG}map", f"{_TAG}seq"):
            return self.refuse(node, place, f"has the tag {node.tag}; write it without one")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        return self.scalar(node, place)

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, child in node.value:
            if key.tag != f"{_TAG}str":
                self.note(key, place, f"the key {_written(key)} is not text; quote it")
                continue
            here = (*place, str(key.value))
            if key.value in found:
                self.note(key, here, f"is written twice; the first is on line {self.lines[here]}")
                continue
            self.lines[here] = key.start_mark.line + 1
            found[key.value] = self.value(child, here)
        return found

    def scalar(self, node: yaml.Node, place: Place) -> object:
        if node.tag == f"{_TAG}str":
            return node.value
        kind = node.tag.removeprefix(_TAG)
        if kind == "timestamp":
            return self.refuse(node, place, f"{_written(node)} is read by YAML as a date; quote it")
        if kind not in ("int", "float", "bool", "null"):
            return self.refuse(node, place, f"has the tag {node.tag}; write plain text")
        try:
            value = self.constructor.construct_object(node)
        except (ValueError, LookupError):  # !!int x, !!bool maybe, a number of thousands of digits
            return self.refuse(node, place, f"{_written(node)} cannot be read as {kind}")
        is_odd_whole = kind == "int" and not _PLAIN_WHOLE.fullmatch(node.value)
        if is_odd_whole or (isinstance(value, float) and not math.isfinite(value)):
            return self.refuse(
                node, place, f"{_written(node)} is read by YAML as {value}; quote it or write it plainly"
            )
        return value

    def refuse(self, node: yaml.Node, place: Place, says: str) -> str:
        """Note a problem with the value at `place`, and stand in for it."""
        self.problems.append(Problem(self.file, self.lines[place], f"{named(place)}: {says}" if place else says))
        self.refused.add(place)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def note(self, key: yaml.Node, place: Place, says: str) -> None:
        """Note a problem with a key, which has a line of its own and no place."""
        self.problems.append(Problem(self.file, key.start_mark.line + 1, f"{named(place)}: {says}" if place else says))


def _written(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "of several parts"
    return one_line(str(node.value), LONGEST_WRITTEN)
