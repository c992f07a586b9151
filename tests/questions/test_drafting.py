"""Drafts from scenarios of the course and from small ones: each proves and lints without errors, or says why there is none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from studyapp.content import files
from studyapp.content.course import Course
from studyapp.content.linting import world as lint_world
from studyapp.questions.drafting import Draft, NoDraft, draft
from studyapp.questions.drafting.telling import told
from studyapp.questions.drafting.words import question
from studyapp.questions.drafting.wrong import SLIPS, is_slip
from studyapp.questions.items import Item
from studyapp.questions.lint import Finding, lint_item
from studyapp.questions.proof import Proof, Refused, World, prove
from studyapp.questions.proof.naming import naming_problems
from studyapp.questions.variants import Variant, drawn
from studyapp.simulator import scenario as scenarios
from studyapp.simulator.errors import ClaimError, ScenarioError
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.run import simulate
from tests.questions.factories import FACT, a_fact

TODAY = date(2026, 11, 28)
OF_EACH_MODEL = 3
READ = files.read(settings.CONTENT, needs_proofs=False)


def chosen(course: Course) -> Iterator[str]:
    """The first scenarios of each model, and the first with each kind of source."""
    left = dict.fromkeys(MODELS, OF_EACH_MODEL)
    kinds: set[str] = set()
    for name, scenario in course.scenarios.items():
        body = scenario.body()
        parts = [part for part in left if part in body and left[part]]
        new = {str(source.get("kind", "sync")) for source in (scenario.sources or {}).values()} - kinds
        if parts or new:
            yield name
        kinds |= new
        for part in parts:
            left[part] -= 1


CHOSEN = list(chosen(READ))


def made(name: str, **given: object) -> Draft:
    scenario = READ.scenarios[name]
    wanted = {"name": f"{name}-draft", "body": scenario.body(), "facts": scenario.facts, "world": READ.world}
    return draft(**wanted | given)


def tried(name: str) -> tuple[Draft | None, tuple[str, ...]]:
    """The draft, or the reasons why there is none."""
    try:
        return made(name), ()
    except NoDraft as none:
        return None, none.reasons


def proved(found: Draft) -> tuple[Proof | None, tuple[str, ...]]:
    """Its proof, or the reasons why it is refused."""
    try:
        return prove(found.item, found.world(READ.world), 25), ()
    except Refused as refused:
        return None, refused.problems


def errors(found: Draft, variants: list[Variant]) -> list[Finding]:
    """What the linter finds that blocks."""
    scenarios = found.world(READ.world).scenarios
    known = replace(lint_world(READ, TODAY), scenarios=scenarios, origin="authored")
    return [each for each in lint_item(found.item, variants, known) if each.level == "E"]


class TestDraftsOfTheCourse:
    def test_are_of_every_model_and_kind_of_source(self):
        assert len(CHOSEN) >= 30

    @pytest.mark.parametrize("name", CHOSEN)
    def test_prove_and_lint_or_say_why_not(self, name):
        found, reasons = tried(name)
        proof, problems = proved(found) if found else (None, ())

        assert (found is None) == bool(reasons)
        assert all(reason.endswith(".") for reason in reasons)
        assert all("the key depends on" in problem for problem in problems)
        if found and proof:
            variants = [drawn(found.item, found.scenario, seed.as_json()) for seed in proof.seeds]
            assert all(len(variant.options) == 4 and len(variant.key) == 1 for variant in variants)
            assert errors(found, variants) == []

    @pytest.mark.parametrize("name", READ.scenarios)
    def test_tell_all_that_a_scenario_sets(self, name):
        body = READ.scenarios[name].body()
        text = told(body)
        item = Item("lambda.x.y", "predict", "lambda.x", text.text, (), (), states=tuple(text.states))
        assert naming_problems(item, body) == ()


RETRIED = "lambda.errors.last-run"


class TestADraft:
    def test_asks_what_tells_most_about_its_facts(self):
        assert made(RETRIED).item.asks == "last_attempt_start"

    def test_asks_for_what_it_is_told_to_ask(self):
        found = made(RETRIED, asks="attempts")

        assert found.item.asks == "attempts"
        assert found.item.stem.endswith("How many times is the first event run?")

    def test_draws_the_value_of_the_run_among_others(self):
        found = made(RETRIED)

        assert found.item.draw == {"functions.receipts.duration": ("10 s", "50 ms", "1 s", "60 s")}
        assert "{functions.receipts.duration}" in found.item.stem

    def test_says_of_each_option_what_it_rests_on(self):
        key, *wrong = made(RETRIED).item.options

        assert key.is_key
        assert key.why.startswith("This is what the run gives by the rules in force.")
        assert {option.belief for option in wrong} <= READ.beliefs.keys()
        assert all(READ.beliefs[option.belief].says in option.why for option in wrong)

    def test_prefers_beliefs_to_slips(self):
        found = made("lambda.versions.step-by-step")

        assert found.item.options[1].belief in READ.beliefs
        assert len(found.slips) < 3
        assert all(is_slip(slip) and slip.id.startswith("step-by-step-draft-") for slip in found.slips)

    def test_says_what_the_scenario_left_out_if_it_matters(self):
        found = made("lambda.concurrency.menu-boards")

        assert found.scenario["warm"] == {"menu": 0}
        assert "Warm environments of menu at the start: {warm.menu}." in found.item.stem

    def test_is_refused_by_its_proof_where_the_value_asked_for_depends_on_chance(self):
        body = {
            "functions": {"f": {"duration": {"exp": "1 s"}, "timeout": "60 s"}},
            "sources": {"s": {"arrivals": {"even": "3 per 1 s", "for": "10 s"}}},
        }
        found = made(RETRIED, body=body, asks="duration_max")

        assert made(RETRIED, body=body).item.asks != "duration_max"
        with pytest.raises(Refused, match="depends on chance"):
            prove(found.item, found.world(READ.world))


class TestNoDraft:
    def test_of_what_has_two_values(self):
        with pytest.raises(NoDraft, match="three wrong values"):
            made("lambda.security.public-form")

    def test_without_a_fact(self):
        with pytest.raises(NoDraft, match="needs a fact"):
            made(RETRIED, facts=())

    def test_of_a_run_that_is_too_long(self):
        body = {
            "functions": {"f": {}},
            "sources": {"s": {"arrivals": {"even": "100 per 1 s", "for": "30 s"}}},
        }
        with pytest.raises(NoDraft, match="more than 2,000 events"):
            made(RETRIED, body=body)

    def test_leaves_the_simulator_its_own_words(self):
        with pytest.raises(ScenarioError, match="memory"):
            made(RETRIED, body={"functions": {"f": {"memory": "1 MB"}}})
        with pytest.raises(ClaimError, match="no such metric"):
            made(RETRIED, asks="happiness")

    def test_ends_when_it_is_told_to(self):
        class Enough(Exception):
            pass

        def at_once() -> None:
            raise Enough

        with pytest.raises(Enough):
            made(RETRIED, before=at_once)
        found = made(RETRIED)
        with pytest.raises(Enough):
            prove(found.item, found.world(READ.world), before=at_once)


class TestTelling:
    @pytest.mark.parametrize(
        ("body", "text", "states"),
        [
            ({"account": {"concurrency": 500}}, "The account has {account.concurrency} concurrent executions.", []),
            ({"horizon": "20 s"}, "It is looked at for 20\u00a0s.", ["horizon"]),
            (
                {"bill": {"functions": {"f": {"curve": {"128 MB": "2 s"}}}}},
                "Function f: curve 128 MB 2\u00a0s.",
                ["bill.functions.f.curve.128 MB"],
            ),
            (
                {"network": {"routes": {"private": "nat"}, "nat_in": "none"}},
                "Routes: private {network.routes.private}. Nat in: {network.nat_in}.",
                [],
            ),
            ({"sources": {"s": {"kind": "s3"}}}, "Source s: event notifications of an S3 bucket.", ["sources.s.kind"]),
            (
                {"packages": {"layers": {"a.b": {"zipped": "1 MB"}}}},
                "Layer a.b: zipped 1\u00a0MB.",
                ["packages.layers"],
            ),
        ],
    )
    def test_gives_each_value_or_states_its_path(self, body, text, states):
        found = told(body)

        assert (found.text, found.states) == (text, states)

    def test_asks_in_words(self):
        assert question("throttles", ()) == "How many requests are throttled?"
        assert question("resize.throttles", ("resize",)) == "How many requests are throttled, for resize alone?"
        assert question("left.till.unzipped", ()) == "How much of the quota for its unzipped code does till leave?"
        assert question("local.nightly.2", ()) == "When, by the clocks of its people, is firing number 2 of nightly?"
        assert question("made_up.x", ()) == "What is made up of x?"


class TestSlips:
    OUTCOME = simulate(
        scenarios.read({
            "functions": {"f": {"duration": "1 s"}},
            "sources": {"s": {"arrivals": {"burst": 7, "at": "0 s"}}},
        }),
        TRUTH,
        1,
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("slip", "count", "time"),
        [
            ("one-too-many", 8, 1.0),
            ("one-too-few", 6, 1.0),
            ("twice-as-much", 14, 2.0),
            ("half-as-much", 3, 0.5),
            ("ten-times-as-much", 70, 10.0),
            ("a-tenth-as-much", 0, 0.1),
        ],
    )
    def test_change_the_number_alone(self, slip, count, time):
        reading = MISREADINGS[slip]

        assert slip in SLIPS
        assert reading(self.OUTCOME, "requests") == count
        assert reading(self.OUTCOME, "duration_max") == time
        assert reading(self.OUTCOME, "dead_lettered_at") is None


def test_a_draft_carries_its_world():
    found = made(RETRIED)
    world = found.world(World(facts={FACT: a_fact()}))

    assert list(world.scenarios) == [f"{RETRIED}-draft"]
    assert list(world.beliefs) == [slip.id for slip in found.slips]
