"""Laws that hold for every scenario."""

from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import TRUTH, Outcome, read
from studyapp.simulator.errors import RunTooLong, ScenarioError
from studyapp.simulator.run import play
from studyapp.simulator.trace import DROPPED, OK, Trace
from tests.simulator.worlds import Data, flows, rules, run, scenarios, sync_functions

seeds = st.integers(1, 1000)


class TestEveryRun:
    @given(scenarios(), seeds)
    @settings(max_examples=150, deadline=None)
    def test_ends_each_event_once(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        finals = final_states(outcome)
        assert all(finals[event] == 1 for event in range(len(outcome.trace.arrived)))

    @given(scenarios(), seeds)
    @settings(max_examples=150, deadline=None)
    def test_is_never_busier_than_a_limit_allows(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        assert outcome.metrics["peak_concurrency"] <= 140  # type: ignore[operator]
        for name, limit in outcome.limits.items():
            metric = f"{name}.peak_concurrency" if len(outcome.limits) > 1 else "peak_concurrency"
            assert limit is not None
            assert outcome.metrics[metric] <= limit  # type: ignore[operator]

    @given(scenarios(), seeds, st.sampled_from(["newest-idle", "oldest-idle", "random"]))
    @settings(max_examples=150, deadline=None)
    def test_gives_an_environment_one_request_at_a_time(self, data: Data, seed: int, routing: str) -> None:
        outcome = run(data, belief={"routing": routing}, seed=seed)
        uses = defaultdict(list)
        for environment, span in zip(outcome.trace.environment, outcome.view().spans_of_use(), strict=True):
            uses[environment].append(span)
        assert all(end <= start for spans in uses.values() for (_, end), (start, _) in pairwise(spans))

    @given(scenarios(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_bills_each_invocation_rounded_up_to_a_millisecond(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        trace = outcome.trace
        milliseconds = sum(-(-(init + time) // 1000) for init, time in zip(trace.init, trace.run, strict=True))
        assert round(outcome.metrics["billed_gb_s"] * 8000) == milliseconds  # type: ignore[operator]  # 128 MB

    @given(scenarios(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_gives_the_same_bytes_for_the_same_seed(self, data: Data, seed: int) -> None:
        assert run(data, seed=seed).trace.as_bytes() == run(data, seed=seed).trace.as_bytes()

    @given(scenarios(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_retries_no_event_when_nothing_fails(self, data: Data, seed: int) -> None:
        changes = {f"functions.{name}.fails": "never" for name in data["functions"]}
        changes |= {f"functions.{name}.timeout": "900 s" for name in data["functions"]}
        assert run(data, changes, seed=seed).metrics["retries"] == 0

    @given(scenarios(), seeds)
    @settings(max_examples=50, deadline=None)
    def test_tells_of_every_cold_start_and_every_throttle(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        kinds = Counter(span.kind for span in outcome.spans)
        assert (kinds["init"], kinds["throttled"]) == (outcome.metrics["cold_starts"], outcome.metrics["throttles"])


class TestRaisingALimit:
    @given(sync_functions, flows, st.integers(1, 10), seeds)
    @settings(max_examples=150, deadline=None)
    def test_adds_no_throttle_to_a_pure_loss_run(self, function: Data, flow: Data, limit: int, seed: int) -> None:
        body = {"duration": function["duration"], "timeout": "900 s"}
        belief = {"request_rate_factor": "none", "scaling_rate": "none"}
        throttles = [
            run(loss(body | {"reserved_concurrency": most}, flow), belief=belief, seed=seed).metrics["throttles"]
            for most in (limit, limit + 1)
        ]
        assert throttles[1] <= throttles[0]  # type: ignore[operator]


class TestTwoFunctionsThatShareNothing:
    @given(scenarios(), seeds)
    @settings(max_examples=60, deadline=None)
    def test_run_as_two_scenarios_would(self, data: Data, seed: int) -> None:
        for name in data["functions"]:
            data["functions"][name]["reserved_concurrency"] = 8
        together = run(data, seed=seed)
        for number, name in enumerate(data["functions"]):
            alone = run(only(data, name), seed=seed)
            assert runs_of(together, number) == runs_of(alone, 0)


class TestTheFastLoop:
    @given(
        sync_functions, flows, rules, seeds, st.sampled_from([None, "1 s", "7 s"]), st.integers(1, 200),
        st.sampled_from([0, 0, 1, 3, 10, 40]),
    )  # fmt: skip
    @settings(max_examples=400, deadline=None)
    def test_equals_the_plain_one(
        self, function: Data, flow: Data, belief: Data, seed: int, horizon: str | None, most: int, warm: int
    ) -> None:
        data = {**loss(function, flow), "max_events": most, "warm": {"f": warm}}
        data |= {"horizon": horizon} if horizon else {}
        rulebook = TRUTH.believing(belief)
        try:
            scenario = read(data, rulebook)
        except ScenarioError:
            return
        traces = [Trace(), Trace()]
        for plainly, trace in enumerate(traces):
            try:
                play(scenario, rulebook, seed, trace, plainly=bool(plainly))
            except RunTooLong:
                continue
        fast, plain = (vars(trace) for trace in traces)
        assert {name: list(column) for name, column in fast.items()} == {
            name: list(column) for name, column in plain.items()
        }


def final_states(outcome: Outcome) -> Counter[int]:
    """How many final states each event has."""
    trace, finals = outcome.trace, Counter[int]()
    sources = outcome.scenario.sources
    is_sync = [sources[source].is_sync for source in trace.source]
    for event, status in zip(trace.event, trace.status, strict=True):
        finals[event] += is_sync[event] or status == OK
    for event in trace.refused_event:
        finals[event] += is_sync[event]
    for event, kind in zip(trace.ended_event, trace.ended_kind, strict=True):
        finals[event] += kind == DROPPED
    return finals


def loss(function: Data, flow: Data) -> Data:
    return {"functions": {"f": function}, "sources": {"calls": {"kind": "sync", "arrivals": flow}}}


def only(data: Data, name: str) -> Data:
    return {
        "account": data["account"],
        "functions": {name: data["functions"][name]},
        "sources": {f"to-{name}": data["sources"][f"to-{name}"]},
    }


def runs_of(outcome: Outcome, function: int) -> list[tuple[int, ...]]:
    trace = outcome.trace
    columns = zip(trace.event, trace.start, trace.init, trace.run, trace.status, trace.attempt, strict=True)
    return [(trace.arrived[event], *rest) for event, *rest in columns if trace.function[event] == function]
