"""Misreadings of runs: growth, retries, batches, pools. Each changes the metric that it is about, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator import simulate
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.misreadings_engine import READINGS
from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.scenario import read


def run(function: dict[str, Any], source: dict[str, Any], **parts: Any) -> Outcome:
    return simulate(read({"functions": {"f": {"memory": "512 MB", **function}}, "sources": {"s": source}, **parts}))


def misread(name: str, outcome: Outcome, asked: str) -> tuple[Value, Value]:
    """What is true, and what the misreading makes of it."""
    return outcome.value(asked), MISREADINGS[name](outcome, asked)


def quiz() -> Outcome:
    arrivals = [{"burst": 1200, "at": "0 s"}, {"even": "200 per 1 s", "for": "4 s"}]
    return run(
        {"duration": "60 s", "timeout": "90 s"},
        {"kind": "sync", "arrivals": arrivals},
        account={"concurrency": 1300},
        warm={"f": 100},
    )


def rushes(duration: str) -> Outcome:
    bursts = [{"at": "0 s", "count": 20}, {"at": "3 s", "count": 40}]
    function = {"duration": duration, "timeout": "30 s", "provisioned_concurrency": 30}
    return run(function, {"kind": "sync", "arrivals": {"bursts": bursts}})


def refund() -> Outcome:
    queue = {"kind": "sqs", "visibility_timeout": "60 s", "max_receive_count": 3, "arrivals": {"at": ["0 s"]}}
    return run({"duration": "10 s", "timeout": "20 s", "fails": "always"}, queue, warm={"f": 1})


def gauge() -> Outcome:
    stream = {"kind": "kinesis", "backlog": 20, "retry_attempts": 2, "partial_batch_responses": "yes"}
    return run({"fails": {"events": [6]}}, stream)


def readings() -> Outcome:
    stream = {"kind": "kinesis", "batch_size": 50, "shards": 2, "parallelization_factor": 3}
    return run(
        {"duration": "2 s", "timeout": "20 s"}, {**stream, "arrivals": {"burst": 600, "at": "0 s"}}, warm={"f": 10}
    )


def shelf(size: int) -> Outcome:
    arrivals = {"even": "1 per 1 s", "for": "4 min"}
    return run({}, {"kind": "sqs", "batch_size": size, "batch_window": "60 s", "arrivals": arrivals}, warm={"f": 5})


class TestLoad:
    def test_a_long_load_is_read_by_its_second(self) -> None:
        source = {"kind": "sync", "arrivals": {"even": "40 per 1 s", "for": "10 s"}}
        steady = run({"duration": "1500 ms"}, source, warm={"f": 100})

        assert misread("requests-are-concurrency", steady, "peak_concurrency") == (60, 40)
        assert misread("rate-divided-by-duration", steady, "peak_concurrency") == (60, 27)

    @pytest.mark.parametrize(
        ("name", "share"), [("throttled-and-served-swapped", 0.4), ("everything-is-throttled", 1.0)]
    )
    def test_a_share_is_read_as_the_number_is(self, name: str, share: float) -> None:
        function = {"duration": "500 ms", "reserved_concurrency": 10}
        full = run(function, {"kind": "sync", "arrivals": {"even": "50 per 1 s", "for": "10 s"}}, warm={"f": 10})

        assert misread(name, full, "throttled_share") == (0.6, share)

    @pytest.mark.parametrize(
        ("name", "seconds"), [("growth-comes-in-steps", 10), ("warm-environments-use-up-the-rate", 3)]
    )
    def test_growth_past_the_first_thousand(self, name: str, seconds: int) -> None:
        assert misread(name, quiz(), "peak_concurrency_at") == (2, seconds)


class TestProvisionedConcurrency:
    def test_is_thought_to_be_used_up(self) -> None:
        assert misread("used-provisioned-is-gone", rushes("2 s"), "spillover_invocations") == (10, 30)

    def test_is_thought_to_be_always_free(self) -> None:
        assert misread("provisioned-is-always-free", rushes("5 s"), "spillover_invocations") == (30, 10)

    @pytest.mark.parametrize(
        ("name", "throttles"), [("provisioned-is-outside-the-pool", 50), ("minimum-stays-empty", 250)]
    )
    def test_takes_its_part_of_the_pool(self, name: str, throttles: int) -> None:
        functions = {
            "pay": {"reserved_concurrency": 150},
            "quotes": {"provisioned_concurrency": 100},
            "shop": {"duration": "2 s"},
        }
        source = {"kind": "sync", "calls": "shop", "arrivals": {"burst": 900, "at": "0 s"}}
        crowded = simulate(read({"functions": functions, "sources": {"s": source}}))

        assert misread(name, crowded, "throttles") == (150, throttles)


class TestRetries:
    def test_go_on_beyond_the_maximum_age(self) -> None:
        function = {"duration": "20 s", "timeout": "60 s", "fails": "always", "async_max_age": "120 s"}
        order = run(function, {"kind": "s3", "arrivals": {"at": ["0 s"]}}, warm={"f": 1})

        assert misread("maximum-age-spares-retries", order, "attempts") == (2, 3)

    @pytest.mark.parametrize(
        ("name", "seconds"),
        [("moved-with-the-last-failure", 130), ("receive-count-counts-retries", 240), ("hidden-after-the-run", 210)],
    )
    def test_of_a_message_end_at_another_time(self, name: str, seconds: int) -> None:
        assert misread(name, refund(), "dead_lettered_at") == (180, seconds)

    @pytest.mark.parametrize(
        ("name", "records"),
        [
            ("only-failed-records-return", 22),
            ("what-follows-the-failure-returns", 48),
            ("retries-are-all-runs", 35),
        ],
    )
    def test_of_a_stream_hold_other_records(self, name: str, records: int) -> None:
        assert misread(name, gauge(), "invoked_events") == (50, records)


class TestStreams:
    @pytest.mark.parametrize(
        ("name", "most"),
        [
            ("one-batch-of-a-shard-at-a-time", 2),
            ("factor-is-for-the-stream", 3),
            ("factor-is-added", 5),
            ("all-batches-run-at-once", 12),
        ],
    )
    def test_run_another_number_of_batches_at_once(self, name: str, most: int) -> None:
        assert misread(name, readings(), "peak_concurrency") == (6, most)

    @pytest.mark.parametrize(
        ("name", "seconds"), [("one-batch-of-a-shard-at-a-time", 10), ("iterator-age-ends-with-the-run", 4)]
    )
    def test_grow_older_than_they_do(self, name: str, seconds: int) -> None:
        assert misread(name, readings(), "iterator_age_max") == (2, seconds)


class TestBatchWindows:
    def test_are_thought_to_run_out_though_the_batch_is_full(self) -> None:
        assert misread("window-always-runs-out", shelf(40), "first_attempt_start") == (39, 60)

    def test_are_thought_to_wait_for_a_full_batch(self) -> None:
        assert misread("batches-are-always-full", shelf(100), "first_attempt_start") == (60, 99)


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.__name__)
@pytest.mark.parametrize("outcome", [refund, gauge, lambda: rushes("2 s")], ids=["queue", "stream", "calls"])
def test_they_leave_other_metrics_alone(reading: Any, outcome: Any) -> None:
    there = outcome()

    assert reading(there, "invocations") == there.value("invocations")


class TestTheMomentOfThePeak:
    def test_is_when_as_many_first_run_as_ever_do(self) -> None:
        assert quiz().value("peak_concurrency_at") == 2

    def test_of_a_queue_comes_with_its_growth(self) -> None:
        queue = {"kind": "sqs", "batch_size": 1, "maximum_concurrency": 50, "visibility_timeout": "1 h", "backlog": 100}
        outcome = run({"duration": "5 min", "timeout": "600 s"}, queue)

        assert outcome.value("peak_concurrency_at") == 9
        assert "peak_concurrency_at" in outcome.metrics.that_apply

    def test_is_none_when_nothing_runs(self) -> None:
        source = {"kind": "sync", "arrivals": {"burst": 5, "at": "0 s"}}
        assert run({"reserved_concurrency": 0}, source).value("peak_concurrency_at") is None

    def test_is_not_listed_where_growth_takes_no_time(self) -> None:
        assert "peak_concurrency_at" not in rushes("2 s").metrics.that_apply
