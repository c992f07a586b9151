"""`manage.py make_demo`: demo people, once for each DATA_DIR."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from studyapp.home import demo


class Command(BaseCommand):
    help = "Make an instructor and six students with three weeks of history; passwords are random, printed, and kept in DATA_DIR."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo people are made on a loopback HOST, or when DEMO=1 asks for them.")
        path: Path = settings.DATA_DIR / "demo_people.txt"
        if demo.exist():
            self.stdout.write(f"The demo people's passwords are in {path.name}, in DATA_DIR.")
            return
        quiet = options["verbosity"] == 0 or not self.stderr.isatty()
        made = tqdm(demo.make(timezone.now()), total=len(demo.STUDENTS) + 1, unit="person", disable=quiet)
        lines = [f"{person.name:16} {person.password}" for person in made]
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text("\n".join(lines) + "\n")
        self.stdout.write("Demo people, name and password (kept in demo_people.txt, in DATA_DIR):")
        self.stdout.write("\n".join(f"  {line}" for line in lines))
