from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from studyapp.simulator import Outcome, cron, patch, read, simulate
from studyapp.simulator.engine import arrivals
from studyapp.simulator.errors import RulebookError, RunTooLong, ScenarioError
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.worlds import Data, one, run

HUGE = 10**5_000


def deep(lists: int) -> object:
    inner: object = {"burst": 1}
    for _ in range(lists):
        inner = [inner]
    return inner


def many(count: int, kind: str, **source: object) -> Data:
    body = {"kind": kind, "backlog": 1, **source}
    return {"functions": {"f": {}}, "sources": {f"s{number}": body for number in range(count)}}


class Days(cron.Days):
    """Every day; counts the months that were asked for."""

    months = 0

    def __new__(cls) -> "Days":
        return super().__new__(cls, "dates", tuple(range(1, 32)))

    def of(self, year: int, month: int) -> Iterable[int]:
        self.months += 1
        return super().of(year, month)


class TestReading:
    @pytest.mark.parametrize("path", ["seed", "horizon", "function.memory", "source.kind", "source.calls", "zzz"])
    def test_refuses_a_number_that_cannot_even_be_written(self, path: str) -> None:
        with pytest.raises(ScenarioError, match="is not a number of at most 16"):
            read(patch(one(), {path: HUGE}))

    def test_cuts_what_it_shows_of_a_value(self) -> None:
        with pytest.raises(ScenarioError) as error:
            read(patch(one(), {"source.kind": "x" * 5_000}))
        assert len(str(error.value)) < 600

    def test_refuses_what_is_within_itself(self) -> None:
        data = one()
        data["sources"]["calls"]["arrivals"] = [data["sources"]]
        with pytest.raises(ScenarioError, match=r"sources\.calls\.arrivals\.1"):
            read(data)

    def test_refuses_what_is_too_deep(self) -> None:
        with pytest.raises(ScenarioError, match="has values within more than 32 others"):
            read(one(arrivals=deep(3_000)))

    def test_refuses_a_list_of_arrivals_in_a_list(self) -> None:
        with pytest.raises(ScenarioError, match=r"sources\.calls\.arrivals\.1: .* is not a mapping"):
            read(one(arrivals=[[{"burst": 1}]]))

    @pytest.mark.parametrize(
        ("functions", "says"),
        [({1: {}, "1": {}}, "functions: 1 is the name of two"), ({" ": {}}, 'functions: " " is no')],
    )
    def test_refuses_names_that_cannot_be_told_apart(self, functions: Any, says: str) -> None:
        with pytest.raises(ScenarioError, match=says):
            read({"functions": functions})

    @pytest.mark.parametrize(
        "data",
        [
            many(100, "sqs-fifo", message_groups=100_000),
            many(100, "kinesis", shards=1_000, parallelization_factor=10),
            {"functions": {f"f{n}": {} for n in range(30)}, "warm": {f"f{n}": 100_000 for n in range(30)}},
        ],
        ids=["groups", "shards", "warm"],
    )
    def test_refuses_more_than_a_memory_holds_before_the_first_step(self, data: Data) -> None:
        with pytest.raises(ScenarioError, match="is above 2,000,000, the most that a run may begin with"):
            read(data)


class TestPatch:
    @pytest.mark.parametrize("step", ["\N{SUPERSCRIPT TWO}", "0", "-1", "9" * 5_000, "", "x"])
    @pytest.mark.parametrize("path", ["source.arrivals.{}", "source.arrivals.{}.burst"])
    def test_refuses_a_place_that_a_list_does_not_have(self, path: str, step: str) -> None:
        with pytest.raises(ScenarioError, match="leads nowhere in this scenario"):
            patch(one(arrivals=[{"burst": 1}]), {path.format(step): 1})

    @pytest.mark.parametrize("data", [None, [], 1, "x"])
    def test_refuses_what_is_no_scenario(self, data: Any) -> None:
        with pytest.raises(ScenarioError, match="is not a mapping"):
            patch(data, {"function.memory": "1 GB"})


class TestRules:
    @pytest.mark.parametrize(
        ("rule", "value", "says"),
        [
            ("init_limit", "-1 s", "low"), ("billing_step", "0 s", "low"), ("requests_per_environment", 0, "low"),
            ("stream_parallelization_max", 0, "low"), ("provisioned_alloc_rate", "0 per 60 s", "low"),
            ("async_retries_default", 10**6, "high"), ("init_limit", "24 h", "high"), ("price_request", "-1 USD", "low"),
        ],
    )  # fmt: skip
    def test_refuse_a_number_that_no_world_could_have(self, rule: str, value: object, says: str) -> None:
        with pytest.raises(RulebookError, match=f"{rule}: .* is too {says} for any world"):
            TRUTH.believing({rule: value})

    @pytest.mark.parametrize(
        ("rule", "value"),
        [
            ("scaling_rate", "1 per 0 s"),
            ("account_concurrency", HUGE),
            ("sqs_growth", "1 per 0 s"),
            ("price_request", "1 USD per 0 requests"),
        ],
        ids=["rate", "number", "growth", "price"],
    )
    def test_refuse_what_could_only_divide_by_nothing_or_fill_a_page(self, rule: str, value: object) -> None:
        with pytest.raises(RulebookError, match=rule):
            TRUTH.believing({rule: value})


class TestRunning:
    @pytest.mark.parametrize(
        "source",
        [
            {"kind": "kinesis", "retention": "8760 h"},
            {"kind": "sqs", "batch_window": "1 s", "retention": "14 d", "visibility_timeout": "10 s"},
        ],
        ids=["stream", "queue"],
    )
    def test_stops_where_batches_that_fail_for_ever_would_fill_the_memory(self, source: Data) -> None:
        data = one(fails="always")
        data["sources"] = {"s": {**source, "backlog": 1_000, "batch_size": 1_000, "payload": "0 KB"}}
        with pytest.raises(RunTooLong, match="its batches had held 10,000 events") as stopped:
            run({**data, "max_events": 10_000})
        assert isinstance(stopped.value.outcome, Outcome)
        assert len(stopped.value.outcome.trace.batch_event) <= 10_000 + 1_000

    def test_leaves_the_trough_of_a_wave_or_stops(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(arrivals, "MOST_LEFT_OUT", 10_000)
        flow = {"wave": "1e15 per 1 us", "amplitude": "1e15 per 1 us", "period": "1e9 s", "from": "7.5e8 s", "count": 1}
        with pytest.raises(RunTooLong, match="trough"):
            simulate(read(one(arrivals=flow)))

    def test_begins_a_schedule_far_away_without_a_look_at_the_minutes_before(self) -> None:
        flow = {"cron": "* * * * ? *", "starting": "2026-01-01 00:00"}
        schedule = read(one("schedule", arrivals={**flow, "count": 1})).sources[0].arrivals[0].schedule
        assert schedule is not None
        days = Days()

        firings = replace(schedule, cron=replace(schedule.cron, days=days)).firings(10**15)

        assert next(firings) == 10**15 + 20_000_000
        assert days.months == 1
