"""The bill of a month by AWS's facts: its worked examples, each line, and the edges of tiers, free parts and rounding."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import TRUTH
from studyapp.simulator.models import bill
from tests.simulator.models import bill_twin
from tests.simulator.models.bill_plans import DAY, functions, months

SMALL = {
    "free_requests": 10, "free_gb_s": 4, "free_stream": "1 GB",
    "tier_x86_second": 6, "tier_x86_third": 15, "tier_arm64_second": 8, "tier_arm64_third": 19,
}  # fmt: skip
SMALL_WORLD = bill_twin.World(10, 4, 1, (6, 15), (8, 19))


def metrics(body: dict[str, Any] | None = None, *, believing: dict[str, object] | None = None, **function: Any) -> Any:
    """Of the month in `body`, with one function `f`."""
    rulebook = TRUTH.believing(believing or {})
    plain = {"memory": "1024 MB", "requests": 1_000_000, "duration": "1 s", **function}
    return bill.plan({"functions": {"f": plain}, **(body or {})}, rulebook).answer(rulebook).metrics


class TestAnExampleOfAws:
    def test_of_a_month_with_the_free_tier(self):
        found = metrics({"free_tier": "yes"}, memory="1536 MB", requests=3_000_000, duration="120 ms")

        assert found["gb_s.f"] == 540_000
        assert [round(found[f"bill.{line}"], 2) for line in ("requests", "duration", "total")] == [0.40, 2.33, 2.73]

    def test_of_snapstart(self):
        found = metrics(
            {"month": "31 d"},
            requests=7_440_000,
            duration="2 s",
            cold_share="1 %",
            snapstart="yes",
            runtime="python3.13",
        )

        assert [round(found[f"bill.{line}"], 2) for line in ("requests", "snapstart", "total")] == [1.49, 14.43, 263.92]

    def test_of_tenants_at_the_listed_rates(self):
        """AWS rounds on the way and says 368.74."""
        found = metrics(requests=10_000_000, duration="2 s", tenant_environments=200_000)

        assert [round(found[f"bill.{line}"], 2) for line in ("tenants", "total")] == [33.33, 368.67]


class TestALine:
    """Each line of the price list, for a million runs of a second with 1 GB unless it says otherwise."""

    @pytest.mark.parametrize(
        ("function", "line", "usd"),
        [
            ({}, "requests", 0.20),
            ({"kind": "async", "payload": "256 KB"}, "requests", 0.20),
            ({"kind": "async", "payload": "257 KB"}, "requests", 0.40),
            ({"kind": "async", "payload": "320 KB"}, "requests", 0.40),
            ({"kind": "async", "payload": "321 KB"}, "requests", 0.60),
            ({"kind": "async", "payload": "1 MB"}, "requests", 2.60),
            ({"payload": "1 MB"}, "requests", 0.20),
            ({}, "duration", 16.6667),
            ({"architecture": "arm64"}, "duration", 13.3334),
            ({"memory": "512 MB"}, "duration", 8.33335),
            ({"init": "500 ms", "cold_share": "10 %"}, "duration", 16.6667 * 1.05),
            ({}, "storage", 0.0),
            ({"tmp": "512 MB"}, "storage", 0.0),
            ({"tmp": "1536 MB"}, "storage", 0.0309),
            ({"tmp": "10240 MB"}, "storage", 0.0309 * 9.5),
            ({"tenant_environments": 1000}, "tenants", 0.166667),
            ({"tenant_environments": 1000, "architecture": "arm64"}, "tenants", 0.133333),
            ({"streamed_response": "6 MB"}, "streaming", 0.0),
            ({"streamed_response": "7 MB"}, "streaming", 1_000_000 / 1024 * 0.008),
            ({"durable": {"operations": 3}}, "durable", 24.0),
            ({"durable": {"written": "1 KB"}}, "durable", 1_000_000 / 1024**2 * 0.25),
            ({"durable": {"written": "1 KB", "kept": "15 d"}}, "durable", 1_000_000 / 1024**2 * (0.25 + 0.15 / 2)),
            ({"durable": {"wait": "10 d"}}, "duration", 16.6667),
            ({"instances": {"price": "0.10 USD per hour", "count": 2}}, "instances", 165.6),
            ({"instances": {"price": "0.10 USD per hour", "time": "10 h"}}, "instances", 1.15),
            ({"instances": {"price": "0.10 USD per hour"}}, "duration", 0.0),
            ({"instances": {"price": "0.10 USD per hour"}}, "requests", 0.20),
        ],
    )
    def test_costs_what_aws_lists(self, function, line, usd):
        assert metrics(**function)[f"bill.{line}"] == pytest.approx(usd, rel=1e-9)

    @pytest.mark.parametrize(("kind", "usd"), [("sqs", 0.00925 * 2 * 10), ("kafka", 0.185 * 2 * 10)])
    def test_of_provisioned_pollers_counts_hours(self, kind, usd):
        body = {"functions": {}, "pollers": {"orders": {"kind": kind, "count": 2, "time": "10 h"}}}

        assert bill.plan(body, TRUTH).answer(TRUTH).metrics["bill.pollers"] == pytest.approx(usd)


class TestProvisionedConcurrency:
    @pytest.mark.parametrize(
        ("time", "periods", "billed_s"),
        [("1 s", 1, 300), ("5 min", 1, 300), ("301 s", 1, 600), ("12 min", 3, 2_700), ("30 d", 1, 2_592_000)],
    )
    def test_is_billed_in_steps_of_five_minutes(self, time, periods, billed_s):
        found = metrics(requests=0, provisioned_concurrency=4, provisioned_time=time, provisioned_periods=periods)

        assert found["bill.provisioned"] == pytest.approx(billed_s * 4 * 0.0000041667)

    def test_charges_runs_in_it_at_their_own_rate_and_spillover_as_on_demand(self):
        found = metrics(requests=1_000, provisioned_concurrency=1, provisioned_share="40 %")

        assert found["bill.provisioned"] == pytest.approx(2_592_000 * 0.0000041667 + 400 * 0.0000097222)
        assert found["bill.duration"] == pytest.approx(600 * 0.0000166667)

    def test_bills_the_init_of_environments_that_nobody_used(self):
        found = metrics(
            requests=0, init="2 s", provisioned_concurrency=10, provisioned_time="1 h", provisioned_periods=5
        )

        assert found["gb_s.f"] == 100

    def test_is_out_of_reach_for_the_free_tier(self):
        found = metrics({"free_tier": "yes"}, requests=1_000, provisioned_concurrency=1, provisioned_share=0)

        assert found["bill.requests"] == pytest.approx(0.0002)
        assert found["bill.duration"] == pytest.approx(0.0166667)

    @pytest.mark.parametrize(("architecture", "share"), [("x86_64", 0.6), ("arm64", 0.6)])
    def test_pays_from_sixty_percent_use_on(self, architecture, share):
        found = metrics(requests=0, architecture=architecture, provisioned_concurrency=10, duration="200 ms")

        assert found["break_even.f"] == pytest.approx(share, abs=1e-4)
        assert found["break_even_rate.f"] == pytest.approx(30, abs=0.01)

    @pytest.mark.parametrize(("used", "is_cheaper"), [(59, False), (61, True)])
    def test_costs_less_than_on_demand_above_its_break_even_and_more_below(self, used, is_cheaper):
        found = metrics(requests=25_920 * used, provisioned_concurrency=1)

        assert found["utilization.f"] == pytest.approx(used / 100)
        assert (found["bill.total"] < found["on_demand.f"]) is is_cheaper


class TestATier:
    @pytest.mark.parametrize(
        ("architecture", "gb_s", "usd"),
        [
            ("x86_64", 5_999_999_999, 100_000.2 - 0.0000166667),
            ("x86_64", 6_000_000_000, 100_000.2),
            ("x86_64", 6_000_000_001, 100_000.2 + 0.000015),
            ("x86_64", 14_999_999_999, 235_000.2 - 0.000015),
            ("x86_64", 15_000_000_000, 235_000.2),
            ("x86_64", 15_000_000_001, 235_000.2 + 0.0000133334),
            ("arm64", 7_499_999_999, 100_000.5 - 0.0000133334),
            ("arm64", 7_500_000_000, 100_000.5),
            ("arm64", 7_500_000_001, 100_000.5 + 0.0000120001),
            ("arm64", 18_749_999_999, 235_001.625 - 0.0000120001),
            ("arm64", 18_750_000_000, 235_001.625),
            ("arm64", 18_750_000_001, 235_001.625 + 0.0000106667),
        ],
    )
    def test_begins_where_the_one_before_it_ends(self, architecture, gb_s, usd):
        assert metrics(architecture=architecture, requests=gb_s)["bill.duration"] == pytest.approx(
            usd, rel=1e-12, abs=1e-6
        )

    def test_counts_all_functions_of_an_architecture_together_and_no_others(self):
        each = {"memory": "1024 MB", "requests": 4_000_000_000, "duration": "1 s"}
        body = {"functions": {"a": each, "b": each, "c": {**each, "architecture": "arm64"}}}

        found = bill.plan(body, TRUTH).answer(TRUTH).metrics

        assert found["bill.duration"] == pytest.approx(100_000.2 + 2e9 * 0.000015 + 4e9 * 0.0000133334)
        assert found["bill_of.a"] == pytest.approx(found["bill_of.b"])


class TestTheFreeTier:
    @pytest.mark.parametrize(("requests", "usd"), [(999_999, 0), (1_000_000, 0), (1_000_001, 0.2e-6)])
    def test_holds_a_million_requests(self, requests, usd):
        found = metrics({"free_tier": "yes"}, memory="128 MB", duration="1 ms", requests=requests)

        assert found["bill.requests"] == pytest.approx(usd)

    @pytest.mark.parametrize(("gb_s", "usd"), [(399_999, 0), (400_000, 0), (400_001, 0.0000166667)])
    def test_holds_four_hundred_thousand_gb_seconds(self, gb_s, usd):
        assert metrics({"free_tier": "yes"}, requests=gb_s)["bill.duration"] == pytest.approx(usd)

    @pytest.mark.parametrize(("responses", "usd"), [(102_400, 0), (102_401, 0.008 / 1024)])
    def test_holds_a_hundred_gib_of_streams_beyond_the_free_part_of_each(self, responses, usd):
        found = metrics({"free_tier": "yes"}, requests=responses, streamed_response="7 MB")

        assert found["bill.streaming"] == pytest.approx(usd)

    def test_is_shared_in_proportion_to_use(self):
        one = {"memory": "1024 MB", "requests": 1_500_000, "duration": "1 ms"}
        body = {"free_tier": "yes", "functions": {"small": {**one, "requests": 500_000}, "large": one}}

        found = bill.plan(body, TRUTH).answer(TRUTH).metrics

        assert (found["bill_of.small"], found["bill_of.large"]) == pytest.approx((0.05, 0.15))

    def test_is_not_taken_off_unless_asked_for(self):
        assert metrics(requests=10)["bill.total"] > 0


class TestADuration:
    @pytest.mark.parametrize(
        ("duration", "init", "billed_ms"),
        [
            ("1 us", "0 s", 1),
            ("999 us", "0 s", 1),
            ("1 ms", "0 s", 1),
            ("1001 us", "0 s", 2),
            ("100200 us", "400300 us", 501),
        ],
    )
    def test_is_rounded_up_to_a_millisecond_with_its_init(self, duration, init, billed_ms):
        found = metrics(requests=1_000, duration=duration, init=init, cold_share="100 %")

        assert found["gb_s.f"] == pytest.approx(billed_ms)

    def test_counts_a_part_of_a_cold_start_as_a_whole_one(self):
        assert metrics(requests=10, init="1 s", cold_share="1 %")["gb_s.f"] == 11


class TestSnapStart:
    def test_charges_three_hours_for_a_version_that_was_there_for_less(self):
        found = metrics(requests=0, snapstart={"time": "10 min", "versions": 2}, runtime="dotnet8")

        assert found["bill.snapstart"] == pytest.approx(2 * 3 * 3_600 * 0.0000015046)

    def test_is_free_for_java(self):
        assert metrics(snapstart="yes", runtime="java21", cold_share="10 %")["bill.snapstart"] == 0

    def test_runs_init_once_for_each_version_and_a_restore_at_each_cold_start(self):
        found = metrics(
            requests=100,
            init="3 s",
            cold_share="10 %",
            runtime="python3.12",
            snapstart={"versions": 2, "restore": "500 ms"},
        )

        assert found["gb_s.f"] == 100 + 2 * 3 + 10 * 0.5


class TestItsTwin:
    @settings(max_examples=150, deadline=None)
    @given(months())
    def test_agrees_to_the_last_figure(self, month):
        said, plan = month

        found = bill.plan(said, TRUTH).answer(TRUTH).metrics

        for line, usd in bill_twin.lines(plan).items():
            assert found[f"bill.{line}"] == pytest.approx(float(usd), rel=1e-9, abs=1e-15), line

    @settings(max_examples=150, deadline=None)
    @given(months())
    def test_agrees_where_little_is_free_and_tiers_are_narrow(self, month):
        said, plan = month
        rulebook = TRUTH.believing(SMALL)

        found = bill.plan(said, rulebook).answer(rulebook).metrics

        for line, usd in bill_twin.lines(plan, SMALL_WORLD).items():
            assert found[f"bill.{line}"] == pytest.approx(float(usd), rel=1e-9, abs=1e-12), line


class TestALaw:
    @settings(max_examples=80, deadline=None)
    @given(months())
    def test_the_parts_of_functions_and_pollers_make_the_total(self, month):
        rulebook = TRUTH.believing(SMALL)
        found = bill.plan(month[0], rulebook).answer(rulebook).metrics
        parts = [value for name, value in found.items() if name.startswith("bill_of.")]

        assert sum(parts) + found["bill.pollers"] == pytest.approx(found["bill.total"], abs=1e-12)

    @settings(max_examples=60, deadline=None)
    @given(functions(30 * DAY), st.integers(1, 1_000))
    def test_more_requests_never_cost_less(self, function, more):
        said = function[0]
        if "provisioned_concurrency" not in said:
            less, much = (
                metrics({"free_tier": "yes"}, **{**said, "requests": n})["bill.total"] for n in (more, more * 2)
            )

            assert less <= much * (1 + 1e-12)

    @settings(max_examples=60, deadline=None)
    @given(months())
    def test_the_free_tier_never_costs_and_beliefs_in_it_never_save_more_than_it_holds(self, month):
        with_it, without = (
            bill.plan({**month[0], "free_tier": flag}, TRUTH).answer(TRUTH).metrics["bill.total"]
            for flag in (True, False)
        )

        assert 0 <= without - with_it <= 0.2 + 400_000 * 0.0000166667 + 0.8 + 1e-9

    @settings(max_examples=60, deadline=None)
    @given(functions(30 * DAY))
    def test_arm64_never_costs_more_for_the_same_runs(self, function):
        found = metrics(**function[0])

        assert "arm_saving.f" not in found or 0 <= found["arm_saving_share.f"] <= 0.2001

    @settings(max_examples=60, deadline=None)
    @given(months())
    def test_every_step_is_ok_and_a_short_sentence(self, month):
        for path in bill.plan(month[0], TRUTH).answer(TRUTH).paths:
            assert (path.ok, path.kind) == (True, "bill")
            for hop in path.hops:
                assert hop.ok
                assert hop.says.endswith(".")
                assert len(hop.says.split()) <= 24
