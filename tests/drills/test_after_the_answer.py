"""What can be done beside an answer: say why it was missed, what becomes of its fact, undo it, ask for another one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from studyapp.attempts.models import Attempt, Miss
from studyapp.drills import queries
from studyapp.memory import daily
from studyapp.memory.models import Card, Day
from studyapp.scheduling.days import study_day
from tests.drills.factories import a_fact, answer, open_drill
from tests.drills.pages import HTMX, fields, post, seen, url

pytestmark = pytest.mark.django_db


class TestWhyMissed:
    def test_is_kept_and_may_be_changed(self, client, student, drill):
        post(client, student, drill, right=False)

        client.post(url("explain", drill), {"reason": "misread"}, **HTMX)
        page = seen(client.post(url("explain", drill), {"reason": "time"}, **HTMX))

        assert Miss.objects.get().reason == "time"
        assert 'value="time" aria-pressed="true"' in page
        assert page.count('aria-pressed="true"') == 1

    def test_is_not_asked_of_a_right_answer(self, client, student, drill):
        page = seen(post(client, student, drill))

        assert "Why did you miss it?" not in page
        assert client.post(url("explain", drill), {"reason": "time"}).status_code == 404

    def test_must_be_one_of_four(self, client, student, drill):
        post(client, student, drill, right=False)

        response = client.post(url("explain", drill), {"reason": "bad luck"}, **HTMX)

        assert response.status_code == 422
        assert "Choose one of the reasons shown." in seen(response)


class TestCard:
    def say(self, client, drill, do: str, **more):
        return client.post(url("card", drill), {"do": do} | more, **HTMX)

    def test_is_given_a_day(self, client, student, drill):
        post(client, student, drill)
        on = study_day(timezone.now(), student.zone) + timedelta(days=9)

        page = seen(self.say(client, drill, "due", on=on.isoformat()))

        assert f"It comes back on {on}" in page
        assert study_day(Card.objects.get(student=student).due_at, student.zone) == on

    @pytest.mark.parametrize(
        ("on", "says"),
        [
            ("2020-01-01", "is not between today"),
            ("9999-12-31", "is not between today"),
            ("soon", "That is no day."),
            ("", "Choose the day"),
        ],
    )
    def test_refuses_a_day_that_cannot_be(self, client, student, drill, on, says):
        post(client, student, drill)
        due_at = Card.objects.get(student=student).due_at

        response = self.say(client, drill, "due", on=on)

        assert response.status_code == 422
        assert says in seen(response)
        assert f'value="{on}"' in seen(response)
        assert Card.objects.get(student=student).due_at == due_at

    def test_is_put_off_until_tomorrow(self, client, student, drill):
        post(client, student, drill)

        assert "Put off until tomorrow." in seen(self.say(client, drill, "bury"))
        assert not Card.objects.get(student=student).may_be_asked(timezone.now())

    def test_is_suspended_and_asked_again(self, client, student, drill):
        post(client, student, drill)

        assert "Ask it again" in seen(self.say(client, drill, "suspend"))
        assert Card.objects.get(student=student).is_suspended
        assert "not asked any more" in seen(client.get(url("question", drill)))
        assert "It is asked again." in seen(self.say(client, drill, "resume"))

    def test_is_forgotten(self, client, student, drill):
        post(client, student, drill)

        assert "as if you had never met it" in seen(self.say(client, drill, "forget"))
        assert Card.objects.get(student=student).memory is None

    @pytest.mark.parametrize("do", ["", "explode", "flag"])
    def test_refuses_what_cannot_be_done(self, client, student, drill, do):
        post(client, student, drill)

        assert self.say(client, drill, do).status_code == 422

    def test_says_nothing_before_the_answer(self, client, drill):
        assert self.say(client, drill, "suspend").status_code == 404


class TestUndo:
    def test_takes_back_card_marks_and_statistics_of_an_earlier_day(self, client, student):
        then = timezone.now() - timedelta(days=3)
        drill = open_drill(student, a_fact("lambda.vpc.internet"), now=then)
        attempt, _ = answer(student, drill, right=False, now=then)
        client.post(url("explain", drill), {"reason": "time"})
        daily.roll_up(student, timezone.now())
        assert Day.objects.count() == 1

        client.post(url("undo", drill))

        assert Card.objects.get(student=student).memory is None
        assert not Miss.objects.exists()
        assert not Day.objects.exists()
        assert daily.days(student, timezone.now()) == {}
        assert not Attempt.objects.standing().filter(pk=attempt.pk).exists()


class TestAnother:
    def test_comes_right_after(self, client, student, drill):
        post(client, student, drill)

        response = client.post(url("another", drill), {"how": "like"})

        assert response.url == url("question", drill, 2)
        assert len(queries.plan(student, drill.pk).places) == 4

    def test_that_there_is_not_is_refused(self, client, student, drill):
        post(client, student, drill)

        response = client.post(url("another", drill), {"how": "easier"}, **HTMX)

        assert response.status_code == 422
        assert "There is no “easier” question." in seen(response)

    def test_is_nothing_before_the_answer(self, client, drill):
        assert client.post(url("another", drill), {"how": "like"}).status_code == 404


class TestWithoutAScript:
    @pytest.mark.parametrize(
        ("name", "given", "says"),
        [
            ("flag", {"is_flagged": "true"}, "⚑ Flagged"),
            ("report", {"flaw": "text"}, "Reported."),
            ("explain", {"reason": "time"}, 'value="time" aria-pressed="true"'),
            ("card", {"do": "bury"}, "Put off until tomorrow."),
            ("card", {"do": "due"}, "Choose the day"),
            ("another", {"how": "easier"}, "There is no"),
        ],
    )
    def test_brings_the_whole_page(self, client, student, drill, name, given, says):
        post(client, student, drill, right=False)

        response = client.post(url(name, drill), given)

        assert says in seen(response)
        assert "<html" in seen(response)
        assert "miss" in fields(response).verdicts


class TestRuler:
    def test_leads_to_what_was_answered_and_to_the_one_before(self, client, student, drill):
        post(client, student, drill)

        page = seen(client.get(url("question", drill, 3)))

        assert f'<a href="{url("question", drill, 1)}"' in page
        assert (
            f'href="{url("question", drill, 2)}" hx-get="{url("question", drill, 2)}" hx-target="#main" aria-keyshortcuts="P"'
            in page
        )

    def test_is_a_ruler_alone_where_ticks_stand_too_close(self, client, student):
        drill = open_drill(student, size=30, now=timezone.now())
        post(client, student, drill)

        assert f'<a href="{url("question", drill, 1)}"' not in seen(client.get(url("question", drill, 5)))
