from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from studyapp.exams import services


class Command(BaseCommand):
    help = "Hand in the mock exams whose time is up and whose students have not come back. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.settle(timezone.now())
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"{count} {'sitting' if count == 1 else 'sittings'} handed in."))
