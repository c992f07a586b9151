"""What a drill asks, by scope, size and minutes; what it keeps; and what opening it costs."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studyapp.content.models import Belief, Clue, Fact
from studyapp.drills.models import DrillKind, Feedback
from studyapp.drills.opening import NothingToAsk, Scope, open_on
from studyapp.memory import by_hand
from studyapp.memory.counting import Counts
from studyapp.memory.models import Day, Goal
from studyapp.memory.terms import Terms
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, learn, open_drill
from tests.memory.cards import a_card, some_facts

pytestmark = pytest.mark.django_db


def opened(student, kind, **more):
    of = {name: more.pop(name) for name in ("sections", "facts", "clue", "objective") if name in more}
    return open_on(student=student, scope=Scope(kind, "A drill", **of), now=NOW, **more)


def asked(drill):
    """Slugs of the facts whose memory its items move, and those of the pairs of matching items."""
    bodies = [place.revision.body["item"] for place in drill.items.select_related("revision")]
    return [slug for said in bodies for slug in (said["facts"] if said["kind"] == "matching" else said["facts"][:1])]


class TestScope:
    def test_of_what_is_due_asks_nothing_else(self, student):
        facts = some_facts(3)
        for fact in facts:
            a_card(student, fact)
        a_card(student, some_facts(4)[3], due_in=2)

        assert set(asked(opened(student, DrillKind.DUE))) >= {fact.slug for fact in facts}
        assert some_facts(4)[3].slug not in asked(opened(student, DrillKind.DUE))

    def test_of_what_is_new_asks_what_was_never_met(self, student):
        a_card(student, a_fact())

        drill = opened(student, DrillKind.NEW)

        assert len(asked(drill)) >= 12
        assert a_fact().slug not in asked(drill)

    def test_of_what_is_weak_asks_the_most_forgotten_first(self, student):
        one, other, third = some_facts(3)
        for fact, stability in ((one, 30), (other, 1), (third, 5)):
            a_card(student, fact, due_in=3, stability=stability)

        assert asked(opened(student, DrillKind.WEAK, size=1))[0] == other.slug

    def test_of_what_was_missed_or_flagged_asks_that(self, student):
        one, other = some_facts(2)
        a_card(student, one, due_in=3, was_right=False)
        by_hand.flag(student=student, fact=other, now=NOW)

        assert one.slug in asked(opened(student, DrillKind.MISSED))
        assert other.slug in asked(opened(student, DrillKind.FLAGGED))

    def test_of_confusions_asks_pairs_wrong_ideas_and_rivals(self, student):
        one, other = a_fact(), a_fact("lambda.vpc.internet")
        idea = Belief.objects.get(slug="account-statement-is-enough")
        clue = Clue.objects.get(slug="rate-limit")
        a_card(student, clue.fact, due_in=5, was_right=False)
        counts = Counts(answers=2, met=2, mistaken={f"{one.slug}>{other.slug}": 2}, beliefs={idea.slug: [1, 0]})
        Day.objects.create(student=student, on=NOW.date() - timedelta(days=1), counts=counts.as_json())

        found = asked(opened(student, DrillKind.CONFUSED))

        rival = Clue.objects.get(slug=clue.rivals[0]).fact
        assert {one.slug, other.slug, *idea.body["refuted_by"], clue.fact.slug, rival.slug} <= set(found)

    def test_of_a_clue_asks_what_it_rests_on(self, student):
        clue = Clue.objects.get(slug="retry-failed-async")

        assert {clue.fact.slug, *clue.rests_on} <= set(asked(opened(student, DrillKind.CLUE, clue=clue.slug)))

    def test_of_an_objective_asks_what_its_clues_rest_on(self, student):
        clues = [clue for clue in Clue.objects.select_related("fact") if "DVA-C03 D4" in clue.objectives]
        facts = {slug for clue in clues for slug in (clue.fact.slug, *clue.rests_on)}

        assert facts <= set(asked(opened(student, DrillKind.OBJECTIVE, objective="DVA-C03 D4", size=30)))

    def test_of_named_facts_asks_them_even_if_they_are_suspended(self, student):
        by_hand.suspend(student=student, fact=a_fact(), now=NOW)

        assert asked(opened(student, DrillKind.FACT, facts=(a_fact().slug,)))[0] == a_fact().slug
        with pytest.raises(NothingToAsk, match="Nothing is due"):
            opened(student, DrillKind.DUE)

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            (DrillKind.DUE, "Nothing is due."),
            (DrillKind.WEAK, "You have not met a fact yet."),
            (DrillKind.MISSED, "Nothing you answered was wrong when last asked."),
            (DrillKind.CONFUSED, "No two facts are confused in what you answered."),
            (DrillKind.FLAGGED, "You have flagged nothing."),
            (DrillKind.CLUE, "There is no question for this yet."),
        ],
    )
    def test_without_a_question_says_so_in_a_sentence(self, student, kind, says):
        with pytest.raises(NothingToAsk) as refused:
            opened(student, kind)
        assert str(refused.value) == says


class TestThePlan:
    def test_by_an_exam_asks_what_gains_most(self, student):
        Goal.objects.create(student=student, exam="DVA-C02", exam_on=NOW.date() + timedelta(days=5), minutes=20)
        lost, known = some_facts(2)
        a_card(student, lost, due_in=8, stability=6, ago=5)
        a_card(student, known, due_in=90, stability=200, ago=5)

        found = asked(opened(student, DrillKind.PLAN))

        assert known.slug not in found
        assert len(found) > 5

    def test_has_as_many_questions_as_fit_into_the_minutes(self, student):
        short, long = (opened(student, DrillKind.PLAN, minutes=minutes) for minutes in (3, 10))

        assert short.items.count() == 2
        assert 4 <= long.items.count() <= 6

    def test_has_thirty_questions_at_most(self, student):
        Goal.objects.create(student=student, minutes=480)

        assert opened(student, DrillKind.PLAN).items.count() <= 30


class TestADrill:
    def test_of_any_minutes_has_a_question(self, student):
        assert opened(student, DrillKind.NEW, minutes=1).items.count() == 1

    def test_never_asks_two_of_a_clue_or_section_in_a_row_where_it_can_be_helped(self, student):
        drill = opened(student, DrillKind.NEW, size=12)

        sections = [place.revision.item.section for place in drill.items.select_related("revision__item")]
        assert all(one != other for one, other in pairwise(sections))

    def test_keeps_on_what_terms_its_facts_come_back(self, student):
        Goal.objects.create(student=student, retention=0.8)
        a_card(student, a_fact(), due_in=2)

        drill = opened(student, DrillKind.NEW, feedback=Feedback.END)

        drill.refresh_from_db()
        assert Terms.from_json(drill.terms) == Terms(0.8, {2: 1})
        assert drill.feedback == Feedback.END

    def test_counts_the_days_before_it(self, student):
        learn(student, a_fact(), now=NOW - timedelta(days=2))

        opened(student, DrillKind.NEW)

        assert Day.objects.get(student=student).on == NOW.date() - timedelta(days=2)


class TestQueries:
    KINDS = (DrillKind.PLAN, DrillKind.DUE, DrillKind.CONFUSED)

    def test_do_not_grow_with_what_was_done(self, student):
        fact = a_fact()
        learn(student, fact, right=False, now=NOW - timedelta(days=2))
        opened(student, DrillKind.NEW)
        first = [self.count(student, kind, minutes=10) for kind in self.KINDS]

        for number in range(1, 8):
            drill = open_drill(student, *Fact.objects.all()[number : number + 2], now=NOW - timedelta(days=1))
            answer(student, drill, right=number % 2 > 0, now=NOW - timedelta(days=1))
        opened(student, DrillKind.NEW)

        later = [self.count(student, kind, minutes=10) for kind in self.KINDS]
        assert all(more <= before for more, before in zip(later, first, strict=True))
        assert max(first) <= 26

    def count(self, student, kind, **more):
        with CaptureQueriesContext(connection) as captured:
            opened(student, kind, **more)
        return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])
