"""The short ways through the engine give what the plain ways give, column by column: on random worlds, and under load."""

from contextlib import AbstractContextManager, ExitStack
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import TRUTH, read
from studyapp.simulator.engine import clock, pollers
from studyapp.simulator.engine.general import Engine
from studyapp.simulator.engine.lanes import Lane
from studyapp.simulator.engine.queue_short import ShortPoller
from studyapp.simulator.engine.queues import QueuePoller
from studyapp.simulator.engine.short import ShortWay
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.run import play
from studyapp.simulator.trace import Trace
from tests.simulator import test_queue_laws
from tests.simulator.mixed_worlds import worlds
from tests.simulator.worlds import Data, flows, rules, scenarios

seeds = st.integers(1, 1000)
loads = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["sqs", "sqs", "async", "sync", "kinesis"]),
        "arrivals": st.one_of(flows, st.sampled_from([{"poisson": "60 per 1 s", "for": "20 s"}, {"burst": 300}])),
    }
)
functions = st.fixed_dictionaries(
    {
        "duration": st.sampled_from([{"exp": "200 ms"}, "1 s", {"lognormal": "400 ms", "cv": 1}]),
        "timeout": st.just("2 s"),
    },
    optional={
        "fails": st.sampled_from(["20 %", "always", {"first": 1}, {"records": "5 %"}, {"from": "2 s", "to": "9 s"}]),
        "init": st.just("500 ms"),
        "record_time": st.just("10 ms"),
        "reserved_concurrency": st.integers(1, 15),
        "response": st.just("7 MB"),
    },
)
queues = st.fixed_dictionaries(
    {},
    optional={
        "batch_size": st.integers(1, 10),
        "visibility_timeout": st.sampled_from(["2 s", "30 s"]),
        "max_receive_count": st.integers(1, 3),
        "maximum_concurrency": st.integers(2, 6),
        "partial_batch_responses": st.just("yes"),
        "retention": st.just("60 s"),
    },
)
crowds = st.one_of(
    flows,
    st.sampled_from(
        [
            {"poisson": "60 per 1 s", "for": "20 s"},
            {"even": "40 per 1 s", "for": "20 s"},
            {"burst": 400},
            {"burst": 150, "at": "1 s"},
            {"every": "50 ms", "count": 400},
        ]
    ),
)
beside = st.dictionaries(
    st.sampled_from(["before", "with", "zealous"]),
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["sync", "async", "sqs", "kinesis"]),
            "calls": st.sampled_from(["f", "g"]),
            "arrivals": st.one_of(
                flows, st.sampled_from([{"burst": 40, "at": "1 s"}, {"every": "50 ms", "count": 200}])
            ),
        }
    ),
)
windows = st.sampled_from([{}, {}, {"batch_window": "1 s"}, {"batch_window": "1 s", "batch_size": 30}])
quotas = st.fixed_dictionaries(
    {"idle_lifetime": st.sampled_from(["300 ms", "600 s"]), "environment_lifetime": st.sampled_from(["5 s", "4 h"])},
    optional={
        "request_rate_factor": st.sampled_from([1, 2, "none"]),
        "scaling_rate": st.just("20 per 10 s"),
        "sqs_first_pollers": st.sampled_from([2, 60]),
        "sqs_growth": st.sampled_from(["10 per 1 s", "0 per 1 s"]),
        "sqs_quiet_after": st.just("3 s"),
        "sqs_throttles_slow_down": st.booleans(),
        "reserved_is_a_ceiling": st.booleans(),
    },
)


def plainly() -> AbstractContextManager[object]:
    """While it lasts, no lane and no queue is plain enough for a short way."""
    both = ExitStack()
    both.enter_context(patch.object(Lane, "has_nothing_rare", return_value=False))
    both.enter_context(patch.object(pollers, "is_plain", return_value=False))
    return both


def columns(data: Data, belief: Data, seed: int) -> tuple[dict[str, list[int]], str]:
    """The trace of a run, and what it was stopped by, behind all that was told of it on its way."""
    rulebook, trace = TRUTH.believing(belief), Trace()
    said: list[str] = []
    with patch.object(clock, "WATCHED_STEPS", 100):
        try:
            play(
                read(data, rulebook), rulebook, seed, trace, plainly=True,
                watch=lambda now, tries: said.append(f"{now} {tries}"),
            )  # fmt: skip
        except RunTooLong as error:
            said.append(str(error))
    return {name: list(column) for name, column in vars(trace).items()}, " ".join(said)


def assert_both_ways_agree(data: Data, belief: Data, seed: int) -> None:
    short = columns(data, belief, seed)
    with plainly():
        assert columns(data, belief, seed) == short


class TestTheShortWays:
    @given(worlds(), seeds)
    @settings(max_examples=150, deadline=None)
    def test_equal_the_plain_ones_in_any_world(self, data: Data, seed: int) -> None:
        assert_both_ways_agree(data, {}, seed)

    @given(scenarios(), rules, seeds)
    @settings(max_examples=150, deadline=None)
    def test_equal_the_plain_ones_whatever_is_believed(self, data: Data, belief: Data, seed: int) -> None:
        assert_both_ways_agree(data, {**belief, "account_concurrency": 1000}, seed)

    @given(test_queue_laws.functions, test_queue_laws.standard, test_queue_laws.beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_equal_the_plain_ones_at_a_queue(self, function: Data, queue: Data, belief: Data, seed: int) -> None:
        assert_both_ways_agree(test_queue_laws.world(function, queue), belief, seed)

    @given(functions, loads, queues, st.sampled_from([None, 50, 400]), st.sampled_from(["300 ms", "600 s"]), seeds)
    @settings(max_examples=100, deadline=None)
    def test_equal_the_plain_ones_under_load(
        self, function: Data, load: Data, queue: Data, most: int | None, idle: str, seed: int
    ) -> None:
        data: Data = {"functions": {"f": function}, "sources": {"s": load | (queue if load["kind"] == "sqs" else {})}}
        data |= {"account": {"concurrency": 120}, "horizon": "150 s"} | ({"max_events": most} if most else {})
        assert_both_ways_agree(data, {"idle_lifetime": idle, "environment_lifetime": "30 s"}, seed)

    @given(
        functions, queues, windows, crowds, beside, quotas, st.sampled_from([None, 90, 400, 1_000]),
        st.sampled_from(["9 s", "40 s", "150 s"]), seeds,
    )  # fmt: skip
    @settings(max_examples=200, deadline=None)
    def test_equal_the_plain_ones_at_a_crowded_queue(
        self, function: Data, queue: Data, window: Data, arrivals: Data, others: Data, belief: Data, most: int | None,
        horizon: str, seed: int,
    ) -> None:  # fmt: skip
        queue = {"kind": "sqs", "calls": "f", "arrivals": arrivals, "batch_size": 1, **queue, **window}
        data: Data = {
            "account": {"concurrency": 115},
            "functions": {"f": function, "g": {"duration": "500 ms", "timeout": "2 s", "init": "300 ms"}},
            "sources": {"queue": queue, **others},
            "horizon": horizon,
        }
        data["sources"] = dict(sorted(data["sources"].items()))
        assert_both_ways_agree(data | ({"max_events": most} if most else {}), belief, seed)


class TestWhatTakesTheShortWay:
    def runs(self, source: Data, **function: object) -> tuple[int, int]:
        """(runs that went the short way, looks of the short poller at the queue) of 30 requests, one a second."""
        data = {
            "functions": {"f": {"duration": "100 ms", "timeout": "2 s", **function}},
            "sources": {"s": {"arrivals": {"every": "1 s", "count": 30}, **source}},
        }
        with (
            patch.object(ShortWay, "_run", autospec=True, side_effect=ShortWay._run) as runs,
            patch.object(ShortPoller, "read", autospec=True, side_effect=ShortPoller.read) as looks,
        ):
            columns(data, {}, 1)
        return runs.call_count, looks.call_count

    def looks(self, batch_size: int, **queue: object) -> tuple[int, int]:
        """(walks through all arrivals without a short way, looks at the queue one by one) of a crowded queue."""
        data = {
            "functions": {"f": {"duration": "30 s", "timeout": "60 s", "reserved_concurrency": 20}},
            "sources": {
                "s": {
                    "kind": "sqs",
                    "arrivals": {"poisson": "20 per 1 s", "count": 300},
                    "batch_size": batch_size,
                    "visibility_timeout": "360 s",
                    **queue,
                }
            },
        }
        with (
            patch.object(Engine, "_play_all", autospec=True, side_effect=Engine._play_all) as walks,
            patch.object(QueuePoller, "look", autospec=True, side_effect=QueuePoller.look) as looks,
        ):
            columns(data, {}, 1)
        return walks.call_count, looks.call_count

    def test_is_every_run_but_the_cold_one(self) -> None:
        assert self.runs({"kind": "async"}) == (29, 0)

    def test_is_every_look_at_a_plain_queue(self) -> None:
        assert self.runs({"kind": "sqs"}) == (29, 30)
        assert self.looks(1)[0] == 0

    def test_is_most_of_what_a_window_gathers(self) -> None:
        walks, looks = self.looks(30, batch_window="5 s")
        assert walks == 0
        assert looks < 100

    @pytest.mark.parametrize(
        "queue", [{"batch_window": "1 s"}, {"delay": "1 s"}, {"matches": "50 %"}, {"duplicates": "5 %"}]
    )
    def test_is_no_look_at_a_rarer_queue(self, queue: Data) -> None:
        assert self.runs({"kind": "sqs", **queue})[1] == 0

    @pytest.mark.parametrize("rare", [{"provisioned_concurrency": 1}, {"memory_leak": "1 MB"}, {"init_fails": "1 %"}])
    def test_is_no_run_of_a_rarer_function(self, rare: Data) -> None:
        assert self.runs({"kind": "async"}, **rare) == (0, 0)
