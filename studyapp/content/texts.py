"""References and placeholders in the texts of content files."""

from __future__ import annotations

import re

REFERENCE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def references(text: str) -> tuple[str, ...]:
    """The fact ids in `{{ lambda.topic.slug }}`, in the order of the text."""
    return tuple(REFERENCE.findall(text))


def placeholders(text: str) -> tuple[str, ...]:
    """What stands in single braces, such as `value`."""
    return tuple(_PLACEHOLDER.findall(REFERENCE.sub("", text)))


def is_balanced(text: str) -> bool:
    """Whether every brace belongs to a reference or a placeholder."""
    return not set("{}") & set(_PLACEHOLDER.sub("", REFERENCE.sub("", text)))
