"""Write content/schema/*.json and the reference part of content/README.md from the models that check the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from studyapp.content import handbook


class Command(BaseCommand):
    help = "Make the authors' reference anew: content/schema/*.json and the tables of content/README.md. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        (folder / "schema").mkdir(parents=True, exist_ok=True)
        schemas = handbook.schemas()
        for name, text in schemas.items():
            (folder / "schema" / name).write_text(text, encoding="utf-8")
        readme = folder / "README.md"
        before = readme.read_text(encoding="utf-8") if readme.exists() else "# The course\n"
        readme.write_text(handbook.written(before), encoding="utf-8")
        self.stdout.write(f"{len(schemas)} schemas and {readme.name} written.")
