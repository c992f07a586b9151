"""Hints: what they point at, and that none of them says the answer."""

import re
from dataclasses import replace

import pytest

from studyapp.attempts import hints
from studyapp.content.models import Fact, Item, Row
from studyapp.questions.variants import Variant
from tests.drills import kinds

pytestmark = pytest.mark.django_db
FIX, PREDICT = "lambda.vpc.card-processor.fix", kinds.PREDICTED


def question(slug: str) -> tuple[dict, Variant]:
    revision = Item.objects.select_related("revision").get(slug=slug).revision
    return revision.body, revision.variant(revision.seeds[0])


def a_row(text: str) -> Row:
    return Row(label="A row", now=text)


class TestOffered:
    def test_are_three_where_a_change_is_asked_for(self):
        assert hints.offered(*question(FIX), clue="Lambda in a VPC needs the internet", has_row=True) == (
            "word",
            "row",
            "run",
        )

    def test_never_run_what_is_to_be_predicted(self):
        assert "run" not in hints.offered(*question(PREDICT), has_row=True)

    def test_have_no_row_where_the_fact_stands_in_none(self):
        assert "row" not in hints.offered(*question(FIX), has_row=False)

    def test_are_none_for_an_answer_that_is_uncovered(self):
        assert hints.offered(*question(kinds.REVEALED), has_row=True) == ()


class TestWord:
    def test_is_the_part_of_the_stem_that_the_clue_stands_for(self):
        body, variant = question(FIX)

        (part,) = hints.word(body, variant, clue="Lambda in a VPC needs the internet")

        assert part in variant.stem
        assert part == "attached to private subnets of a VPC"

    def test_is_the_numbers_without_which_something_else_comes_out(self):
        """Memory and /tmp stand in the stem to lead astray: layers and the package count."""
        item = next(
            item
            for item in Item.objects.filter(kind="predict").select_related("revision")
            if "packages.functions.planner.tmp" in item.revision.body["seeds"][0]["draw"]
        )
        variant = item.revision.variant(item.revision.seeds[0])

        assert hints.word(item.revision.body, variant) == ("60\u00a0MB", "45\u00a0MB", "15\u00a0MB")

    def test_is_in_the_order_of_the_stem_however_the_numbers_are_kept(self):
        """PostgreSQL keeps the fields of an object in an order of its own."""
        item = Item.objects.select_related("revision").get(slug=PREDICT)
        variant = item.revision.variant(item.revision.seeds[0])
        turned = replace(variant, draw=dict(reversed(variant.draw.items())))

        words = [hints.word(item.revision.body, each) for each in (variant, turned)]

        assert len(words[0]) > 1
        assert words[0] == words[1]
        assert list(words[0]) == sorted(words[0], key=variant.stem.index)

    def test_is_never_the_key_alone(self):
        body, variant = question("lambda.triggers.slow-shelf.numeric")

        words = hints.word(body, variant)

        assert len(words) > 1
        for item in Item.objects.filter(kind__in=("predict", "numeric")).select_related("revision")[::7]:
            variant = item.revision.variant(item.revision.seeds[0])
            told = set(hints.word(item.revision.body, variant))
            assert told != {variant.key_text}, item.slug

    def test_stands_in_the_stem_whatever_is_asked(self):
        for item in Item.objects.filter(kind__in=hints.CHOSEN).select_related("revision")[::17]:
            variant = item.revision.variant(item.revision.seeds[0])
            assert all(part in variant.stem for part in hints.word(item.revision.body, variant)), item.slug


class TestRow:
    def test_hides_the_value_that_is_asked_for(self):
        body, variant = question(kinds.TYPED)
        asked = body["item"]["facts"][0]

        says = hints.row(
            a_row(f"A message is tried {{{{ {asked} }}}}, or {variant.key_text} by default."), {}, body, variant
        )

        assert variant.key_text not in says
        assert hints.HIDDEN in says

    def test_shows_the_values_of_other_facts(self):
        body, variant = question(FIX)

        says = hints.row(a_row("At most {{ lambda.x.y }} of them."), {"lambda.x.y": "5 layers"}, body, variant)

        assert says == "At most 5 layers of them."

    def test_hides_the_words_by_which_the_key_is_told(self):
        body, variant = question(FIX)

        says = hints.row(a_row("A route leads to a NAT gateway there."), {}, body, variant)

        assert "NAT" not in says
        assert says == "[…] leads to […] there."

    @pytest.mark.parametrize(
        ("slug", "text", "says"),
        [
            (
                "lambda.configuration.env-default-key.recall",
                "With an AWS managed key by default.",
                "With […] by default.",
            ),
            (
                "lambda.versions.unqualified.recall",
                "An unqualified name means `$LATEST`.",
                "An unqualified name means `[…]`.",
            ),
            ("lambda.errors.async-second-wait.recall", "Waits of one and two minutes.", "Waits of one and […]."),
            (
                "lambda.clues.simple-endpoint.recall",
                "A function URL where cheap is enough.",
                "[…] where cheap is enough.",
            ),
            ("lambda.clues.serverless-compute.recall", "Lambda fits short work.", "[…] fits short work."),
        ],
    )
    def test_leaves_nothing_beside_a_hidden_word_that_says_the_rest(self, slug, text, says):
        assert hints.row(a_row(text), {}, *question(slug)) == says

    def test_holds_no_number_of_the_key_in_the_whole_course(self):
        values = dict(Fact.objects.values_list("slug", "body__value_text"))
        asked = Item.objects.filter(kind__in=("numeric", "predict"), fact__rows__isnull=False).select_related(
            "revision", "fact"
        )
        checked = 0
        for item in asked.prefetch_related("fact__rows")[::5]:
            variant = item.revision.variant(item.revision.seeds[0])
            numbers = set(re.findall(r"\d[\d,.]*", variant.key_text)) - set(re.findall(r"\d[\d,.]*", variant.stem))
            says = hints.row(item.fact.rows.all()[0], values, item.revision.body, variant)
            checked += len(numbers)
            assert not numbers & set(re.findall(r"\d[\d,.]*\d|\d", says)), item.slug
        assert checked > 10


class TestRun:
    def test_is_the_scenario_as_the_stem_tells_it(self):
        body, variant = question(FIX)

        found, _ = hints.run(body, variant)

        assert found.paths

    def test_is_none_where_the_simulator_cannot_read_it(self):
        body, variant = question(FIX)

        assert (
            hints.run({**body, "scenario": {**body["scenario"], "gone": "a field of an older engine"}}, variant) is None
        )
