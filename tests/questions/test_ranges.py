from decimal import Decimal

import pytest

from studyapp.questions.proof.moves import Assumed, Parameter, Setting, moves
from studyapp.questions.proof.ranges import RANGES
from studyapp.questions.proof.scaling import by
from studyapp.simulator.rulebook import TRUTH
from tests.questions.factories import an_item
from tests.questions.range_samples import FUNCTIONS, NETWORK

EVERYTHING = {**FUNCTIONS, **NETWORK}


def moved(body, **item) -> list[tuple[str, object]]:
    found = moves(an_item(kind="fix", **item), Setting(body, TRUTH))
    return [(move.subject, move.value) for move in found if isinstance(move, Parameter)]


def values_of(subject, body, **item):
    return [value for path, value in moved(body, **item) if path == subject]


def one(**function):
    return {"functions": {"resize": function}, "sources": {"uploads": {"kind": "async", "arrivals": {"burst": 4}}}}


class TestRanges:
    def test_give_a_reason_each(self):
        assert all(each.reason for each in RANGES)


class TestMoves:
    def test_leave_out_what_the_stem_names(self):
        assert not values_of("functions.resize.duration", one(), stem="It runs for {function.duration}.")

    def test_leave_out_what_lies_below_a_stated_path(self):
        assert not values_of("sources.uploads.arrivals.burst", one(), states=("source.arrivals",))

    def test_put_a_load_to_half_and_to_twice(self):
        assert values_of("sources.uploads.arrivals.burst", one()) == [2, 8]

    def test_leave_a_feature_that_nobody_mentions_at_its_default(self):
        assert not values_of("functions.resize.reserved_concurrency", one())

    def test_take_away_a_feature_that_the_scenario_sets(self):
        assert None in values_of("functions.resize.reserved_concurrency", one(reserved_concurrency=6))

    def test_never_let_an_unnamed_timeout_cut_a_run(self):
        assert values_of("functions.resize.timeout", one(duration="45 s", timeout="60 s")) == ["46 s", "900 s"]

    def test_leave_out_a_duration_that_a_named_timeout_would_cut(self):
        setting = Setting(one(timeout="5 s"), TRUTH)
        item = an_item(kind="fix", stem="With a timeout of {function.timeout}.")
        durations = [each for each in moves(item, setting) if each.subject == "functions.resize.duration"]
        assert [each.value for each in durations if each.moved(setting)] == ["50 ms", "1 s"]

    def test_raise_a_timeout_that_nobody_names_with_the_duration(self):
        setting = Setting(one(), TRUTH)
        (longest,) = (
            each
            for each in moves(an_item(kind="fix"), setting)
            if each.subject == "functions.resize.duration" and each.value == "60 s"
        )
        there = longest.moved(setting)
        assert there is not None
        assert there.body["functions"] == {"resize": {"duration": "60 s", "timeout": "900 s"}}

    def test_stay_within_the_patience_of_callers(self):
        body = one()
        body["sources"]["uploads"]["kind"] = "api"
        assert values_of("functions.resize.duration", body) == ["50 ms", "1 s", "10 s"]

    def test_keep_the_law_of_a_time(self):
        assert values_of("functions.resize.duration", one(duration={"exp": "2 s"}))[0] == {"exp": "50 ms"}

    def test_try_callers_of_the_same_family_and_one_that_waits(self):
        assert values_of("sources.uploads.kind", one()) == ["s3", "sns", "eventbridge", "schedule", "sync"]

    def test_take_an_endpoint_away(self):
        setting = Setting(EVERYTHING, TRUTH)
        there = Parameter("network.endpoints.s3", None).moved(setting)
        assert there is not None
        assert set(there.body["network"]["endpoints"]) == {"sqs", "sns", "dynamodb"}

    def test_put_every_open_assumption_to_its_other_values(self):
        assumed = [each for each in moves(an_item(kind="fix"), Setting(one(), TRUTH)) if isinstance(each, Assumed)]
        assert {"idle_lifetime", "routing"} <= {each.subject for each in assumed}
        assert all(each.value != getattr(TRUTH, each.subject) for each in assumed)

    @pytest.mark.parametrize(
        ("part", "assumed"),
        [
            ("network", set()),
            ("rollout", {"linear_starts_at_once", "alarm_reaches_codedeploy_after", "rollout_starts_into_the_minute"}),
            ("versions", {"publishing_compares_with_deleted"}),
            ("secrets", {"environment_lifetime"}),
        ],
    )
    def test_put_to_other_values_what_aws_leaves_open_of_a_model(self, part, assumed):
        found = moves(an_item(kind="fix"), Setting({part: {"some": "thing"}}, TRUTH))
        assert {each.subject for each in found if isinstance(each, Assumed)} == assumed


class TestScaling:
    @pytest.mark.parametrize(
        ("value", "twice"),
        [
            (5, 10),
            (0, None),
            ("3 per 1 s", "6 per 1 s"),
            ("1,500 requests", "3000 requests"),
            (["0 s", "4 s"], ["0 s", "8 s"]),
            ("0 s", None),
            ("always", None),
            (True, None),
        ],
    )
    def test_keeps_the_form_of_a_value(self, value, twice):
        assert by(value, Decimal(2)) == twice

    def test_keeps_whole_numbers_at_least_one(self):
        assert by(1, Decimal("0.5")) == 1
