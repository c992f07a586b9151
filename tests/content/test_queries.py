import pytest

from studyapp.content import queries
from studyapp.content.models import Item, Row

pytestmark = pytest.mark.django_db


class TestSection:
    def test_holds_its_rows_with_their_facts_in_order(self, loaded):
        section = queries.section(6)

        assert section.title == "Errors and retries"
        assert [(row.row.number, [fact.slug for fact in row.facts]) for row in section.rows] == [
            ("6.1", ["lambda.errors.retries", "lambda.errors.first-wait"])
        ]
        assert (section.clues, section.more) == ((), ())

    def test_holds_the_facts_that_stand_in_no_row(self, loaded):
        Row.objects.get(number="6.1").rowfact_set.filter(position=1).delete()

        assert [fact.slug for fact in queries.section(6).more] == ["lambda.errors.first-wait"]

    def test_holds_its_clues(self, loaded):
        assert [clue.slug for clue in queries.section(10).clues] == ["fails-again"]

    @pytest.mark.parametrize("number", [0, 11])
    def test_is_none_where_there_is_none(self, number):
        assert queries.section(number) is None

    def test_takes_four_queries(self, loaded, django_assert_num_queries):
        with django_assert_num_queries(4):
            queries.section(6)


class TestFactPage:
    def test_holds_what_rests_on_the_fact(self, loaded):
        page = queries.fact_page("lambda.clues.fails-again")

        assert [row.number for row in page.rows] == ["10.1"]
        assert [clue.slug for clue in page.clues] == ["fails-again"]
        assert [item.slug for item in page.items] == [
            "lambda.errors.keep-the-event.fix",
            "lambda.clues.fails-again.recall",
            "lambda.clues.fails-again.reveal",
        ]

    def test_has_the_items_that_move_its_memory_first(self, loaded):
        items = queries.fact_page("lambda.errors.retries").items

        assert [item.slug for item in items] == [
            "lambda.errors.retries.recall",
            "lambda.errors.retries.recall-back",
            "lambda.errors.retries.reveal",
            "lambda.errors.which-are-queues",
            "lambda.errors.last-attempt.predict",
        ]

    def test_shows_a_retired_fact_too(self, loaded):
        assert queries.fact_page("lambda.errors.retries").fact.retired_at is None
        assert queries.fact_page("lambda.overview.pay-per-use").fact.retired_at is not None

    def test_is_none_where_there_never_was_one(self, loaded):
        assert queries.fact_page("lambda.errors.nowhere") is None

    def test_takes_four_queries(self, loaded, django_assert_num_queries):
        with django_assert_num_queries(4):
            queries.fact_page("lambda.errors.retries")


class TestItemsFor:
    def test_leaves_out_what_is_retired(self, loaded):
        Item.objects.filter(slug="lambda.errors.which-are-queues").update(retired_at="2026-11-24T00:00Z")
        fact = Item.objects.get(slug="lambda.errors.retries.recall").fact

        assert "lambda.errors.which-are-queues" not in {item.slug for item in queries.items_for([fact.pk])}


class TestValueTexts:
    def test_are_by_fact(self, loaded):
        assert queries.value_texts(["lambda.errors.first-wait", "lambda.errors.nowhere"]) == {
            "lambda.errors.first-wait": "60\u00a0s"
        }
