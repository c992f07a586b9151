from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from studyapp.content import files, services
from studyapp.content.kept import Origin
from studyapp.content.models import Belief, Clue, Fact, Item, Revision, RevisionIsFinal, Row, Scenario
from studyapp.content.services import AuthoredAlready
from tests.conftest import NOW
from tests.content.conftest import TODAY

LATER = NOW + timedelta(days=1)
FIX = "lambda.errors.keep-the-event.fix"

pytestmark = pytest.mark.django_db


def reload(folder, now=LATER):
    return services.load(course=files.read(folder, today=TODAY), now=now)


def everything():
    """Every row of every table, for comparing."""
    models = (Row, Fact, Clue, Belief, Scenario, Item, Revision, Row.facts.through, Item.facts.through)
    return {model.__name__: sorted(map(str, model.objects.values())) for model in models}


class TestLoad:
    def test_writes_each_kind(self, loaded):
        fact = Fact.objects.get(slug="lambda.errors.first-wait")
        row = Row.objects.get(number="6.1", retired_at=None)
        item = Item.objects.get(slug=FIX)

        assert (fact.says, fact.section, str(fact.checked_on)) == (
            "The first retry starts 60\u00a0s after the failure.",
            6,
            "2026-11-23",
        )
        assert [place.fact.slug for place in row.rowfact_set.all()] == [
            "lambda.errors.retries",
            "lambda.errors.first-wait",
        ]
        assert Clue.objects.get(slug="fails-again").row == Row.objects.get(number="10.1")
        assert (item.kind, item.is_first, item.clue.slug, item.fact.slug) == (
            "fix",
            True,
            "fails-again",
            "lambda.clues.fails-again",
        )
        assert (
            Scenario.objects.get(slug="lambda.errors.always-fails").body["functions"]["receipts"]["memory"] == "512 MB"
        )
        assert Clue.objects.get(slug="fails-again").card["sides"][1]["not"] == "The event alone."
        assert Item.objects.get(slug=FIX).scenario.slug == "lambda.errors.always-fails"
        assert Belief.objects.get(slug="waits-double").body["patch"] == {
            "async_first_wait": "1 s",
            "async_second_wait": "2 s",
        }

    def test_writes_a_demo_beside_its_scenario_with_full_paths(self, loaded):
        demo = Scenario.objects.get(slug="lambda.errors.always-fails").demo

        assert demo["asks"] == {
            "metric": "last_attempt_start",
            "question": "When does the last run start?",
            "unit": "s",
            "choices": None,
            "within": "5 %",
        }
        assert demo["controls"] == [
            {"path": "functions.receipts.async_retries", "from": 0, "to": 2, "label": None, "choices": []},
            {"path": "sources.uploads.kind", "from": None, "to": None, "label": None, "choices": []},
        ]
        assert [preset["change"] for preset in demo["presets"]] == [{}, {"functions.receipts.async_retries": 0}]

    def test_takes_out_a_demo_and_a_card_that_the_files_no_longer_hold(self, loaded, folder):
        (folder / "demos/lambda/errors.yaml").unlink()
        (folder / "demos/cards.yaml").unlink()

        assert str(reload(folder)) == "0 added, 2 changed, 0 retired, 0 new revisions"
        assert Scenario.objects.get(slug="lambda.errors.always-fails").demo is None
        assert Clue.objects.get(slug="fails-again").card is None

    def test_gives_every_fact_an_item_and_every_item_a_revision(self, loaded):
        asked = set(Item.objects.current().values_list("fact__slug", flat=True))

        assert asked == set(loaded.facts)
        assert not Item.objects.current().filter(revision=None).exists()

    def test_changes_nothing_the_second_time_and_says_so(self, loaded, folder):
        before = everything()

        again = reload(folder)

        assert str(again) == "nothing changed"
        assert everything() == before

    def test_changes_what_changed_and_says_how_much(self, loaded, folder, edit):
        edit("rows.yaml", "label: Retries", "label: Retries of events")

        assert str(reload(folder)) == "0 added, 1 changed, 0 retired, 0 new revisions"
        assert Row.objects.get(number="6.1").label == "Retries of events"

    def test_puts_the_facts_of_a_row_in_their_new_order(self, loaded, folder, edit):
        edit(
            "rows.yaml",
            "[lambda.errors.retries, lambda.errors.first-wait]",
            "[lambda.errors.first-wait, lambda.errors.retries]",
        )

        reload(folder)

        facts = [place.fact.slug for place in Row.objects.get(number="6.1").rowfact_set.all()]
        assert facts == ["lambda.errors.first-wait", "lambda.errors.retries"]


class TestWhatDisappearsFromTheFiles:
    def test_is_retired_and_kept(self, loaded, folder, edit):
        text = (folder / "items/lambda/errors.yaml").read_text()
        (folder / "items/lambda/errors.yaml").write_text(text[: text.index("  - id: lambda.errors.which-are-queues")])

        counts = reload(folder).rows

        gone = Item.objects.get(slug="lambda.errors.which-are-queues")
        assert (counts.retired, gone.retired_at) == (1, LATER)
        assert gone.revision.variant(1).stem == "Which two hold events?"
        assert gone not in Item.objects.visible_to(None)

    def test_comes_back_when_it_does(self, loaded, folder):
        path = folder / "items/lambda/errors.yaml"
        text = path.read_text()
        path.write_text(text[: text.index("  - id: lambda.errors.which-are-queues")])
        reload(folder)
        path.write_text(text)

        reload(folder)

        assert Item.objects.get(slug="lambda.errors.which-are-queues").retired_at is None

    def test_is_retired_once(self, loaded, folder):
        path = folder / "items/lambda/errors.yaml"
        text = path.read_text()
        path.write_text(text[: text.index("  - id: lambda.errors.which-are-queues")])
        reload(folder)

        assert str(reload(folder, LATER + timedelta(days=1))) == "nothing changed"
        assert Item.objects.get(slug="lambda.errors.which-are-queues").retired_at == LATER


class TestWhatWasAuthored:
    @pytest.fixture
    def authored(self, loaded):
        item = Item.objects.get(slug=FIX)
        return Item.objects.create(
            slug="lambda.errors.my-own", origin=Origin.AUTHORED, kind="authored", topic="lambda.errors", section=6, position=0,
            fact=item.fact, stem="Mine?",
        )  # fmt: skip

    def test_is_left_alone(self, authored, folder):
        reload(folder)

        authored.refresh_from_db()
        assert (authored.stem, authored.retired_at) == ("Mine?", None)

    def test_cannot_share_an_id_with_a_file(self, authored, folder, edit):
        before = everything()
        edit("items/lambda/errors.yaml", "lambda.errors.which-are-queues", "lambda.errors.my-own")

        with pytest.raises(AuthoredAlready, match=r"lambda\.errors\.my-own: written in the browser already"):
            reload(folder)

        assert everything() == before


class TestARename:
    def test_keeps_the_row_and_so_every_memory_of_it(self, loaded, folder, edit):
        before = Fact.objects.get(slug="lambda.errors.first-wait")
        question = Item.objects.get(slug="lambda.errors.first-wait.recall")
        for file in ("facts/lambda/errors.yaml", "beliefs/lambda.yaml", "items/lambda/errors.yaml", "rows.yaml"):
            edit(file, "lambda.errors.first-wait", "lambda.errors.wait")
        edit(
            "facts/lambda/errors.yaml",
            "    name: First wait",
            "    formerly: [lambda.errors.first-wait]\n    name: First wait",
        )
        call_command("prove", folder=folder, verbosity=0)

        reload(folder)

        assert Fact.objects.get(slug="lambda.errors.wait").pk == before.pk
        assert Item.objects.get(slug="lambda.errors.wait.recall").pk == question.pk
        assert not Fact.objects.filter(slug="lambda.errors.first-wait").exists()


class TestARevision:
    def test_is_made_anew_only_when_its_item_changes(self, loaded, folder, edit):
        before = Item.objects.get(slug="lambda.errors.which-are-queues").revision
        edit("items/lambda/errors.yaml", "Which two hold events?", "Which two keep events?")

        made = reload(folder).revisions

        item = Item.objects.get(slug="lambda.errors.which-are-queues")
        assert made == 1
        assert item.revision.variant(1).stem == "Which two keep events?"
        assert before.variant(1).stem == "Which two hold events?"
        assert set(item.revisions.all()) == {before, item.revision}

    def test_is_used_again_when_an_item_is_as_it_was(self, loaded, folder, edit):
        before = Item.objects.get(slug="lambda.errors.which-are-queues").revision
        edit("items/lambda/errors.yaml", "Which two hold events?", "Which two keep events?")
        reload(folder)
        edit("items/lambda/errors.yaml", "Which two keep events?", "Which two hold events?")

        assert reload(folder).revisions == 0
        assert Item.objects.get(slug="lambda.errors.which-are-queues").revision == before

    def test_is_made_for_each_item_that_shows_a_fact_which_changed(self, loaded, folder, edit):
        edit("facts/lambda/errors.yaml", "says: A failed event is repeated", "says: A failed event is tried again")

        reload(folder)

        changed = set(Revision.objects.filter(made_at=LATER).values_list("item__slug", flat=True))
        assert changed == {
            "lambda.errors.retries.recall",
            "lambda.errors.retries.recall-back",
            "lambda.errors.retries.reveal",
            "lambda.errors.last-attempt.predict",
            "lambda.errors.which-are-queues",
        }

    def test_can_be_neither_changed_nor_deleted(self, loaded):
        revision = Revision.objects.filter(item__slug=FIX).get()

        with pytest.raises(RevisionIsFinal):
            revision.save()
        with pytest.raises(RevisionIsFinal):
            revision.delete()
        with pytest.raises(RevisionIsFinal):
            Revision.objects.update(body={})
        with pytest.raises(RevisionIsFinal):
            Revision.objects.all().delete()

    def test_has_a_digest_of_its_own(self, loaded):
        revision = Revision.objects.filter(item__slug=FIX).get()

        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(item=revision.item, digest=revision.digest, body={}, made_at=NOW)

    def test_holds_all_that_a_page_shows(self, loaded):
        body = Item.objects.get(slug="lambda.errors.retries.recall").revision.body

        assert body["facts"]["lambda.errors.first-wait"] == {
            "name": "First wait",
            "says": "The first retry starts 60\u00a0s after the failure.",
            "value_text": "60\u00a0s",
            "amount": "60",
            "unit": "s",
            "adjustable": None,
            "topic": "lambda.errors",
            "source": {
                "title": "Asynchronous invocation",
                "url": "https://docs.example.com/async",
                "checked": "2026-11-23",
                "due": "2027-11-23",
            },
            "exam": {"says": "One minute.", "answer": None, "exams": [], "changed": None, "until": None},
            "was": [],
        }
        assert list(body["facts"]) == ["lambda.errors.retries", "lambda.errors.first-wait"]
        assert set(body["beliefs"]) == {"retries-at-once"}
        assert (body["scenario"], body["engine"]) == (None, None)
        assert [seed["seed"] for seed in body["seeds"]] == [1, 2, 3, 4]

    def test_draws_only_from_proved_seeds(self, loaded):
        revision = Item.objects.get(slug="lambda.errors.last-attempt.predict").revision

        stems = {revision.variant(seed).stem for seed in revision.seeds}

        assert len(stems) == 3
        with pytest.raises(KeyError):
            revision.variant(max(revision.seeds) + 1)


class TestACourseThatIsNotGood:
    def test_changes_nothing(self, loaded, folder, edit):
        before = everything()
        edit("rows.yaml", "label: Retries", "label: Changed")
        edit("facts/lambda/errors.yaml", "rule: async_first_wait", "rule: async_second_wait")

        with pytest.raises(CommandError, match="1 problem; nothing was loaded"):
            call_command("load_content", folder=folder)

        assert everything() == before

    def test_changes_nothing_if_a_write_fails_half_way(self, loaded, folder, edit, monkeypatch):
        before = everything()
        edit("rows.yaml", "label: Retries", "label: Changed")
        course = files.read(folder, today=TODAY)
        monkeypatch.delitem(course.proofs, FIX)

        with pytest.raises(KeyError):
            services.load(course=course, now=LATER)

        assert everything() == before


class TestTheWholeCourse:
    def test_is_loaded_with_few_statements(self, folder, django_assert_max_num_queries):
        course = files.read(folder, today=TODAY)

        with django_assert_max_num_queries(60):
            services.load(course=course, now=NOW)
        with django_assert_max_num_queries(40):
            services.load(course=course, now=NOW)
