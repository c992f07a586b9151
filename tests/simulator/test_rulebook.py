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
