"""Values of a scenario as a person types them, and back: `512 MB`, `yes`, `[0 s, 5 s]`, `{even: 40 per 1 s, for: 10 s}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from studyapp.content import documents

_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_YES_NO: Final = {"yes": True, "no": False}
_PLAIN: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9_ */.-]*|[0-9][0-9,.]* [A-Za-z%][A-Za-z0-9% ./-]*|-?(0|[1-9][0-9]{0,15})"
)
"""What needs no quotation marks within braces: words, and a number with its unit. Of commas see `_quoted`."""
_RESERVED: Final = {"yes", "no", "true", "false", "on", "off", "null", "y", "n"}
_PARTS: Final = ("{", "[")


class Unreadable(ValueError):
    """A text in braces or brackets that cannot be read; says why, without the text."""


def text(value: object) -> str:
    """`value` as one line that `value_of` reads again; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping | list | tuple):
        return _flow(value)
    return str(value)


def value_of(typed: str) -> object:
    """What a file would hold where it says this; None for nothing. Raises Unreadable."""
    typed = typed.strip()
    if not typed:
        return None
    if typed.startswith(_PARTS):
        return _parts(typed)
    if _WHOLE.fullmatch(typed):
        return int(typed)
    return _YES_NO.get(typed.lower(), typed)


def _parts(typed: str) -> object:
    document = documents.parse(typed, "")
    if document.problems:
        raise Unreadable(f"cannot be read: {document.problems[0].says.removeprefix('is not valid YAML: ')}")
    return document.data


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_flow(str(key))}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if value is None:
        return "null"
    return _quoted(value) if isinstance(value, str) else text(value)


def _quoted(word: str) -> str:
    """Quoted where a reader of YAML would take it for something else, such as the word `no` or the number 10."""
    is_number = _WHOLE.fullmatch(word) is not None
    is_plain = _PLAIN.fullmatch(word) and not is_number and "," not in word and word == word.strip()
    return word if is_plain and word.lower() not in _RESERVED else json.dumps(word, ensure_ascii=False)
