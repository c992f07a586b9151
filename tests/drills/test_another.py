"""One more question right after an answer: like it, harder, or on what it is confused with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studyapp.attempts.models import Attempt
from studyapp.content.models import Belief, Clue, Fact, Item
from studyapp.drills.hardness import facility, harder_than, step
from studyapp.drills.opening import NothingToAsk, another
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, ask_item, learn, open_drill

pytestmark = pytest.mark.django_db
FACT = "lambda.errors.async-attempts"


@pytest.fixture
def drill(student):
    return open_drill(student, a_fact(FACT), a_fact(), a_fact("lambda.vpc.internet"))


def answered(student, drill, position=1, **more):
    attempt, _ = answer(student, drill, position, **more)
    return attempt


def slugs(drill):
    return [place.revision.item.slug for place in drill.items.select_related("revision__item")]


def only(*items):
    """Retire every other item of these items' facts."""
    facts = {item.fact_id for item in items}
    Item.objects.filter(facts__in=facts).exclude(pk__in=[item.pk for item in items]).update(retired_at=NOW)


class TestLike:
    def test_asks_the_fact_by_another_item_right_after(self, student, drill):
        before = slugs(drill)
        attempt = answered(student, drill)

        place = another(drill=drill, after=attempt, how="like", now=NOW)

        assert place.position == 2
        assert place.revision.item.fact == attempt.fact
        assert place.revision.item.slug not in before
        assert slugs(drill) == [before[0], place.revision.item.slug, *before[1:]]

    def test_asks_a_variant_not_seen_where_there_is_one_item(self, student):
        item = next(item for item in Item.objects.filter(kind="recall") if len(item.revision.seeds) > 1)
        only(item)
        drill = open_drill(student, item.fact)
        attempt = answered(student, drill)

        place = another(drill=drill, after=attempt, how="like", now=NOW)

        assert place.revision == item.revision
        assert place.seed != attempt.seed

    def test_says_so_where_there_is_none(self, student):
        item = next(item for item in Item.objects.filter(kind="recall") if len(item.revision.seeds) == 1)
        only(item)
        drill = open_drill(student, item.fact)

        with pytest.raises(NothingToAsk, match="No other question asks this fact yet"):
            another(drill=drill, after=answered(student, drill), how="like", now=NOW)

    def test_comes_at_the_end_where_later_places_are_answered(self, student, drill):
        attempt = answered(student, drill)
        answered(student, drill, 2)

        assert another(drill=drill, after=attempt, how="like", now=NOW).position == 4

    def test_asked_for_twice_is_one_place(self, student, drill):
        attempt = answered(student, drill)

        first, second = (another(drill=drill, after=attempt, how="like", now=NOW) for _ in range(2))

        assert first == second
        assert drill.items.count() == 4


class TestHarder:
    def test_asks_what_takes_more(self, student):
        recall, fix = (
            Item.objects.current().filter(kind=kind, fact__moved_by__kind="fix").first() for kind in ("recall", "fix")
        )
        fact = recall.fact
        drill = open_drill(student, fact)
        ask_item(drill, recall)

        place = another(drill=drill, after=answered(student, drill), how="harder", now=NOW)

        assert step(place.revision.item) > step(recall)
        assert place.revision.item.fact == fact or place.revision.item.clue == recall.clue
        assert fix is not None

    def test_says_so_where_there_is_none(self, student):
        item = Item.objects.filter(kind="fix").first()
        only(item)
        Item.objects.exclude(pk=item.pk).filter(clue=item.clue).update(retired_at=NOW)
        drill = open_drill(student, item.fact)

        with pytest.raises(NothingToAsk, match="No harder question asks this fact yet"):
            another(drill=drill, after=answered(student, drill), how="harder", now=NOW)

    def test_is_what_fewer_answer_rightly_once_enough_have(self, student):
        fact = Fact.objects.filter(moved_by__kind="recall", moved_by__retired_at=None).first()
        one, other = self.two(fact)
        self.given(student, one, right=18, wrong=2)
        self.given(student, other, right=9, wrong=10)
        assert facility(other.revision) is None

        self.given(student, other, right=1, wrong=0)

        assert (facility(one.revision), facility(other.revision)) == (0.9, 0.5)
        assert harder_than(one, one.revision, [other]) == [other]
        assert harder_than(other, other.revision, [one]) == []

    def test_is_not_judged_by_who_marks_themselves(self, student):
        item = Item.objects.filter(kind="reveal").first()
        self.given(student, item, right=25, wrong=0)

        assert facility(item.revision) is None

    def two(self, fact):
        return Item.objects.current().filter(kind="recall").order_by("pk")[:2]

    def given(self, student, item, *, right, wrong):
        """So many answers to an item, written straight into the log."""
        attempt, _ = learn(student, a_fact())  # of another item, whichever is drawn
        kept = {field.attname: getattr(attempt, field.attname) for field in Attempt._meta.fields if field.name != "id"}
        number = Attempt.objects.count()
        Attempt.objects.bulk_create(
            Attempt(
                **kept
                | {
                    "revision_id": item.revision_id,
                    "fact_id": item.fact_id,
                    "fraction": float(at < right),
                    "position": 1000 + number + at,
                    "shown_id": f"given {number + at}",
                }
            )
            for at in range(right + wrong)
        )


class TestConfused:
    def test_asks_what_the_student_gave_for_it(self, student, drill):
        attempt = answered(student, drill, right=False)
        attempt.mistaken = [[attempt.fact.slug, "lambda.security.resource-policy"]]

        place = another(drill=drill, after=attempt, how="confused", now=NOW)

        assert "lambda.security.resource-policy" in place.revision.body["item"]["facts"]

    def test_asks_what_they_gave_for_it_before(self, student, drill):
        earlier, _ = learn(student, a_fact(FACT), right=False)
        Attempt.objects.filter(pk=earlier.pk).update(belief="", mistaken=[[FACT, "lambda.security.resource-policy"]])
        attempt = answered(student, drill)
        attempt.belief, attempt.mistaken = "", []

        place = another(drill=drill, after=attempt, how="confused", now=NOW)

        assert attempt.fact.slug != FACT or "lambda.security.resource-policy" in place.revision.body["item"]["facts"]

    def test_asks_a_fact_that_refutes_the_idea_they_held(self, student, drill):
        idea = Belief.objects.get(slug="account-statement-is-enough")
        attempt = answered(student, drill)
        attempt.belief = idea.slug

        place = another(drill=drill, after=attempt, how="confused", now=NOW)

        assert set(idea.body["refuted_by"]) & set(place.revision.body["item"]["facts"])

    def test_asks_the_nearest_rival_of_a_clue(self, student):
        clue = Clue.objects.get(slug="share-code")
        drill = open_drill(student, clue.fact)
        attempt = answered(student, drill)
        attempt.belief = ""

        place = another(drill=drill, after=attempt, how="confused", now=NOW)

        assert Clue.objects.get(slug=clue.rivals[0]).fact.slug in place.revision.body["item"]["facts"]

    def test_says_so_where_nothing_is_known(self, student):
        item = Item.objects.current().filter(kind="recall", clue=None, fact__section=1).first()
        Belief.objects.update(retired_at=NOW)
        drill = open_drill(student, item.fact)
        ask_item(drill, item)

        with pytest.raises(NothingToAsk, match="Nothing is known to be confused with this fact"):
            another(drill=drill, after=answered(student, drill), how="confused", now=NOW)

    @pytest.mark.parametrize("how", ["like", "harder", "confused"])
    def test_costs_a_bounded_number_of_queries(self, student, how):
        clue = Clue.objects.get(slug="share-code")
        drill = open_drill(student, clue.fact)
        attempt = answered(student, drill, right=False)

        with CaptureQueriesContext(connection) as captured:
            another(drill=drill, after=Attempt.objects.get(pk=attempt.pk), how=how, now=NOW)

        assert len(captured) <= 30

    def test_of_another_student_is_not_counted(self, student, drill):
        other = UserFactory()
        theirs, _ = learn(other, a_fact(FACT), right=False)
        Attempt.objects.filter(pk=theirs.pk).update(mistaken=[[FACT, "lambda.security.resource-policy"]])
        Belief.objects.update(retired_at=NOW)
        attempt = answered(student, drill)
        attempt.belief, attempt.mistaken = "", []

        try:
            place = another(drill=drill, after=attempt, how="confused", now=NOW)
        except NothingToAsk:
            return
        assert "lambda.security.resource-policy" not in place.revision.body["item"]["facts"]
