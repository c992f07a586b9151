from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from studyapp.accounts import services


class Command(BaseCommand):
    help = "Erase guests without a visit for 30 days, and links that have expired. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.erase_old_guests(timezone.now())
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"{count} {'guest' if count == 1 else 'guests'} erased."))
