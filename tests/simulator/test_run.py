"""What happens to requests, rule by rule."""

import pytest

from studyapp.simulator import Outcome, read, simulate
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.trace import OK, RESET
from tests.simulator.test_scenario import NETWORK
from tests.simulator.worlds import one, run

BURST = {"burst": 1500}


def starts(outcome: Outcome) -> list[float]:
    return [start / 1e6 for start in outcome.trace.start]


class TestEnvironments:
    def test_start_cold_once_and_are_reused(self) -> None:
        data = one(arrivals={"every": "300 s", "count": 288}, init="500 ms")
        metrics = run(data, belief={"environment_lifetime": "none"}).metrics

        assert (metrics["cold_starts"], metrics["warm_starts"]) == (1, 287)

    def test_are_gone_when_idle_for_longer_than_their_lifetime(self) -> None:
        data = one(arrivals={"at": ["0 s", "601 s", "1203 s"]})

        assert run(data, belief={"idle_lifetime": "601 s"}).metrics["cold_starts"] == 1
        assert run(data, belief={"idle_lifetime": "600.999 s"}).metrics["cold_starts"] == 2

    def test_repeat_init_inside_the_run_after_a_timeout(self) -> None:
        data = one(arrivals={"at": ["0 s", "60 s"]}, init="2 s", duration="9 s", timeout="5 s")

        outcome = run(data)

        assert outcome.metrics["cold_starts"] == 1
        assert [span.status for span in outcome.spans if span.kind == "invoke"] == ["timeout", "timeout"]

    def test_that_a_timeout_has_reset_repeat_init_within_the_duration(self) -> None:
        data = one(arrivals={"every": "10 s", "count": 50}, init="1 s", duration={"exp": "2 s"}, timeout="4 s")
        trace = run(data).trace

        again = [row for row, found in enumerate(trace.cold) if found == RESET and trace.status[row] == OK]

        assert again
        assert all(trace.init[row] == 0 and trace.run[row] >= 1_000_000 for row in again)

    def test_whose_init_was_repeated_fail_by_when_the_handler_begins(self) -> None:
        data = one(init="12 s", duration="1 s", timeout="30 s", fails={"from": "0 s", "to": "20 s"})

        assert run(data).metrics["errors"] == 0  # the handler begins at 22 s, after the window

    def test_hold_connections_from_their_start_until_they_are_reclaimed(self) -> None:
        data = one(arrivals={"burst": 15}, provisioned_concurrency=10, holds_connections=2)
        more = {**data, "functions": {**data["functions"], "g": {"holds_connections": 5}}, "warm": {"g": 4}}
        more["sources"] = {"calls": {**data["sources"]["calls"], "calls": "f"}}

        metrics = run(more).metrics

        assert [metrics[name] for name in ("f.peak_connections", "g.peak_connections", "peak_connections")] == [
            30,
            20,
            50,
        ]

    def test_repeat_an_init_that_passes_its_limit(self) -> None:
        outcome = run(one(init="12 s", duration="1 s", timeout="30 s"))

        assert (outcome.trace.init[0], outcome.trace.run[0]) == (10_000_000, 13_000_000)

    @pytest.mark.parametrize(("routing", "cold"), [("newest-idle", 3), ("oldest-idle", 2)])
    def test_are_chosen_by_the_routing_policy(self, routing: str, cold: int) -> None:
        data = one(arrivals=[{"burst": 2}, {"at": ["6 s", "11 s"]}, {"burst": 2, "at": "15 s"}], duration="1 s")

        belief = {"routing": routing, "idle_lifetime": "10 s"}

        assert run(data, belief=belief).metrics["cold_starts"] == cold

    def test_run_faster_with_more_memory_up_to_one_processor(self) -> None:
        data = one(duration="0 s", cpu_time="1 s")

        times = [run(data, {"function.memory": size}).trace.run[0] for size in ("885 MB", "1769 MB", "3538 MB")]

        assert times == [1_998_870, 1_000_000, 1_000_000]


class TestLimits:
    def test_throttle_what_is_above_the_account(self) -> None:
        assert run(one(arrivals=BURST)).metrics["throttles"] == 500

    def test_throttle_all_when_reserved_is_zero(self) -> None:
        metrics = run(one(arrivals={"burst": 5}, reserved_concurrency=0)).metrics

        assert (metrics["throttles"], metrics["invocations"], metrics["client_errors"]) == (5, 0, 5)

    def test_hold_new_environments_to_the_scaling_rate(self) -> None:
        data = {**one(arrivals=BURST), "account": {"concurrency": 3000}}

        assert run(data).metrics["throttles"] == 500
        assert run(data, belief={"scaling_rate": "500 per 60 s", "first_burst": 3000}).metrics["throttles"] == 0

    def test_hold_requests_to_ten_a_second_for_each_unit_of_concurrency(self) -> None:
        data = one(arrivals={"even": "100 per 1 s", "for": "1 s"}, duration="1 ms", reserved_concurrency=2)

        assert run(data).metrics["throttles"] == 80
        assert run(data, {"source.kind": "async", "function.duration": "5 ms"}).metrics["throttles"] == 0

    def test_leave_an_event_loop_of_a_million_unfinished(self) -> None:
        data = {**one(arrivals={"even": "100 per 1 s", "for": "1 h"}), "max_events": 50}

        with pytest.raises(RunTooLong, match=r"stopped after 50 tries, at 0\.5 s") as error:
            run(data)

        assert isinstance(error.value.outcome, Outcome)
        assert error.value.outcome.metrics["requests"] == 50


class TestProvisionedConcurrency:
    def test_starts_nothing_cold_and_spills_over(self) -> None:
        metrics = run(one(arrivals={"burst": 24}, init="2 s", provisioned_concurrency=10)).metrics

        assert (metrics["provisioned_invocations"], metrics["spillover_invocations"], metrics["cold_starts"]) == (
            10,
            14,
            14,
        )

    def test_is_a_ceiling_under_that_belief(self) -> None:
        data = one(arrivals={"burst": 24}, provisioned_concurrency=10)

        assert run(data, belief={"provisioned_spills_over": "no"}).metrics["throttles"] == 14

    def test_serves_nothing_until_all_of_it_is_allocated(self) -> None:
        data = one(
            arrivals={"at": ["90 s", "91 s"]}, provisioned_concurrency=100, provisioned_ready={"allocated_at": "0 s"}
        )

        assert [span.reason for span in run(data).spans if span.kind == "invoke"] == ["cold", "provisioned"]

    def test_is_paid_for_when_nobody_calls(self) -> None:
        data = one(arrivals={"at": ["3599 s"]}, provisioned_concurrency=10)

        assert run({**data, "horizon": "1 h"}).metrics["cost.provisioned"] == pytest.approx(
            3600 * 10 * 0.0000041667 + 1 * 0.0000097222
        )


class TestAsynchronousEvents:
    def test_are_tried_three_times_and_dead_lettered(self) -> None:
        outcome = run(one("s3", fails="always", duration="3 s", dead_letter_queue="yes"))

        assert starts(outcome) == [0, 63, 186]
        assert (outcome.metrics["dead_lettered_at"], outcome.metrics["events_lost"]) == (189, 0)

    def test_are_lost_when_nothing_keeps_them(self) -> None:
        metrics = run(one("s3", fails="always")).metrics

        assert (metrics["events_lost"], metrics["async_dropped"], metrics["dead_letters"]) == (1, 1, 0)

    def test_are_lost_when_the_function_may_not_write_to_its_queue(self) -> None:
        metrics = run(one("s3", fails="always", dead_letter_queue="denied")).metrics

        assert (metrics["events_lost"], metrics["dead_letter_errors"]) == (1, 1)

    def test_are_recorded_at_destinations(self) -> None:
        data = one("s3", on_failure="sns", on_success="sqs", fails={"first": 1})

        assert run(data).metrics["destination_deliveries"] == 1

    def test_go_straight_to_the_queue_when_reserved_is_zero(self) -> None:
        metrics = run(one("async", reserved_concurrency=0, dead_letter_queue="yes")).metrics

        assert (metrics["attempts"], metrics["throttles"], metrics["dead_lettered_at"]) == (0, 0, 0)

    def test_wait_out_a_throttle_without_using_a_retry(self) -> None:
        outcome = run(one("async", arrivals={"burst": 2}, reserved_concurrency=1, duration="5 s"))

        assert (outcome.metrics["delivered"], outcome.metrics["throttles"], outcome.metrics["retries"]) == (2, 3, 0)
        assert starts(outcome) == [0, 7]

    def test_are_given_up_at_their_maximum_age(self) -> None:
        outcome = run(one("async", fails="always", async_max_age="60 s", dead_letter_queue="yes"))

        assert (outcome.metrics["attempts"], outcome.metrics["dead_lettered_at"]) == (1, 60)

    def test_are_refused_when_too_large(self) -> None:
        metrics = run(one("async"), {"source.payload": "2 MB"}).metrics

        assert (metrics["invocations"], metrics["throttles"]) == (0, 0)

    @pytest.mark.parametrize(
        ("belief", "expected"),
        [
            ({"async_first_wait": "0 s", "async_second_wait": "0 s"}, [0, 3, 6]),
            ({"async_first_wait": "1 s", "async_second_wait": "2 s"}, [0, 4, 9]),
            ({"async_waits_from": "start"}, [0, 60, 180]),
            ({"dlq_retries_events": "yes"}, [0, 63, 186, 189]),
            ({"async_retries_default": "0"}, [0]),
        ],
    )
    def test_run_as_a_belief_has_it(self, belief: dict[str, object], expected: list[float]) -> None:
        outcome = run(one("s3", fails="always", duration="3 s", dead_letter_queue="yes"), belief=belief)

        assert starts(outcome) == expected


class TestCallers:
    def test_of_a_rest_api_give_up_after_29_seconds_while_the_function_runs_on(self) -> None:
        metrics = run(one("api", duration="40 s", timeout="60 s")).metrics

        assert (metrics["client_errors"], metrics["errors"], metrics["response_max"], metrics["duration_max"]) == (
            1,
            0,
            29,
            40,
        )

    def test_see_a_failure_through_an_api_and_not_through_invoke(self) -> None:
        data = one(fails="always")

        assert run(data, {"source.kind": "url"}).metrics["client_errors"] == 1
        assert run(data).metrics["client_errors"] == 0

    def test_are_never_retried_by_lambda(self) -> None:
        assert run(one(fails="always")).metrics["attempts"] == 1

    def test_split_an_alias(self) -> None:
        data = {
            "functions": {"old": {"duration": "1 ms"}, "new": {"duration": "1 ms"}},
            "sources": {
                "users": {"calls": {"old": "90 %", "new": "10 %"}, "arrivals": {"even": "10 per 1 s", "count": 1000}}
            },
        }

        assert 60 < run(data).metrics["new.invocations"] < 140  # type: ignore[operator]


class TestFalseWorlds:
    def test_let_one_environment_serve_many(self) -> None:
        metrics = run(one(arrivals=BURST), belief={"requests_per_environment": 10}).metrics

        assert (metrics["throttles"], metrics["cold_starts"], metrics["peak_concurrency"]) == (0, 150, 150)

    def test_let_callers_wait_in_line(self) -> None:
        metrics = run(one(arrivals=BURST), belief={"throttled_sync_calls_wait": "yes"}).metrics

        assert (metrics["throttles"], metrics["delivered"], metrics["response_max"]) == (0, 1500, 2)

    def test_do_not_count_an_environment_in_init(self) -> None:
        data = one(arrivals=[{"burst": 5}, {"burst": 5, "at": "1 s"}], init="2 s", reserved_concurrency=5)

        assert run(data).metrics["throttles"] == 5
        assert run(data, belief={"init_counts_as_busy": "no"}).metrics["throttles"] == 0

    @pytest.mark.parametrize(
        ("belief", "throttles", "cold_starts"),
        [
            ({}, 4, 6),
            ({"reserved_is_kept_warm": "yes"}, 4, 0),
            ({"reserved_is_a_ceiling": "no"}, 0, 10),
            ({"reserved_counts": "requests per second"}, 4, 6),
        ],
    )
    def test_read_a_reservation_otherwise(self, belief: dict[str, object], throttles: int, cold_starts: int) -> None:
        metrics = run(one(arrivals={"burst": 10}, reserved_concurrency=6, init="1 s"), belief=belief).metrics

        assert (metrics["throttles"], metrics["cold_starts"]) == (throttles, cold_starts)


class TestNetworks:
    def test_are_answered_in_the_same_form(self) -> None:
        outcome = simulate(read({"network": NETWORK}))

        assert outcome.value("reach.internet") is False
        assert outcome.value("refused_by.internet") == outcome.paths[0].hops[-1].name
