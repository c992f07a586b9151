"""What today's plan asks: within the minutes there are, by gain towards an exam, with one confusion, and out of a backlog."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studyapp.content.models import Belief
from studyapp.memory.counting import Counts
from studyapp.memory.desk import lay
from studyapp.memory.models import Day, Goal
from studyapp.memory.outlook import known
from studyapp.memory.queue import today, upcoming
from studyapp.memory.tempo import READING, Tempo, tempo_of
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn
from tests.memory.cards import a_card, some_facts

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
EXAM = TODAY + timedelta(days=21)


@pytest.fixture
def student():
    return UserFactory()


def aim(student, **more):
    return Goal.objects.create(student=student, **({"minutes": 20} | more))


def counted(student, days_ago=1, **counts):
    """A past day with these counts."""
    Day.objects.create(student=student, on=TODAY - timedelta(days=days_ago), counts=Counts(**counts).as_json())


def slugs(facts):
    return [fact.slug for fact in facts]


class TestWithoutAnExam:
    def test_asks_what_is_due_then_what_is_new_within_the_minutes(self, student):
        aim(student, minutes=10)
        for fact in some_facts(4):
            a_card(student, fact)

        plan = today(student, NOW)

        assert (len(plan.due), len(plan.new)) == (4, 4)
        assert plan.time == 4 * timedelta(seconds=45) + 4 * timedelta(seconds=90)
        assert (plan.later, plan.adds, plan.days_left, plan.rescue) == (0, None, None, None)

    def test_takes_the_most_forgotten_and_says_how_many_wait(self, student):
        aim(student, minutes=5)
        facts = some_facts(8)
        for stability, fact in enumerate(facts, start=5):
            a_card(student, fact, stability=stability)

        plan = today(student, NOW)

        assert slugs(plan.due.facts) == slugs(facts[:6])
        assert (len(plan.new), plan.later) == (0, 2)

    def test_asks_nothing_on_a_day_off(self, student):
        aim(student, dates_off=[TODAY.isoformat()])
        a_card(student, a_fact())

        plan = today(student, NOW)

        assert plan.is_off
        assert (plan.facts, plan.later) == ((), 1)

    def test_asks_nothing_once_the_minutes_are_spent(self, student):
        aim(student, minutes=5)
        for number, fact in enumerate(some_facts(9)):
            learn(student, fact, now=NOW - timedelta(minutes=number))

        plan = today(student, NOW)

        assert plan.spent == 9 * (timedelta(seconds=20) + READING)
        assert plan.facts == ()

    def test_goes_on_all_the_same_for_who_presses_start(self, student):
        aim(student, dates_off=[TODAY.isoformat()])
        a_card(student, a_fact())
        read = known(student, NOW)

        found = upcoming(read, lay(student, NOW, cards=read.cards))

        assert found.planned == 0
        assert found.facts[0].slug == a_fact().slug
        assert len(set(found.facts)) == len(found.facts) > 12

    def test_says_when_the_next_is_due(self, student):
        card = a_card(student, a_fact(), due_in=3)

        assert today(student, NOW).next_due_at == card.due_at


class TestWithAnExam:
    def test_asks_by_gain_within_the_minutes_and_says_what_that_adds(self, student):
        aim(student, exam="DVA-C02", exam_on=EXAM)
        for fact in some_facts(30):
            a_card(student, fact, ago=4)

        plan = today(student, NOW)

        assert plan.days_left == 21
        assert plan.facts
        assert plan.time <= timedelta(minutes=20)
        assert 0 < plan.adds < 0.2

    def test_adds_little_where_new_facts_were_known_before_they_were_met(self, student):
        """The forecast counts what is known without having been met; a first answer makes it last for a few days only."""
        other = UserFactory()
        for each, right in ((student, 10), (other, 36)):
            aim(each, exam="DVA-C02", exam_on=EXAM)
            counted(each, answers=40, seconds=1600, met=40, met_right=right)

        unknown, knowing = today(student, NOW), today(other, NOW)

        assert slugs(unknown.new.facts) == slugs(knowing.new.facts)
        assert unknown.adds > 0.02 > knowing.adds

    def test_asks_nothing_twice_on_a_day(self, student):
        aim(student, exam="DVA-C02", exam_on=TODAY + timedelta(days=2), minutes=480)
        for number, fact in enumerate(some_facts(3)):
            learn(student, fact, right=number > 0, now=NOW - timedelta(hours=1))
        answered = {fact.slug for fact in some_facts(3)}

        plan = today(student, NOW)

        assert not answered & set(slugs(plan.due.facts + plan.new.facts))

    def test_weighs_no_fact_that_no_mock_can_ask(self, student):
        aim(student, exam="DVA-C02", exam_on=EXAM, minutes=480)
        fact = a_fact()
        fact.moved_by.update(retired_at=NOW)
        a_card(student, fact)

        assert fact.slug not in slugs(today(student, NOW).facts)

    @pytest.mark.parametrize(("on", "left"), [(TODAY, None), (TODAY - timedelta(days=1), None), (EXAM, 21)])
    def test_is_over_when_the_exam_has_begun(self, student, on, left):
        aim(student, exam="DVA-C02", exam_on=on)

        plan = today(student, NOW)

        assert (plan.adds is None) is (left is None)
        assert plan.days_left == (0 if on == TODAY else left)
        assert plan.facts


class TestAConfusion:
    def test_of_two_facts_is_asked_with_the_plan(self, student):
        one, other = a_fact(), a_fact("lambda.vpc.internet")
        counted(
            student,
            answers=2,
            seconds=40,
            met=2,
            mistaken={f"{one.slug}>{other.slug}": 1, f"{other.slug}>{one.slug}": 1},
        )
        for fact in (one, other):
            a_card(student, fact, due_in=5, was_right=False)

        plan = today(student, NOW)

        assert plan.pair.times == 2
        assert {one.name, other.name} <= set(plan.pair.name.removesuffix("?").split(", or "))
        assert set(slugs(plan.besides.facts)) == {one.slug, other.slug}
        assert plan.time <= timedelta(minutes=20)

    def test_that_is_asked_anyhow_takes_no_more_time(self, student):
        one, other = a_fact(), a_fact("lambda.vpc.internet")
        counted(student, answers=1, met=1, mistaken={f"{one.slug}>{other.slug}": 1})
        for fact in (one, other):
            a_card(student, fact, was_right=False)

        plan = today(student, NOW)

        assert plan.pair is not None
        assert len(plan.besides) == 0

    def test_of_what_was_asked_today_waits_for_another_day(self, student):
        one, other = a_fact(), a_fact("lambda.vpc.internet")
        counted(student, answers=1, met=1, mistaken={f"{one.slug}>{other.slug}": 1})
        for fact in (one, other):
            learn(student, fact, right=False, now=NOW - timedelta(minutes=5))

        asked = {fact.slug for fact in today(student, NOW).facts}
        assert asked.isdisjoint({one.slug, other.slug})
        assert {one.slug, other.slug} <= {fact.slug for fact in today(student, NOW + timedelta(days=1)).facts}

    def test_is_over_when_each_was_right_when_last_asked(self, student):
        one, other = a_fact(), a_fact("lambda.vpc.internet")
        counted(student, answers=1, met=1, mistaken={f"{one.slug}>{other.slug}": 1})
        for fact in (one, other):
            a_card(student, fact)

        assert today(student, NOW).pair is None

    def test_is_a_wrong_idea_that_was_held_more_often_than_resisted(self, student):
        idea = Belief.objects.get(slug="account-limit-is-the-only-limit")
        counted(student, answers=3, met=3, beliefs={idea.slug: [2, 1], "access-to-the-source-lets-it-invoke": [1, 1]})

        plan = today(student, NOW)

        assert (plan.pair.belief, plan.pair.name, plan.pair.times) == (idea.slug, idea.says, 2)
        assert set(slugs(plan.pair.facts)) == set(idea.body["refuted_by"])


class TestABacklog:
    def behind(self, student, number, **goal):
        aim(student, minutes=10, **goal)
        for fact in some_facts(number):
            a_card(student, fact, due_in=-3)
        return today(student, NOW)

    def test_of_no_more_than_two_normal_days_needs_no_rescue(self, student):
        assert self.behind(student, 26).rescue is None

    def test_is_spread_over_days_that_have_time(self, student):
        weekend = [(TODAY + timedelta(days=1)).isoformat()]

        plan = self.behind(student, 60, dates_off=weekend)

        rescue = plan.rescue
        assert rescue.time == timedelta(minutes=45)
        assert slugs(rescue.first) == slugs(plan.due.facts)
        assert len(rescue.first) + sum(share.facts for share in rescue.rest) + rescue.left_out == 60
        assert all(share.time <= timedelta(minutes=10) for share in rescue.rest)
        assert TODAY + timedelta(days=1) not in {share.on for share in rescue.rest}
        assert plan.time <= timedelta(minutes=10)

    def test_is_spread_up_to_the_exam(self, student):
        plan = self.behind(student, 200, exam="DVA-C02", exam_on=TODAY + timedelta(days=4))

        assert all(share.on < TODAY + timedelta(days=4) for share in plan.rescue.rest)
        assert plan.rescue.left_out > 0


class TestTempo:
    def test_is_the_same_for_everybody_before_twenty_answers(self):
        assert tempo_of({TODAY: Counts(answers=19, seconds=19, met=19)}, NOW) == Tempo()

    def test_is_the_own_pace_and_what_the_reasons_take(self):
        counts = Counts(answers=30, seconds=400, met=10, bands={8: [20, 20, 20, 19.0]})

        tempo = tempo_of({TODAY: counts}, NOW)

        assert tempo == Tempo(timedelta(seconds=10) + READING, timedelta(seconds=20) + READING)

    def test_forgets_what_is_four_weeks_old(self):
        assert tempo_of({date(2026, 10, 1): Counts(answers=30, seconds=30, met=30)}, NOW) == Tempo()


class TestQueries:
    def test_do_not_grow_with_what_was_done(self, student):
        aim(student, exam="DVA-C02", exam_on=EXAM)
        counted(student, days_ago=1, answers=2, met=2, beliefs={"account-limit-is-the-only-limit": [1, 0]})
        first = self.asked(student)

        for number in range(2, 30):
            counted(student, days_ago=number, answers=2, met=2)
        for fact in some_facts(40):
            a_card(student, fact)

        assert self.asked(student) == first <= 8

    def asked(self, student):
        with CaptureQueriesContext(connection) as captured:
            today(student, NOW)
        return len(captured)
