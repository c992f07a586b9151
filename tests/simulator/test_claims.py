import pytest

from studyapp.simulator import read, simulate
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import ClaimError
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.misreadings_slips import READINGS
from tests.simulator.worlds import one, run

FAILING = run(one("s3", fails="always", duration="3 s", dead_letter_queue="yes"))
BUSY = run(one(arrivals={"burst": 10}, reserved_concurrency=6, init="500 ms"))
SEVERAL = run(
    {
        "functions": {
            "f": {"timeout": "60 s"},
            "g": {"reserved_concurrency": 1, "duration": "1 s", "timeout": "5 s"},
            "h": {"fails": "always", "duration": "10 s", "timeout": "60 s"},
        },
        "sources": {
            "to-g": {"calls": "g", "arrivals": {"burst": 3}},
            "to-h": {"calls": "h", "kind": "s3", "arrivals": {"at": ["1 s"]}},
        },
    }
)


SLIPS = {reading.__name__.replace("_", "-") for reading in READINGS}
"""Slips of arithmetic are of any number."""


class TestClaim:
    @pytest.mark.parametrize(
        ("text", "holds"),
        [
            ("attempts is 3", True),
            ("attempts is not 3", False),
            ("last attempt start is 186 s", True),
            ("last_attempt_start is between 180 s and 190 s and dead_letters >= 1", True),
            ("last_attempt_start < 3 min", False),
            ("cost.total < 0.01 USD", True),
            ("events_lost > 0", False),
            ("first_attempt_start is 0", True),
            ("duration_p50 <= 3,000 ms", True),
            ("dead_lettered_at is none", False),
        ],
    )
    def test_holds_or_does_not(self, text: str, *, holds: bool) -> None:
        assert Claim.parse(text).holds(FAILING) is holds

    def test_explains_itself(self) -> None:
        assert Claim.parse("throttles is 0").explain(BUSY) == "throttles is 0: it is 4, so it does not hold"

    def test_reads_back_as_itself(self) -> None:
        claim = Claim.parse("throttles > 0 and peak concurrency is between 5 and 6 and reach.internet is yes")

        assert Claim.parse(str(claim)) == claim

    @pytest.mark.parametrize(
        "text", ["", "throttles", "throttles > many", "> 3", "throttles > 0 and", "a is between 1"]
    )
    def test_refuses_what_cannot_be_read(self, text: str) -> None:
        with pytest.raises(ClaimError):
            Claim.parse(text)

    @pytest.mark.parametrize("text", ["happiness > 3", "dead_lettered_at is between 1 and 2"])
    def test_refuses_what_the_outcome_cannot_tell(self, text: str) -> None:
        with pytest.raises(ClaimError):
            Claim.parse(text).holds(BUSY)

    def test_finds_nothing_greater_than_none(self) -> None:
        assert not Claim.parse("dead_lettered_at > 1").holds(BUSY)


class TestAText:
    @pytest.mark.parametrize("text", ["no", "12", "3 s", "none", "50 %", "two  words"])
    def test_is_compared_as_it_is_written(self, text):
        steps = {"code": "v1", "steps": [{"configure": {"role": " ".join(text.split())}}]}
        outcome = simulate(read({"versions": steps}))

        assert Claim.parse(f"setting.latest.role is {text}").holds(outcome)
        assert not Claim.parse(f"setting.latest.role is not {text}").holds(outcome)
        assert not Claim.parse("setting.latest.role is other").holds(outcome)


class TestMisreadings:
    @pytest.mark.parametrize(
        ("name", "asked", "value"),
        [
            ("attempts-are-retries", "attempts", 2),
            ("attempts-are-retries", "last_attempt_start", 63),
            ("retries-are-attempts", "attempts", 4),
        ],
    )
    def test_of_retries(self, name: str, asked: str, value: float) -> None:
        assert MISREADINGS[name](FAILING, asked) == value

    @pytest.mark.parametrize(
        ("name", "asked", "value"),
        [
            ("throttles-are-errors", "errors", 4),
            ("throttles-are-invocations", "invocations", 10),
            ("throttled-and-served-swapped", "throttles", 6),
            ("duration-includes-init", "duration_p50", 1.5),
            ("every-request-is-cold", "cold_starts", 6),
            ("no-request-is-cold", "cold_starts", 1),
            ("requests-are-concurrency", "peak_concurrency", 10),
            ("everything-is-throttled", "throttles", 10),
            ("nothing-is-throttled", "throttles", 0),
        ],
    )
    def test_of_limits(self, name: str, asked: str, value: float) -> None:
        assert MISREADINGS[name](BUSY, asked) == value

    @pytest.mark.parametrize(
        ("name", "asked", "value"),
        [
            ("throttles-are-errors", "g.errors", 2),
            ("requests-are-concurrency", "g.peak_concurrency", 3),
            ("callers-wait-for-the-timeout", "g.response_max", 5),
            ("attempts-are-retries", "h.last_attempt_start", 71),
        ],
    )
    def test_know_the_metrics_of_one_function(self, name: str, asked: str, value: float) -> None:
        assert MISREADINGS[name](SEVERAL, asked) == value

    @pytest.mark.parametrize("name", [name for name in MISREADINGS if name not in SLIPS])
    def test_leave_other_metrics_alone(self, name: str) -> None:
        assert MISREADINGS[name](BUSY, "cost.total") == BUSY.value("cost.total")
