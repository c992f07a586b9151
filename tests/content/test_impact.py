"""What another value of a fact would change, told on the small course by the command and on the real one for three facts."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from studyapp.content import files, impact, impact_runs
from studyapp.content.impact import NotAChange

WAIT, RETRIES = "lambda.errors.first-wait", "lambda.errors.retries"


def run(*changes, **options):
    out = StringIO()
    call_command("impact", *changes, stdout=out, **options)
    return out.getvalue().replace("\u00a0", " ")


class TestTheCommand:
    def test_says_what_changes_and_what_would_break(self, folder):
        lines = run(f"{WAIT}=30 s", folder=folder).splitlines()

        assert lines[:3] == [
            f"{WAIT}: 60 s -> 30 s",
            "  rules: async_first_wait",
            "  3 questions drawn from it hold the old value",
        ]
        assert f"    {WAIT}.recall: “60 s” follows by itself" in lines
        assert f"    question {RETRIES}.recall" in lines
        assert "1 items have another key or none" in lines
        assert any(line.startswith("  lambda.errors.last-attempt.predict: “") for line in lines)

    def test_speaks_to_programs(self, folder):
        found = json.loads(run(f"{WAIT}=30 s", folder=folder, json=True))

        assert found["changes"][0]["rules"] == {"async_first_wait": "30 s"}
        assert {each["kind"] for each in found["changes"][0]["references"]} >= {"question"}
        (item,) = found["items"]
        assert (item["item"], item["refused"]) == ("lambda.errors.last-attempt.predict", [])
        assert 0 < item["variants"] <= item["of"]

    def test_takes_several_facts_at_once(self, folder):
        lines = run(f"{WAIT}=30 s", f"{RETRIES}.max=3", folder=folder).splitlines()

        assert f"{RETRIES}: 0 to 2 retries, 2 retries by default -> 0 to 3 retries, 2 retries by default" in lines
        assert "  rules: async_retries_max" in lines

    @pytest.mark.parametrize(
        ("said", "says"),
        [
            (WAIT, "write FACT=VALUE"),
            (f"{WAIT}=", "write FACT=VALUE"),
            (f"{WAIT}=60 s", f"{WAIT} is 60 s already"),
            (f"{WAIT}=soon", f"{WAIT}: 'soon' is not a quantity"),
            (f"{WAIT}=5 MB", f"{WAIT}: async_first_wait: "),
            (f"{WAIT}.max=5 s", f"{WAIT} has no part max; its parts are none"),
            (f"{RETRIES}=3 retries", f"{RETRIES} is a range; name a part of it: min, max, default"),
            (f"{RETRIES}.step=1", f"{RETRIES} has no part step; its parts are min, max, default"),
            ("lambda.errors.first-way=1 s", f"there is no fact lambda.errors.first-way; did you mean {WAIT}"),
        ],
    )
    def test_refuses_what_is_no_change(self, folder, said, says):
        with pytest.raises(CommandError) as caught:
            run(said, folder=folder)
        assert says in str(caught.value)


@pytest.fixture(scope="module")
def real():
    return files.read(settings.CONTENT, needs_proofs=False)


def small(course, *items):
    """The real course with these items and their scenarios alone, so that nothing else is run."""
    kept = tuple(item for item in course.items if item.id in items)
    scenarios = {item.scenario: course.scenarios[item.scenario] for item in kept}
    return replace(course, items=kept, scenarios=scenarios)


def keys_of(course, *changes):
    facts = {each.old.id: each.new for each in changes}
    rules = {field: value for each in changes for field, value in each.rules.items()}
    return {each.item: each for each in impact_runs.other_keys(course, facts, rules, {})}


class TestTheRealCourse:
    def test_has_questions_and_claims_that_rest_on_the_scaling_rate(self, real):
        changed = impact.change(real, "lambda.concurrency.scaling-rate=500 per 10 s")
        texts = impact.texts(real, changed)
        broken = list(impact_runs.broken(small(real, "lambda.concurrency.ticket-sale.predict"), changed.rules))

        assert [each.item for each in texts.drawn if not each.follows] == [
            "lambda.concurrency.scaling-rate.recall",
            "lambda.concurrency.scaling-rate.reveal",
        ]
        assert ("row", "8.2") in texts.references
        assert {each.claim: (each.old, each.new) for each in broken}["throttles is 400"] == ("400", "900")

    def test_would_bill_less_if_init_were_free(self, real):
        course = small(real, "lambda.overview.cold-bill.predict")
        changed = impact.change(real, "lambda.overview.init-billed=no")

        assert changed.rules == {"init_is_billed": False}
        assert list(keys_of(course, changed)) == ["lambda.overview.cold-bill.predict"]

    def test_would_have_other_answers_if_api_gateway_waited_longer(self, real):
        course = small(real, "lambda.triggers.slow-webhook.fix")
        changed = impact.change(real, "lambda.triggers.api-rest-timeout=60 s")

        assert (
            "exactly one option must reach the goal"
            in keys_of(course, changed)["lambda.triggers.slow-webhook.fix"].refused[0]
        )
        assert {each.item.rpartition(".")[2] for each in impact.texts(real, changed).drawn} == {
            "recall",
            "numeric",
            "reveal",
        }

    def test_is_left_alone_by_a_rule_that_no_run_reads(self, real):
        course = small(real, "lambda.vpc.card-processor.fix")
        changed = impact.change(real, "lambda.triggers.api-rest-timeout=60 s")

        assert list(impact_runs.broken(course, changed.rules)) == []
        assert keys_of(course, changed) == {}

    def test_takes_a_value_of_every_shape(self, real):
        for said in (
            "lambda.clues.avoid-cold-start=SnapStart",
            "lambda.packaging.snapstart-runtimes=Java 11, Python 3.12",
            "lambda.overview.custom-runtime=A layer",
            "lambda.configuration.memory.max=20480 MB",
        ):
            changed = impact.change(real, said)
            assert type(changed.new.value) is type(changed.old.value)

    def test_cannot_be_asked_for_a_word_where_yes_or_no_belongs(self, real):
        with pytest.raises(NotAChange, match="neither yes nor no"):
            impact.change(real, "lambda.overview.init-billed=perhaps")
