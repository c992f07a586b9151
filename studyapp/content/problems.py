"""What is wrong with content files: every problem of every file, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from studyapp.simulator.errors import one_line

LONGEST: Final = 2_000
"""Letters of what is said about one problem: a key, or a list of ids, can be of any length."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`file` as a person would type it from the top of the project; `line` counts from 1."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{one_line(self.file)}:{self.line}: {one_line(self.says, LONGEST)}"


class BadContent(Exception):
    """Files that cannot be loaded. `str` is one line for each problem, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
