from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from studyapp.accounts import tickets
from studyapp.accounts.models import TicketKind, User


class Command(BaseCommand):
    help = "Print a link that signs a person in once, for somebody who has lost password and recovery code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the person's name, or their e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.known_as(options["name"]).first()
        if user is None:
            raise CommandError(f"name: nobody is called {options['name']!r}.")
        token = tickets.issue(kind=TicketKind.SIGN_IN, user=user, now=timezone.now())
        self.stdout.write(f"{settings.BASE_URL}{reverse('accounts:ticket', args=[token])}")
        self.stderr.write(f"It signs {user} in once, within 24 hours. Give it to nobody else.")
