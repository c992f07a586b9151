"""Metrics of runs, concurrency and events; which apply; CloudWatch's names."""

import pytest

from studyapp.simulator import TRUTH
from studyapp.simulator.claims import Claim
from studyapp.simulator.cloudwatch import ALIASES
from studyapp.simulator.errors import ClaimError
from studyapp.simulator.metrics import METRICS
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.trace import ACCOUNT_FULL, API_RATE, DISK_FULL, ERROR, STATUS, TIMEOUT, TOO_LARGE
from tests.simulator.traces import events, queue, stream
from tests.simulator.worlds import Data, one, run

BURST = {"burst": 12}


class TestRuns:
    def test_count_every_end_but_a_good_one_as_an_error(self) -> None:
        hand = events()
        for number in range(len(STATUS)):
            hand.arrives(number).runs(number, 0.5, number, status=number)

        outcome = hand.outcome
        names = ("timeouts", "out_of_memory", "disk_full", "dependency_errors", "responses_too_large")
        assert outcome.value("errors") == len(STATUS) - 1
        assert [outcome.value(name) for name in names] == [1] * 5

    def test_leave_what_never_reached_lambda_out_of_the_throttles(self) -> None:
        hand = events("api").arrives(0, 0, 0)
        outcome = hand.refuses(0, 0, ACCOUNT_FULL).refuses(0, 1, API_RATE).refuses(0, 2, TOO_LARGE).outcome

        assert (outcome.value("throttles"), outcome.value("front_door_throttles")) == (1, 1)

    def test_have_a_duration_without_init_and_a_bill_with_it(self) -> None:
        outcome = events("sync").arrives(0).runs(0, 2, 0, init=1).outcome

        assert (outcome.value("Duration"), outcome.value("billed_gb_s")) == (2.0, 3.0)


class TestEvents:
    def test_that_come_twice_are_delivered_once(self) -> None:
        outcome = events().arrives(0).runs(0, 2, 0).runs(10, 2, 0, attempt=0).outcome

        assert [outcome.value(name) for name in ("invocations", "delivered", "duplicates", "attempts", "retries")] == [
            2, 1, 1, 1, 0,
        ]  # fmt: skip

    def test_that_only_the_duplicate_did_are_not_delivered(self) -> None:
        """What follows a failed run does not know of the duplicate: the event goes on to its own end."""
        outcome = events().arrives(0).runs(0, 2, 0, status=ERROR).runs(10, 2, 0, attempt=0).outcome

        assert (outcome.value("duplicates"), outcome.value("retries")) == (1, 0)


class TestDestinations:
    def test_that_the_function_may_not_send_to_lose_the_event(self) -> None:
        outcome = run(one("s3", fails="always", on_failure="denied"))

        names = ("DestinationDeliveryFailures", "destination_deliveries", "async_dropped", "events_lost")
        assert [outcome.value(name) for name in names] == [1, 0, 1, 1]
        assert outcome.spans[-1].reason == "the function may not send to its destination"


class TestThrottledShare:
    def test_is_of_all_tries_that_lambda_has_seen(self) -> None:
        data = one("s3", {"burst": 100}, reserved_concurrency=20, duration="5 s")
        metrics = run(data).metrics

        assert metrics["throttled_share"] == metrics["throttles"] / (metrics["throttles"] + 100)  # type: ignore[operator]
        assert run(data, {"source.kind": "sync"}).metrics["throttled_share"] == 0.8
        assert run(one(arrivals={"at": []})).value("throttled_share") is None


class TestConcurrency:
    def test_claims_what_is_reserved_used_or_not(self) -> None:
        data = one(arrivals={"burst": 3}, reserved_concurrency=50)
        data["functions"]["g"] = {"duration": "1 s"}
        data["sources"]["calls"]["calls"] = "f"
        data["sources"]["more"] = {"calls": "g", "arrivals": {"burst": 7}}

        metrics = run(data).metrics

        assert [metrics[name] for name in ("peak_concurrency", "unreserved_peak", "claimed_peak")] == [10, 7, 57]
        assert [metrics[f"f.{name}"] for name in ("unreserved_peak", "claimed_peak", "claimed_mean")] == [0, 50, 50]

    def test_claims_what_is_provisioned_and_counts_what_spills_over(self) -> None:
        metrics = run(one(arrivals=BURST, provisioned_concurrency=10)).metrics

        assert [metrics[name] for name in ("unreserved_peak", "claimed_peak", "provisioned_utilization_max")] == [
            2,
            12,
            1.0,
        ]

    def test_utilizes_nothing_while_nothing_runs(self) -> None:
        assert run(one(arrivals={"at": []}, provisioned_concurrency=10)).value("provisioned_utilization_max") is None


class TestConnections:
    @pytest.mark.parametrize(("proxy", "most", "refused"), [(False, 6, 4), (True, 6, 4)])
    def test_to_a_database_are_never_more_than_it_has(self, proxy: bool, most: int, refused: int) -> None:
        metrics = run(database(BURST["burst"] - 2, proxy=proxy)).metrics

        assert (metrics["peak_connections"], metrics["connections_refused"], metrics["errors"]) == (
            most,
            refused,
            refused,
        )

    def test_end_with_their_run_behind_a_proxy_and_with_their_environment_otherwise(self) -> None:
        """Two environments after each other: the first is idle while the second runs."""
        belief = {"idle_lifetime": "60 s", "routing": "oldest-idle"}
        bursts = {"bursts": [{"at": "0 s", "count": 2}, {"at": "10 s", "count": 1}]}
        peaks = []
        for proxy in (False, True):
            data = database(2, proxy=proxy)
            data["sources"]["calls"]["arrivals"] = bursts
            outcome = run(data, belief=belief)
            peaks.append([outcome.value("peak_connections"), len(outcome.trace.connected_at)])

        assert peaks == [[2, 2], [2, 3]]

    def test_without_a_database_are_held_by_each_environment(self) -> None:
        assert run(one(arrivals={"burst": 4}, holds_connections=3)).value("peak_connections") == 12


def database(requests: int, *, proxy: bool) -> Data:
    data = one(arrivals={"burst": requests}, database="orders", holds_connections=1)
    return {**data, "databases": {"orders": {"connections": 6, "proxy": proxy}}}


class TestNames:
    @pytest.mark.parametrize("name", sorted(ALIASES))
    def test_of_cloudwatch_lead_to_ours(self, name: str) -> None:
        outcome = run(one(arrivals=BURST))

        assert ALIASES[name].metric in METRICS
        assert ALIASES[name].statistic in ("Sum", "Maximum", "Average")
        assert outcome.value(name) == outcome.value(ALIASES[name].metric)

    def test_of_cloudwatch_can_be_claimed_also_of_one_function(self) -> None:
        data = one(arrivals=BURST, reserved_concurrency=5)
        data["functions"]["g"] = {}
        data["sources"]["calls"]["calls"] = "f"

        assert Claim.parse("f.Throttles is 7 and g.Invocations is 0 and Errors is 0").holds(run(data))

    def test_of_cloudwatch_can_be_misread(self) -> None:
        outcome = run(one(arrivals=BURST, reserved_concurrency=5))

        assert MISREADINGS["throttles-are-errors"](outcome, "Errors") == 7

    def test_are_not_listed_twice(self) -> None:
        metrics = run(one()).metrics

        assert not set(ALIASES) & set(metrics)
        assert set(metrics.that_apply) <= set(metrics)

    def test_that_nobody_knows_are_refused(self) -> None:
        with pytest.raises(ClaimError, match="Latency: there is no such metric here; there are requests"):
            run(one()).value("Latency")


class TestWhatApplies:
    def test_depends_on_the_sources(self) -> None:
        calls, messages, records = (
            set(each.metrics.that_apply) for each in (run(one()), queue().outcome, stream().outcome)
        )

        assert "client_errors" in calls
        assert not {"batches", "async_received", "provisioned_invocations", "job_failed"} & calls
        assert {"batches", "receives", "dead_letters"} <= messages
        assert not {"iterator_age_max", "client_errors", "response_max"} & messages
        assert {"batches", "iterator_age_max"} <= records
        assert not {"receives", "dead_letters"} & records

    def test_depends_on_the_functions(self) -> None:
        assert "spillover_invocations" in run(one(provisioned_concurrency=1)).metrics.that_apply
        assert "destination_deliveries" in run(one("s3", on_failure="sqs")).metrics.that_apply


class TestTheBill:
    @pytest.mark.parametrize(("package", "gb_s"), [("zip", 2.0), ("image", 3.0)])
    def test_left_out_init_of_zip_packages_until_august_2025(self, package: str, gb_s: float) -> None:
        hand = events("sync", package=package).arrives(0).runs(0, 2, 0, init=1)
        hand.rulebook = TRUTH.believing({"init_billed_for": "images and custom runtimes"})

        assert hand.outcome.value("billed_gb_s") == gb_s

    def test_counts_large_events_more_than_once_but_never_a_batch(self) -> None:
        large = {"source.payload": "300 KB"}

        assert run(one("s3"), large).value("cost.requests") == pytest.approx(2 * 0.20e-6)
        assert run(one("sqs"), large).value("cost.requests") == pytest.approx(0.20e-6)

    def test_pays_for_the_init_of_what_gets_provisioned_within_the_run(self) -> None:
        plain = one(arrivals={"at": ["600 s"]}, init="2 s", provisioned_concurrency=3)
        asked = run(plain, {"function.provisioned_ready": {"allocated_at": "0 s"}})

        assert run(plain).value("billed_gb_s") == 1.0
        assert asked.value("billed_gb_s") == 1.0 + 3 * 2.0

    def test_charges_tmp_above_what_is_free(self) -> None:
        assert run(one(tmp="1536 MB")).value("cost.storage") == pytest.approx(0.0000000309)


class TestTimeouts:
    @pytest.mark.parametrize(("status", "timeouts"), [(TIMEOUT, 1), (DISK_FULL, 0)])
    def test_are_told_from_other_errors(self, status: int, timeouts: int) -> None:
        outcome = events().arrives(0).runs(0, 2, 0, status=status).outcome

        assert (outcome.value("errors"), outcome.value("timeouts")) == (1, timeouts)
