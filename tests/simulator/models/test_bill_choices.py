"""Which choice costs least, what each wrong idea makes of a bill, and how its lines are explained."""

from __future__ import annotations

from math import log
from typing import Any

import pytest
from django.conf import settings as django
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.content import raw
from studyapp.simulator import TRUTH
from studyapp.simulator.models import bill
from studyapp.simulator.models.bill.curve import duration_us
from tests.simulator.models.test_bill import metrics

BELIEFS = {entry.data.id: entry.data.patch for entry in raw.read(django.CONTENT).beliefs}
CURVE = {"128 MB": "8 s", "512 MB": "1900 ms", "1024 MB": "1 s", "2048 MB": "1 s"}
MEASURED = ((128, 8_000_000), (512, 2_000_000), (2048, 2_000_000))


def hops(target: str, function: dict[str, Any], believing: dict[str, object] | None = None, **body: Any) -> list[str]:
    rulebook = TRUTH.believing(believing or {})
    plain = {"memory": "1024 MB", "requests": 1_000_000, "duration": "1 s", **function}
    paths = bill.plan({"functions": {"f": plain}, **body}, rulebook).answer(rulebook).paths
    return next([hop.says for hop in path.hops] for path in paths if path.target == target)


class TestACurve:
    @pytest.mark.parametrize(
        ("memory", "us"), [(128, 8_000_000), (256, 4_000_000), (512, 2_000_000), (1000, 2_000_000)]
    )
    def test_follows_a_power_of_the_memory_between_two_sizes(self, memory, us):
        assert duration_us(MEASURED, memory, TRUTH) == us

    @settings(max_examples=80, deadline=None)
    @given(st.integers(128, 512), st.integers(1, 10**8), st.integers(1, 10**8))
    def test_lies_between_its_neighbours(self, memory, first, second):
        found = duration_us(((128, first), (512, second)), memory, TRUTH)

        assert min(first, second) <= found <= max(first, second)
        if min(first, second) > 1_000:
            wanted = log(first) + (log(second) - log(first)) * log(memory / 128) / log(4)
            assert log(found) == pytest.approx(wanted, abs=1e-3)

    def test_is_flat_where_memory_moves_no_cpu(self):
        rulebook = TRUTH.believing({"memory_moves_cpu": "no"})

        assert {duration_us(MEASURED, memory, rulebook) for memory in (128, 300, 2048)} == {8_000_000}


class TestTheCheapestSize:
    def test_can_have_more_memory(self):
        found = metrics(duration=None, memory="128 MB", curve=CURVE)

        assert (found["cheapest.f"], found["fastest.f"]) == (512, 1024)
        assert found["cheapest_cost.f"] == pytest.approx(0.2 + 950_000 * 0.0000166667)
        assert found["bill.total"] == pytest.approx(0.2 + 1_000_000 * 0.0000166667)

    def test_is_the_faster_of_two_that_cost_the_same(self):
        assert metrics(duration=None, memory="256 MB", curve={"256 MB": "4 s", "1024 MB": "1 s"})["cheapest.f"] == 1024

    def test_is_large_enough_for_the_code(self):
        found = metrics(duration=None, memory="1024 MB", memory_used="600 MB", curve=CURVE)

        assert found["cheapest.f"] == 1024

    def test_looks_at_measured_sizes_alone(self):
        found = metrics(duration=None, memory="700 MB", curve=CURVE)

        assert found["cheapest.f"] == 512
        assert "cheapest.f" not in metrics()

    @settings(max_examples=80, deadline=None)
    @given(
        st.dictionaries(st.integers(128, 10_240), st.integers(1, 900_000), min_size=2, max_size=8),
        st.integers(1, 10**7),
    )
    def test_costs_what_the_bill_says_and_no_more_than_any_other(self, curve, requests):
        written = {f"{memory} MB": f"{ms} ms" for memory, ms in curve.items()}
        each = {
            memory: metrics(duration=None, memory=f"{memory} MB", requests=requests, curve=written) for memory in curve
        }

        found = each[min(curve)]

        assert found["cheapest_cost.f"] == pytest.approx(min(one["bill.total"] for one in each.values()))
        assert each[found["cheapest.f"]]["bill.total"] == pytest.approx(found["cheapest_cost.f"])
        assert curve[found["fastest.f"]] == min(curve.values())


class TestArm64:
    def test_saves_a_fifth_of_duration_and_nothing_of_requests(self):
        found = metrics()

        assert found["arm_saving.f"] == pytest.approx(16.6667 - 13.3334)
        assert found["arm_saving_share.f"] == pytest.approx((16.6667 - 13.3334) / 16.8667)

    def test_saves_nothing_where_nothing_is_paid(self):
        assert metrics(requests=0)["arm_saving_share.f"] == 0

    def test_is_not_compared_for_managed_instances(self):
        assert "arm_saving.f" not in metrics(instances={"price": "1 USD per hour"})


class TestProvisionedConcurrency:
    def test_never_pays_where_a_run_in_it_saves_nothing(self):
        found = metrics(
            requests=0, provisioned_concurrency=1, believing={"price_x86_provisioned_run_gb_s": "1 USD per GB-s"}
        )

        assert (found["break_even.f"], found["break_even_rate.f"]) == (None, None)

    def test_never_pays_where_its_price_alone_is_above_what_it_saves(self):
        found = metrics(
            requests=0, provisioned_concurrency=1, believing={"price_x86_provisioned_gb_s": "1 USD per GB-s"}
        )

        assert found["break_even.f"] is None


READY = {"provisioned_concurrency": 1, "requests": 1_000}
PYTHON = {"snapstart": "yes", "runtime": "python3.13", "cold_share": "1 %"}


class TestABelief:
    """What is so in truth, and in the world where the idea is right."""

    @pytest.mark.parametrize(
        ("belief", "function", "metric", "truth", "believed"),
        [
            ("free-tier-ends", {"requests": 1_000}, "bill.total", 0, 0.0002 + 0.0166667),
            ("free-tier-for-everything", {**READY, "provisioned_share": 0}, "bill.requests", 0.0002, 0),
            ("free-tier-for-everything", {**READY, "provisioned_share": 0}, "bill.duration", 0.0166667, 0),
            ("idle-functions-cost", {"requests": 0}, "gb_s.f", 0, 2_592_000),
            ("idle-functions-cost", {"requests": 1_000}, "gb_s.f", 1_000, 2_592_000),
            ("used-memory-is-billed", {"memory_used": "256 MB"}, "gb_s.f", 1_000_000, 250_000),
            ("used-memory-is-billed", {}, "gb_s.f", 1_000_000, 1_000_000),
            ("failed-runs-are-free", {"fails": "30 %"}, "billed_requests.f", 1_000_000, 700_000),
            ("failed-runs-are-free", {"fails": "30 %"}, "gb_s.f", 1_000_000, 700_000),
            ("provisioned-is-billed-when-used", READY, "bill.provisioned", 10.8000864 + 0.0097222, 0.0097222),
            ("provisioned-runs-are-free", READY, "bill.provisioned", 10.8000864 + 0.0097222, 10.8000864),
            ("arm64-costs-the-same", {}, "arm_saving.f", 3.3333, 0),
            ("one-price-for-duration", {"requests": 7_000_000_000}, "bill.duration", 115_000.2 - 6, 116_666.9 - 6.66668),
            ("tmp-is-free", {"tmp": "1536 MB"}, "bill.storage", 0.0309, 0),
            ("all-of-tmp-is-billed", {"tmp": "512 MB"}, "bill.storage", 0, 0.01545),
            ("events-are-one-request", {"kind": "async", "payload": "1 MB"}, "billed_requests.f", 13_000_000, 1_000_000),
            ("snapstart-is-free", PYTHON, "bill.snapstart", 2_592_000 * 0.0000015046 + 10_000 * 0.0001397998, 0),
            ("durable-waits-are-billed", {"durable": {"wait": "9 s"}}, "gb_s.f", 1_000_000, 10_000_000),
            ("instances-come-on-top", {"instances": {"price": 1}}, "gb_s.f", 0, 1_000_000),
            ("every-streamed-byte-is-charged", {"streamed_response": "1 MB"}, "bill.streaming", 0, 0.008 * 1_000_000 / 1024),
            ("billing-rounds-to-100ms", {"duration": "120 ms"}, "gb_s.f", 120_000, 200_000),
            ("init-is-free", {"init": "1 s", "cold_share": "1 %"}, "gb_s.f", 1_010_000, 1_000_000),
        ],
    )  # fmt: skip
    def test_makes_another_bill(self, belief, function, metric, truth, believed):
        body = {"free_tier": "yes"}

        assert metrics(body, **function)[metric] == pytest.approx(truth)
        assert metrics(body, believing=BELIEFS[belief], **function)[metric] == pytest.approx(believed)

    def test_in_a_free_tier_for_each_function_makes_all_of_them_free(self):
        each = {"memory": "128 MB", "requests": 900_000, "duration": "1 ms"}
        body = {"free_tier": "yes", "functions": {"a": each, "b": each}}
        believing = TRUTH.believing(BELIEFS["free-tier-per-function"] or {})

        assert bill.plan(body, TRUTH).answer(TRUTH).metrics["bill.requests"] == pytest.approx(0.16)
        assert bill.plan(body, believing).answer(believing).metrics["bill.total"] == 0

    def test_that_memory_moves_no_cpu_finds_the_smallest_size_cheapest(self):
        found = metrics(duration=None, memory="128 MB", curve=CURVE, believing=BELIEFS["memory-does-not-move-cpu"])

        assert found["cheapest.f"] == 128

    @pytest.mark.parametrize(
        ("belief", "target", "function"),
        [
            ("free-tier-per-function", "requests", {}),
            ("idle-functions-cost", "duration", {}),
            ("used-memory-is-billed", "duration", {"memory_used": "256 MB"}),
            ("failed-runs-are-free", "requests", {"fails": "30 %"}),
            ("durable-waits-are-billed", "durable", {"durable": {"wait": "1 h"}}),
        ],
    )
    def test_is_said_to_be_one_where_it_decides(self, belief, target, function):
        said = hops(target, function, BELIEFS[belief], free_tier=True)

        assert any(each.endswith("if this were so.") or "if this were so;" in each for each in said)


class TestAnExplanation:
    def test_tells_how_requests_are_counted(self):
        assert hops("requests", {"requests": 3_000_000}, free_tier=True) == [
            "Its 3,000,000 runs count as 3,000,000 requests.",
            "1,000,000 of them are free; 2,000,000 requests are charged.",
            "2,000,000 at 0.2 USD per million cost 0.40 USD.",
        ]

    def test_tells_how_duration_is_counted(self):
        function = {
            "memory": "1536 MB",
            "requests": 3_000_000,
            "duration": "120 ms",
            "init": "400 ms",
            "cold_share": "1 %",
        }

        assert hops("duration", function, free_tier=True) == [
            "3,000,000 runs of 120 ms with 1,536 MB take 540,000 GB-s.",
            "The init of 30,000 cold starts adds 18,000 GB-s.",
            "400,000 GB-s are free; 158,000 GB-s are charged.",
            "158,000 GB-s on x86_64 at 0.0000166667 USD cost 2.63 USD.",
        ]

    def test_tells_what_each_tier_costs(self):
        assert hops("duration", {"requests": 7_000_000_000})[1:] == [
            "6,000,000,000 GB-s on x86_64 at 0.0000166667 USD cost 100,000.20 USD.",
            "1,000,000,000 GB-s on x86_64 at 0.000015 USD cost 15,000.00 USD.",
        ]

    def test_compares_measured_sizes(self):
        said = hops("memory of f", {"duration": None, "memory": "128 MB", "curve": {"128 MB": "8 s", "512 MB": "1 s"}})

        assert said == [
            "A run takes 8 s, and the month costs 16.87 USD.",
            "A run takes 1 s, and the month costs 8.53 USD.",
            "The lowest bill has 512 MB.",
        ]

    def test_leaves_out_lines_that_the_account_does_not_have(self):
        answer = bill.plan({"functions": {"f": {"requests": 0}}}, TRUTH).answer(TRUTH)

        assert [path.target for path in answer.paths] == ["total"]
