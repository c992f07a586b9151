import pytest

from studyapp.content import queries
from studyapp.content.models import Item, Row, Scenario
from studyapp.simulator.scenario import patch, read

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


class TestDemosOfRows:
    def test_are_by_row_with_those_that_have_a_demo_first(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            found = queries.demos_of_rows(["10.13", "8.4", "1.99"])

        assert found.keys() == {"10.13", "8.4"}
        assert found["10.13"][0].slug == "lambda.concurrency.half-refused"
        assert [each.demo is not None for each in found["8.4"]] == [True, True, True, False]

    def test_leave_out_what_is_retired(self, loaded):
        assert queries.demos_of_rows(["10.13"]) == {}

    def test_are_there_for_every_row_of_the_tables(self):
        numbers = set(Row.objects.filter(retired_at=None).values_list("number", flat=True))

        assert queries.demos_of_rows(numbers).keys() == numbers


class TestDemosOfFactAndClue:
    def test_are_the_scenarios_about_a_fact(self, loaded, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert [each.title for each in queries.demos_of_fact("lambda.errors.retries")] == [
                "An event that fails every time"
            ]
        assert queries.demos_of_fact("lambda.errors.first-wait") == ()

    def test_are_those_whose_demo_names_the_clue(self, loaded, django_assert_num_queries):
        with django_assert_num_queries(1):
            (found,) = queries.demos_of_clue("fails-again")

        assert found.demo["asks"]["metric"] == "last_attempt_start"
        assert queries.demos_of_clue("rate-limit") == ()


class TestShelf:
    def test_has_every_scenario_section_by_section_with_demos_first(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            found = queries.shelf()

        order = [(each.section, not each.has_demo) for each in found]
        assert order == sorted(order)
        assert {each.slug for each in found} == set(Scenario.objects.current().values_list("slug", flat=True))
        assert {each.section for each in found} == set(range(1, 11))

    def test_names_the_clue_of_a_demo(self, loaded):
        (found,) = queries.shelf()

        assert (found.slug, found.section, found.clue) == ("lambda.errors.always-fails", 6, "fails-again")

    @pytest.mark.parametrize("slug", ["", "lambda", "lambda.nowhere.x", "x"])
    def test_of_no_topic_has_no_section(self, slug):
        assert queries.section_of(slug) == 0


class TestOptionsOf:
    def test_are_what_the_options_of_its_questions_change(self, loaded, django_assert_num_queries):
        scenario = Scenario.objects.get(slug="lambda.errors.always-fails")
        with django_assert_num_queries(1):
            found = {asked.item: asked for asked in queries.options_of(scenario)}

        fix = found["lambda.errors.keep-the-event.fix"]
        assert [(each.text, each.change, each.is_key) for each in fix.options][:2] == [
            ("A dead-letter queue", {"functions.receipts.dead_letter_queue": True}, True),
            ("More memory", {"functions.receipts.memory": "1024 MB"}, False),
        ]

    def test_are_drawn_with_their_draw(self, loaded):
        scenario = Scenario.objects.get(slug="lambda.errors.always-fails")
        predict = next(asked for asked in queries.options_of(scenario) if asked.kind == "predict")

        assert {each.belief for each in predict.options} == {
            "",
            "retries-at-once",
            "waits-double",
            "waits-from-the-start",
        }
        assert all(each.change.keys() == {"functions.receipts.duration"} for each in predict.options)
        assert [each.is_key for each in predict.options].count(True) == 1

    def test_fit_every_scenario_of_the_course(self):
        for scenario in Scenario.objects.current():
            for asked in queries.options_of(scenario):
                for option in asked.options:
                    read(patch(scenario.body, option.change))


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
