from dataclasses import fields

import pytest

from studyapp.simulator import TRUTH
from studyapp.simulator.errors import RulebookError
from studyapp.simulator.rulebook import Rulebook, assumptions, digest
from studyapp.simulator.units import READERS, Rate


class TestBelieving:
    @pytest.mark.parametrize(
        ("name", "text", "value"),
        [
            ("scaling_rate", "500 per 60 s", Rate(500, 60_000_000)),
            ("scaling_rate", "none", None),
            ("timeout_max", "300 s", 300_000_000),
            ("price_request", "0.20 USD per 1000000 requests", 0.2e-6),
            ("request_rate_factor", "10 requests per second per unit of concurrency", 10),
            ("account_concurrency", "1,000 executions per Region", 1000),
            ("vcpu_memory", "1769 MB per vCPU", 1769),
            ("async_payload_max", "256 KB", 256),
            ("init_is_billed", False, False),
            ("routing", "random", "random"),
        ],
    )
    def test_reads_what_people_write(self, name: str, text: object, value: object) -> None:
        assert getattr(TRUTH.believing({name: text}), name) == value

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("speed_of_light", 1),
            ("timeout_max", "soon"),
            ("timeout_max", "none"),
            ("routing", "best"),
            ("billing_step", 5),
        ],
    )
    def test_refuses_what_it_does_not_know(self, name: str, value: object) -> None:
        with pytest.raises(RulebookError, match=name):
            TRUTH.believing({name: value})

    @pytest.mark.parametrize(
        ("name", "value", "says"),
        [
            ("init_is_billed", 10**5_000, "a value that is too long to show cannot be read as a flag"),
            ("timeout_max", Rate(1_000, 10_000_000), "1,000 per 10 s is a rate, not a time"),
            ("scaling_rate", Rate(1, 0), "1 per 0 s is a rate per no time at all"),
            ("provisioned_alloc_rate", Rate(0, 1), "0 per 0.001 ms is too low for any world: it is at least 1"),
            ("sdk_tries", 1_000_000, "1000000 is too high for any world: it is at most 100"),
            ("init_limit", "24 h", "'24 h' is too high for any world: it is at most 4,200 s"),
            ("memory_max", "0 MB", "'0 MB' is too low for any world: it is at least 1 MB"),
            ("routing", {"best": 1}, "a mapping is not a word"),
        ],
        ids=lambda value: str(value) if isinstance(value, str) else "",
    )
    def test_says_why_a_value_cannot_be(self, name: str, value: object, says: str) -> None:
        with pytest.raises(RulebookError) as error:
            TRUTH.believing({name: value})
        assert str(error.value) == f"{name}: {says}"

    def test_leaves_the_truth_alone(self) -> None:
        assert TRUTH.believing({"memory_max": "3008 MB"}) != TRUTH == Rulebook()


class TestEveryRule:
    def test_has_a_unit_that_can_be_read(self) -> None:
        assert all(field.metadata["unit"] in READERS for field in fields(Rulebook))

    def test_is_part_of_the_digest(self) -> None:
        assert digest(TRUTH) == digest(Rulebook()) != digest(TRUTH.believing({"async_first_wait": "61 s"}))


class TestAssumptions:
    def test_start_with_the_default_and_offer_another(self) -> None:
        for name, values, _ in assumptions():
            assert values[0] == getattr(TRUTH, name)
            assert len(set(values)) > 1
