from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from studyapp.attempts import owned, queries, services, tokens
from studyapp.attempts.models import Attempt, Source
from studyapp.attempts.services import AlreadyAnswered, AlreadyWithdrawn, Occasion
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Fact
from studyapp.drills import queries as drill_queries
from studyapp.questions.marking import BadResponse
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, learn, open_drill, response_to, shown_at

SHOWN = Shown(3, 7, ("a", "b"), "12", NOW, "n0nce", drill=5, position=2)


class TestTokens:
    def test_come_back_as_they_were(self):
        assert tokens.read(tokens.write(SHOWN), person="12") == SHOWN

    @pytest.mark.parametrize("text", ["", "x", "a:b:c", "ä:ö:ü", tokens.SALT])
    def test_refuse_what_was_never_signed(self, text):
        with pytest.raises(BadToken):
            tokens.read(text, person="12")

    def test_refuse_a_change_on_the_way(self):
        text = tokens.write(SHOWN)

        with pytest.raises(BadToken):
            tokens.read(text[:-1] + ("A" if text[-1] != "A" else "B"), person="12")

    def test_belong_to_one_person(self):
        with pytest.raises(BadToken, match="somebody else"):
            tokens.read(tokens.write(SHOWN), person="13")

    def test_grow_too_old(self, monkeypatch):
        text = tokens.write(SHOWN)
        monkeypatch.setattr(tokens, "LIVES", timedelta(seconds=-1))

        with pytest.raises(BadToken, match="too old"):
            tokens.read(text, person="12")


@pytest.mark.django_db
class TestRecord:
    def test_keeps_what_was_shown_and_given(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact(), right=False, is_sure=True)

        assert (attempt.student, attempt.fact, attempt.fraction, attempt.is_sure) == (student, a_fact(), 0, True)
        assert set(attempt.response) < set(attempt.order)
        assert attempt.took == timedelta(seconds=20)
        assert attempt.source == Source.DRILL

    def test_refuses_a_second_response_to_the_same_place(self):
        student = UserFactory()
        drill = open_drill(student, a_fact())
        answer(student, drill)

        with pytest.raises(AlreadyAnswered), transaction.atomic():
            answer(student, drill, right=False)
        assert Attempt.objects.of(student).count() == 1

    def test_refuses_a_second_response_to_the_same_page(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())
        attempt.pk, attempt.position = None, 9

        with pytest.raises(IntegrityError), transaction.atomic():
            attempt.save(force_insert=True)

    @pytest.mark.parametrize("response", [[], ["nonsense"], ["a", "b"]])
    def test_refuses_a_response_that_the_variant_cannot_have(self, response):
        student = UserFactory()
        drill = open_drill(student, a_fact())

        with pytest.raises(BadResponse):
            answer(student, drill, response=response)
        assert not Attempt.objects.of(student).exists()

    def test_does_not_believe_a_clock_that_is_ahead(self):
        student = UserFactory()
        drill = open_drill(student, a_fact())
        place = drill_queries.plan(student, drill.pk).places[0]
        shown = shown_at(student, drill, place, NOW + timedelta(hours=1))

        attempt = services.record(
            student=student,
            revision=drill_queries.revision_of(place),
            shown=shown,
            response=response_to(place, right=True),
            is_sure=False,
            where=Occasion(occasion=drill.occasion, position=1, source=Source.DRILL),
            now=NOW,
        )

        assert attempt.took == timedelta(0)


@pytest.mark.django_db
class TestWithdraw:
    def test_leaves_the_attempt_and_takes_it_out_of_the_count(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())

        services.withdraw(attempt=attempt, now=NOW)

        assert list(Attempt.objects.of(student)) == [attempt]
        assert not Attempt.objects.of(student).standing().exists()

    def test_happens_once(self):
        attempt, _ = learn(UserFactory(), a_fact())
        services.withdraw(attempt=attempt, now=NOW)

        with pytest.raises(AlreadyWithdrawn):
            services.withdraw(attempt=attempt, now=NOW)


@pytest.mark.django_db
class TestPace:
    def test_is_unknown_before_twenty_answers(self):
        student = UserFactory()
        for fact in Fact.objects.current()[:19]:
            learn(student, fact)

        assert queries.pace_of(student) is None

    def test_is_the_median_of_seconds_for_each_character(self):
        student = UserFactory()
        for fact in Fact.objects.current()[:21]:
            learn(student, fact)
        spans = sorted(20 / attempt.characters for attempt in Attempt.objects.of(student))

        assert queries.pace_of(student) == pytest.approx(spans[10])


@pytest.mark.django_db
class TestOwned:
    def test_a_guests_attempts_become_the_persons(self):
        guest, user = GuestFactory(), UserFactory()
        learn(guest, a_fact())

        owned.merge(guest, user)

        assert Attempt.objects.of(user).count() == 1

    def test_erased_attempts_stay_without_a_name(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())

        owned.erase(student)

        attempt.refresh_from_db()
        assert attempt.student is None

    def test_the_export_names_item_and_revision(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())

        (row,) = owned.export(student)["answers"]

        assert (row["item"], row["revision"]) == (attempt.revision.item.slug, attempt.revision.digest)
