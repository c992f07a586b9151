from __future__ import annotations

import pytest
from django.test import Client

from studyapp.accounts import ownership
from tests.accounts.factories import GuestFactory, InstructorFactory, OwnerFactory, UserFactory

KINDS = {"guest": GuestFactory, "student": UserFactory, "instructor": InstructorFactory, "owner": OwnerFactory}


@pytest.fixture
def browser(db):
    """browser("student") is a client signed in as a new person of that kind, its `user`. "anonymous" is nobody."""

    def sign_in_as(kind: str) -> Client:
        client = Client()
        client.user = KINDS[kind]() if kind in KINDS else None
        if client.user:
            client.force_login(client.user)
        return client

    return sign_in_as


class Shelf:
    """A room that keeps what happened to it, for tests of who calls whom."""

    def __init__(self, name: str, log: list[tuple[object, ...]]) -> None:
        self.name, self.log = name, log

    def merge(self, guest, user):
        self.log.append(("merge", self.name, guest.pk, user.pk))

    def export(self, user):
        return [f"{self.name} of {user}"]

    def erase(self, user):
        self.log.append(("erase", self.name, user.pk))


@pytest.fixture
def rooms(monkeypatch):
    """Two rooms only, the upper one registered first as in INSTALLED_APPS. What happened to them, in order."""
    monkeypatch.setattr(ownership, "_rooms", {})
    log: list[tuple[object, ...]] = []
    for name in ("memory", "attempts"):
        shelf = Shelf(name, log)
        ownership.register(name, merge=shelf.merge, export=shelf.export, erase=shelf.erase)
    return log
