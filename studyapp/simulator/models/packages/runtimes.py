"""Runtimes by name: which are managed, and which SnapStart takes."""

from __future__ import annotations

import re
from typing import Final

from studyapp.simulator.models.packages.parts import Runtime
from studyapp.simulator.rulebook import Rulebook

_NAME: Final = re.compile(r"([a-z]+)(\d{1,4}(?:\.\d{1,4})?)?(?:\.[a-z0-9.]*)?")
OS_ONLY: Final = "provided"


def parse(name: str) -> Runtime | None:
    """The runtime of that name, such as nodejs24.x or java8.al2; None if it cannot be one."""
    found = _NAME.fullmatch(name) if len(name) <= 60 else None
    if found is None:
        return None
    return Runtime(name, found[1], tuple(int(part) for part in (found[2] or "").split(".") if part))


def is_managed(runtime: Runtime, rulebook: Rulebook) -> bool:
    return runtime.family in rulebook.managed_runtimes.split()


def takes_snapstart(runtime: Runtime, rulebook: Rulebook) -> bool:
    """Whether SnapStart is for it: its family is named, and it is of that version or a later one."""
    named = (parse(name) for name in rulebook.snapstart_runtimes.split())
    return any(each and each.family == runtime.family and each.version <= runtime.version for each in named)
