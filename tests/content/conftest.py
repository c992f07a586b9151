"""A small course whose every part is good, proved once; tests spoil copies of it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import call_command

from studyapp.content import files
from studyapp.content.course import Course
from tests.conftest import NOW

FILES = Path(__file__).parent.parent / "files"
TODAY = NOW.date()


@pytest.fixture(scope="session")
def proved_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course") / "content"
    copytree(FILES / "good", folder)
    call_command("prove", folder=folder, verbosity=0)
    return folder


@pytest.fixture
def folder(proved_course: Path, tmp_path: Path) -> Path:
    """The good course, to be spoilt."""
    return Path(copytree(proved_course, tmp_path / "content"))


@pytest.fixture
def course(folder: Path) -> Course:
    return files.read(folder, today=TODAY)


@pytest.fixture
def edit(folder: Path) -> Iterator[object]:
    """Replace a text in a file of the course."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text()
        assert old in text, f"{file} does not hold {old}"
        path.write_text(text.replace(old, new))

    return replace
