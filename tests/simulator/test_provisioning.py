"""When provisioned concurrency can be used, and from when on others cannot use it."""

from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import read
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.trace import PROVISIONED
from tests.simulator.worlds import Data, one, run

S = 1_000_000
ASKED = {"provisioned_claims_from": "asked"}


def asked_at(moment: str, count: int = 5, **function: object) -> Data:
    """`f` has provisioned concurrency that is asked for at `moment`; 5 of it can be used 90.05 s later."""
    return one(provisioned_concurrency=count, provisioned_ready={"allocated_at": moment}, **function)


def beside(moment: str, burst_at: str) -> Data:
    """An account of 300, of which `f` asks for 200 at `moment`, and a burst of 300 for `g`."""
    data = asked_at(moment, 200)
    data["functions"]["g"] = {"duration": "1 s"}
    data["sources"] = {"to-g": {"calls": "g", "arrivals": {"burst": 300, "at": burst_at}}}
    return data | {"account": {"concurrency": 300}}


def provisioned(data: Data, belief: Data | None = None) -> list[bool]:
    trace = run(data, belief=belief).trace
    return [trace.environment_kind[environment] == PROVISIONED for environment in trace.environment]


class TestProvisionedConcurrency:
    def test_leaves_its_reservation_to_others_until_it_is_ready(self) -> None:
        data = asked_at("100 s", reserved_concurrency=5, arrivals={"at": ["0 s", "150 s", "195 s"]})

        assert provisioned(data) == [False, False, True]
        assert provisioned(data, ASKED) == [False, True]
        assert run(data, belief=ASKED).metrics["throttles"] == 1

    @pytest.mark.parametrize(
        ("burst_at", "belief", "throttles"),
        [
            ("0 s", {}, 0),
            ("1091 s", {}, 0),
            ("1092 s", {}, 200),  # 90 s and 200 at 100 a second after 1,000 s
            ("999 s", ASKED, 0),
            ("1000 s", ASKED, 200),
            ("1092 s", {"account_concurrency": "none", "reserved_leaves_the_pool": "no"}, 0),
        ],
    )
    def test_is_taken_from_the_shared_pool_when_it_is_claimed(
        self, burst_at: str, belief: Data, throttles: int
    ) -> None:
        assert run(beside("1000 s", burst_at), belief=belief).metrics["g.throttles"] == throttles

    def test_is_drawn_as_free_for_others_where_it_is_at_first(self) -> None:
        assert run(beside("1000 s", "0 s")).limits == {"f": 300, "g": 300}
        assert run(beside("1000 s", "0 s"), {"functions.f.provisioned_ready": "yes"}).limits == {"f": 300, "g": 100}

    def test_counts_as_claimed_from_the_same_moment(self) -> None:
        assert run(beside("1000 s", "0 s")).metrics["claimed_peak"] == 300
        assert run(beside("0 s", "10 s"), belief=ASKED).metrics["claimed_peak"] == 300

    def test_waits_until_what_is_busy_leaves_room_for_it(self) -> None:
        data = asked_at("30 s", 10, duration="800 s", timeout="900 s", arrivals={"burst": 10, "at": "900 s"})
        data["functions"]["g"] = {"duration": "800 s", "timeout": "900 s"}
        data["sources"]["calls"]["calls"] = "f"
        data["sources"]["to-g"] = {"calls": "g", "arrivals": {"burst": 200}}
        data |= {"account": {"concurrency": 110}}

        for belief in ({}, ASKED):
            outcome = run(data, belief=belief)
            assert list(outcome.trace.provisioned_ready_at) == [800 * S]
            names = ("peak_concurrency", "claimed_peak", "provisioned_invocations")
            assert [outcome.metrics[name] for name in names] == [110, 110, 10]

    def test_that_never_finds_room_is_never_ready(self) -> None:
        data = asked_at("0 s", 10, arrivals={"at": ["100 s"]}, timeout="900 s")
        data["sources"]["calls"]["calls"] = "f"
        data["functions"]["g"] = {"duration": "800 s", "timeout": "900 s"}
        data["sources"]["to-g"] = {"calls": "g", "arrivals": {"burst": 200}}
        outcome = run(data | {"account": {"concurrency": 110}, "horizon": "500 s"})

        assert not outcome.trace.provisioned_ready_at
        assert [outcome.metrics[name] for name in ("f.throttles", "provisioned_invocations", "claimed_peak")] == [
            1,
            0,
            110,
        ]

    def test_lets_what_was_busy_before_it_was_claimed_come_to_its_end(self) -> None:
        data = beside("1000 s", "1091 s")
        data["sources"]["later"] = {"calls": "g", "arrivals": {"burst": 100, "at": "1093 s"}}
        data["functions"]["g"] |= {"duration": "10 s", "timeout": "20 s"}
        metrics = run(data).metrics

        assert (metrics["g.invocations"], metrics["g.throttles"], metrics["g.errors"]) == (300, 100, 0)

    @pytest.mark.parametrize(("init", "ready"), [("90 s", 90.05), ("120 s", 120.05)])
    def test_is_ready_when_its_longest_init_has_ended(self, init: str, ready: float) -> None:
        data = asked_at("0 s", init=init, timeout="900 s", arrivals={"at": [f"{ready - 0.01} s", f"{ready} s"]})

        assert provisioned(data) == [False, True]

    def test_spills_nothing_over_before_it_is_ready(self) -> None:
        data = asked_at("0 s", arrivals={"every": "10 s", "count": 20})
        busy = asked_at("0 s", arrivals={"bursts": [{"at": "0 s", "count": 7}, {"at": "100 s", "count": 7}]})

        assert run(data).metrics["spillover_invocations"] == 0
        assert run(busy).metrics["spillover_invocations"] == 2

    def test_is_refused_where_no_init_succeeds(self) -> None:
        with pytest.raises(ScenarioError) as error:
            read(asked_at("0 s", init_fails="always"))

        assert str(error.value) == (
            "functions.f.init_fails: always lets no provisioned concurrency be allocated: its status stays FAILED "
            "(Lambda provisioned concurrency)"
        )

    @given(
        st.integers(0, 40), st.integers(1, 50), st.sampled_from([None, 50]), st.sampled_from([{}, ASKED]),
        st.integers(1, 100),
    )  # fmt: skip
    @settings(max_examples=60, deadline=None)
    def test_is_nobody_elses_once_it_is_claimed(
        self, asked: int, count: int, reserved: int | None, belief: Data, seed: int
    ) -> None:
        more = {} if reserved is None else {"reserved_concurrency": reserved}
        data = asked_at(f"{asked} s", count, duration={"exp": "2 s"}, timeout="60 s", **more)
        data["sources"]["calls"]["arrivals"] = {"poisson": "80 per 1 s", "for": "120 s"}
        data |= {"account": {"concurrency": 150}}
        outcome = run(data, belief=belief, seed=seed)

        trace, most = outcome.trace, (150 if reserved is None else reserved) - count
        claimed = [*trace.provisioned_claimed_at, 10**18][0]
        spans = [
            span
            for row, span in enumerate(outcome.view().spans_of_use())
            if trace.environment_kind[trace.environment[row]] != PROVISIONED
        ]
        ends = sorted(end for _, end in spans)
        levels = [begun - bisect_right(ends, start) for begun, (start, _) in enumerate(spans, 1)]
        assert all(level <= most for level, (start, _) in zip(levels, spans, strict=True) if start >= claimed)
