"""How many questions each page asks the database: pinned, so that one more is a decision."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from studyapp.attempts.models import Attempt
from studyapp.content.models import Belief, Item
from studyapp.memory import goals
from studyapp.memory.goals import Aim
from studyapp.memory.models import Card
from tests.accounts.factories import UserFactory
from tests.drills.factories import a_fact, answer, learn, open_drill
from tests.home.people import visitor
from tests.journeys.visitor import Answer, place
from tests.memory.histories import count, facts, remember

pytestmark = pytest.mark.django_db

BRACKETS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
HTMX = {"HX-Request": "true"}


@contextmanager
def queries(exactly: int) -> Iterator[None]:
    """Statements that ask or write; the brackets of transactions do not count."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured if not query["sql"].startswith(BRACKETS)]
    assert len(asked) == exactly, "\n".join(asked)


def page(response: HttpResponse) -> Answer:
    return Answer(response.status_code, {}, (), response.content.decode())


@pytest.fixture
def newcomer() -> Client:
    return Client()


@pytest.fixture
def address(newcomer: Client) -> str:
    """Of the first answer's feedback: the newcomer is a guest now, who held a wrong idea."""
    wrong = believed()
    asked = page(newcomer.get("/"))
    response = next(option for option in asked.options if option in wrong)
    return newcomer.post("/first/", {"token": asked.token, "response": response}).headers["Location"]


def believed() -> set[str]:
    """The options that name a wrong idea, of the first questions that have some; there are no others then."""
    found = set()
    for item in Item.objects.filter(is_first=True).select_related("revision"):
        wrong = {option["id"] for option in item.revision.body["item"]["options"] if option.get("belief")}
        Item.objects.filter(pk=item.pk).update(is_first=bool(wrong))
        found |= wrong
    return found


@pytest.fixture
def second(newcomer: Client, address: str) -> Callable[[], HttpResponse]:
    """Answer the second question, when called."""
    drill, _ = place(address)
    asked = page(newcomer.get(f"/drills/{drill}/2/"))
    fields = {"token": asked.token, **asked.response(Random(1))}  # it may ask for two
    return lambda: newcomer.post(f"/drills/{drill}/2/answer/", fields, headers=HTMX)


class TestQueries:
    def test_of_the_first_page(self, newcomer):
        with queries(exactly=1):
            newcomer.get("/")

    def test_of_the_first_answer(self, newcomer):
        asked = page(newcomer.get("/"))

        with queries(exactly=15):
            newcomer.post("/first/", {"token": asked.token, "response": asked.options[0]})

    def test_of_an_answer(self, second):
        with queries(exactly=8):
            assert second().status_code == 200

    def test_of_the_next_question(self, newcomer, address):
        drill, _ = place(address)

        with queries(exactly=4):
            assert newcomer.get(f"/drills/{drill}/2/", headers=HTMX).status_code == 200

    def test_of_a_run(self, newcomer, address):
        with queries(exactly=6):
            assert newcomer.get(f"{address}run/", headers=HTMX).status_code == 200

    def test_of_today_with_a_wrong_idea_to_come_back_to(self, newcomer, address):
        with queries(exactly=12):
            assert newcomer.get("/").status_code == 200

    def test_of_today_do_not_grow_with_what_was_done(self, newcomer, second):
        second()
        for section in "123":
            newcomer.post("/drills/start/", {"section": section})

        with queries(exactly=12):
            assert newcomer.get("/").status_code == 200

    def test_of_the_end_of_a_drill(self, newcomer, address):
        drill, _ = place(address)

        with queries(exactly=6):
            assert newcomer.get(f"/drills/{drill}/done/").status_code == 200

    def test_of_what_can_be_drilled(self, newcomer, address):
        with queries(exactly=9):
            assert newcomer.get("/drills/").status_code == 200


class TestQueriesOfToday:
    """Whatever a student has: an exam, a backlog, wrong ideas, a drill that stands open, a year of answers."""

    @pytest.fixture
    def student(self):
        now, student = timezone.now(), UserFactory()
        exam_on = (now + timedelta(days=21)).date()
        goals.set_goal(student=student, aim=Aim("DVA-C03", exam_on, 20, days_off=(6,)), now=now)
        attempt, _ = learn(student, a_fact(), right=False, now=now - timedelta(days=3))
        Attempt.objects.filter(pk=attempt.pk).update(belief=Belief.objects.filter(retired_at=None)[0].slug)
        answer(student, open_drill(student, size=3, now=now - timedelta(days=1)), now=now - timedelta(days=1))
        met = Card.objects.filter(student=student).values_list("fact", flat=True)
        remember(student, [fact for fact in facts() if fact.pk not in set(met)], stability=5, days_ago=9, now=now)
        return student

    def test_are_at_most_twelve_and_do_not_grow_with_history(self, student):
        client = visitor(student)
        with queries(exactly=12):
            assert b"You believed" in client.get("/").content

        count(student, 60, days=400, since=10)

        with queries(exactly=12):
            assert b"Lambda score on" in client.get("/").content

    def test_of_the_settings(self, student):
        client = visitor(student)

        with queries(exactly=3):
            client.get("/settings/")
