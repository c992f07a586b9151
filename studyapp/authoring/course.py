"""The course as its files have it, which is what a draft is checked against."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from studyapp.content import files, linting
from studyapp.content.course import Course
from studyapp.questions.lint import LintWorld


class CourseUnreadable(Exception):
    """A file of the course has a problem, so nothing can be checked against it."""

    def __str__(self) -> str:
        return "The files of the course cannot be read at the moment: manage.py load_content --check says why."


def course() -> Course:
    """Read again when a file has changed. Raises CourseUnreadable."""
    folder = Path(settings.CONTENT)
    try:
        return _course(folder, _newest(folder))
    except files.BadContent as bad:
        raise CourseUnreadable from bad


def lint_world(read: Course, today: date) -> LintWorld:
    """What the linter knows of it, for an instructor's own items."""
    known = linting.world(read, today)
    return LintWorld(
        facts=known.facts,
        scenarios=known.scenarios,
        terms=known.terms,
        related=known.related,
        today=today,
        origin="authored",
    )


def _newest(folder: Path) -> int:
    """When a file last changed, in nanoseconds."""
    return max((path.stat().st_mtime_ns for path in folder.rglob("*.yaml")), default=0)


@lru_cache(maxsize=1)
def _course(folder: Path, _newest: int) -> Course:
    return files.read(folder, needs_proofs=False)
