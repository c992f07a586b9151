"""Every mistake that a content file can hold is named with its file and line, all of them at once.

A file in tests/files/broken says which file of the good course it replaces, and ends each bad line with `#!` and the
beginning of each problem that must be reported there; no other may be.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.content import documents, files
from studyapp.content.problems import BadContent, Problem
from tests.content.conftest import FILES, TODAY

BROKEN = sorted((FILES / "broken").glob("*.yaml"))
Edit = Callable[[str, str, str], None]


def problems(folder: Path, **options: bool) -> tuple[Problem, ...]:
    with pytest.raises(BadContent) as caught:
        files.read(folder, today=TODAY, **options)
    return caught.value.problems


def marked(text: str) -> Iterator[tuple[int, str]]:
    """The line and the beginning of each problem that the file announces."""
    for number, line in enumerate(text.splitlines(), 1):
        for says in line.split("#! ")[1:]:
            yield number, says.strip()


class TestABrokenFile:
    @pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
    def test_reports_each_problem_at_its_line_and_no_other(self, broken, folder):
        text = broken.read_text()
        name = re.match(r"# replaces: (\S+)", text)[1]
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)

        found = [(each.line, each.says) for each in problems(folder, needs_proofs=False) if each.file == f"content/{name}"]

        missing = [(line, says) for line, says in marked(text) if not any(at == line and said.startswith(says) for at, said in found)]
        surplus = [(at, said) for at, said in found if not any(at == line and said.startswith(says) for line, says in marked(text))]
        assert (missing, surplus) == ([], [])
        assert found or broken.stem == "quote"
