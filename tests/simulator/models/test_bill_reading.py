"""A bill that contradicts itself is refused with the field, the value and the limit; nothing else ever goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import TRUTH, read, simulate
from studyapp.simulator.answers import Answer
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import bill

READY = {"provisioned_concurrency": 1}
SNAP = {"snapstart": "yes", "runtime": "python3.13"}
RENTED = {"instances": {"price": "0.10 USD per hour"}}
CURVE = {"256 MB": "2 s", "512 MB": "1 s"}


def refused(body: Any) -> ScenarioError:
    with pytest.raises(ScenarioError) as error:
        bill.plan(body, TRUTH)
    return error.value


class TestAFunction:
    @pytest.mark.parametrize(
        ("function", "field", "says"),
        [
            ({"memory": "64 MB"}, "memory", "below the minimum of 128 MB (Lambda quotas)"),
            ({"memory": "11 GB"}, "memory", "above the maximum of 10,240 MB (Lambda quotas)"),
            ({"memory": 512}, "memory", "is not a size with a unit"),
            ({"memory": "128.5 MB"}, "memory", "whole number of MB"),
            ({"tmp": "100 MB"}, "tmp", "below the minimum of 512 MB"),
            ({"tmp": "11 GB"}, "tmp", "above the maximum of 10,240 MB"),
            ({"architecture": "arm"}, "architecture", "is none of x86_64, arm64"),
            ({"package": "jar"}, "package", "is none of zip, image"),
            ({"requests": -1}, "requests", "is not from 0 to 1,000,000,000,000"),
            ({"requests": "10 per 1 us"}, "requests", "is not from 0 to 1,000,000,000,000"),
            ({"requests": "many"}, "requests", "does not begin with a number"),
            ({"requests": 1.5}, "requests", "is not a whole number"),
            ({"duration": "0 s"}, "duration", "below the minimum of"),
            ({"duration": "901 s"}, "duration", "above the maximum of 900 s (Lambda quotas)"),
            ({"duration": 3}, "duration", "is not a time with a unit"),
            ({"init": "1 s"}, "init", "give cold_share too"),
            ({"init": "-1 s"}, "init", "is below 0 s"),
            ({"cold_share": "101 %"}, "cold_share", "is not a share from 0 to 1"),
            ({"fails": "often"}, "fails", "does not begin with a number"),
            (
                {"memory": "512 MB", "memory_used": "600 MB"},
                "memory_used",
                "above the maximum of 512 MB (the function's memory)",
            ),
            ({"kind": "queue"}, "kind", "is none of sync, async"),
            ({"kind": "async", "payload": "2 MB"}, "payload", "above the maximum of 1,024 KB (Lambda quotas)"),
            ({"payload": "7 MB"}, "payload", "above the maximum of 6,144 KB (Lambda quotas)"),
            ({"streamed_response": "201 MB"}, "streamed_response", "above the maximum of 204,800 KB (Lambda quotas)"),
            ({"streamed_response": "1 MB", "kind": "async"}, "streamed_response", "nobody waits for an answer"),
            ({"tenant_environments": -1}, "tenant_environments", "is not a whole number from 0"),
            ({"runtime": ["python3.13"]}, "runtime", "is not a name"),
            ({"speed": 1}, "speed", "is not a field of this part"),
            ({"duratoin": "1 s"}, "duratoin", "did you mean duration?"),
        ],
    )
    def test_is_refused_with_field_and_limit(self, function, field, says):
        error = refused({"functions": {"f": function}})

        assert error.field == f"bill.functions.f.{field}"
        assert says in str(error)

    @pytest.mark.parametrize(
        ("function", "field", "says"),
        [
            ({"curve": CURVE, "memory": "512 MB", "duration": "1 s"}, "duration", "is in the curve already"),
            ({"curve": CURVE}, "memory", "lies outside of what was measured, 256 MB to 512 MB"),
            ({"curve": CURVE, "memory": "1 GB"}, "memory", "lies outside of what was measured"),
            ({"curve": {"128 MB": "1 s"}}, "curve", "is not a mapping of 2 to 8 memory sizes"),
            ({"curve": ["128 MB"]}, "curve", "is not a mapping of 2 to 8 memory sizes"),
            ({"curve": {f"{128 + n} MB": "1 s" for n in range(9)}}, "curve", "is not a mapping of 2 to 8"),
            ({"curve": {"1024 MB": "1 s", "1 GB": "2 s"}, "memory": "1 GB"}, "curve", "has one memory size twice"),
            ({"curve": {"128 MB": "1 s", "small": "2 s"}}, "curve.small", "does not begin with a number"),
            ({"curve": {"128 MB": "1 s", 256: "2 s"}}, "curve", "is not a size with a unit"),
            ({"curve": {"128 MB": "1 s", "256 MB": 2}}, "curve.256 MB", "is not a time with a unit"),
            ({"curve": {"128 MB": "1 s", "256 MB": "0 s"}}, "curve.256 MB", "is not longer than no time"),
            ({"curve": {"64 MB": "1 s", "256 MB": "1 s"}}, "curve.64 MB", "below the minimum of 128 MB"),
            ({"curve": {"128 MB": "1000 s", "256 MB": "1 s"}}, "curve.128 MB", "above the maximum of 900 s"),
        ],
    )
    def test_has_a_curve_that_holds_its_memory(self, function, field, says):
        error = refused({"functions": {"f": function}})

        assert error.field == f"bill.functions.f.{field}"
        assert says in str(error)

    @pytest.mark.parametrize(
        ("function", "field", "says"),
        [
            ({"provisioned_time": "1 h"}, "provisioned_time", "is for a function with provisioned_concurrency"),
            (
                {"provisioned_share": 1, "provisioned_concurrency": 0},
                "provisioned_share",
                "is for a function with provisioned_c",
            ),
            ({**READY, "provisioned_time": "31 d"}, "provisioned_time", "above the maximum of 720 h (the month)"),
            ({**READY, "provisioned_periods": 0}, "provisioned_periods", "is not a whole number from 1"),
            (
                {**READY, "provisioned_time": "10 d", "provisioned_periods": 4},
                "provisioned_periods",
                "times 240 h is more than the month of 720 h",
            ),
            (
                {**READY, "requests": 2_592_000 * 2, "duration": "1 s"},
                "provisioned_concurrency",
                "1 is too few for all requests: while they are ready 50 % of all requests fit into them",
            ),
            (
                {**READY, "requests": 2_592_000 * 2, "duration": "1 s", "provisioned_share": "80 %"},
                "provisioned_share",
                "80 % is more than these environments can run: while they are ready 50 %",
            ),
            ({**READY, **SNAP}, "snapstart", "cannot be had with provisioned concurrency (Lambda SnapStart)"),
            ({**READY, "tenant_environments": 1}, "provisioned_concurrency", "cannot be had with tenant isolation"),
            ({**SNAP, "tenant_environments": 1}, "snapstart", "cannot be had with tenant isolation"),
            ({**SNAP, "tmp": "513 MB"}, "tmp", "is above 512 MB, the most with SnapStart"),
            ({"snapstart": "yes"}, "runtime", "is missing: what SnapStart costs depends on it"),
            (
                {**SNAP, "runtime": "nodejs22.x"},
                "runtime",
                "has no SnapStart; java11, python3.12, dotnet8 and newer ones",
            ),
            ({**SNAP, "runtime": "python3.11"}, "runtime", "has no SnapStart"),
            ({**SNAP, "runtime": "java8"}, "runtime", "has no SnapStart"),
            ({**SNAP, "snapstart": {"versions": 0}}, "snapstart.versions", "is not a whole number from 1"),
            ({**SNAP, "snapstart": {"restore": "11 s"}}, "snapstart.restore", "above the maximum of 10 s"),
            ({**SNAP, "snapstart": "maybe"}, "snapstart", "is not yes or no"),
            ({**SNAP, "snapstart": 1}, "snapstart", "is not a mapping of fields to values"),
            ({"durable": {"operations": -1}}, "durable.operations", "is not a whole number from 0"),
            ({"durable": {"kept": "400 d"}}, "durable.kept", "above the maximum of"),
            ({"durable": {"wait": "soon"}}, "durable.wait", "does not begin with a number"),
            ({"durable": {"steps": 3}}, "durable.steps", "is not a field of this part"),
            ({"instances": {}}, "instances.price", "is missing: it is what EC2 charges for one"),
            ({"instances": {"price": -1}}, "instances.price", "is not from 0 to 1,000 USD per hour"),
            ({"instances": {"price": 1, "count": 0}}, "instances.count", "is not a whole number from 1"),
            ({**RENTED, **READY}, "provisioned_concurrency", "is of default compute"),
            ({**RENTED, **SNAP}, "snapstart", "is of default compute"),
            ({**RENTED, "tenant_environments": 1}, "tenant_environments", "is of default compute"),
        ],
    )
    def test_has_only_what_goes_together(self, function, field, says):
        error = refused({"functions": {"f": function}})

        assert error.field == f"bill.functions.f.{field}"
        assert says in str(error)

    @pytest.mark.parametrize("runtime", ["java11", "java25", "python3.12", "python3.14", "dotnet8", "dotnet10"])
    def test_may_have_snapstart_with_these_runtimes(self, runtime):
        assert bill.read({"functions": {"f": {**SNAP, "runtime": runtime}}}, TRUTH).functions[0].snapshot

    @pytest.mark.parametrize(
        ("said", "requests"),
        [
            (25, 25),
            ("3,000,000", 3_000_000),
            ("40 requests per month", 40),
            ("2 per 1 d", 60),
            ("1 per second", 2_592_000),
        ],
    )
    def test_has_requests_by_number_or_by_rate(self, said, requests):
        assert bill.read({"functions": {"f": {"requests": said}}}, TRUTH).functions[0].requests == requests


class TestAMonth:
    @pytest.mark.parametrize(
        ("body", "field", "says"),
        [
            ({}, "bill.functions", "is missing: a bill needs functions, or pollers"),
            (None, "bill.functions", "is missing"),
            ("x", "bill", "is not a mapping"),
            ([], "bill", "is not a mapping"),
            ({1: 2}, "bill", "is not a name: write it as text"),
            (
                {"month": "1 d", "functions": {"f": {}}},
                "bill.month",
                "1 d is below the minimum of 28 d (a calendar month)",
            ),
            ({"month": "32 d", "functions": {"f": {}}}, "bill.month", "above the maximum of 31 d"),
            ({"free_tier": "some", "functions": {"f": {}}}, "bill.free_tier", "is not yes or no"),
            ({"functions": ["f"]}, "bill.functions", "is not a mapping of names"),
            ({"functions": {"": {}}}, "bill.functions", "is no name"),
            ({"functions": {"a.b": {}}}, "bill.functions", "is no name"),
            ({"functions": {"9": {}}}, "bill.functions", "is no name"),
            ({"functions": {3: {}}}, "bill.functions", "is no name"),
            ({"functions": {"x" * 64: {}}}, "bill.functions", "is no name"),
            ({"functions": {f"f{n}": {} for n in range(7)}}, "bill.functions", "is above 6, the most of one kind here"),
            ({"functions": {"f": 3}}, "bill.functions.f", "is not a mapping"),
            ({"functions": {"f": {2: 3}}}, "bill.functions.f", "is not a name"),
            ({"pollers": {f"p{n}": {} for n in range(11)}}, "bill.pollers", "is above 10"),
            ({"pollers": {"p": {"kind": "kinesis"}}}, "bill.pollers.p.kind", "is none of sqs, kafka"),
            ({"pollers": {"p": {"count": 0}}}, "bill.pollers.p.count", "is not a whole number from 1"),
            ({"pollers": {"p": {"time": "31 d"}}}, "bill.pollers.p.time", "above the maximum of 720 h (the month)"),
            ({"region": "eu-west-1", "functions": {"f": {}}}, "bill.region", "is not a field of this part"),
        ],
    )
    def test_is_refused_with_field_and_limit(self, body, field, says):
        error = refused(body)

        assert error.field == field
        assert says in str(error)

    def test_takes_a_function_of_which_nothing_is_said(self):
        found = bill.plan({"functions": {"später": None}}, TRUTH).answer(TRUTH).metrics

        assert found["bill_of.später"] == 0


KEYS = (
    "memory", "tmp", "architecture", "requests", "duration", "curve", "init", "cold_share", "fails", "memory_used", "kind",
    "payload", "streamed_response", "tenant_environments", "runtime", "package", "provisioned_concurrency", "provisioned_time",
    "provisioned_periods", "provisioned_share", "snapstart", "durable", "instances", "versions", "price", "128 MB", "time",
)  # fmt: skip
PLAUSIBLE = (
    "128 MB", "10240 MB", "1 s", "900 s", "30 d", "50 %", "1", "yes", "no", "1 per 1 us", "async", "python3.13", "java21",
    "1 USD per hour", "1e15", "-1", "1e-15 s", "\u0663", "nan", "1,000", "\ud800", "", " ", "0",
)  # fmt: skip
anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(),
        st.text(max_size=6),
        st.sampled_from(PLAUSIBLE),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=4), st.integers()), inner, max_size=4),
    ),
    max_leaves=8,
)
bodies = st.one_of(
    anything,
    st.fixed_dictionaries(
        {
            "functions": st.dictionaries(
                st.sampled_from(["f", "g", ""]), st.dictionaries(st.sampled_from(KEYS), anything, max_size=5)
            )
        },
        optional={"month": anything, "free_tier": anything, "pollers": anything},
    ),
)


def attempt(work: Callable[[], Answer]) -> Answer | ScenarioError:
    try:
        return work()
    except ScenarioError as error:
        return error


class TestAnythingAtAll:
    @settings(max_examples=400, deadline=None)
    @given(bodies)
    def test_gives_an_answer_or_says_what_is_wrong(self, body):
        found = attempt(lambda: simulate(read({"bill": body})).answers[0])

        assert found.field if isinstance(found, ScenarioError) else found.metrics["bill.total"] >= 0

    @settings(max_examples=400, deadline=None)
    @given(st.sampled_from(KEYS), st.one_of(anything, st.sampled_from(PLAUSIBLE)))
    def test_in_one_field_gives_an_answer_or_names_it(self, key, value):
        found = attempt(lambda: bill.plan({"functions": {"f": {key: value}}}, TRUTH).answer(TRUTH))

        assert not isinstance(found, ScenarioError) or found.field.startswith("bill.functions.f")
