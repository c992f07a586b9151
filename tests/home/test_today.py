import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from studyapp.content.models import Fact, Item
from studyapp.drills.models import Drill, DrillKind
from studyapp.memory import forecasts, goals, outlook, queue
from studyapp.memory.desk import lay
from studyapp.memory.goals import Aim
from studyapp.memory.models import Card, Forecast, Goal
from studyapp.memory.queries import goal_of
from studyapp.scheduling.days import study_day
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, learn
from tests.home.people import read, visitor, words
from tests.memory.histories import count, facts, remember

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return study_day(now)


@pytest.fixture
def student(now):
    """With two facts of each section met, three days ago, and enough answers for a score."""
    student = UserFactory()
    remember(student, facts(each=2), now=now)
    count(student, 80, now=now)
    return student


def aim(student, now, *, days=21, **more):
    exam_on = study_day(now) + timedelta(days=days)
    return goals.set_goal(student=student, aim=Aim("DVA-C03", exam_on, 20, **more), now=now)


class TestToday:
    def test_says_how_long_there_is_and_how_much_today(self, student, now):
        aim(student, now)

        page = read(visitor(student))

        assert "21 days left. 20 minutes today." in page
        assert "From today" in visitor(student).get("/").content.decode()

    def test_counts_one_day_as_one(self, student, now):
        aim(student, now, days=1)

        assert "1 day left." in read(visitor(student))

    def test_names_the_day_of_the_exam(self, student, now):
        aim(student, now, days=0)

        assert "The exam is today." in read(visitor(student))

    def test_asks_for_a_day_in_place_of_the_ruler(self, student):
        assert "When is your exam?" in read(visitor(student))

    def test_starts_the_plan(self, student, now):
        aim(student, now)
        client = visitor(student)
        assert 'name="kind" value="plan"' in client.get("/").content.decode()

        client.post(reverse("drills:start"), {"kind": "plan"})

        assert Drill.objects.get().kind == DrillKind.PLAN

    def test_shows_the_score_with_its_interval_and_what_it_rests_on(self, student, now):
        aim(student, now)

        page = read(visitor(student))

        assert "Lambda score on" in page
        assert "It rests on 80 recent answers." in page
        assert "Today adds about" in page
        assert "no chance of passing" in page

    def test_says_what_is_missing_before_there_is_a_score(self, now):
        student = UserFactory()
        learn(student, a_fact(), now=now)

        page = read(visitor(student))

        assert "A score after 30 answers in six sections. Still to come: 29 more answers" in page

    @pytest.mark.parametrize(("right", "is_told"), [(False, True), (True, False)], ids=["held", "resisted"])
    def test_tells_a_belief_until_it_is_resisted_on_a_later_day(self, student, now, right, is_told):
        """The wrong answer names a belief; three days later the same question is answered again."""
        revision = Item.objects.get(slug="lambda.vpc.internet.recall").revision
        variant = revision.variant(revision.seeds[0])
        tempting = next(option for option in variant.options if option.belief)
        for days_ago, response in ((5, [tempting.id]), (2, sorted(variant.key) if right else [tempting.id])):
            drill = Drill.objects.create(student=student, kind="fact", title="One", opened_at=now)
            drill.items.create(position=1, revision=revision, seed=revision.seeds[0])
            answer(student, drill, response=response, now=now - timedelta(days=days_ago))

        assert ("You believed" in read(visitor(student))) is is_told


class TestThePlan:
    def test_fills_the_day_however_far_off_the_exam_is(self):
        """On no evening does everything wait for the last one."""
        student = UserFactory()
        remember(student, facts(each=2))
        read = outlook.known(student, NOW)
        desk = lay(student, NOW, cards=read.cards)
        read.goal.exam = "DVA-C03"

        for days in range(2, 35):
            read.goal.exam_on = study_day(NOW) + timedelta(days=days)
            assert queue.plan(read, desk).time > timedelta(minutes=15), days


class TestABacklog:
    @pytest.fixture
    def behind(self, now):
        student = UserFactory()
        remember(student, facts(each=8), stability=5, days_ago=12, now=now)
        goals.set_goal(student=student, aim=Aim("", None, 15), now=now)
        return student

    def test_says_what_comes_first_and_on_which_days_the_rest(self, behind):
        page = read(visitor(behind))

        assert "That is more than two days of work, so it is spread out." in page
        assert "What comes first" in page
        assert "min tomorrow" in page
        assert "min today" not in page

    def test_says_for_how_much_there_is_no_day(self, behind, now, today):
        goals.set_goal(student=behind, aim=Aim("DVA-C03", today + timedelta(days=3), 15), now=now)

        assert re.search(r"No day has time for the other \d+ facts", read(visitor(behind)))

    def test_is_not_told_twice(self, behind):
        assert "for another day" not in read(visitor(behind))


class TestNoTimeToday:
    def test_moves_the_day_and_can_be_taken_back(self, student, now, today):
        client = visitor(student)

        client.post(reverse("home:no_time"))

        assert goal_of(student).dates_off == [today.isoformat()]
        assert "Today is free." in read(client)

        client.post(reverse("home:time_after_all"))

        assert "20 minutes today." in read(client)

    def test_of_a_weekday_without_study_offers_ten_minutes(self, student, now, today):
        aim(student, now, days_off=(today.weekday(),))

        assert "10 minutes all the same" in read(visitor(student))


class TestNothingToDo:
    def test_says_until_when(self, now):
        student = UserFactory()
        remember(student, facts(sections=1, each=1), stability=50, now=now)
        others = Fact.objects.current().exclude(cards__student=student)
        soon = now + timedelta(days=2)
        Card.objects.bulk_create(Card(student=student, fact=fact, due_at=soon) for fact in others)

        page = read(visitor(student))

        assert "Nothing is due until" in page
        assert "Drill a section" in page


class TestAfterTheExam:
    @pytest.fixture
    def done(self, student, now):
        aim(student, now - timedelta(days=30), days=28)
        forecasts.keep(student, now - timedelta(days=4))
        return student

    def test_asks_how_it_went_once(self, done):
        client = visitor(done)
        assert "How did it go?" in read(client)

        client.post(reverse("home:went"), {"of_ten": "7"})

        assert Goal.objects.get().went == 7
        assert Forecast.objects.get().exam_share == 0.7
        page = read(client)
        assert "How did it go?" not in page
        assert "When is your next exam?" in page

    def test_takes_no_answer_for_an_answer(self, done):
        client = visitor(done)

        client.post(reverse("home:went"), {"of_ten": ""})

        assert "How did it go?" not in read(client)
        assert Forecast.objects.get().exam_share is None

    def test_says_what_is_wrong_with_a_number(self, done):
        response = visitor(done).post(reverse("home:went"), {"of_ten": "11"})

        assert response.status_code == 422
        assert "“11” is not a number from 0 to 10." in words(response.content.decode())
        assert Goal.objects.get().went_at is None
