"""Which item asks a fact: what can be run, then what is marked, then what is self-marked; and items that ask several facts."""

from datetime import UTC, datetime, timedelta

import pytest

from studyapp.content.models import Fact, Item
from studyapp.drills import services
from studyapp.drills.planning import choose, newcomer_facts
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, ask_item, item_of, open_drill

pytestmark = pytest.mark.django_db
PAIRED = [
    f"lambda.errors.{each}" for each in ("sync-retry", "async-retries", "sqs-receives-default", "stream-holds-shard")
]


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def matching():
    """The one item that asks several of these facts."""
    made = item_of("matching")
    Item.objects.filter(kind="matching", facts__slug__in=PAIRED).exclude(pk=made.pk).update(retired_at=NOW)
    return made


def leave_only(matching, *slugs):
    """No other item asks these facts."""
    Item.objects.filter(fact__slug__in=slugs).exclude(pk=matching.pk).update(retired_at=NOW)


def asked_of(student, fact, times):
    """The kinds of the items that ask a fact in this many drills, one a day, each answered."""
    found = []
    for day in range(times):
        now = NOW + timedelta(days=day)
        drill = open_drill(student, fact, now=now)
        found.append(drill.items.get().revision.item)
        answer(student, drill, now=now)
    return found


class TestChoose:
    def test_asks_each_item_of_a_fact_before_any_again_and_the_self_marked_one_last(self, student):
        fact = a_fact("lambda.errors.async-attempts")
        items = Item.objects.current().filter(fact=fact)

        asked = asked_of(student, fact, items.count())

        assert {item.pk for item in asked} == {item.pk for item in items}
        assert asked[0].kind in ("fix", "predict")
        assert [item.kind for item in asked].index("reveal") == len(asked) - 1

    def test_asks_any_fact_of_a_matching_item_by_it(self, student, matching):
        leave_only(matching, *PAIRED)

        for slug in PAIRED:
            assert choose(student, [a_fact(slug).pk], "key", now=NOW) == [(matching.revision, 1)]

    def test_asks_no_fact_again_that_a_matching_item_has_asked(self, student, matching):
        leave_only(matching, PAIRED[1])
        wanted = [a_fact(), a_fact(PAIRED[1]), a_fact(PAIRED[0]), a_fact(PAIRED[3])]

        chosen = choose(student, [fact.pk for fact in wanted], "key", now=NOW)

        assert [revision.item.slug for revision, _ in chosen[1:]] == [matching.slug]

    def test_takes_no_matching_item_for_what_another_has_asked(self, student, matching):
        wanted = [a_fact(slug).pk for slug in PAIRED]
        plans = [choose(student, wanted, f"key {number}", now=NOW) for number in range(40)]

        probed = [[slug for revision, _ in plan for slug in probed_by(revision)] for plan in plans]
        assert {len(plan) for plan in plans} >= {1, 4}
        assert all(sorted(slugs) == sorted(PAIRED) for slugs in probed)

    def test_lets_a_matching_item_wait_its_turn_whichever_fact_it_asked(self, student, matching):
        drill = open_drill(student, a_fact(PAIRED[1]))
        ask_item(drill, matching)
        answer(student, drill)

        for slug in PAIRED:
            ((revision, _),) = choose(student, [a_fact(slug).pk], "key", now=NOW)
            assert revision.item != matching


class TestADrill:
    def test_of_what_is_new_asks_twelve_facts_each_once(self, student):
        drill = open_drill(student)

        probed = [slug for place in drill.items.all() for slug in probed_by(place.revision)]

        assert len(probed) == len(set(probed)) >= 12

    def test_of_the_facts_of_one_matching_item_is_one_question(self, student, matching):
        leave_only(matching, *PAIRED)

        drill = open_drill(student, *Fact.objects.filter(slug__in=PAIRED))

        assert drill.items.get().revision == matching.revision

    def test_asks_the_own_fact_of_a_matching_item_that_was_taken_back_by_another(self, student, matching):
        drill = open_drill(student, a_fact(PAIRED[0]))
        ask_item(drill, matching)
        attempt, _ = answer(student, drill, right=False)

        again = services.take_back(drill=drill, attempt=attempt, now=NOW)

        assert again.revision.item != matching
        assert again.revision.item.fact == a_fact(PAIRED[0])


def probed_by(revision):
    said = revision.body["item"]
    return said["facts"] if said["kind"] == "matching" else said["facts"][:1]


class TestAnExamThatHasEnded:
    """What only the exam of last month expected is asked no more."""

    slug = "lambda.packaging.code-storage.recall-exam"

    def asked(self, student, now):
        item = Item.objects.get(slug=self.slug)
        Item.objects.filter(fact=item.fact).exclude(pk=item.pk).update(retired_at=NOW)
        return choose(student, [item.fact_id], "key", now=now)

    def test_is_asked_for_while_it_can_be_sat(self, student):
        assert [revision.item.slug for revision, _ in self.asked(student, datetime(2026, 11, 30, 12, tzinfo=UTC))] == [
            self.slug
        ]

    def test_is_no_longer_asked_for_afterwards(self, student):
        assert self.asked(student, datetime(2026, 12, 1, 12, tzinfo=UTC)) == []


class TestANewcomersFacts:
    def test_have_items_that_ask_for_one_option(self):
        first = Item.objects.filter(is_first=True).first().revision
        facts = newcomer_facts(first, 4, "any")

        assert len(facts) == 4
        assert all(Item.objects.filter(fact=fact, kind__in=("fix", "predict"), choose=1).exists() for fact in facts)
        assert Item.objects.filter(choose=2).exists()


class TestForMocks:
    def test_are_chosen_items_without_a_view(self):
        for_mocks = Item.objects.for_mocks()

        assert set(for_mocks.values_list("kind", flat=True)) == {"recall", "fix", "predict", "authored"}
        assert not for_mocks.exclude(view="").exists()
        assert not for_mocks.filter(
            slug__in=["lambda.overview.init-billed.recall", "lambda.overview.cold-bill.predict"]
        ).exists()


class TestAVariant:
    """The proved seed by which a fact's only item asks it."""

    @pytest.fixture
    def item(self):
        items = [item for item in Item.objects.current().select_related("revision") if len(item.revision.seeds) > 1]
        item = min(items, key=lambda item: len(item.revision.seeds))
        Item.objects.filter(facts=item.fact).exclude(pk=item.pk).update(retired_at=NOW)
        return item

    def test_is_one_not_yet_seen_while_there_is_one_then_the_one_seen_longest_ago(self, student, item):
        number = len(item.revision.seeds)

        seen = [self.asked(student, item, day) for day in range(2 * number)]

        assert sorted(seen[:number]) == sorted(item.revision.seeds)
        assert seen[number:] == seen[:number]

    def asked(self, student, item, day):
        now = NOW + timedelta(days=day)
        drill = open_drill(student, item.fact, now=now)
        answer(student, drill, now=now)
        return drill.items.get().seed

    def test_costs_two_queries_whatever_was_asked(self, student, item, django_assert_num_queries):
        self.asked(student, item, 0)
        wanted = [item.fact_id, a_fact().pk]

        with django_assert_num_queries(2):
            choose(student, wanted, "key", now=NOW)
