"""Failures from within: memory that is not enough or is never given back, a full /tmp, a database without connections."""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome, read
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.trace import (
    DEPENDENCY_DOWN,
    DISK_FULL,
    NEW,
    NO_CONNECTION,
    OK,
    OUT_OF_MEMORY,
    PROVISIONED,
    READY,
    RESET,
    TIMEOUT,
    WARM,
)
from studyapp.simulator.units import time
from tests.simulator.worlds import Data, flows, laws, one, run

S = 1_000_000
TEN_IN_A_ROW = {"every": "2 s", "count": 10}


class TestMemory:
    def test_that_is_not_enough_ends_every_run_and_resets_its_environment(self) -> None:
        data = one(arrivals={"at": ["0 s", "5 s"]}, init="400 ms", memory_used="1025 MB")
        trace = run(data).trace

        assert list(zip(trace.environment, trace.init, trace.run, trace.status, trace.cold, strict=True)) == [
            (0, 400_000, S, OUT_OF_MEMORY, NEW),
            (0, 0, 1_400_000, OUT_OF_MEMORY, RESET),
        ]

    def test_that_is_just_enough_is_enough(self) -> None:
        assert run(one(memory_used="1024 MB")).metrics["errors"] == 0

    def test_that_is_kept_by_every_run_fills_up_and_is_given_back_by_the_crash(self) -> None:
        data = one(arrivals=TEN_IN_A_ROW, memory_used="424 MB", memory_leak="200 MB")
        trace = run(data).trace

        # 424, 624, 824, 1,024 and then 1,224 of 1,024 MB
        assert [place for place, status in enumerate(trace.status) if status == OUT_OF_MEMORY] == [4, 9]
        assert [place for place, how in enumerate(trace.cold) if how == RESET] == [5]

    def test_that_was_kept_is_given_back_by_a_timeout_too(self) -> None:
        starts = ["0 s", "2 s", "4 s", "6 s", "8 s", "12 s", "14 s", "16 s", "18 s", "20 s"]
        data = with_database(None, arrivals={"at": starts}, memory_leak="300 MB", timeout="3 s")
        down = {"databases.orders.timeout": "5 s", "databases.orders.down": {"from": "7 s", "to": "9 s"}}

        # after four runs 1,200 of 1,024 MB would be used; instead the fifth waits for its database and is cut
        assert list(run(data, down).trace.status) == [OK, OK, OK, OK, TIMEOUT, OK, OK, OK, OK, OUT_OF_MEMORY]

    def test_stays_full_for_those_who_believe_that_nothing_is_reset(self) -> None:
        data = one(arrivals=TEN_IN_A_ROW, memory_used="424 MB", memory_leak="200 MB")
        statuses = run(data, belief={"timeout_resets_environment": "no"}).trace.status

        assert list(statuses) == [OK] * 4 + [OUT_OF_MEMORY] * 6

    def test_is_each_environments_own(self) -> None:
        data = one(arrivals={"bursts": [{"at": f"{n * 2} s", "count": 3} for n in range(4)]}, memory_leak="400 MB")
        trace = run(data).trace

        failed = [trace.start[row] for row, status in enumerate(trace.status) if status == OUT_OF_MEMORY]
        assert failed == [6 * S] * 3

    @given(st.integers(1, 500), st.integers(0, 900), flows, st.integers(1, 50))
    @settings(max_examples=100, deadline=None)
    def test_is_exceeded_exactly_when_the_runs_since_the_last_init_have_kept_too_much(
        self, leak: int, used: int, flow: Data, seed: int
    ) -> None:
        data = one(arrivals=flow, memory_leak=f"{leak} MB", memory_used=f"{used} MB", duration={"exp": "300 ms"})
        trace = run(data, seed=seed).trace

        kept: Counter[int] = Counter()
        for environment, status, how in zip(trace.environment, trace.status, trace.cold, strict=True):
            if how == RESET:
                kept[environment] = 0
            assert (status == OUT_OF_MEMORY) == (used + kept[environment] > 1024)
            kept[environment] += leak


class TestTmp:
    def test_stays_full_until_the_environment_is_a_new_one(self) -> None:
        data = one(arrivals={"at": ["0 s", "5 s", "10 s", "15 s", "700 s"]}, tmp_left="200 MB")
        trace = run(data).trace

        assert list(trace.status) == [OK, OK, DISK_FULL, DISK_FULL, OK]
        assert list(trace.cold) == [NEW, READY, READY, READY, NEW]

    def test_is_not_cleared_by_a_reset(self) -> None:
        data = one(
            arrivals={"even": "1 per 2 s", "count": 6}, tmp_left="200 MB", memory_used="600 MB", memory_leak="500 MB"
        )
        statuses = list(run(data).trace.status)

        # every second run crashes before it leaves anything; /tmp is full from the third that comes to its end
        assert statuses == [OK, OUT_OF_MEMORY, OK, OUT_OF_MEMORY, DISK_FULL, OUT_OF_MEMORY]

    def test_can_be_larger(self) -> None:
        data = one(arrivals=TEN_IN_A_ROW, tmp_left="200 MB", tmp="2000 MB")

        assert run(data).metrics["errors"] == 0


class TestConnections:
    def test_run_out_when_each_environment_holds_one(self) -> None:
        trace = run(with_database(10, arrivals={"burst": 15})).trace

        assert Counter(trace.status) == {OK: 10, NO_CONNECTION: 5}
        assert {run for run, status in zip(trace.run, trace.status, strict=True) if status == NO_CONNECTION} == {
            250_000
        }

    def test_are_held_by_idle_environments(self) -> None:
        data = with_database(10, arrivals={"bursts": [{"at": "0 s", "count": 10}, {"at": "600 s", "count": 11}]})
        metrics = run(data).metrics

        assert (metrics["connections_refused"], metrics["peak_connections"]) == (1, 10)

    def test_are_given_back_when_the_environments_are_reclaimed(self) -> None:
        data = two_functions(10)
        # f ends at 1 s and is idle for 600 s at 601 s: a microsecond later its connections are free
        assert run(data, {"sources.to-g.arrivals.at": "601 s"}).metrics["connections_refused"] == 10
        assert run(data, {"sources.to-g.arrivals.at": "601001 ms"}).metrics["connections_refused"] == 0

    def test_are_given_back_when_the_environments_are_recycled(self) -> None:
        lives = {"environment_lifetime": "100 s"}
        assert run(two_functions(10), {"sources.to-g.arrivals.at": "100 s"}, lives).metrics["connections_refused"] == 10
        assert run(two_functions(10), {"sources.to-g.arrivals.at": "101 s"}, lives).metrics["connections_refused"] == 0

    def test_are_given_back_at_the_end_of_the_run_during_which_an_environment_grew_too_old(self) -> None:
        data = two_functions(10) | {"horizon": "1 h"}
        slow = {"functions.f.duration": "200 s", "functions.f.timeout": "900 s"}
        lives = {"environment_lifetime": "100 s"}

        for at, refused in (("199 s", 10), ("200 s", 0)):
            changes = slow | {"sources.to-g.arrivals.at": at}
            assert run(data, changes, lives).metrics["connections_refused"] == refused

    def test_are_closed_by_a_reset_and_opened_again(self) -> None:
        data = two_functions(10)
        crash = {"functions.f.memory_used": "1025 MB", "sources.to-g.arrivals.at": "900 ms"}

        assert run(data, crash).metrics["connections_refused"] == 10
        assert run(data, crash | {"sources.to-g.arrivals.at": "1 s"}).metrics["connections_refused"] == 0

    def test_are_wanted_again_by_an_environment_that_was_reset(self) -> None:
        data = with_database(1, arrivals={"at": ["0 s", "5 s"]}, memory_used="1025 MB")
        trace = run(data).trace

        assert list(trace.connected_at) == [0, 5 * S]
        assert run(data).metrics["peak_connections"] == 1

    def test_are_tried_for_again_by_an_environment_that_got_none(self) -> None:
        data = with_database(1, arrivals={"bursts": [{"at": "0 s", "count": 2}, {"at": "700 s", "count": 1}]})
        trace = run(data, belief={"routing": "oldest-idle", "idle_lifetime": "none"}).trace

        assert list(trace.status) == [OK, NO_CONNECTION, NO_CONNECTION]
        assert list(trace.unconnected_run) == [1, 2]

    def test_behind_a_proxy_are_held_during_a_run_alone(self) -> None:
        data = with_database(10, arrivals={"bursts": [{"at": "0 s", "count": 10}, {"at": "2 s", "count": 12}]})
        metrics = run(data, {"databases.orders.proxy": "yes"}).metrics

        assert (metrics["connections_refused"], metrics["peak_connections"]) == (2, 10)

    def test_behind_a_proxy_are_given_back_by_a_run_that_takes_no_time(self) -> None:
        data = with_database(1, arrivals={"at": ["0 s", "1 s", "2 s"]}, duration={"exp": "1 us"})
        outcome = run(data, {"databases.orders.proxy": "yes"}, seed=15)

        assert list(outcome.trace.run) == [0, 1, 1]
        assert (outcome.metrics["peak_connections"], outcome.metrics["connections_refused"]) == (1, 0)

    def test_can_be_several_for_each_environment(self) -> None:
        data = with_database(10, arrivals={"burst": 4}, holds_connections=3)
        metrics = run(data).metrics

        assert (metrics["connections_refused"], metrics["peak_connections"]) == (1, 9)

    def test_need_no_place_in_a_database_without_a_limit(self) -> None:
        metrics = run(with_database(None, arrivals={"burst": 500})).metrics

        assert (metrics["connections_refused"], metrics["peak_connections"]) == (0, 500)

    def test_that_come_late_time_out_when_the_function_is_less_patient(self) -> None:
        data = with_database(1, arrivals={"burst": 2}, timeout="3 s")
        outcome = run(data, {"databases.orders.timeout": "5 s"})

        assert list(outcome.trace.status) == [OK, TIMEOUT]
        assert outcome.metrics["connections_refused"] == 1

    def test_are_held_by_provisioned_environments_from_when_they_are_ready(self) -> None:
        data = two_functions(10)
        ready = {"functions.f.provisioned_concurrency": 10, "functions.f.provisioned_ready": {"allocated_at": "0 s"}}
        silent = {"sources.to-f.arrivals": {"at": ["1 h"]}}

        for at, refused in (("90 s", 0), ("91 s", 10)):  # nothing for 90 s, then ten in 0.1 s
            changes = ready | silent | {"sources.to-g.arrivals.at": at}
            assert run(data, changes).metrics["g.connections_refused"] == refused

    def test_are_held_by_warm_environments_from_the_beginning(self) -> None:
        data = two_functions(10) | {"warm": {"f": 4}}
        outcome = run(data, {"sources.to-f.arrivals": {"at": ["1 h"]}})

        assert outcome.metrics["g.connections_refused"] == 4
        assert {outcome.trace.environment_kind[each] for each in outcome.trace.connected_environment} == {0, WARM}

    def test_without_a_database_are_only_counted(self) -> None:
        metrics = run(one(arrivals={"burst": 5}, holds_connections=2)).metrics

        assert metrics["peak_connections"] == 10

    @given(
        st.integers(1, 6), st.booleans(), st.lists(flows, min_size=2, max_size=2), laws, st.integers(1, 100),
        st.sampled_from(["newest-idle", "oldest-idle", "random"]), st.sampled_from(["0 s", "700 ms", "5 s"]),
        st.sampled_from(["300 ms", "2 s"]), st.sampled_from([0, 3]),
    )  # fmt: skip
    @settings(max_examples=200, deadline=None)
    def test_are_never_more_than_there_are(
        self, limit: int, has_proxy: bool, arrivals: list[Data], law: object, seed: int, routing: str, lifetime: str,
        idle: str, provisioned: int,
    ) -> None:  # fmt: skip
        data = two_functions(limit)
        for name, flow in zip("fg", arrivals, strict=True):
            data["sources"][f"to-{name}"]["arrivals"] = flow
            data["functions"][name] |= {"duration": law, "timeout": "2 s", "memory_leak": "300 MB"}
        data["databases"]["orders"]["proxy"] = has_proxy
        data["functions"]["f"] |= {"provisioned_concurrency": provisioned}
        belief = {"routing": routing, "environment_lifetime": lifetime, "idle_lifetime": idle}
        outcome = run(data, belief=belief, seed=seed)

        assert highest(held(outcome, lifetime=lifetime, idle=idle, has_proxy=has_proxy)) <= limit
        assert outcome.metrics["peak_connections"] <= limit  # type: ignore[operator]
        without = set(outcome.trace.unconnected_run)
        for row, status in enumerate(outcome.trace.status):
            assert (row in without) or status != NO_CONNECTION


class TestADatabaseThatIsDown:
    def test_fails_every_run_whose_handler_begins_meanwhile(self) -> None:
        data = with_database(None, arrivals={"at": ["9999 ms", "10 s", "39 s", "40 s"]})
        trace = run(data, {"databases.orders.down": {"from": "10 s", "to": "40 s"}}).trace

        assert list(zip(trace.run, trace.status, strict=True)) == [
            (S, OK),
            (250_000, DEPENDENCY_DOWN),
            (250_000, DEPENDENCY_DOWN),
            (S, OK),
        ]

    def test_counts_from_the_end_of_init(self) -> None:
        data = with_database(None, arrivals={"at": ["9 s"]}, init="2 s")
        trace = run(data, {"databases.orders.down": {"from": "10 s", "to": "12 s"}}).trace

        assert (trace.init[0], trace.run[0], trace.status[0]) == (2 * S, 250_000, DEPENDENCY_DOWN)

    def test_is_one_error_more_for_the_events_of_a_queue_to_try_again(self) -> None:
        data = with_database(None) | {"sources": {"calls": {"kind": "async", "arrivals": {"at": ["0 s"]}}}}
        outcome = run(data, {"databases.orders.down": {"to": "60 s"}})

        assert [outcome.metrics[name] for name in ("attempts", "errors", "delivered")] == [2, 1, 1]


class TestBadDatabases:
    @pytest.mark.parametrize(
        ("database", "message"),
        [
            ({"connections": 0}, r"databases.orders.connections: 0 is not a whole number from 1 to 262,143"),
            ({"connections": 300_000}, r"databases.orders.connections: 300000 is not a whole number from 1 to 262,143"),
            ({"proxy": "maybe"}, r"databases.orders.proxy: maybe is not yes or no"),
            ({"timeout": "-1 s"}, r"databases.orders.timeout: -1 s is below 0 s"),
            ({"down": "yes"}, r"databases.orders.down: yes is not {from: time, to: time}"),
            ({"down": {"from": "5 s"}}, r"databases.orders.down.to: is missing"),
            ({"down": {"from": "5 s", "to": "5 s"}}, r"databases.orders.down.to: 5 s is not after 5 s"),
            ({"conections": 5}, r"databases.orders.conections: 5 is not a field .* did you mean connections"),
            (
                {"connections": 2},
                r"functions.f.holds_connections: 3 is above 2, all the connections that databases.orders",
            ),
        ],
    )
    def test_are_refused_with_field_value_and_limit(self, database: Data, message: str) -> None:
        data = with_database(None, holds_connections=3) | {"databases": {"orders": database}}
        with pytest.raises(ScenarioError, match=message):
            read(data)

    def test_are_refused_when_nobody_knows_them(self) -> None:
        with pytest.raises(ScenarioError, match=r"functions.f.database: orders is not a database here: none"):
            read(one(database="orders"))


def with_database(connections: int | None, arrivals: object = None, **function: Any) -> Data:
    """A function that takes 1 s and uses the database `orders`, which gives up after 250 ms."""
    database = {"timeout": "250 ms"} | ({} if connections is None else {"connections": connections})
    return one(arrivals=arrivals, database="orders", **function) | {"databases": {"orders": database}}


def two_functions(connections: int) -> Data:
    """`f` and `g` use one database; a burst of its size comes for each, at 0 s for `f`."""
    body = {"memory": "1024 MB", "duration": "1 s", "database": "orders"}
    return with_database(connections) | {
        "functions": {"f": {**body}, "g": {**body}},
        "sources": {
            f"to-{name}": {"calls": name, "arrivals": {"burst": connections, "at": "0 s"}} for name in ("f", "g")
        },
    }


def highest(spans: list[tuple[int, int]]) -> int:
    """The most spans that hold at one moment; an end makes room at once."""
    changes = sorted([(at, 1) for at, _ in spans] + [(to, -1) for _, to in spans])
    most = now = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most


def held(outcome: Outcome, *, lifetime: str, idle: str, has_proxy: bool) -> list[tuple[int, int]]:
    """(from, until) of every connection, worked out from the runs alone, in microseconds."""
    trace, spans = outcome.trace, []
    runs = defaultdict(list)
    for row, (start, end) in enumerate(outcome.view().spans_of_use()):
        runs[trace.environment[row]].append((start, end, row))
    for environment, rows in runs.items():
        is_lasting = trace.environment_kind[environment] == PROVISIONED
        since = None
        for (start, end, row), following in [*pairwise(rows), (rows[-1], None)]:
            if since is None and row not in trace.unconnected_run:
                since = start
            is_over = has_proxy or trace.status[row] in (TIMEOUT, OUT_OF_MEMORY)
            until = end
            if following is None and not is_over and not is_lasting:
                until = max(min(end + time(idle) + 1, rows[0][0] + time(lifetime) + 1), end)
            if since is not None and (is_over or following is None):
                spans.append((since, until))
                since = None
    return spans
