import pytest
from django.test import Client
from django.utils import timezone

from studyapp.content.models import Fact
from tests.accounts.factories import UserFactory
from tests.drills.factories import open_drill


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def client(student):
    client = Client()
    client.force_login(student)
    return client


@pytest.fixture
def drill(student):
    """Three questions to choose from four options: facts with such an item that can be run, which comes first."""
    return open_drill(student, *Fact.objects.filter(moved_by__kind="fix").distinct()[:3], now=timezone.now())
