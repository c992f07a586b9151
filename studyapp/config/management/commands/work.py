"""`manage.py work`: run what waits in the queue. The server starts one; this is for running it by hand."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from studyapp.config.settling import settle
from studyapp.config.working import alone, take_up

LOOKS_EVERY_S = 0.5


class Command(BaseCommand):
    help = "Run what waits in the queue until told to stop. Of one DATA_DIR a single worker runs at a time; another one waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="end when nothing waits any more")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with alone(settings.DATA_DIR, waiting=self._say_waiting):
            take_up()
            settle()
            call_command(
                "db_worker",
                interval=LOOKS_EVERY_S,
                startup_delay=False,
                batch=options["batch"],
                verbosity=options["verbosity"],
            )

    def _say_waiting(self) -> None:
        self.stderr.write(f"Another worker of {settings.DATA_DIR} is running; this one waits until it has ended.")
