"""Why a fact does not stick: an unclear question, a confused pair, two facts in one, or not learnt yet."""

from uuid import uuid4

import pytest

from studyapp.content.models import Belief
from studyapp.drills import services as drills
from studyapp.memory.desk import lay
from studyapp.memory.leeches import Answer, Cause, diagnosed, leeches
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, learn, open_drill
from tests.memory.cards import a_card, some_facts

pytestmark = pytest.mark.django_db
OTHER = "lambda.vpc.internet"


@pytest.fixture
def fact():
    return lay(None, NOW).by_slug[a_fact().slug]


def given(
    rating=1, item=1, *, belief="", mistaken=(), reason=None, source="drill", value="1,000 every 10 seconds", position=1
):
    return Answer(1, 1, rating, item, belief, list(mistaken), reason, source, uuid4(), position, value)


RIGHT = 3


class TestDiagnosis:
    def test_of_an_unclear_question_names_the_place_to_report_it_from(self, fact):
        answers = [given(position=7), given(RIGHT, item=2), given(position=3), given(RIGHT, item=3), given(item=2)]

        found = diagnosed(fact, 4, answers)

        assert found.cause == Cause.ITEM
        assert "2 of 3 misses" in found.says
        assert (found.occasion, found.position) == (answers[0].occasion, 7)

    def test_of_an_unclear_question_of_a_mock_has_no_such_place(self, fact):
        answers = [given(source="mock"), given(source="mock"), given(RIGHT, item=2), given(RIGHT, item=3)]

        found = diagnosed(fact, 4, answers)

        assert (found.cause, found.occasion) == (Cause.ITEM, None)

    def test_of_a_question_that_is_missed_like_the_others_is_not_that_it_is_unclear(self, fact):
        answers = [given(), given(), given(item=2), given(item=2), given(RIGHT, item=3)]

        assert diagnosed(fact, 4, answers).cause != Cause.ITEM

    def test_of_the_same_fact_given_twice_is_a_pair(self, fact):
        pair = [[fact.slug, OTHER]]

        found = diagnosed(fact, 4, [given(mistaken=pair), given(item=2, mistaken=pair), given(item=3)])

        assert (found.cause, found.pair) == (Cause.PAIR, (fact.slug, OTHER))

    def test_of_pairs_of_other_facts_of_the_item_is_no_pair(self, fact):
        pair = [[OTHER, "lambda.vpc.private-resources"]]

        assert diagnosed(fact, 4, [given(mistaken=pair), given(mistaken=pair)]).cause != Cause.PAIR

    def test_of_one_idea_held_twice_is_a_pair(self, fact):
        found = diagnosed(fact, 4, [given(belief="an-idea"), given(item=2, belief="an-idea")])

        assert (found.cause, found.belief) == (Cause.IDEA, "an-idea")

    def test_of_several_quantities_missed_in_different_questions_is_two_in_one(self, fact):
        assert diagnosed(fact, 4, [given(), given(item=2)]).cause == Cause.TWO

    def test_of_different_questions_missed_for_different_reasons_is_two_in_one(self, fact):
        answers = [given(value="yes", reason="misread"), given(item=2, value="yes", reason="knowledge")]

        assert diagnosed(fact, 4, answers).cause == Cause.TWO

    def test_of_anything_else_is_that_it_is_not_learnt_yet(self, fact):
        assert diagnosed(fact, 4, [given(value="yes"), given(item=2, value="yes")]).cause == Cause.UNKNOWN
        assert diagnosed(fact, 4, []).cause == Cause.UNKNOWN


class TestLeeches:
    def stuck(self, student, *facts, **more):
        for fact in facts:
            a_card(student, fact, **({"lapses": 4} | more))

    def test_are_facts_forgotten_four_times_the_worst_first(self):
        student, (one, other, third) = UserFactory(), some_facts(3)
        self.stuck(student, one)
        self.stuck(student, other, lapses=6)
        self.stuck(student, third, lapses=3)

        assert [leech.fact.slug for leech in leeches(lay(student, NOW))] == [other.slug, one.slug]

    def test_are_none_that_were_set_aside(self):
        student = UserFactory()
        self.stuck(student, a_fact(), is_suspended=True)

        assert leeches(lay(student, NOW)) == []

    def test_rest_on_the_answers_that_stand(self):
        student, fact = UserFactory(), a_fact()
        learn(student, fact, right=False)
        drill = open_drill(student, fact)
        attempt, review = answer(student, drill, right=False)
        drills.take_back(drill=drill, attempt=attempt, now=NOW)
        type(review.card).objects.filter(pk=review.card_id).update(lapses=4)

        (found,) = leeches(lay(student, NOW))

        assert found.lapses == 4
        assert found.cause in (Cause.UNKNOWN, Cause.TWO)

    def test_say_a_wrong_idea_in_its_own_words_with_the_facts_that_refute_it(self, django_assert_max_num_queries):
        student, fact = UserFactory(), a_fact()
        idea = Belief.objects.get(slug="account-limit-is-the-only-limit")
        for _ in range(2):
            attempt, review = learn(student, fact, right=False)
            type(attempt).objects.filter(pk=attempt.pk).update(belief=idea.slug)
        type(review.card).objects.filter(pk=review.card_id).update(lapses=5)
        desk = lay(student, NOW)

        with django_assert_max_num_queries(2):
            (found,) = leeches(desk)

        assert idea.says in found.says
        assert set(found.pair) == {fact.slug, *idea.body["refuted_by"]}
