"""The reference for authors, made from the models that check their files: JSON Schemas and the tables of the handbook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from studyapp.content.schema import KINDS, Kind

BEGIN = (
    "<!-- The reference from here on is made by `manage.py handbook`; edit the models in studyapp/content/schema. -->"
)

Schema = Mapping[str, Any]


def schemas() -> dict[str, str]:
    """The text of each JSON Schema, by its file's name under `content/schema/`."""
    return {f"{name}.json": _as_json(kind) for name, kind in KINDS.items()}


def _as_json(kind: Kind) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.model.model_json_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def written(handbook: str) -> str:
    """The handbook with its reference made anew; what stands before BEGIN is kept."""
    kept, _, _ = handbook.partition(BEGIN)
    return f"{kept.rstrip()}\n\n{BEGIN}\n\n{reference()}"


def reference() -> str:
    """A table of keys for each mapping that a file can hold."""
    return "\n\n".join(_kind(kind) for kind in KINDS.values()) + "\n"


def _kind(kind: Kind) -> str:
    schema = kind.model.model_json_schema()
    tables = (_table(each) for each in _mappings(schema))
    return "\n\n".join([f"### `content/{kind.pattern}`", *tables])


def _mappings(schema: Schema) -> Iterator[Schema]:
    """The file's own mapping, then those inside it."""
    yield schema
    yield from (each for each in schema.get("$defs", {}).values() if "properties" in each)


def _table(schema: Schema) -> str:
    needed = set(schema.get("required", ()))
    lines = [
        f"| `{name}` | {_type(about)} | {'yes' if name in needed else 'no'} | {_cell(about.get('description', ''))} |"
        for name, about in schema.get("properties", {}).items()
    ]
    head = f"#### {schema['title']}\n\n{schema.get('description', '')}\n\n| key | holds | required | about |"
    return "\n".join([head, "| --- | --- | --- | --- |", *lines])


def _type(about: Schema) -> str:
    """What a key holds, in words."""
    if "$ref" in about:
        return _link(about["$ref"])
    if "const" in about or "enum" in about:
        return " or ".join(f"`{value}`" for value in about.get("enum", [about.get("const")]))
    if "anyOf" in about or "oneOf" in about:
        options = [_type(option) for option in about.get("anyOf") or about["oneOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(options)) or "anything"
    if about.get("type") == "array":
        return f"list of {_type(about.get('items', {}))}{_counts(about)}"
    words = {
        "string": "text",
        "boolean": "yes or no",
        "integer": "whole number",
        "number": "number",
        "object": "mapping",
    }
    return words.get(about.get("type", ""), "anything")


def _counts(about: Schema) -> str:
    least, most = about.get("minItems"), about.get("maxItems")
    if least and most:
        return f", {least} to {most}"
    return f", at least {least}" if least else ""


def _link(reference: str) -> str:
    name = reference.rpartition("/")[2]
    return "anything" if name == "JsonValue" else name


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
