from datetime import timedelta

import pytest

from studyapp.accounts import ownership, services
from studyapp.attempts.models import Attempt
from studyapp.exams import queries
from studyapp.exams.models import Sitting
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.exams.factories import answer, at, begin, hand_in, response, sat

pytestmark = pytest.mark.django_db


class TestMerge:
    def test_lets_a_guests_sitting_go_on_as_the_persons_with_its_clock(self):
        guest, person = GuestFactory(), UserFactory()
        sitting = begin(guest)
        answer(sitting, 1, now=at(minutes=1))

        ownership.take_over(guest, person)

        taken = Sitting.objects.get()
        assert (taken.student, taken.left(at(minutes=2))) == (person, timedelta(minutes=8))
        answer(taken, 2, now=at(minutes=3))
        hand_in(taken, at(minutes=4))
        assert {each.student for each in Attempt.objects.all()} == {person}

    def test_keeps_both_where_each_has_one_open(self):
        guest, person = GuestFactory(), UserFactory()
        theirs, own = begin(guest, now=at(minutes=1)), begin(person, is_strict=False)

        ownership.take_over(guest, person)

        assert queries.open_sittings(person) == [theirs, own]


class TestExport:
    def test_holds_what_was_asked_and_what_stood_there(self):
        student = UserFactory()
        sat(student, now=NOW - timedelta(days=1))
        sitting = begin(student)
        answer(sitting, 1, is_marked=True)

        told = services.export(student)["exams"]

        assert [each["submitted_at"] is None for each in told] == [False, True]
        assert told[1]["items"][0]["response"] == sorted(response(sitting))
        assert told[1]["items"][0]["is_marked"]
        assert told[0]["items"][0]["is_first_right"]
        assert (told[1]["size"], told[1]["occasion"]) == (5, sitting.occasion)
        assert [each["item"] for each in told[1]["items"]] == [
            place.revision.item.slug for place in sitting.items.select_related("revision__item")
        ]


class TestErase:
    def test_takes_the_sittings_and_leaves_the_attempts_without_a_name(self):
        student = UserFactory()
        sat(student)

        services.erase(student)

        assert not Sitting.objects.exists()
        assert {each.student for each in Attempt.objects.all()} == {None}
