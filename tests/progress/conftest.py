"""It is seven in the evening of NOW."""

import pytest
from django.utils import timezone

from tests.conftest import NOW


@pytest.fixture(autouse=True)
def _at_seven(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
