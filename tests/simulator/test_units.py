"""A number with a unit is read as such or refused; no unit is passed over."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from studyapp.simulator import TRUTH, patch, read, units
from studyapp.simulator.errors import RulebookError, ScenarioError
from tests.simulator.queue_worlds import queue
from tests.simulator.worlds import one

Reader = Callable[[object], object]


class TestANumberWithoutAUnit:
    @pytest.mark.parametrize("text", ["128 MB", "10 %", "5 s", "2 h", "1 B", "40 per 1 s", "1.5.2", "1 2", "1,00"])
    def test_is_a_count_only_without_one(self, text: str) -> None:
        with pytest.raises(units.UnitError, match="is not a whole number"):
            units.count(text)

    def test_is_told_which_unit_it_has_not(self) -> None:
        with pytest.raises(units.UnitError, match="is not a whole number: MB is a unit, and this has none"):
            units.count("128 MB")

    @pytest.mark.parametrize(
        ("text", "count"),
        [("100 executions", 100), ("1,000 requests", 1_000), ("6000000000 GB-s per month", 6 * 10**9), ("2e3", 2_000)],
    )
    def test_may_say_of_what(self, text: str, count: int) -> None:
        assert units.count(text) == count

    @pytest.mark.parametrize("reader", [units.number, units.fraction])
    @pytest.mark.parametrize("text", ["0.5 s", "0.5 MB", "50 percent", "50 % of it"])
    def test_can_be_a_percentage_and_nothing_else(self, reader: Reader, text: str) -> None:
        assert reader("50 %") == reader("0.5") == 0.5
        with pytest.raises(units.UnitError, match="is not a number or a percentage"):
            reader(text)

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("source.arrivals", {"burst": "128 MB"}),
            ("function.reserved_concurrency", "5 s"),
            ("function.async_retries", "2 h"),
            ("function.fails", "0.5 s"),
            ("function.duration", {"lognormal": "1 s", "cv": "2 s"}),
        ],
    )
    def test_is_refused_with_one_in_a_scenario(self, path: str, value: object) -> None:
        with pytest.raises(ScenarioError):
            read(patch(one(), {path: value}))

    @pytest.mark.parametrize("rule", ["tier_x86_second", "price_request"])
    def test_is_refused_with_one_in_a_belief(self, rule: str) -> None:
        with pytest.raises(RulebookError, match=rule):
            TRUTH.believing({rule: "1e3 s"})


class TestASize:
    @pytest.mark.parametrize(
        ("text", "kilobytes"), [("0 B", 0), ("1 B", 1), ("1024 B", 1), ("1025 B", 2), ("0.1 MB", 103)]
    )
    def test_is_rounded_up(self, text: str, kilobytes: int) -> None:
        assert units.size(text) == kilobytes

    def test_is_converted_without_rounding(self) -> None:
        assert units.converted(Decimal(2), "KB", "B") == 2_048
        with pytest.raises(units.UnitError, match="is in s, the other in KB"):
            units.converted(Decimal(2), "KB", "s")

    def test_of_a_byte_too_many_breaks_the_quota(self) -> None:
        with pytest.raises(ScenarioError, match="1,025 KB is above the maximum of 1,024 KB"):
            read(queue(payload="1048577 B"))

    def test_is_never_below_nothing(self) -> None:
        with pytest.raises(ScenarioError, match="payload: -1 B is below 0 KB"):
            read(patch(one(), {"source.payload": "-1 B"}))


class TestATime:
    def test_before_the_beginning_is_written_as_one(self) -> None:
        assert units.show_time(-1_000_000) == "-1 s"

    def test_that_ends_a_run_is_longer_than_none(self) -> None:
        with pytest.raises(ScenarioError, match="horizon: 0 s is not longer than no time"):
            read({**one(), "horizon": "0 s"})


class TestNumbersOfEvents:
    @pytest.mark.parametrize(
        ("events", "says"),
        [
            ([3, 0], "0 is not the number of an event: they are counted from 1"),
            (-5, "-5 is not the number of an event: they are counted from 1"),
            ([], r"\[\] names no event: write never for none"),
        ],
    )
    def test_are_counted_from_1(self, events: object, says: str) -> None:
        with pytest.raises(ScenarioError, match=f"fails.events: {says}"):
            read(patch(one(), {"function.fails": {"events": events}}))
