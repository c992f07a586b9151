"""What every test shares: the real course, loaded once into the test database, and a clock to inject."""

import os
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import settings

# A law is tried on the same examples each time, so that a commit is green or red for what is in it. `make search` tries
# new ones: whatever it finds is written down as a test of its own.
settings.register_profile("steady", derandomize=True)
settings.register_profile("search", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's synchronous API runs inside a loop

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The course as a server has it: each test sees it, and its own changes are rolled back."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)
