from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from studyapp.accounts import ownership, services
from studyapp.attempts.models import Attempt
from studyapp.drills import queries
from studyapp.drills.models import Drill
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.drills.factories import answer, open_drill

pytestmark = pytest.mark.django_db


class TestMerge:
    def test_lets_a_guests_drill_go_on_as_the_persons(self):
        guest, person = GuestFactory(), UserFactory()
        drill = open_drill(guest, size=3)
        answer(guest, drill, right=False)

        ownership.take_over(guest, person)

        assert queries.plan(person, drill.pk).states == ["wrong", "todo", "todo"]
        answer(person, drill, 2)
        assert queries.plan(person, drill.pk).states == ["wrong", "right", "todo"]

    def test_leaves_the_persons_own_drills_alone(self):
        guest, person = GuestFactory(), UserFactory()
        own, other = open_drill(person), open_drill(guest)

        ownership.take_over(guest, person)

        assert set(Drill.objects.of(person)) == {own, other}

    def test_shows_a_question_anew_that_the_guest_had_before_them(self):
        guest, person = GuestFactory(), UserFactory()
        drill = open_drill(guest, size=1)
        ownership.take_over(guest, person)
        client = Client()
        client.force_login(person)

        response = client.post(reverse("drills:answer", args=[drill.pk, 1]), {"token": "the guest's", "response": "x"})

        assert response.status_code == 422
        assert not Attempt.objects.exists()


class TestExport:
    def test_names_what_was_asked_in_its_order(self):
        student = UserFactory()
        open_drill(student, now=NOW - timedelta(days=1))
        drill = open_drill(student, size=3)

        told = services.export(student)["drills"]

        assert len(told) == 2
        assert told[1]["title"] == "A drill"
        assert told[1]["items"] == [question.revision.item.slug for question in drill.items.all()]

    def test_costs_the_same_for_many_drills(self, django_assert_num_queries):
        student = UserFactory()
        for _ in range(3):
            open_drill(student, size=3)

        # drills with questions, revisions and items; answers and reports; what memory holds; runs, drafts and sittings
        with django_assert_num_queries(4 + 2 + 5 + 3):
            services.export(student)


class TestErase:
    def test_takes_the_drills_and_leaves_the_attempts_without_a_name(self):
        student = UserFactory()
        answer(student, open_drill(student))

        services.erase(student)

        assert not Drill.objects.exists()
        assert Attempt.objects.get().student is None
