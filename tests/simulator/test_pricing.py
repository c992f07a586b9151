"""AWS's own worked examples, recomputed."""

import pytest

from studyapp.simulator import TRUTH
from studyapp.simulator.pricing import Usage, bill, billed_us
from tests.simulator.worlds import one, run


class TestBill:
    def test_of_three_million_requests_with_the_free_tier(self) -> None:
        lines = bill(Usage(requests=3_000_000, gb_s=540_000), free_tier=True)

        assert (round(lines.requests, 2), round(lines.duration, 2), round(lines.total, 2)) == (0.40, 2.33, 2.73)

    def test_of_snapstart(self) -> None:
        requests, month = 7_440_000, 31 * 86_400
        usage = Usage(
            requests=requests, gb_s=requests * 2, snapstart_cache_gb_s=month, snapstart_restored_gb=requests / 100
        )

        lines = bill(usage)

        assert (round(lines.requests, 2), round(lines.snapstart, 2), round(lines.total, 2)) == (1.49, 14.43, 263.92)

    def test_of_tenants_at_the_listed_rates(self) -> None:
        """AWS's page says 368.74: it rounds the rate of a new environment, 0.000166667, to 0.000167, and duration up."""
        usage = Usage(requests=10_000_000, gb_s=20_000_000, tenant_environment_gb=200_000)

        lines = bill(usage)

        assert (round(lines.requests, 2), round(lines.duration, 2), round(lines.tenants, 2)) == (2.00, 333.33, 33.33)
        assert round(lines.total, 2) == 368.67

    def test_has_no_free_tier_for_functions_with_provisioned_concurrency(self) -> None:
        usage = Usage("arm64", requests=1_500_000, provisioned_requests=3_000_000, provisioned_run_gb_s=600_000)

        lines = bill(usage, free_tier=True)

        assert lines.requests == pytest.approx((500_000 + 3_000_000) * 0.0000002)
        assert lines.provisioned == pytest.approx(600_000 * 0.0000077778)

    def test_changes_price_with_the_tier(self) -> None:
        assert bill(Usage(gb_s=7e9)).total == pytest.approx(115_000.2)
        assert bill(Usage("arm64", gb_s=20e9)).total == pytest.approx(
            100_000.5 + 11.25e9 * 0.0000120001 + 1.25e9 * 0.0000106667
        )

    def test_is_never_negative_whatever_tiers_are_believed_in(self) -> None:
        assert bill(Usage(gb_s=1e9), TRUTH.believing({"tier_x86_third": 100})).total > 0

    @pytest.mark.parametrize(
        ("belief", "billed"),
        [({}, 501_000), ({"init_is_billed": "no"}, 101_000), ({"billing_step": "100 ms"}, 600_000)],
    )
    def test_rounds_init_and_run_together(self, belief: dict[str, object], billed: int) -> None:
        assert billed_us(400_300, 100_200, TRUTH.believing(belief)) == billed


class TestCostOfARun:
    def test_counts_a_large_event_more_than_once(self) -> None:
        costs = [run(one("async"), {"source.payload": size}).metrics["cost.requests"] for size in ("256 KB", "1 MB")]

        assert costs == pytest.approx([0.2e-6, 13 * 0.2e-6])

    def test_adds_storage_above_what_is_free(self) -> None:
        metrics = run(one(tmp="1536 MB")).metrics

        assert metrics["cost.storage"] == pytest.approx(0.0000000309)
        assert metrics["cost.total"] == pytest.approx(0.0000000309 + 0.0000166667 + 0.2e-6)

    def test_is_lower_on_arm(self) -> None:
        assert run(one(architecture="arm64")).metrics["cost.duration"] == pytest.approx(0.0000133334)
