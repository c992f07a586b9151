"""What every test of the lab begins with."""

from collections.abc import Iterator

import pytest
from django.test import Client

from studyapp.accounts.models import User
from studyapp.lab import pace
from tests.accounts.factories import UserFactory


@pytest.fixture(autouse=True)
def nobody_has_run_before() -> Iterator[None]:
    """Budgets are the process's: one test must not use up another's."""
    pace.buckets.clear()
    yield
    pace.buckets.clear()


@pytest.fixture
def student(db: None) -> User:
    return UserFactory()


@pytest.fixture
def signed_in(student: User) -> Client:
    client = Client()
    client.force_login(student)
    return client
