import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from studyapp.accounts import names, services


class Command(BaseCommand):
    help = "Make the owner: the person who runs this house and invites its instructors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="2 to 40 letters, digits, spaces and . _ - (asked for when left out)")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from the first line of input"
        )
        parser.add_argument("--force", action="store_true", help="make another owner although there is one")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name = names.clean_name(options["name"] or input("Name: "))
            named = services.create_owner(
                name=name,
                password=self._password(name, from_stdin=options["password_stdin"]),
                now=timezone.now(),
                is_forced=options["force"],
            )
        except names.BadName as error:
            raise CommandError(f"name: {error}") from None
        except services.OwnerExists:
            raise CommandError("There is an owner already. --force makes another.") from None
        except services.Taken:
            raise CommandError(f"name: somebody is called {name!r} already. Choose another.") from None
        self.stdout.write(self.style.SUCCESS(f"{name} is an owner."))
        self.stdout.write(f"Recovery code, shown this once: {named.recovery_code}")

    def _password(self, name: str, *, from_stdin: bool) -> str:
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else getpass("Password: ")
        if problems := names.password_problems(password, name=name):
            raise CommandError("\n".join(f"password: {problem}" for problem in problems))
        return password
