"""`manage.py rebuild_cards [NAME | --older]`: make cards and daily counts again from the log, of which they are the sum."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from studyapp.accounts.models import User
from studyapp.memory import daily, services


class Command(BaseCommand):
    help = (
        "Rebuild everybody's cards and daily counts, or one person's, from the log of their reviews. Each person is done as "
        "a whole or not at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="whose; everybody's without it")
        parser.add_argument(
            "--older", action="store_true", help="only theirs who have cards from before lapses were counted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        students = User.objects.named(name) if name else User.objects.filter(cards__isnull=False).distinct()
        if options["older"]:  # each answer that left a memory is counted since then
            students = students.filter(cards__answers=0, cards__stability__isnull=False)
        if name and not students.exists():
            raise CommandError(f"There is nobody called {name}.")
        quiet = options["verbosity"] == 0 or not self.stderr.isatty()
        counts = [_rebuild(student) for student in tqdm(students, unit="person", disable=quiet)]
        self.stdout.write(self.style.SUCCESS(f"Rebuilt {sum(counts)} card(s) of {len(counts)} person(s)."))


@transaction.atomic
def _rebuild(student: User) -> int:
    daily.rebuild(student, timezone.now())
    return services.rebuild(student=student)
