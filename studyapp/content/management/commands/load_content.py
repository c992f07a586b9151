"""Load the course from its files, or only check them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from studyapp.content import files, services
from studyapp.content.course import Course


class Command(BaseCommand):
    help = "Load content/ into the database. With --check, only read it and list every problem; no database is needed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="read and check; write nothing")
        parser.add_argument("--without-proofs", action="store_true", help="with --check: do not miss proofs")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT, help="the files, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        is_check = options["check"]
        try:
            course = files.read(options["folder"], needs_proofs=not (is_check and options["without_proofs"]))
        except files.BadContent as error:
            count = len(error.problems)
            raise CommandError(f"{error}\n{count} problem{'s' if count > 1 else ''}; nothing was loaded.") from None
        counts = f"{len(course.rows)} rows, {len(course.facts)} facts, {len(course.items)} items"
        said = f"The content is good: {counts}." if is_check else f"Loaded {counts}: {_loaded(course)}."
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(said))


def _loaded(course: Course) -> services.Loaded:
    try:
        return services.load(course=course, now=timezone.now())
    except services.AuthoredAlready as error:
        raise CommandError(f"{error}\nNothing was loaded.") from None
