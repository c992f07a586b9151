"""The commands of whoever runs the house."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from studyapp.accounts.models import User
from tests.accounts.factories import NOW, PASSWORD, GuestFactory, OwnerFactory, UserFactory

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


class TestCreateOwner:
    @pytest.fixture(autouse=True)
    def typed(self, monkeypatch):
        def type_(line):
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))

        type_(PASSWORD)
        return type_

    def create(self, name="Olga", *options):
        return run("create_owner", "--name", name, "--password-stdin", *options)

    def test_makes_an_owner_and_prints_the_code(self):
        said = self.create()

        assert User.objects.get().is_owner
        assert User.objects.get().check_password(PASSWORD)
        assert re.search(r"Recovery code, shown this once: \w{5}-\w{5}-\w{5}-\w{5}\n", said)

    def test_asks_a_person_at_the_keys(self, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda asked: "Olga")
        monkeypatch.setattr("studyapp.accounts.management.commands.create_owner.getpass", lambda asked: PASSWORD)

        run("create_owner")

        assert User.objects.get().name == "Olga"

    def test_refuses_a_second_unless_forced(self):
        OwnerFactory()

        with pytest.raises(CommandError, match="--force"):
            self.create()

    def test_makes_a_second_when_forced(self):
        OwnerFactory()

        self.create("Olga", "--force")

        assert User.objects.count() == 2

    @pytest.mark.parametrize(
        ("name", "password", "says"),
        [
            ("O", PASSWORD, "name: This name has 1 character. A name has 2 to 40."),
            ("Ada", PASSWORD, "name: somebody is called 'Ada' already"),
            ("Olga", "short", "password: This password has 5 characters. A password has at least 8."),
        ],
    )
    def test_names_what_is_wrong(self, name, password, says, typed):
        UserFactory(name="Ada")
        typed(password)

        with pytest.raises(CommandError, match=says):
            self.create(name)

        assert User.objects.count() == 1


class TestSignInLink:
    def test_prints_a_link_that_works_once(self, client, settings):
        settings.BASE_URL = "https://study.example.org"
        UserFactory(name="Ada")

        printed = run("sign_in_link", "ada").strip()

        assert printed.startswith("https://study.example.org/t/")
        assert client.post(printed.removeprefix("https://study.example.org")).status_code == 302

    def test_names_whom_it_cannot_find(self):
        with pytest.raises(CommandError, match="nobody is called 'Ada'"):
            run("sign_in_link", "Ada")


class TestEraseOldGuests:
    def test_says_how_many(self):
        GuestFactory(seen_on=NOW.date() - timedelta(days=3000))
        UserFactory()

        assert "1 guest erased." in run("erase_old_guests")
        assert User.objects.count() == 1
