"""Scenarios that are traps: they are refused, or stop, before they cost time or memory."""

from typing import Any

import pytest

from studyapp.simulator import TRUTH, read, simulate
from studyapp.simulator.errors import RunTooLong, ScenarioError
from tests.simulator.worlds import Data, one, run


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def in_itself() -> list[Any]:
    inner: list[Any] = []
    inner.append(inner)
    inner.append([inner])
    return inner


class TestAShape:
    @pytest.mark.parametrize(
        "value",
        [nested(40), nested(5_000), 10**5_000, -(10**5_000)],
        ids=["40 deep", "5,000 deep", "a large number", "a small number"],
    )
    def test_is_refused_when_no_person_wrote_it(self, value: object) -> None:
        with pytest.raises(ScenarioError):
            read(one(duration=value))

    def test_that_holds_itself_is_refused(self) -> None:
        with pytest.raises(ScenarioError):
            read(one(duration=in_itself()))

    @pytest.mark.parametrize("names", [{" ": {}}, {"": {}}, {1: {}, "1": {}}], ids=["blank", "empty", "twice"])
    def test_has_names_that_tell_functions_apart(self, names: dict[Any, Data]) -> None:
        with pytest.raises(ScenarioError, match="functions"):
            read({"functions": names})

    def test_begins_with_no_more_than_a_run_can_hold(self) -> None:
        functions = {f"f{number}": {"provisioned_concurrency": 300_000} for number in range(10)}

        with pytest.raises(ScenarioError, match=r"functions: 3,000,000 is above 2,000,000"):
            read({"functions": functions}, TRUTH.believing({"account_concurrency": None}))


class TestARun:
    def test_of_a_large_batch_that_always_fails_stops(self) -> None:
        data = one("kinesis", {"burst": 10_000}, fails="always", duration="1 ms")
        data["sources"]["calls"] |= {"batch_size": 10_000, "payload": "0 KB"}

        with pytest.raises(RunTooLong, match="its batches had held 30,030 events"):
            run({**data, "max_events": 10_000 + 10_000 // 1_000})

    def test_of_a_wave_that_hardly_leaves_its_trough_stops(self) -> None:
        wave = {
            "wave": "1000000 per 1 s",
            "amplitude": "1000000 per 1 s",
            "period": "30 d",
            "from": "540 h",
            "count": 9,
        }

        with pytest.raises(RunTooLong, match="trough"):
            simulate(read(one(arrivals=wave)), TRUTH, 1)

    def test_begins_a_schedule_where_it_is_asked_to(self) -> None:
        arrivals = {"cron": "cron(0 9 * * ? *)", "starting": "2026-03-28 00:00", "count": 1}
        outcome = run(one("schedule", {**arrivals, "from": "3650 d"}))

        assert outcome.value("requests") == 1
        assert outcome.trace.arrived[0] == (3_650 * 24 + 9) * 3_600_000_000
