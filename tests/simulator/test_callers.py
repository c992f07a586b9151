"""Callers that wait for an answer: retries, front door, sizes, jobs."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import TRUTH, Outcome, jobs, read, responses
from studyapp.simulator.engine.clients import answer
from studyapp.simulator.engine.set_up_callers import caller_limit
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.run import play
from studyapp.simulator.trace import API_RATE, OK, RESPONSE_TOO_LARGE, TOO_LARGE, Trace
from tests.simulator.worlds import Data, failures, flows, laws, one, run

STEADY = {"tries": 4, "backoff": "1 s", "most": "3 s", "jitter": "no"}
FREE = {"account_concurrency": "none", "scaling_rate": "none", "request_rate_factor": "none"}
API_KINDS = ["api", "http-api"]


def calling(kind: str = "sync", arrivals: object = None, source: Data | None = None, **function: object) -> Data:
    data = one(kind, arrivals, **function)
    data["sources"]["calls"] |= source or {}
    return data


def starts(outcome: Outcome) -> list[float]:
    return [start / 1e6 for start in outcome.trace.start]


def refusals(outcome: Outcome) -> list[float]:
    return [at / 1e6 for at in outcome.trace.refused_at]


def tries_of(outcome: Outcome) -> Counter[int]:
    return Counter([*outcome.trace.event, *outcome.trace.refused_event])


class TestRetries:
    def test_wait_twice_as_long_each_time_up_to_the_longest_wait(self) -> None:
        outcome = run(calling(source={"retries": {**STEADY, "tries": 6}}, reserved_concurrency=0))

        assert refusals(outcome) == [0, 1, 3, 6, 9, 12]

    def test_find_room_once_it_is_there(self) -> None:
        data = calling(arrivals={"burst": 2}, source={"retries": STEADY}, duration="2 s", reserved_concurrency=1)

        outcome = run(data)

        assert (starts(outcome), refusals(outcome)) == ([0, 3], [0, 1])
        assert list(outcome.trace.attempt) == [1, 1]
        assert (outcome.metrics["client_errors"], outcome.metrics["response_max"]) == (0, 5)

    @pytest.mark.parametrize(("kind", "runs"), [("api", 4), ("http-api", 4), ("url", 4), ("alb", 4), ("sync", 1)])
    def test_follow_a_function_error_where_it_is_a_5xx(self, kind: str, runs: int) -> None:
        outcome = run(calling(kind, source={"retries": STEADY}, fails="always"))

        assert (len(outcome.trace.start), outcome.metrics["client_errors"]) == (runs, runs == 4)

    def test_end_with_the_first_good_answer(self) -> None:
        outcome = run(calling("url", source={"retries": STEADY}, fails={"first": 2}))

        assert starts(outcome) == [0, 2, 5]
        assert list(outcome.trace.attempt) == [1, 2, 3]
        assert (outcome.metrics["client_errors"], outcome.metrics["response_max"]) == (0, 6)

    def test_are_other_runs_than_the_first(self) -> None:
        outcome = run(calling("url", source={"retries": STEADY}, fails="always", duration={"exp": "1 s"}))

        assert len(set(outcome.trace.run)) == 4

    def test_are_as_an_sdk_makes_them_by_default(self) -> None:
        scenario = read(calling(source={"retries": "yes"}))

        retrying = scenario.sources[0].retrying
        assert retrying is not None
        assert (retrying.tries, retrying.backoff_us, retrying.most_us, retrying.has_jitter) == (
            3,
            10**6,
            2 * 10**7,
            True,
        )


class TestACallerWhoseTimeIsUp:
    DATA = calling("url", source={"timeout": "2 s", "retries": {**STEADY, "tries": 3}}, duration="3 s")

    def test_asks_again_while_the_first_run_goes_on(self) -> None:
        outcome = run(self.DATA)

        assert starts(outcome) == [0, 3, 7]
        assert list(outcome.trace.status) == [OK, OK, OK]

    def test_pays_for_every_run_and_hears_of_none(self) -> None:
        metrics = run(self.DATA).metrics

        assert (metrics["errors"], metrics["client_errors"], metrics["response_max"]) == (0, 1, 9)
        assert metrics["billed_gb_s"] == 9

    def test_needs_an_environment_more_when_it_asks_at_once(self) -> None:
        data = calling("url", source={"timeout": "1 s", "retries": {**STEADY, "backoff": "0 s"}}, duration="9 s")

        assert run(data).metrics["peak_concurrency"] == 4

    def test_hears_the_answer_that_comes_at_the_last_moment(self) -> None:
        assert run(self.DATA, {"source.timeout": "3 s"}).metrics["response_max"] == 3

    def test_waits_no_longer_than_an_api_does(self) -> None:
        data = calling("http-api", duration="40 s", timeout="60 s")

        assert run(data).metrics["response_max"] == 30
        assert run(data, {"source.kind": "api"}).metrics["response_max"] == 29
        assert run(data, {"source.kind": "api", "source.timeout": "60 s"}).metrics["response_max"] == 40

    @pytest.mark.parametrize(
        ("kind", "timeout", "limit"),
        [
            ("api", "10 ms", "is below the minimum of 50 ms"),
            ("http-api", "49 ms", "is below the minimum of 50 ms"),
            ("http-api", "31 s", "is above the maximum of 30 s"),
        ],
    )
    def test_gives_an_api_only_a_timeout_that_it_can_have(self, kind: str, timeout: str, limit: str) -> None:
        with pytest.raises(ScenarioError) as error:
            run(calling(kind, source={"timeout": timeout}))

        assert str(error.value) == f"sources.calls.timeout: {timeout} {limit} (API Gateway quotas)"


class TestARetryStorm:
    DATA = calling(arrivals={"burst": 1500}, source={"retries": {"tries": 3, "backoff": "100 ms"}}, duration="5 s")

    def test_asks_more_often_than_there_are_requests(self) -> None:
        view = run(self.DATA).view()

        assert (responses.client_tries(view), responses.client_retries(view)) == (2500, 1000)
        assert (responses.too_many_requests(view), responses.caller_errors(view)) == (1500, 500)

    def test_comes_in_waves_unless_jitter_spreads_it(self) -> None:
        waves = run(self.DATA, {"source.retries.jitter": "no"})

        assert set(refusals(waves)) == {0, 0.1, 0.3}
        assert len(set(refusals(run(self.DATA)))) > 900

    def test_jitters_within_the_wait(self) -> None:
        first = [at for at in refusals(run(self.DATA)) if at > 0][:500]

        assert max(first) < 0.1
        assert 0.04 < sum(first) / len(first) < 0.06

    def test_draws_its_jitter_by_the_request_and_the_try(self) -> None:
        more = {**self.DATA, "sources": {**self.DATA["sources"], "other": {"kind": "s3", "arrivals": {"at": ["0 s"]}}}}

        assert run(self.DATA).trace.as_bytes() == run(self.DATA).trace.as_bytes()
        assert tried_at(run(more), 1400) == tried_at(run(self.DATA), 1400) != tried_at(run(self.DATA, seed=2), 1400)


class TestTheFrontDoor:
    def test_lets_a_burst_through_and_refuses_the_rest(self) -> None:
        outcome = run(calling("api", {"burst": 5_003}), belief=FREE)

        assert list(outcome.trace.refused_reason) == [API_RATE] * 3
        assert responses.front_door_throttles(outcome.view()) == responses.too_many_requests(outcome.view()) == 3
        assert (outcome.metrics["client_errors"], outcome.metrics["throttles"]) == (3, 0)

    def test_fills_again_at_its_rate(self) -> None:
        outcome = run(calling("api", [{"burst": 5_000}, {"burst": 150, "at": "10 ms"}]), belief=FREE)

        assert len(outcome.trace.refused_at) == 50

    def test_is_one_for_all_apis_of_an_account(self) -> None:
        data = calling("api", {"burst": 10})
        data["sources"]["more"] = {"kind": "http-api", "arrivals": {"burst": 10}}
        data["sources"]["direct"] = {"kind": "url", "arrivals": {"burst": 30}}

        outcome = run(data, belief={**FREE, "api_burst": 12})

        assert Counter(outcome.trace.source[event] for event in outcome.trace.refused_event) == {1: 8}

    def test_can_be_left_open(self) -> None:
        belief = {**FREE, "api_rate": "none"}

        assert not run(calling("api", {"burst": 6_000}), belief=belief).trace.refused_at

    def test_is_tried_again_like_any_429(self) -> None:
        data = calling("api", {"burst": 10}, {"retries": STEADY})

        metrics = run(data, belief={"api_rate": "3 per 1 s", "api_burst": 4}).metrics

        assert (metrics["invocations"], metrics["client_errors"]) == (10, 0)


class TestSizes:
    @pytest.mark.parametrize(
        ("kind", "largest"),
        [("sync", 6144), ("url", 6144), ("api", 6144), ("alb", 1024), ("async", 1024), ("s3", 1024)],
    )
    def test_of_requests_are_limited_by_the_way_they_take(self, kind: str, largest: int) -> None:
        assert not run(calling(kind, source={"payload": f"{largest} KB"})).trace.refused_at

        refused = run(calling(kind, source={"payload": f"{largest + 1} KB"}))
        assert (list(refused.trace.refused_reason), len(refused.trace.start)) == ([TOO_LARGE], 0)

    def test_at_the_front_door_matter_once_a_function_takes_more(self) -> None:
        data = calling("api", source={"payload": "11 MB"})

        assert run(data, belief={"sync_payload_max": "20 MB"}).trace.refused_at
        assert not run(data, belief={"sync_payload_max": "20 MB", "api_payload_max": "20 MB"}).trace.refused_at

    def test_that_are_too_large_are_not_tried_again(self) -> None:
        outcome = run(calling(source={"payload": "7 MB", "retries": STEADY}))

        assert (responses.client_tries(outcome.view()), outcome.metrics["client_errors"]) == (1, 1)

    @pytest.mark.parametrize(
        ("kind", "response", "is_bad"),
        [("sync", "6 MB", 0), ("sync", "7 MB", 1), ("alb", "1 MB", 0), ("alb", "2 MB", 1), ("s3", "7 MB", 0)],
    )
    def test_of_responses_are_limited_too(self, kind: str, response: str, is_bad: int) -> None:
        outcome = run(calling(kind, response=response))

        assert list(outcome.trace.status) == [RESPONSE_TOO_LARGE if is_bad else OK]
        assert outcome.metrics["errors"] == is_bad


class TestJobs:
    def counts(self, outcome: Outcome) -> tuple[int, int, int, float | None]:
        view = outcome.view()
        return jobs.job_succeeded(view), jobs.job_failed(view), jobs.job_timeouts(view), jobs.job_duration_max(view)

    def test_succeed_when_a_good_run_has_reported(self) -> None:
        assert self.counts(run(calling("codepipeline", duration="40 s", timeout="60 s"))) == (1, 0, 0, 40)

    def test_time_out_when_the_function_never_reports(self) -> None:
        assert self.counts(run(calling("codepipeline", source={"reports": "no"}))) == (0, 0, 1, 1200)

    def test_fail_at_the_first_report_of_a_failure(self) -> None:
        outcome = run(calling("codepipeline", fails={"first": 1}))

        assert self.counts(outcome) == (0, 1, 0, 1)
        assert len(outcome.trace.start) == 2  # Lambda tries again, and the pipeline does not listen

    def test_wait_for_a_retry_when_an_error_goes_unreported(self) -> None:
        data = calling("codepipeline", source={"reports": "success"}, fails={"first": 1})

        assert self.counts(run(data)) == (1, 0, 0, 62)
        assert self.counts(run(data, {"source.job_timeout": "30 s"})) == (0, 0, 1, 30)

    def test_hear_nothing_of_a_run_that_is_stopped(self) -> None:
        assert self.counts(run(calling("codepipeline", duration="90 s", async_retries=0))) == (0, 0, 1, 1200)

    def test_are_open_beyond_the_horizon(self) -> None:
        data = {**calling("codepipeline", source={"reports": "no"}), "horizon": "10 min"}

        assert self.counts(run(data)) == (0, 0, 0, None)

    def test_are_of_pipelines_alone(self) -> None:
        assert self.counts(run(calling("s3"))) == (0, 0, 0, None)


class TestReading:
    @pytest.mark.parametrize(
        ("kind", "field", "value", "says"),
        [
            ("sync", "retries", 3, "sources.calls.retries: 3 is not a mapping of fields to values"),
            (
                "sync",
                "retries",
                {"tries": 0},
                "sources.calls.retries.tries: 0 is not a whole number from 1 to 100 (the simulator's own limit)",
            ),
            (
                "sync",
                "retries",
                {"tries": 101},
                "sources.calls.retries.tries: 101 is not a whole number from 1 to 100 (the simulator's own limit)",
            ),
            ("sync", "retries", {"backoff": "-1 s"}, "sources.calls.retries.backoff: -1 s is below 0 s"),
            (
                "sync", "retries", {"most": "2 d"},
                "sources.calls.retries.most: 48 h is above the maximum of 24 h (the simulator's own limit)",
            ),
            ("sync", "retries", {"jitter": "some"}, "sources.calls.retries.jitter: some is not yes or no"),
            (
                "sync", "retries", {"trys": 3},
                "sources.calls.retries.trys: 3 is not a field of this part; did you mean tries?",
            ),
            (
                "s3", "retries", "yes",
                "sources.calls.retries: yes is not for a source of kind s3, which does not try again by itself",
            ),
            ("s3", "timeout", "5 s", "sources.calls.timeout: 5 s is not for a source of kind s3, which waits for no answer"),
            (
                "sync", "timeout", "2 d",
                "sources.calls.timeout: 48 h is above the maximum of 24 h (the simulator's own limit)",
            ),
            (
                "sync", "duplicates", "1 %",
                "sources.calls.duplicates: 1 % is not for a source of kind sync, which delivers nothing twice by itself",
            ),
            ("s3", "duplicates", "101 %", "sources.calls.duplicates: 101 % is not a share from 0 to 1"),
            (
                "codepipeline", "job_timeout", "25 h",
                "sources.calls.job_timeout: 25 h is above the maximum of 24 h (CodePipeline quotas)",
            ),
            (
                "codepipeline", "job_timeout", "0 s",
                "sources.calls.job_timeout: 0 s is below the minimum of 1 s (CodePipeline quotas)",
            ),
            ("codepipeline", "reports", "maybe", "sources.calls.reports: maybe is none of yes, success, no"),
            (
                "s3", "reports", "yes",
                "sources.calls.reports: yes is not for a source of kind s3, which has no jobs: those are of codepipeline",
            ),
        ],
    )  # fmt: skip
    def test_refuses_with_field_value_and_limit(self, kind: str, field: str, value: Any, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            read(calling(kind, source={field: value}))

        assert str(error.value) == says


callers = st.fixed_dictionaries(
    {"kind": st.sampled_from(["sync", "api", "url", "alb"])},
    optional={"timeout": st.sampled_from(["500 ms", "2 s"])},
)
policies = st.fixed_dictionaries(
    {"tries": st.integers(1, 5), "backoff": st.sampled_from(["0 s", "100 ms", "2 s"]), "jitter": st.booleans()}
)
busy = st.fixed_dictionaries(
    {"duration": laws, "timeout": st.sampled_from(["2 s", "900 s"]), "fails": failures},
    optional={"init": laws, "reserved_concurrency": st.integers(0, 5)},
)
doors = st.sampled_from([{}, {"api_rate": "5 per 1 s", "api_burst": 3}])


class TestEveryClient:
    @given(callers, policies, busy, flows, doors, st.integers(1, 1000))
    @settings(max_examples=150, deadline=None)
    def test_tries_as_often_as_its_policy_says_and_no_more_once_it_is_content(
        self, caller: Data, policy: Data, function: Data, flow: Data, door: Data, seed: int
    ) -> None:
        outcome = run(calling(caller["kind"], flow, {**caller, "retries": policy}, **function), belief=door, seed=seed)
        tried, most = tries_of(outcome), policy["tries"]
        assert max(tried.values()) <= most
        for event, content_at in content(outcome).items():
            assert tried_at(outcome, event)[-1] <= content_at
        for heard in responses.heard(outcome.view()):
            assert heard.tries == tried[heard.event]
            assert heard.is_content or heard.tries == most
            assert heard.is_content == (heard.event in content(outcome))

    @given(callers, busy, flows, doors, st.integers(1, 1000))
    @settings(max_examples=100, deadline=None)
    def test_that_tries_once_is_as_one_that_never_retries(
        self, caller: Data, function: Data, flow: Data, door: Data, seed: int
    ) -> None:
        data = calling(caller["kind"], flow, caller, **function)
        once = run(data, {"source.retries": {"tries": 1}}, door, seed)
        never = run(data, belief=door, seed=seed)

        assert columns(once) == columns(never)
        assert responses.caller_errors(once.view()) == responses.caller_errors(never.view())


class TestTheFastLoop:
    @given(
        st.sampled_from(["sync", "api", "http-api", "alb"]), st.sampled_from(["1 KB", "2 MB"]), laws, flows,
        st.sampled_from(["none", "2 per 1 s", "50 per 1 s"]), st.integers(0, 40), st.integers(1, 1000),
    )  # fmt: skip
    @settings(max_examples=150, deadline=None)
    def test_equals_the_plain_one_behind_a_front_door(
        self, kind: str, response: str, duration: Any, flow: Data, rate: str, burst: int, seed: int
    ) -> None:
        rulebook = TRUTH.believing({"api_rate": rate, "api_burst": burst})
        scenario = read(calling(kind, flow, duration=duration, timeout="900 s", response=response), rulebook)

        traces = [play(scenario, rulebook, seed, Trace(), plainly=plainly) for plainly in (False, True)]

        assert traces[0].as_bytes() == traces[1].as_bytes()


def tried_at(outcome: Outcome, event: int) -> list[int]:
    """When a request was tried, in order."""
    trace = outcome.trace
    runs = [at for each, at in zip(trace.event, trace.start, strict=True) if each == event]
    refused = [at for each, at in zip(trace.refused_event, trace.refused_at, strict=True) if each == event]
    return sorted(runs + refused)


def content(outcome: Outcome) -> dict[int, int]:
    """When each request was answered to its caller's content: {event: time}. Found run by run, not by the last."""
    trace, source = outcome.trace, outcome.scenario.sources[0]
    limit, hears = caller_limit(source, outcome.rulebook), source.kind != "sync"
    found = {}
    for event, start, end, status in zip(trace.event, trace.start, trace.ends(), trace.status, strict=True):
        at, is_content = answer(start, end, status, limit, hears)
        if is_content:
            found[event] = at
    return found


def columns(outcome: Outcome) -> dict[str, list[int]]:
    return {name: list(column) for name, column in vars(outcome.trace).items()}
