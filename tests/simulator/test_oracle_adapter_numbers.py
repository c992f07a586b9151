"""Small cases about averages, limits, functions and bills, one for each form in which they may be asked."""

from typing import Any

import pytest

from tests.simulator.answers import Case
from tests.simulator.test_oracle_adapter_answers import agrees, at, det

TWO = {
    "A": {"arrivals": at((0, 60), (2, 60)), "duration": det(3), "reserved_concurrency": 50},
    "B": {"arrivals": at((0, 70), (2, 70)), "duration": det(1)},
}
EVEN = {"kind": "even", "rate_per_s": 1}


class TestTwoFunctions:
    @pytest.mark.parametrize(
        ("name", "wanted"),
        [
            ("throttled", {"A": [10, 60], "B": [20, 20]}),
            ("throttled", {"A": 70, "B": 40}),
            ("throttled", [70, 40]),
            ("accepted", {"A": [50, 0], "B": [50, 50]}),
            ("accepted", 150),
            ("throttle_fraction", {"A": 70 / 120, "B": 40 / 140}),
            ("cold_starts", {"A": 50, "B": 50}),
            ("warm_starts", {"A": 0, "B": 50}),
            ("total", {"A": 50, "B": 100}),
            ("mean_concurrency", {"A": 15, "B": 10}),
            ("mean_concurrency", 25),
            ("peak_concurrency", {"A": 50, "B": 50}),
        ],
    )
    def test_are_asked_together_or_by_name(self, name: str, wanted: object) -> None:
        agrees({"account_concurrency": 100, "functions": TWO, "horizon_s": 10}, {name: wanted})

    def test_may_have_a_share_for_one_of_them_alone(self) -> None:
        functions = {name: {"arrivals": at((0, 15))} for name in "AB"}
        inputs = {"functions": functions, "duration": det(1), "shared_pool": 20, "carve_out": {"A": 12}}
        agrees(inputs, {"carved_throttle_fraction": {"A": 3 / 15, "B": 7 / 15}, "carved_total": 10 / 30})

    def test_run_until_their_endless_flows_have_brought_enough(self) -> None:
        functions = {"A": {"arrivals": EVEN}, "B": {"arrivals": {"kind": "every", "period_s": 0.5}}}
        agrees({"functions": functions, "duration": det(0.1)}, {"total": {"A": 10, "B": 20}}, 1, requests=30)

    def test_are_averaged_over_replications_one_by_one(self) -> None:
        inputs = {"functions": TWO, "account_concurrency": 100, "replications": 2}
        agrees(inputs, {"throttled": {"A": [10, 60], "B": [20, 20]}})
        assert len(Case({"inputs": inputs, "expected": {}}).runs) == 2


class TestALimit:
    @pytest.mark.parametrize(
        ("limits", "accepted"),
        [
            ({"provisioned_concurrency": 20, "on_demand_limit": 10, "account_concurrency": 25}, 25),
            ({"provisioned_concurrency": 20, "on_demand_limit": 10, "account_concurrency": 1000}, 30),
            ({"shared_pool": 20, "account_concurrency": 1000}, 20),
            ({"limit": 15, "account_concurrency": None}, 15),
        ],
    )
    def test_is_the_least_of_those_given(self, limits: dict[str, Any], accepted: int) -> None:
        agrees({"arrivals": at((0, 40)), "duration": det(1), **limits}, {"accepted": accepted})

    def test_lets_bursts_at_one_moment_through_in_their_order(self) -> None:
        inputs = {"arrivals": at((5, 4), (0, 5), (0, 7)), "reserved_concurrency": 10, "duration": det(1)}
        agrees(inputs, {"accepted": [4, 5, 5], "throttled": [0, 0, 2]})


class TestAnAverage:
    def test_goes_from_the_start_to_the_horizon(self) -> None:
        inputs = {
            "arrivals": at((0, 4), (10, 1)),
            "duration": det(2),
            "keep_alive_s": 20,
            "start_s": 50,
            "horizon_s": 100,
        }
        agrees(inputs, {"mean_instances": 0.98, "mean_concurrency": 0.1, "mean_lifespan_s": 24.5})

    def test_goes_to_the_last_arrival_without_one(self) -> None:
        inputs = {"arrivals": {"kind": "every", "period_s": 2, "count": 6}, "duration": det(1), "start_s": 50}
        agrees(inputs, {"mean_instances": 1, "mean_concurrency": 0.5, "variance": 0.25})

    def test_goes_to_the_last_end_where_all_come_at_once(self) -> None:
        agrees({"arrivals": at((0, 3)), "duration": det(2)}, {"mean_concurrency": 3})

    def test_counts_a_warm_pool_while_it_lives(self) -> None:
        inputs = {"arrivals": at((50, 1)), "duration": det(2), "keep_alive_s": 100, "horizon_s": 200, "warm_pool": 3}
        agrees(inputs, {"mean_instances": (152 + 100 + 100) / 200})

    def test_leaves_out_the_first_periods_of_a_wave_wherever_it_begins(self) -> None:
        wave = {"kind": "wave", "base_per_s": 100, "amplitude_per_s": 50, "period_s": 60}
        inputs = {"arrivals": wave, "duration": det(1), "start_s": 30, "horizon_s": 630, "discard_periods": 1}
        agrees(inputs, {"mean": 100, "amplitude": 50, "lag_of_peak_s": 0.5}, {"mean": 2, "relative": 0.1})


class TestABill:
    @pytest.mark.parametrize(
        ("inputs", "expected"),
        [
            ({"duration_ms": 100.2, "memory_mb": 1024}, {"billed_ms": 101, "gb_s": 0.101}),
            ({"duration_ms": 100.2, "init_ms": 400.3, "invocations": 1000, "memory_mb": 1024}, {"gb_s": 501}),
            ({"duration_ms": 100.2, "init_ms": [400.3], "invocations": 1000}, {"billed_ms": [501]}),
            ({"runs_ms": 250.3, "init_ms": 100.1, "memory_mb": 1024}, {"billed_ms": 351, "gb_s": 0.351}),
            ({"runs_ms": [100.2, 0.4], "memory_mb": 1024}, {"billed_ms": 102, "gb_s": 0.102}),
            ({"gb_s": 1000, "memory_mb": 1024, "ephemeral_mb": 1536}, {"storage_gb_s": 1000}),
            (
                {"gb_s": 9, "memory_mb": 1024, "provisioned_concurrency": 1, "hours": 1, "free_tier": True},
                {"billable_gb_s": 9},
            ),
        ],
    )
    def test_takes_runs_in_several_forms(self, inputs: dict[str, Any], expected: dict[str, Any]) -> None:
        agrees(inputs, expected)

    @pytest.mark.parametrize(
        ("architecture", "usd"), [("arm", 13.5334), ("aarch64", 13.5334), ("X86_64", 16.8667), (None, 16.8667)]
    )
    def test_knows_an_architecture_by_its_other_names(self, architecture: str | None, usd: float) -> None:
        agrees({"gb_s": 1_000_000, "requests": 1_000_000, "arch": architecture}, {"usd": usd}, 1e-9)

    def test_frees_no_request_to_a_function_with_provisioned_concurrency(self) -> None:
        inputs = {"invocations": 1_000_000, "duration_ms": 0, "memory_mb": 1024, "free_tier": True}
        agrees(inputs | {"provisioned_concurrency": 1, "hours": 1}, {"usd": 0.2 + 3600 * 0.0000041667}, 1e-9)


class TestAnAlias:
    @pytest.mark.parametrize(("batches", "wanted"), [(None, 50), (1, 50), (20, 50), (20, 1000)])
    def test_counts_by_batch_or_all_together(self, batches: int | None, wanted: int) -> None:
        inputs = {"weight": 0.5, "invocations": 100, "batches": batches}
        agrees(inputs, {"new_version": wanted}, {"relative": 0.4})
