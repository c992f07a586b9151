"""How a changed scenario is written in an address: rooms that lead to the lab, and the lab itself, write it alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from studyapp.questions.filling import resolved


def written(value: object) -> str:
    """A value as a field shows it: text as it is, nothing as nothing, what has parts as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value) if isinstance(value, Mapping | list | tuple) else str(value)


def query(
    changes: Mapping[str, object],
    *,
    body: Mapping[str, object],
    seed: int = 0,
    pinned: Mapping[str, object] | None = None,
) -> str:
    """What stands after the question mark: each path written out, in order. `pinned` are the changes of the run beside it.

    Raises questions.filling.NoSuchParameter for `function.x` where the scenario has several.
    """
    pairs = [(resolved(path, body), written(value)) for path, value in changes.items()]
    found = [*sorted(pairs), *([("seed", str(seed))] if seed else [])]
    if pinned is not None:
        found.append(("pin", query(pinned, body=body, seed=seed)))
    return urlencode(found)
