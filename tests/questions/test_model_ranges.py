"""Every part of a scenario has ranges, and what a stem does not name may not decide a key in any of them."""

import re

import pytest
from django.conf import settings

from studyapp.questions.proof.moves import Parameter, Setting, moves
from studyapp.questions.proof.naming import is_named, naming_problems
from studyapp.questions.proof.ranges import RANGES, parameters
from studyapp.questions.proof.said_defaults import is_default
from studyapp.questions.proof.scaling import scaled_rate
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.scenario import read
from tests.questions.factories import an_item
from tests.questions.model_samples import BILL, VERSIONS
from tests.questions.range_samples import QUEUE, SAMPLES

PARTS = {
    "": "", "A function": "functions.*.", "A source": "sources.*.", "Arrivals": "sources.*.arrivals.",
    "A database": "databases.*.", "Packages": "packages.", "Schedules": "schedules.*.", "A bill": "bill.",
    "Permissions": "access.", "Versions and aliases": "versions.", "A deployment": "rollout.", "Secrets": "secrets.",
    "A network": "network.",
}  # fmt: skip
"""The beginning of the paths of each section of content/SCENARIOS.md."""

_LOAD = "each leaf of what arrives is scaled"
_STORY = "what is done, in which order, is the story itself"
_ASKED = "what is asked, which the stem says as its question"
_NAME = "a name, which is all that there is of it"
_WIRING = "which part belongs to which is the shape; what the parts hold is moved"
WITHOUT = {
    "": {"seed": "a proof runs many", "max_events": "ends no run that a proof counts"},
    "A function": {"version_of": _WIRING, "database": _WIRING},
    "A source": {"arrivals": _LOAD},
    "Arrivals": dict.fromkeys(
        ("at", "burst", "bursts", "every", "even", "poisson", "wave", "amplitude", "period", "rate", "cron", "zone",
         "starting"), _LOAD,
    ),
    "Packages": {"kind": "a zip and an image have other fields: one cannot be the other"},
    "Schedules": {"next": "how many firings are listed, not when they are"},
    "Permissions": {"accounts": _NAME, "id": _NAME, **dict.fromkeys(("kind", "role"), _WIRING),
                    **dict.fromkeys(("by", "does", "target"), _ASKED)},
    "Versions and aliases": {
        "code": _NAME, "addresses": _ASKED, "name": _NAME,
        **dict.fromkeys(
            ("edit", "publish", "delete_version", "create_alias", "update_alias", "delete_alias", "to", "provision",
             "of"), _STORY,
        ),
        **dict.fromkeys(
            ("role", "dead_letter_queue", "environment", "layers", "vpc", "triggers", "on_failure", "on_success"), _NAME
        ),
    },
    "A network": {"route_table": _WIRING, "service": _WIRING, "kind": "of a target: another kind has other fields"},
}  # fmt: skip
"""The fields that have no range, by section, each with the reason."""


def fields_by_section() -> list[tuple[str, str]]:
    """Every field in the first column of a table of fields, with its section."""
    found = []
    for section in re.split(r"^## ", (settings.CONTENT / "SCENARIOS.md").read_text(), flags=re.MULTILINE):
        heading = section.partition("\n")[0]
        for table in re.findall(r"^\| field \|.*\n((?:\|.*\n)+)", section, re.MULTILINE):
            codes = (code for row in table.splitlines() for code in re.findall(r"`([^`]+)`", row.split("|")[1]))
            found += [(heading if heading in PARTS else "", code.partition(":")[0]) for code in codes]
    return found


FIELDS = sorted(set(fields_by_section()))


def steps_of(section) -> set[str]:
    """What the patterns of a section name: fields, and parts with fields that have ranges of their own."""
    return {step for each in RANGES if each.pattern.startswith(PARTS[section]) for step in each.pattern.split(".")}


def moved(body, **item):
    found = moves(an_item(kind="fix", **item), Setting(body, TRUTH))
    return [move for move in found if isinstance(move, Parameter)]


def is_accepted(move, body):
    there = move.moved(Setting(body, TRUTH))
    try:
        return there is not None and bool(read(there.body, there.rulebook))
    except ScenarioError:
        return False


class TestRanges:
    @pytest.mark.parametrize("section", PARTS)
    def test_are_of_every_field_or_there_is_a_reason(self, section):
        names = {name for each, name in FIELDS if each == section}
        assert names
        assert names - steps_of(section) == set(WITHOUT.get(section, {})) - steps_of(section)
        assert set(WITHOUT.get(section, {})) <= names

    @pytest.mark.parametrize("sample", SAMPLES)
    def test_are_of_samples_that_the_simulator_reads(self, sample):
        assert read(SAMPLES[sample])

    def test_hold_a_value_each_that_the_simulator_reads(self):
        accepted = set()
        for body in SAMPLES.values():
            patterns = {path: each.pattern for path, each in parameters(body)}
            accepted |= {patterns[move.subject] for move in moved(body) if is_accepted(move, body)}
        assert {each.pattern for each in RANGES} - accepted == set()

    def test_have_what_lies_below_a_part_before_the_part(self):
        patterns = [each.pattern for each in RANGES]
        too_late = [
            (above, below)
            for place, above in enumerate(patterns)
            for below in patterns[place:]
            if below.startswith(f"{above}.")
        ]
        assert too_late == []

    def test_are_of_a_pattern_each(self):
        patterns = [each.pattern for each in RANGES]
        assert len(patterns) == len(set(patterns))


class TestPaths:
    def test_count_the_steps_of_a_list_from_one(self):
        paths = [path for path, _ in parameters(VERSIONS)]
        assert "versions.steps.4.weights.2" in paths
        assert "versions.steps.2.configure.memory" in paths

    def test_leave_out_arrivals_where_all_events_wait_at_the_start(self):
        source = {key: each for key, each in QUEUE["sources"]["jobs"].items() if key != "arrivals"}
        paths = [path for path, _ in parameters({**QUEUE, "sources": {"jobs": source}})]
        assert "sources.jobs.arrivals" not in paths

    def test_refuse_a_name_that_no_path_can_hold(self):
        with pytest.raises(ScenarioError, match=r"routes: a\.b cannot be moved"):
            parameters({"network": {"routes": {"a.b": "nat"}}})

    def test_hold_what_aws_gives_no_default_even_if_the_scenario_leaves_it_out(self):
        subjects = {move.subject for move in moved({"functions": {"f": {}}, "sources": {"s": {"kind": "kinesis"}}})}
        assert {"sources.s.shards", "sources.s.starting_position"} <= subjects
        assert "sources.s.batch_size" not in subjects
        assert {"bill.month", "bill.free_tier", "bill.functions.web.memory"} <= {
            move.subject for move in moved({"bill": {"functions": {"web": {}}}})
        }


class TestTimes:
    def test_never_let_a_timeout_pass_the_time_that_a_queue_hides_a_message(self):
        values = [move.value for move in moved(QUEUE) if move.subject == "functions.work.timeout"]
        assert values == ["1 s", "30 s", "60 s"]
        assert all(is_accepted(move, QUEUE) for move in moved(QUEUE) if move.subject == "functions.work.duration")

    def test_hide_a_message_for_as_long_as_its_function_may_run(self):
        values = [move.value for move in moved(QUEUE) if move.subject == "sources.jobs.visibility_timeout"]
        assert values == ["10 s", "43200 s"]  # six times 10 s is what the sample has

    def test_do_not_tie_the_duration_of_a_bill_to_a_timeout(self):
        durations = [move for move in moved(BILL) if move.subject == "bill.functions.web.duration"]
        assert [move.value for move in durations] == ["60 ms", "240 ms"]
        assert all(is_accepted(move, BILL) for move in durations)

    def test_shift_a_schedule_and_keep_its_form(self):
        arrivals = {"cron": "cron(30 23 * * ? *)", "zone": "Europe/Madrid", "starting": "2026-03-28 00:00", "count": 2}
        body = {"functions": {"f": {}}, "sources": {"s": {"kind": "schedule", "arrivals": arrivals}}}
        crons = [move for move in moved(body) if move.subject == "sources.s.arrivals.cron"]
        assert [move.value for move in crons] == ["cron(30 0 * * ? *)", "cron(30 11 * * ? *)"]
        assert all(is_accepted(move, body) for move in crons)

    @pytest.mark.parametrize(
        ("value", "moved_to"),
        [
            ("5 per 1 s", ("5 per 2 s", "10 per 1 s")),
            ("1 per 3 s", ("1 per 6 s", "2 per 3 s")),
            (1_000, (500, 2_000)),
        ],
    )
    def test_keep_a_rate_of_whole_requests(self, value, moved_to):
        assert scaled_rate("rollout.requests", {"rollout": {"requests": value}}) == moved_to


class TestNaming:
    def test_gives_a_part_by_what_lies_below_it(self):
        assert is_named("sources.s.retries", frozenset({"sources.s.retries.tries"}))
        assert not is_named("sources.s.retry_attempts", frozenset({"sources.s.retry"}))

    @pytest.mark.parametrize("sample", SAMPLES)
    def test_takes_every_parameter_under_states(self, sample):
        body = SAMPLES[sample]
        for path, _ in parameters(body):
            problems = naming_problems(an_item(kind="fix", states=(path,)), body)
            assert all("is not in the stem" in problem for problem in problems), problems

    @pytest.mark.parametrize(
        ("path", "value", "kind", "is_it"),
        [
            ("sources.s.batch_size", 10, "sqs", True),
            ("sources.s.batch_size", 10, "kinesis", False),
            ("sources.s.batch_size", 100, "kinesis", True),
            ("sources.s.visibility_timeout", "30 s", "sqs", True),
            ("sources.s.visibility_timeout", "0.5 min", "sqs", True),
            ("sources.s.retention", "4 d", "sqs", True),
            ("sources.s.retention", "24 h", "dynamodb", True),
            ("sources.s.max_receive_count", 10, "sqs", True),
            ("sources.s.retry_attempts", -1, "kinesis", True),
            ("sources.s.timeout", "29 s", "api", True),
            ("sources.s.timeout", "3 s", "api", False),
            ("functions.f.timeout", "3 s", None, True),
            ("bill.functions.f.memory", "128 MB", None, True),
            ("versions.steps.2.configure.timeout", "3 s", None, True),
            ("schedules.s.retries", 185, None, True),
            ("secrets.kept.s.ttl", "5 min", None, True),
            ("secrets.kept.s.size", "4 KB", None, False),
            ("functions.f.memory", "much", None, False),
        ],
    )
    def test_knows_the_defaults_of_aws(self, path, value, kind, is_it):
        assert is_default(path, value, kind) is is_it

    def test_takes_the_word_default_for_them(self):
        body = {"functions": {"f": {}}, "sources": {"s": {"kind": "sqs", "visibility_timeout": "30 s"}}}
        states = ("source.visibility_timeout",)
        said = an_item(stem="The queue has its default visibility timeout.", states=states)
        assert naming_problems(said, body) == ()
        unsaid = an_item(stem="The queue hides its messages.", states=states)
        assert naming_problems(unsaid, body) == (
            "states source.visibility_timeout, but 30\u00a0s is not in the stem".replace("source.", "sources.s."),
        )

    def test_asks_for_no_number_where_there_is_no_limit(self):
        stem = "The mapping tries again until the record expires."
        item = an_item(stem=stem, states=("source.retry_attempts",))
        body = {"functions": {"f": {}}, "sources": {"s": {"kind": "kinesis", "retry_attempts": -1}}}
        assert naming_problems(item, body) == ()
