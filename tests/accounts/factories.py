"""The plainest people: named ones with the password PASSWORD, and guests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory, Password

from studyapp.accounts.models import Role, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "slow brown otters"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Student {n}")
    password = Password(PASSWORD)
    created_at = NOW
    seen_on = NOW.date()


class GuestFactory(UserFactory):
    name = None
    password = Password(None)


class InstructorFactory(UserFactory):
    name = factory.Sequence(lambda n: f"Instructor {n}")
    role = Role.INSTRUCTOR


class OwnerFactory(UserFactory):
    name = factory.Sequence(lambda n: f"Owner {n}")
    role = Role.OWNER
