"""Runs and jobs of a guest who becomes a person, of a person who wants to have them, and of one who leaves."""

import json

import pytest
from django.test import Client

from studyapp.accounts import ownership, services
from studyapp.attempts.models import Attempt
from studyapp.lab.background import jobs
from studyapp.lab.models import Job, Run
from studyapp.memory.models import Review
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.lab.test_jobs import SWEEP
from tests.lab.visits import CROWD, opened, predict, url

pytestmark = pytest.mark.django_db
OTHER = "lambda.vpc.card-processor"


def visitor(user):
    client = Client()
    client.force_login(user)
    return client


class TestMerge:
    def test_gives_what_a_guest_predicted_to_the_person(self):
        guest, person = GuestFactory(), UserFactory()
        predict(visitor(guest), CROWD, said="200")
        jobs.ask(kind="sweep", asked=SWEEP, by=guest, now=NOW)

        ownership.take_over(guest, person)

        assert Run.objects.get().student == Job.objects.get().asked_by == person
        assert b"It is as you said." in visitor(person).get(url(CROWD)).content

    def test_keeps_the_persons_own_prediction_of_a_run_that_both_made(self):
        guest, person = GuestFactory(), UserFactory()
        predict(visitor(guest), CROWD, said="200")
        predict(visitor(guest), OTHER)
        predict(visitor(person), CROWD, said="5")

        ownership.take_over(guest, person)

        runs = {run.scenario.slug: run for run in Run.objects.of(person)}
        assert runs.keys() == {CROWD, OTHER}
        assert not runs[CROWD].is_right
        assert Attempt.objects.of(person).count() == 3
        assert Review.objects.filter(card__student=person).count() == 3

    def test_leaves_the_runs_of_others_alone(self):
        guest, person, other = GuestFactory(), UserFactory(), UserFactory()
        predict(visitor(other), CROWD)

        ownership.take_over(guest, person)

        assert Run.objects.get().student == other


class TestExport:
    def test_has_every_run_oldest_first(self):
        client = visitor(UserFactory())
        predict(client, CROWD, said="5", is_sure="on")
        predict(client, OTHER)

        told = json.loads(client.get("/settings/export/").content)

        first, second = told["lab"]
        assert [each["scenario__slug"] for each in (first, second)] == [CROWD, OTHER]
        assert (first["predicted"], first["actual"], first["is_right"]) == ("5", "200", False)
        assert first["metrics"]["throttles"] == "200"
        assert {attempt["source"] for attempt in told["attempts"]["answers"]} == {"lab"}

    def test_of_somebody_without_a_run_is_empty(self):
        assert services.export(UserFactory())["lab"] == []


class TestErase:
    def test_takes_the_runs_and_leaves_attempts_and_jobs_without_a_name(self):
        person = UserFactory()
        opened(visitor(person), CROWD)
        jobs.ask(kind="sweep", asked=SWEEP, by=person, now=NOW)

        services.erase(person)

        assert not Run.objects.exists()
        assert Attempt.objects.get().student is None
        assert Job.objects.get().asked_by is None

    def test_leaves_the_runs_of_others(self):
        person, other = UserFactory(), UserFactory()
        for each in (person, other):
            predict(visitor(each), CROWD)

        services.erase(person)

        assert Run.objects.get().student == other
