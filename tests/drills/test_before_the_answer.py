"""What can be done beside a question before its answer: strike out, take a hint, flag, report."""

import pytest
from django.test import Client
from django.utils import timezone

from studyapp.attempts.models import Attempt, Report
from studyapp.drills import queries
from studyapp.drills.models import Drill, DrillItem
from studyapp.memory.models import Card, Review
from tests.accounts.factories import UserFactory
from tests.drills.factories import a_fact, ask_of_old, open_drill
from tests.drills.pages import HTMX, fields, place_of, post, seen, url

pytestmark = pytest.mark.django_db


def place_key(student, drill: Drill) -> list[str]:
    place = place_of(student, drill)
    return sorted(queries.revision_of(place).variant(place.seed).key)


def take(client, drill, name: str, **more):
    token = fields(client.get(url("question", drill))).token
    return client.post(url("hint", drill), {"hint": name, "token": token} | more, **HTMX)


class TestStruck:
    def test_is_kept_and_said_after_the_answer(self, client, student, drill):
        other = fields(client.get(url("question", drill))).options
        key = place_key(student, drill)
        struck = [option for option in other if option not in key][:2]

        page = seen(post(client, student, drill, struck=struck))

        assert Attempt.objects.get().struck == sorted(struck)
        assert page.count("struck out") == 2

    def test_counts_no_more_once_it_is_chosen(self, client, student, drill):
        key = place_key(student, drill)

        post(client, student, drill, response=key, struck=key)

        assert Attempt.objects.get().struck == []

    def test_must_be_an_option_of_the_question(self, client, student, drill):
        response = post(client, student, drill, struck=["nonsense"])

        assert response.status_code == 422
        assert "not part of this question" in seen(response)
        assert not Attempt.objects.exists()

    def test_stays_on_a_page_that_comes_again(self, client, student, drill):
        options = fields(client.get(url("question", drill))).options

        again = fields(post(client, student, drill, response=[], struck=[options[1]]))

        assert again.checked == [options[1]]


class TestTime:
    @pytest.mark.parametrize(
        ("told", "is_kept"),
        [("0", True), ("12", True), ("", False), ("-5", False), ("1.5", False), ("x", False), ("9" * 400, False)],
    )
    def test_is_kept_as_the_browser_tells_it(self, client, student, drill, told, is_kept):
        assert post(client, student, drill, device_ms=told).status_code == 200
        assert (Attempt.objects.get().device_ms is not None) == is_kept

    def test_is_no_longer_than_the_server_waited(self, client, student, drill):
        post(client, student, drill, device_ms="3600000")

        attempt = Attempt.objects.get()
        assert attempt.device_ms <= attempt.took.total_seconds() * 1000


class TestHint:
    def test_is_kept_and_shown_above_the_options_when_the_page_comes_again(self, client, drill):
        take(client, drill, "word")

        page = seen(client.get(url("question", drill)))
        assert DrillItem.objects.get(drill=drill, position=1).hints == ["word"]
        assert page.index("What it hangs on") < page.index('name="response"')

    def test_says_what_it_costs_before_it_is_taken(self, client, drill):
        assert "An answer after a hint counts as hard." in seen(client.get(url("question", drill)))

    def test_makes_a_right_answer_hard(self, client, student, drill):
        take(client, drill, "word")

        page = seen(post(client, student, drill))

        assert Attempt.objects.get().hints == ["word"]
        assert Review.objects.get().rating == 2
        assert "after a hint" in page

    def test_makes_a_guess_a_lapse(self, client, student, drill):
        take(client, drill, "word")
        post(client, student, drill)

        client.post(url("guess", drill), **HTMX)

        assert Review.objects.get(kind="guess").rating == 1

    def test_keeps_what_was_chosen_and_the_order(self, client, drill):
        asked = fields(client.get(url("question", drill)))
        given = {
            "hint": "word",
            "token": asked.token,
            "response": asked.options[2],
            "struck": asked.options[0],
            "is_sure": "on",
        }

        page = fields(client.post(url("hint", drill), given, **HTMX))

        assert page.options == asked.options
        assert page.checked == [asked.options[0], asked.options[2], "is_sure"]

    def test_comes_after_the_other(self, client, drill):
        assert 'value="word"' in seen(client.get(url("question", drill)))
        after_one = seen(take(client, drill, "word"))
        after_two = seen(take(client, drill, "row"))

        assert 'name="hint" value="row"' in after_one
        assert "In the tables" in after_two

    def test_runs_the_scenario_without_the_change(self, client, student):
        drill = open_drill(student, a_fact("lambda.vpc.internet"), now=timezone.now())

        assert "without any change" in seen(take(client, drill, "run"))

    def test_says_so_when_the_simulator_cannot_read_the_scenario(self, client, student):
        drill = open_drill(student, a_fact("lambda.vpc.internet"), now=timezone.now())
        ask_of_old(drill)

        assert "its run cannot be shown" in seen(take(client, drill, "run"))

    @pytest.mark.parametrize("name", ["nonsense", "", "key"])
    def test_that_there_is_not_is_refused_and_nothing_is_lost(self, client, drill, name):
        asked = fields(client.get(url("question", drill)))
        given = {"hint": name, "token": asked.token, "response": asked.options[1]}

        response = client.post(url("hint", drill), given, **HTMX)

        assert response.status_code == 422
        assert "Something needs another look" in seen(response)
        assert fields(response).checked == [asked.options[1]]
        assert DrillItem.objects.get(drill=drill, position=1).hints == []

    def test_is_too_late_after_the_answer(self, client, student, drill):
        post(client, student, drill)

        assert client.post(url("hint", drill), {"hint": "word"}).url == url("question", drill)
        assert DrillItem.objects.get(drill=drill, position=1).hints == []

    def test_taken_twice_is_one(self, client, drill):
        take(client, drill, "word")
        take(client, drill, "word")

        assert DrillItem.objects.get(drill=drill, position=1).hints == ["word"]

    def test_is_nobody_elses(self, drill):
        stranger = Client()
        stranger.force_login(UserFactory())

        assert stranger.post(url("hint", drill), {"hint": "word"}).status_code == 404


class TestFlag:
    def test_is_put_and_taken_away_before_the_answer(self, client, student, drill):
        page = seen(client.post(url("flag", drill), {"is_flagged": "true"}, **HTMX))
        assert Card.objects.get(student=student).is_flagged
        assert "Flagged" in page
        assert "<form" not in page

        client.post(url("flag", drill), {"is_flagged": "false"}, **HTMX)
        assert not Card.objects.get(student=student).is_flagged

    def test_is_put_after_the_answer_too(self, client, student, drill):
        post(client, student, drill)

        client.post(url("flag", drill), {"is_flagged": "true"})

        assert "⚑ Flagged" in seen(client.get(url("question", drill)))

    def test_without_a_script_loses_nothing(self, client, drill):
        asked = fields(client.get(url("question", drill)))

        page = fields(
            client.post(url("flag", drill), {"is_flagged": "true", "token": asked.token, "response": asked.options[3]})
        )

        assert (page.options, page.checked) == (asked.options, [asked.options[3]])


class TestReport:
    def test_before_the_answer_keeps_what_was_shown(self, client, student, drill):
        asked = fields(client.get(url("question", drill)))
        given = {"flaw": "unclear", "words": " Which one? ", "token": asked.token}

        page = seen(client.post(url("report", drill), given, **HTMX))

        report, place = Report.objects.get(), place_of(student, drill)
        assert (report.revision_id, report.seed) == (place.revision_id, place.seed)
        assert report.order == asked.options
        assert (report.student, report.flaw, report.words, report.response) == (student, "unclear", "Which one?", None)
        assert "Reported." in page

    def test_after_the_answer_keeps_what_was_given(self, client, student, drill):
        post(client, student, drill, right=False)

        client.post(url("report", drill), {"flaw": "key"}, **HTMX)

        assert Report.objects.get().response == Attempt.objects.get().response

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"words": "It is wrong."}, "Choose what is wrong with it."),
            ({"flaw": "rude", "words": "It is wrong."}, "Choose one of the flaws shown."),
            ({"flaw": "key", "words": "It is wrong." + "!" * 989}, "At most 1,000 characters; these are 1,001."),
        ],
    )
    def test_that_is_malformed_says_so_at_its_field_and_loses_nothing(self, client, drill, given, says):
        response = client.post(url("report", drill), given, **HTMX)

        assert response.status_code == 422
        assert says in seen(response)
        assert "It is wrong." in seen(response)
        assert not Report.objects.exists()

    def test_may_be_as_long_as_it_says_with_the_line_ends_of_browsers(self, client, drill):
        client.post(url("report", drill), {"flaw": "key", "words": "x" * 499 + "\r\n" + "x" * 500})

        assert len(Report.objects.get().words) == 1000


class TestWithoutAScript:
    @pytest.mark.parametrize(
        ("name", "given", "says"),
        [
            ("hint", {"hint": "word"}, "What it hangs on"),
            ("flag", {"is_flagged": "true"}, "⚑ Flagged"),
            ("report", {"flaw": "text"}, "Reported."),
            ("report", {}, "Choose what is wrong with it."),
        ],
    )
    def test_brings_the_whole_page_with_what_was_chosen(self, client, drill, name, given, says):
        asked = fields(client.get(url("question", drill)))

        response = client.post(url(name, drill), {"token": asked.token, "response": asked.options[2]} | given)

        assert says in seen(response)
        assert "<html" in seen(response)
        assert fields(response).options == asked.options
        assert asked.options[2] in fields(response).checked
