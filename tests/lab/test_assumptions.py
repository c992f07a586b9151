"""The rules in force, for people."""

import pytest

from studyapp.lab.assumptions import SUBJECTS, assumed, beliefs_for, constants, label
from studyapp.lab.controls.settings import RULES
from studyapp.simulator import scenario
from studyapp.simulator.errors import RulebookError
from studyapp.simulator.rulebook import TRUTH, assumptions, watched
from studyapp.simulator.run import simulate
from tests.lab.bodies import bodies


def of(name, patch=None):
    return next(each for subject in constants(patch or {}, {name}) for each in subject.constants)


class TestConstants:
    def test_of_all_rules_stand_in_one_subject_each(self):
        true = {name for name, about in RULES.items() if not str(about.get("says", "")).startswith("(false)")}
        found = [each.name for subject in constants({}, set(RULES)) for each in subject.constants]

        assert sorted(found) == sorted(true)
        assert [subject.title for subject in constants({}, set(RULES))] == list(SUBJECTS)

    @pytest.mark.parametrize(
        ("name", "words", "value"),
        [
            ("timeout_max", "Timeout maximum", "900 s"),
            ("memory_min", "Memory minimum", "128 MB"),
            ("sync_payload_max", "Synchronous payload maximum", "6,144 KB"),
            ("scaling_rate", "Scaling rate", "1,000 per 10 s"),
            ("account_concurrency", "Account concurrency", "1,000"),
            ("init_is_billed", "Init is billed", "yes"),
            ("price_request", "Price of request", "0.0000002 USD per request"),
            ("price_x86_gb_s", "Price of x86 GB-s", "0.0000166667 USD per GB-s"),
            ("price_durable_kept_gb_month", "Price of durable kept GB-month", "0.15 USD per GB-month"),
            ("managed_instances_fee", "Managed instances fee", "15 %"),
            ("throttle_backoff_factor", "Throttle backoff factor", "2"),
            ("zip_s3_max", "Zip S3 maximum", "none"),
            ("vcpu_memory", "vCPU memory", "1,769 MB"),
            ("tmp_max", "Temporary space maximum", "10,240 MB"),
            ("variables_are_encrypted_at_rest", "Variables are encrypted at rest", "yes"),
            ("memory_moves_cpu", "Memory moves CPU", "yes"),
        ],
    )
    def test_have_words_and_a_value_with_its_unit(self, name, words, value):
        if str(RULES[name].get("says", "")).startswith("(false)"):
            assert label(name) == words
            return
        constant = of(name)

        assert (constant.label, constant.value) == (words, value)

    def test_say_where_they_are_from(self):
        assert of("timeout_max").fact == "lambda.configuration.timeout-max"
        assert not of("timeout_max").is_assumption

    def test_say_what_else_could_be_so_where_aws_leaves_it_open(self):
        routing = of("routing")

        assert routing.is_assumption
        assert routing.alternatives == ("newest-idle", "oldest-idle", "random")

    def test_show_a_false_world_only_when_it_is_believed(self):
        assert constants({}, {"reserved_is_kept_warm"}) == ()

        warm = of("reserved_is_kept_warm", {"reserved_is_kept_warm": True})

        assert (warm.value, warm.is_changed) == ("yes", True)
        assert warm.says == "reserved environments are initialised in advance"

    def test_refuse_a_patch_that_no_rulebook_takes(self):
        with pytest.raises(RulebookError):
            constants({"nope": 1}, {"memory_max"})

    def test_of_a_run_are_those_that_it_read(self):
        seen: set[str] = set()
        rulebook = watched(TRUTH, seen)
        simulate(scenario.read(bodies()["lambda.clues.x-ray-images"], rulebook), rulebook, 0)

        names = {each.name for subject in constants({}, seen) for each in subject.constants}

        assert {"memory_max", "scaling_rate", "routing"} <= names
        assert not any(name.startswith("sqs") for name in names)


class TestAssumed:
    def test_are_all_that_aws_leaves_open(self):
        assert {each.name for each in assumed({}, set(RULES))} == {each.field for each in assumptions()}


class TestBeliefsFor:
    BELIEFS = {
        "a": {"memory_max": "1 GB"},
        "b": {"routing": "random"},
        "c": {"scaling_rate": "none", "tmp_max": "1 GB"},
    }

    def test_are_those_that_bear_on_the_run(self):
        assert beliefs_for({"routing", "scaling_rate"}, self.BELIEFS) == ("b", "c")

    def test_begin_with_the_curated_ones(self):
        assert beliefs_for({"routing", "scaling_rate"}, self.BELIEFS, ["c", "a", "c"]) == ("c", "b")
