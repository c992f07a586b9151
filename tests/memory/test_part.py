"""One part of the days' counts is what all of them have."""

from datetime import timedelta

import pytest

from studyapp.memory import daily
from studyapp.memory.counting import Counts
from studyapp.memory.models import Day
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["beliefs", "mistaken"])
def test_has_every_day_with_that_part(name):
    student = UserFactory()
    for days_ago, times in ((400, 1), (9, 2), (2, 3)):
        counts = Counts(answers=times, beliefs={"held": [times, 1]}, mistaken={"a>b": times})
        Day.objects.create(student=student, on=NOW.date() - timedelta(days=days_ago), counts=counts.as_json())
    learn(student, a_fact(), right=False)

    found, whole = daily.part(student, NOW, name), daily.days(student, NOW)

    assert {on: getattr(counts, name) for on, counts in found.items()} == {
        on: getattr(counts, name) for on, counts in whole.items()
    }
    assert list(found) == list(whole)
    assert len(found) == 3
