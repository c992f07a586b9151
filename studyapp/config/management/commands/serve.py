"""`manage.py serve`: make the data ready, then become the supervisor of the production server and its worker."""

import os
import sys
from argparse import ArgumentParser
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from studyapp.config.env import BadSetting
from studyapp.config.up import refuse_taken_port

TASKS_KEPT_DAYS = 7


class Command(BaseCommand):
    help = "Migrate, load the course, make demo people where they may be, collect static files, and serve on HOST and PORT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="make everything ready and stop before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["prepare"]:
            self._refuse_taken_port()
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        settings.DATA_DIR.chmod(0o700)
        call_command("migrate", verbosity=0)
        call_command("load_content")
        call_command("rebuild_cards", older=True, verbosity=0)
        if settings.DEMO:
            call_command("make_demo")
        call_command("erase_old_guests", verbosity=0)
        call_command("settle_sittings", verbosity=0)
        call_command("clearsessions")
        call_command("prune_db_task_results", min_age_days=TASKS_KEPT_DAYS, verbosity=0)
        self._collect_static_files()
        if not options["prepare"]:
            self._announce()
            self._become_the_supervisor()

    def _refuse_taken_port(self) -> None:
        try:
            refuse_taken_port(settings.HOST, settings.PORT)
        except BadSetting as error:
            raise CommandError(str(error)) from None

    def _collect_static_files(self) -> None:
        """Compressing takes seconds, so only when a file or a package has changed since the last start."""
        kept, digest = settings.STATIC_ROOT / ".collected", _static_digest()
        if not kept.exists() or kept.read_text() != digest:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            kept.write_text(digest)

    def _announce(self) -> None:
        self.stdout.write(self.style.SUCCESS(f"Coldstart is at {settings.BASE_URL}"))
        if not settings.IS_SECURE:
            self.stdout.write(
                "Cookies are not marked Secure: there is no https:// in PUBLIC_URL. Fine on this machine; "
                "on a network, put a proxy with TLS in front and set PUBLIC_URL."
            )
        self.stdout.flush()

    def _become_the_supervisor(self) -> None:
        """A new process image: this one has loaded Django and the course, which the supervisor does not need."""
        os.chdir(settings.ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "studyapp.config.supervising"])  # noqa: S606 - our own Python


def _static_digest() -> str:
    files = sorted(path for path in (settings.ROOT / "static").rglob("*") if path.is_file())
    lock = settings.ROOT / "requirements" / "base.txt"
    return sha256(b"".join(str(path).encode() + path.read_bytes() for path in [*files, lock])).hexdigest()
