"""A small course whose every part is good, proved once; tests spoil copies of it."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import call_command

from studyapp.content import files, services
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
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """Replace a text in a file of the course."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text()
        assert old in text, f"{file} does not hold {old}"
        (folder / file).write_text(text.replace(old, new))

    return replace


@pytest.fixture
def course(folder: Path) -> Course:
    return files.read(folder, today=TODAY)


@pytest.fixture
def loaded(db: None, course: Course) -> Course:
    """The small course in the database; the real one is retired there."""
    services.load(course=course, now=NOW)
    return course
