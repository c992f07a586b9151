from typing import Any

import pytest

from studyapp.simulator import TRUTH, patch, read
from studyapp.simulator.errors import ScenarioError
from tests.simulator.worlds import Data, one


class TestRead:
    def test_gives_defaults_of_today(self) -> None:
        function = read({"functions": {"f": None}, "sources": {}}).functions[0]

        assert (function.memory, function.timeout, function.tmp) == (128, 3_000_000, 512)

    @pytest.mark.parametrize(
        ("path", "value", "says"),
        [
            ("memory", "64 MB", "functions.f.memory: 64 MB is below the minimum of 128 MB (Lambda quotas)"),
            ("memory", "11 GB", "functions.f.memory: 11264 MB is above the maximum of 10240 MB (Lambda quotas)"),
            ("memory", "1024", "functions.f.memory: 1024 is not a size with a unit, for example 256 KB or 6 MB"),
            ("timeout", "16 min", "functions.f.timeout: 960 s is above the maximum of 900 s (Lambda quotas)"),
            ("tmp", "256 MB", "functions.f.tmp: 256 MB is below the minimum of 512 MB (Lambda quotas)"),
            (
                "async_retries",
                3,
                "functions.f.async_retries: 3 is not a whole number from 0 to 2 (Lambda API, PutFunctionEventInvokeConfig)",
            ),
            ("async_max_age", "7 h", "functions.f.async_max_age: 7 h is above the maximum of 6 h (Lambda quotas)"),
            ("on_success", "s3", "functions.f.on_success: s3 is none of none, sqs, sns, lambda, eventbridge"),
            (
                "on_failure",
                "sqs-fifo",
                "functions.f.on_failure: sqs-fifo is none of none, sqs, sns, lambda, eventbridge, s3, denied",
            ),
            ("reserved_concurrency", -1, "functions.f.reserved_concurrency: -1 is not a whole number of at least 0"),
            ("duration", "-1 s", "functions.f.duration: -1 s is not a time from 0 s to 24 h"),
            ("duration", {"exp": "soon"}, "functions.f.duration.exp: soon does not begin with a number"),
            (
                "fails",
                "sometimes",
                "functions.f.fails: sometimes is not never, always, probability 0.2, a window or {first: 2}",
            ),
            ("timeout", "2500 ms", "functions.f.timeout: 2500 ms is not a whole number of seconds"),
            ("cpu_time", "-1 s", "functions.f.cpu_time: -1 s is below 0 s"),
            ("duration", "1e999999999 s", "functions.f.duration: 1e999999999 s is not a number of at most 16 digits"),
            (
                "reserved_concurrency",
                float("nan"),
                "functions.f.reserved_concurrency: nan is not a number of at most 16 digits",
            ),
            ("provisioned_ready", "no", "functions.f.provisioned_ready: no is not yes or {allocated_at: time}"),
            ("memry", "1 GB", "functions.f.memry: 1 GB is not a field of this part; did you mean memory?"),
        ],
    )
    def test_refuses_a_function_with_field_value_and_limit(self, path: str, value: Any, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            read(patch(one(), {f"function.{path}": value}))
        assert str(error.value) == says

    @pytest.mark.parametrize(
        ("path", "value", "part"),
        [
            ("kind", "carrier pigeon", "is none of sync, api"),
            ("calls", "nobody", "is not a function here: f"),
            ("calls", {"f": "50 %"}, "shares must sum to 1"),
            ("arrivals", {"poisson": "3 per 1 s"}, "never ends"),
            ("arrivals", {"poisson": "3 per 1 s", "even": "3 per 1 s"}, "needs exactly one of"),
            ("arrivals", {"poisson": "3", "for": "1 s"}, "is not a rate"),
            ("arrivals", {"every": "0 s", "count": 3}, "is not longer than no time"),
            ("arrivals", {"burst": 0}, "is not a whole number of at least 1"),
            ("arrivals", {"at": ["-1 s"]}, "is before the run begins"),
            ("arrivals", {"at": ["1000000001 s"]}, "is longer than 1,000,000,000 s"),
            ("timeout", "-1 s", "sources.calls.timeout: -1 s is below 0 s"),
            ("payload", "-1 KB", "sources.calls.payload: -1 KB is below 0 KB"),
            (
                "arrivals",
                {"wave": "1 per 1 s", "amplitude": "2 per 1 s", "period": "1 h", "for": "1 h"},
                "more than the base",
            ),
        ],
    )
    def test_refuses_a_source(self, path: str, value: Any, part: str) -> None:
        with pytest.raises(ScenarioError, match=part):
            read(patch(one(), {f"source.{path}": value}))

    def test_refuses_a_run_that_ends_before_it_begins(self) -> None:
        with pytest.raises(ScenarioError, match="horizon: -1 s is below 0 s"):
            read({**one(), "horizon": "-1 s"})

    def test_refuses_more_functions_than_a_trace_tells_apart(self) -> None:
        with pytest.raises(ScenarioError, match="functions: 256 is above 255"):
            read({"functions": {f"f{number}": {} for number in range(256)}})

    def test_takes_null_for_not_given(self) -> None:
        assert read(one("s3", async_max_age=None)).functions[0].async_max_age is None

    def test_keeps_the_unreserved_minimum(self) -> None:
        read(one(reserved_concurrency=900))
        with pytest.raises(
            ScenarioError, match="is above 900: at least 100 of the account's 1,000 must stay unreserved"
        ):
            read(one(reserved_concurrency=901))

    def test_keeps_provisioned_within_reserved(self) -> None:
        with pytest.raises(ScenarioError, match="is above the function's reserved concurrency of 5"):
            read(one(reserved_concurrency=5, provisioned_concurrency=6))

    @pytest.mark.parametrize(
        "data", [{}, {"functions": []}, {"functions": {"f": "fast"}}, {"horizon": "1 s"}, {"x": 1}]
    )
    def test_refuses_what_is_no_scenario(self, data: Data) -> None:
        with pytest.raises(ScenarioError):
            read(data)

    def test_reads_a_network_without_functions(self) -> None:
        assert [type(plan).__name__ for plan in read({"network": NETWORK}).plans] == ["Reach"]

    def test_merges_a_list_of_streams(self) -> None:
        scenario = read(one(arrivals=[{"burst": 3}, {"even": "1 per 1 s", "for": "5 s"}]))

        assert [stream.kind for stream in scenario.sources[0].arrivals] == ["at", "even"]


class TestASource:
    def test_needs_a_function(self) -> None:
        with pytest.raises(ScenarioError, match=r"^functions: is missing: a source needs a function to call"):
            read({"functions": {}, "sources": {"s": {"arrivals": {"at": ["0 s"]}}}})


class TestAStepOfMemory:
    def test_is_of_the_year(self) -> None:
        rulebook = TRUTH.believing({"memory_step": "64 MB"})

        with pytest.raises(ScenarioError, match=r"memory: 150 MB is not a whole number of steps of 64 MB"):
            read({"functions": {"f": {"memory": "150 MB"}}}, rulebook)
        assert read({"functions": {"f": {"memory": "192 MB"}}}, rulebook).functions[0].memory == 192


class TestPatch:
    def test_changes_a_copy(self) -> None:
        data = one()

        changed = patch(data, {"functions.f.memory": "512 MB"})

        assert (data["functions"]["f"]["memory"], read(changed).functions[0].memory) == ("1024 MB", 512)

    def test_knows_the_only_function_and_source(self) -> None:
        changed = patch(one(), {"function.timeout": "5 s", "source.arrivals.at": ["1 s"]})

        assert changed == patch(one(), {"functions.f.timeout": "5 s", "sources.calls.arrivals.at": ["1 s"]})

    @pytest.mark.parametrize(
        "path", ["functions.g.memory", "function.memory.size", "sources.calls.arrivals.at.7", "x.y"]
    )
    def test_refuses_a_path_that_leads_nowhere(self, path: str) -> None:
        with pytest.raises(ScenarioError):
            patch(one(), {path: 1})


NETWORK = {
    "function": {"attached": "yes", "subnets": ["private-a"], "security_groups": ["orders"]},
    "subnets": {"private-a": {"route_table": "private"}, "public-a": {"route_table": "public"}},
    "routes": {"private": "none", "public": "igw"},
    "security_groups": {"orders": {"egress": ["anywhere"]}},
    "targets": {"internet": {"kind": "internet"}},
}
