"""Environments: how long they live, what init does to a run, what a runtime's init takes, versions, VPC, the bill of init."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import TRUTH, read
from studyapp.simulator.engine import fast, set_up
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.measured import MEMORIES, measured, runtimes
from studyapp.simulator.trace import ERROR, NEW, OK, PROVISIONED, READY, RESET, TIMEOUT, WARM, Trace
from tests.simulator.worlds import Data, one, run, scenarios

S = 1_000_000
HOUR = 3_600 * S
EVERY_5_MINUTES = {"every": "300 s", "count": 288}


class TestRecycling:
    def test_replaces_an_environment_after_four_hours_however_busy_it_is(self) -> None:
        trace = run(one(arrivals=EVERY_5_MINUTES)).trace

        births = [start for start, cold in zip(trace.start, trace.cold, strict=True) if cold == NEW]
        assert births == [n * 14_700 * S for n in range(6)]  # 49 runs each: the last begins 4 h after the first

    def test_lets_a_run_that_is_under_way_end(self) -> None:
        data = one(arrivals={"at": ["0 s", "3 s", "7 s"]}, duration="2 s")
        trace = run(data, belief={"environment_lifetime": "3 s"}).trace

        assert list(trace.environment) == [0, 0, 1]
        assert list(trace.status) == [OK, OK, OK]

    def test_never_happens_without_a_lifetime(self) -> None:
        assert run(one(arrivals=EVERY_5_MINUTES), belief={"environment_lifetime": "none"}).metrics["cold_starts"] == 1

    def test_counts_what_was_warm_from_the_beginning_as_born_then(self) -> None:
        data = one(arrivals={"at": ["599 s", "1100 s"]}) | {"warm": {"f": 1}}
        trace = run(data, belief={"environment_lifetime": "1000 s"}).trace

        assert [trace.environment_kind[environment] for environment in trace.environment] == [WARM, 0]

    def test_is_not_seen_in_provisioned_environments(self) -> None:
        data = one(arrivals={"at": ["0 s", "20000 s"]}, provisioned_concurrency=1)

        assert run(data).metrics["provisioned_invocations"] == 2

    def test_ends_a_life_in_the_metrics_too(self) -> None:
        lives = run(one(arrivals=EVERY_5_MINUTES), {"horizon": "24 h"}).view().lives

        assert (
            [life.reclaimed_us for life in lives]
            == [  # the last run begins at 4 h and takes 1 s
                *(life.created_us + 4 * HOUR + S for life in lives[:5]),
                None,
            ]
        )

    @given(
        scenarios(),
        st.integers(1, 1000),
        st.sampled_from(["newest-idle", "oldest-idle", "random"]),
        st.sampled_from([0, 300, 2_000]),
    )
    @settings(max_examples=150, deadline=None)
    def test_lets_no_run_begin_in_an_environment_past_its_lifetime(
        self, data: Data, seed: int, routing: str, lifetime: int
    ) -> None:
        belief = {"routing": routing, "environment_lifetime": f"{lifetime} ms", "idle_lifetime": "1 s"}
        trace = run(data, belief=belief, seed=seed).trace

        starts = defaultdict(list)
        for environment, start in zip(trace.environment, trace.start, strict=True):
            if trace.environment_kind[environment] != PROVISIONED:
                starts[environment].append(start)
        assert all(each[-1] - each[0] <= lifetime * 1_000 for each in starts.values())


class TestInit:
    def test_past_its_limit_is_repeated_inside_the_run(self) -> None:
        trace = run(one(init="12 s", timeout="20 s")).trace

        assert (trace.init[0], trace.run[0], trace.status[0]) == (10 * S, 13 * S, OK)

    def test_past_its_limit_is_cut_by_the_functions_timeout(self) -> None:
        trace = run(one(init="12 s", timeout="3 s")).trace

        assert (trace.init[0], trace.run[0], trace.status[0]) == (10 * S, 3 * S, TIMEOUT)

    def test_that_fails_ends_the_run_and_takes_the_environment_away(self) -> None:
        data = one(arrivals={"at": ["0 s", "5 s", "11 s"]}, init="400 ms", init_fails={"to": "10 s"})
        trace = run(data).trace

        assert list(zip(trace.environment, trace.init, trace.run, trace.status, trace.cold, strict=True)) == [
            (0, 400_000, 0, ERROR, NEW),
            (1, 400_000, 0, ERROR, NEW),
            (2, 400_000, S, OK, NEW),
        ]
        assert list(trace.lost_environment) == [0, 1]

    def test_that_fails_is_billed(self) -> None:
        assert run(one(init="400 ms", init_fails="always")).metrics["billed_gb_s"] == pytest.approx(0.4)

    def test_that_fails_is_tried_again_for_each_event_of_a_queue_of_events(self) -> None:
        outcome = run(one("async", init="400 ms", init_fails="always", dead_letter_queue="yes"))

        assert (outcome.metrics["errors"], outcome.metrics["environments"], outcome.metrics["dead_letters"]) == (
            3,
            3,
            1,
        )

    def test_that_fails_inside_a_run_leaves_a_provisioned_environment_to_try_again(self) -> None:
        data = one(
            arrivals={"at": ["0 s", "20 s", "40 s"]}, duration="11 s", init="1 s", provisioned_concurrency=1,
            init_fails={"from": "10 s", "to": "30 s"},
        )  # fmt: skip
        trace = run(data).trace

        assert list(zip(trace.run, trace.status, trace.cold, strict=True)) == [
            (10 * S, TIMEOUT, READY),
            (1 * S, ERROR, RESET),
            (10 * S, TIMEOUT, RESET),
        ]
        assert not trace.lost_environment

    def test_in_a_vpc_of_2019_waits_for_an_interface_which_a_reset_keeps(self) -> None:
        data = one(arrivals={"at": ["0 s", "30 s"]}, init="400 ms", duration="12 s", vpc=True)
        trace = run(data, belief={"vpc_interface_wait": "10 s"}).trace

        assert list(trace.init) == [10_400_000, 0]
        assert list(run(data).trace.init) == [400_000, 0]

    def test_outside_a_vpc_waits_for_no_interface(self) -> None:
        assert run(one(init="400 ms"), belief={"vpc_interface_wait": "10 s"}).metrics["init_max"] == 0.4

    def test_takes_longer_the_first_time_in_a_provisioned_environment_too(self) -> None:
        data = one(arrivals={"at": ["0 s", "5 s"]}, first_run="500 ms", provisioned_concurrency=1)

        assert list(run(data).trace.run) == [1_500_000, 1_000_000]

    def test_of_a_zip_with_a_managed_runtime_was_free_until_2025(self) -> None:
        free = {"init_billed_for": "images and custom runtimes"}
        code = {"runtime": "java21", "init": "1 s"}

        assert run(one(**code)).metrics["billed_gb_s"] == 2
        assert run(one(**code), belief=free).metrics["billed_gb_s"] == 1
        assert run(one(**code, package="image"), belief=free).metrics["billed_gb_s"] == 2
        assert run(one(runtime="go", init="1 s"), belief=free).metrics["billed_gb_s"] == 2

    def test_can_be_free_altogether_for_those_who_believe_it(self) -> None:
        assert run(one(init="1 s", package="image"), belief={"init_is_billed": "no"}).metrics["billed_gb_s"] == 1


class TestProvisionedEnvironments:
    def test_are_unusable_until_all_of_them_are_allocated(self) -> None:
        moments = {"at": ["0 s", "109 s", "110 s"]}
        data = one(arrivals=moments, provisioned_concurrency=200, provisioned_ready={"allocated_at": "18 s"})
        kinds = run(data).trace

        # asked for at 18 s, nothing for 90 s, then 200 at 6,000 a minute
        assert [kinds.environment_kind[environment] for environment in kinds.environment] == [0, 0, PROVISIONED]

    def test_have_an_init_that_is_in_no_run_and_in_the_trace(self) -> None:
        trace = run(one(init="2 s", provisioned_concurrency=3)).trace

        assert list(trace.environment_init) == [2 * S] * 3
        assert list(trace.init) == [0]

    def test_have_130_s_for_init_or_the_timeout_if_that_is_longer(self) -> None:
        assert run(one(init="130 s", provisioned_concurrency=1)).trace.environment_init[0] == 130 * S
        assert run(one(init="140 s", timeout="140 s", provisioned_concurrency=1)).trace.environment_init[0] == 140 * S
        with pytest.raises(ScenarioError, match=r"functions.f.init: 131 s is above 130 s.*execution environment"):
            read(one(init="131 s", provisioned_concurrency=1))

    def test_leave_nothing_to_latest_when_they_are_all_that_is_reserved(self) -> None:
        data: Data = {
            "functions": {
                "live": {"duration": "1 s", "reserved_concurrency": 5, "provisioned_concurrency": 5},
                "latest": {"duration": "1 s", "version_of": "live"},
            },
            "sources": {
                "alias": {"calls": "live", "arrivals": {"burst": 5, "at": "1 s"}},
                "console": {"calls": "latest", "arrivals": {"burst": 5, "at": "10 s"}},
            },
        }
        outcome = run(data)

        assert (outcome.metrics["live.invocations"], outcome.metrics["live.throttles"]) == (5, 0)
        assert (outcome.metrics["latest.invocations"], outcome.metrics["latest.throttles"]) == (0, 5)
        assert (outcome.limits["live"], outcome.limits["latest"]) == (5, 0)
        assert run(data, {"functions.live.provisioned_concurrency": 3}).metrics["latest.throttles"] == 3


class TestScalingBefore2023:
    BELIEF = {"first_burst": 3_000, "scaling_rate": "500 per 60 s", "scaling_scope": "account"}

    def test_let_a_first_burst_through_and_then_500_a_minute(self) -> None:
        data = one(
            arrivals={"bursts": [{"at": "0 s", "count": 5_000}, {"at": "60 s", "count": 1_000}]}, duration="300 s",
            timeout="900 s",
        ) | {"account": {"concurrency": 10_000}}  # fmt: skip
        trace = run(data, belief=self.BELIEF).trace

        assert len(trace.event) == 3_000 + 500
        assert list(trace.refused_at).count(0) == 2_000


class TestMeasuredInit:
    def test_is_that_of_the_nearest_memory(self) -> None:
        law, first_run = measured("java21", "zip", "x86_64", 700)

        assert (law.kind, law.mean_us, first_run) == ("lognormal", 250_700, 31_890)

    @pytest.mark.parametrize("runtime", runtimes())
    def test_has_the_measured_mean_and_spread(self, runtime: str) -> None:
        for package in ("zip", "image"):
            for architecture in ("x86_64", "arm64"):
                for memory in MEMORIES:
                    law, first_run = measured(runtime, package, architecture, memory)
                    draws = sorted(law.draw((n + 0.5) / 4_000) for n in range(4_000))
                    assert sum(draws) / 4_000 == pytest.approx(law.mean_us, rel=0.01)
                    assert 0 < draws[2_000] < draws[3_960]
                    assert first_run > 0

    def test_of_python_is_as_printed(self) -> None:
        law, _ = measured("python3.12", "zip", "x86_64", 512)

        assert law.draw(0.5) / 1_000 == pytest.approx(84.2, rel=0.01)
        assert law.draw(0.99) / 1_000 == pytest.approx(135.1, rel=0.01)

    def test_is_taken_when_a_scenario_gives_a_runtime_and_no_init(self) -> None:
        function = read(one(runtime="dotnet8", memory="128 MB")).functions[0]

        assert (function.init.mean_us, function.first_run) == (289_300, 711_800)

    @pytest.mark.parametrize("given_time", [{"init": "1 s"}, {"cold_total": "2 s"}])
    def test_gives_way_to_what_the_scenario_says(self, given_time: Data) -> None:
        function = read(one(runtime="dotnet8", **given_time)).functions[0]

        assert function.init.is_fixed
        assert function.first_run == 0

    def test_keeps_a_first_run_that_the_scenario_says(self) -> None:
        assert read(one(runtime="java25", first_run="1 s")).functions[0].first_run == S


class TestTheFastLoop:
    @pytest.mark.parametrize(
        "function",
        [
            {"init_fails": "1 %"},
            {"memory_used": "2048 MB"},
            {"memory_leak": "1 MB"},
            {"tmp_left": "1 MB"},
            {"database": "d"},
            {"first_run": "1 s"},
            {"fails": "1 %"},
        ],
    )
    def test_leaves_what_it_does_not_know_to_the_general_one(self, function: Data) -> None:
        data = one(**function) | {"databases": {"d": {}}}
        scenario = read(data)

        assert not fast.suits(scenario, set_up.build(scenario, TRUTH, 1, Trace()))

    def test_takes_what_has_none_of_it(self) -> None:
        scenario = read(one(init="1 s", vpc=True, memory_used="1024 MB", response="1 MB"))

        assert fast.suits(scenario, set_up.build(scenario, TRUTH, 1, Trace()))

    @pytest.mark.parametrize(("warm", "does"), [(3, True), (4, False)])
    def test_takes_as_many_warm_environments_as_may_be_busy(self, warm: int, does: bool) -> None:
        scenario = read(one(reserved_concurrency=3) | {"warm": {"f": warm}})

        assert fast.suits(scenario, set_up.build(scenario, TRUTH, 1, Trace())) is does

    def test_leaves_a_vpc_of_2019_to_the_general_one(self) -> None:
        scenario = read(one(vpc=True))

        assert not fast.suits(
            scenario, set_up.build(scenario, TRUTH.believing({"vpc_interface_wait": "10 s"}), 1, Trace())
        )


class TestBadEnvironments:
    @pytest.mark.parametrize(
        ("function", "message"),
        [
            ({"runtime": "cobol"}, r"functions.f.runtime: cobol .*known are python3.11, .*rust \(maxday/lambda-perf"),
            ({"runtime": "provided.al2023"}, r"functions.f.runtime: provided.al2023 "),
            ({"init_fails": {"first": 2}}, r"functions.f.init_fails: .* is not never, always, a share or"),
            ({"init_fails": {"events": [1]}}, r"functions.f.init_fails: .* init knows no events"),
            ({"vpc": "perhaps"}, r"functions.f.vpc: perhaps is not yes or no"),
            ({"memory_used": "20 GB"}, r"functions.f.memory_used: 20480 MB is above the maximum of 10240 MB \(Lambda"),
            ({"memory_leak": "-1 MB"}, r"functions.f.memory_leak: -1 MB is below the minimum of 0 MB \(Lambda quotas"),
            ({"tmp_left": "11 GB"}, r"functions.f.tmp_left: 11264 MB is above the maximum of 10240 MB \(Lambda quotas"),
            ({"tmp_left": "lots"}, r"functions.f.tmp_left: lots does not begin with a number"),
            ({"version_of": "g"}, r"functions.f.version_of: g is not a function here"),
            ({"version_of": "f"}, r"functions.f.version_of: f is not a function here"),
        ],
    )
    def test_are_refused_with_field_value_and_limit(self, function: Data, message: str) -> None:
        with pytest.raises(ScenarioError, match=message):
            read(one(**function))

    @pytest.mark.parametrize("claim", ["reserved_concurrency", "provisioned_concurrency"])
    def test_are_refused_when_a_version_claims_concurrency(self, claim: str) -> None:
        data: Data = {"functions": {"f": {}, "latest": {"version_of": "f", claim: 1}}}
        with pytest.raises(ScenarioError, match=f"functions.latest.{claim}: 1 "):
            read(data)
