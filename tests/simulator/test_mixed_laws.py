"""Laws that hold for every world, whatever meets in it."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome
from studyapp.simulator.trace import OK
from tests.simulator.mixed_worlds import alone, final_states, worlds
from tests.simulator.worlds import Data, run

seeds = st.integers(1, 1000)


class TestEveryWorld:
    @given(worlds(), seeds)
    @settings(max_examples=150, deadline=None)
    def test_ends_each_event_once(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        assert final_states(outcome) == [1] * len(outcome.trace.arrived)

    @given(worlds(), seeds)
    @settings(max_examples=100, deadline=None)
    def test_is_never_busier_than_a_limit_allows(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        assert outcome.metrics["peak_concurrency"] <= 140  # type: ignore[operator]
        for name, limit in outcome.limits.items():
            assert limit is not None
            assert outcome.metrics[f"{name}.peak_concurrency"] <= limit  # type: ignore[operator]

    @given(worlds(), seeds, st.sampled_from(["newest-idle", "oldest-idle", "random"]), st.sampled_from(["5 s", "4 h"]))
    @settings(max_examples=100, deadline=None)
    def test_gives_an_environment_one_run_at_a_time(self, data: Data, seed: int, routing: str, lifetime: str) -> None:
        outcome = run(data, belief={"routing": routing, "environment_lifetime": lifetime}, seed=seed)
        uses = defaultdict(list)
        for environment, span in zip(outcome.trace.environment, outcome.view().spans_of_use(), strict=True):
            uses[environment].append(span)
        assert all(end <= start for spans in uses.values() for (_, end), (start, _) in pairwise(spans))

    @given(worlds(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_bills_each_run_rounded_up_to_a_millisecond(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        trace = outcome.trace
        milliseconds = sum(-(-(init + time) // 1000) for init, time in zip(trace.init, trace.run, strict=True))
        assert round(outcome.metrics["billed_gb_s"] * 8000) == milliseconds  # type: ignore[operator]  # 128 MB

    @given(worlds(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_gives_the_same_bytes_for_the_same_seed(self, data: Data, seed: int) -> None:
        assert run(data, seed=seed).trace.as_bytes() == run(data, seed=seed).trace.as_bytes()

    @given(worlds(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_tries_nothing_again_when_nothing_fails(self, data: Data, seed: int) -> None:
        outcome = run(without_failures(data), seed=seed)
        assert set(outcome.trace.status) <= {OK}
        assert set(outcome.trace.attempt) <= {0, 1}

    @given(worlds(), seeds)
    @settings(max_examples=60, deadline=None)
    def test_has_a_value_for_every_metric_and_a_story_for_every_event(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        assert all(value is None or value == value for value in outcome.metrics.values())
        assert {span.event for span in outcome.spans} == set(range(1, len(outcome.trace.arrived) + 1))

    @given(worlds(), seeds, st.integers(1, 20))
    @settings(max_examples=50, deadline=None)
    def test_does_until_a_horizon_what_it_does_without_one(self, data: Data, seed: int, horizon: int) -> None:
        whole, part = (run(each, seed=seed) for each in (data, {**data, "horizon": f"{horizon} s"}))
        assert list(part.trace.start) == [at for at in whole.trace.start if at < horizon * 1_000_000]


class TestTwoFunctionsThatShareNothing:
    @given(worlds(), seeds)
    @settings(max_examples=60, deadline=None)
    def test_run_as_two_worlds_would(self, data: Data, seed: int) -> None:
        for body in data["functions"].values():
            body["reserved_concurrency"] = 8
        together = run(data, seed=seed)
        for number, name in enumerate(data["functions"]):
            assert runs_of(together, number) == runs_of(run(alone(data, name), seed=seed), 0)


def without_failures(data: Data) -> Data:
    """Nobody fails, runs out of anything or gives up waiting, and every message is out of sight for long enough."""
    harmless = ("duration", "init", "first_run", "record_time", "reserved_concurrency", "provisioned_concurrency")
    patient = ("timeout", "retries")
    return {
        **data,
        "functions": {
            name: {"timeout": "900 s"} | {key: body[key] for key in harmless if key in body}
            for name, body in data["functions"].items()
        },
        "sources": {
            name: {key: value for key, value in body.items() if key not in patient}
            | ({"visibility_timeout": "2 h", "retention": "4 d"} if "sqs" in body["kind"] else {})
            for name, body in data["sources"].items()
        },
    }


def runs_of(outcome: Outcome, function: int) -> list[tuple[int, ...]]:
    """(when its event came, start, init, run, status, attempt) of each run of a function."""
    trace = outcome.trace
    columns = zip(trace.event, trace.start, trace.init, trace.run, trace.status, trace.attempt, strict=True)
    return [(trace.arrived[event], *rest) for event, *rest in columns if trace.function[event] == function]
