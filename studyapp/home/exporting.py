"""All that is kept about a person as tables: one CSV file for each, in one archive."""

import csv
import json
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

IN_MEMORY = 8 * 1024 * 1024
"""An archive that is larger waits in a temporary file without a name."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so would be reckoned by a spreadsheet; the last four are wide forms. Source: OWASP, CSV Injection."""

Row = Mapping[str, Any]


def archive(kept: Mapping[str, Any]) -> IO[bytes]:
    """The archive, ready to be read from its start. `kept` is what `accounts.services.export` gives."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, rows in tables(kept):
            with archive.open(f"{name}.csv", "w") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as text:
                _write(text, rows)
    file.seek(0)
    return file


def tables(kept: Mapping[str, Any]) -> Iterator[tuple[str, list[Row]]]:
    """Each room's rows: one table, or several with names of their own. A single row is a table of one; empty ones are left out."""
    for room, held in kept.items():
        is_several = isinstance(held, dict) and all(
            each is None or isinstance(each, list | dict) for each in held.values()
        )
        for name, rows in held.items() if is_several else ((room, held),):
            if rows:
                yield name, rows if isinstance(rows, list) else [rows]


def cell(value: object) -> str:
    """A value as text: nothing for None, JSON for what has parts. What begins like a formula gets an apostrophe, numbers do not."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).strip('"')
    return f"'{text}" if text.startswith(FORMULA) else text


def _write(file: TextIOWrapper, rows: list[Row]) -> None:
    head = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([cell(row.get(name)) for name in head] for row in rows)
