"""Levels and rates over time."""

import pytest

from studyapp.simulator.errors import ClaimError
from studyapp.simulator.series import SERIES, levels
from studyapp.simulator.trace import ACCOUNT_FULL, API_RATE, ERROR
from tests.simulator.traces import Hand, S, events, queue, stream
from tests.simulator.worlds import one, run


def steps(hand: Hand, name: str) -> list[tuple[float, float]]:
    return [(at / S, value) for at, value in hand.outcome.series(name)]


class TestLevels:
    def test_begin_at_0_and_hold_one_step_for_each_change(self) -> None:
        assert levels([(5, 1), (5, 1), (7, -1), (9, 2), (9, -2)]) == [(0, 0), (5, 2), (7, 1)]
        assert levels([(0, 3), (4, -3)]) == [(0, 3), (4, 0)]
        assert levels([]) == [(0, 0)]


class TestSeries:
    def test_of_concurrency_rises_to_its_metric(self) -> None:
        outcome = run(one(arrivals={"poisson": "20 per 1 s", "for": "20 s"}))

        assert max(value for _, value in outcome.series("concurrency")) == outcome.value("peak_concurrency")
        assert outcome.series("concurrency")[-1][1] == 0

    def test_of_environments_falls_when_they_are_reclaimed(self) -> None:
        outcome = run(one(arrivals={"at": ["0 s", "700 s"]}), belief={"idle_lifetime": "300 s"})

        assert [value for _, value in outcome.series("environments")] == [1, 0, 1]

    def test_of_a_queue_tells_waiting_from_in_flight(self) -> None:
        hand = queue().arrives(0, 0, 1).receives(0, 0).runs(0, 2, 0, status=ERROR).receives(2, 1, 2).runs(3, 2, 1, 2)
        hand.receives(30, 0).runs(30, 2, 0, attempt=2)

        assert steps(hand, "queue_depth") == [(0, 1), (1, 2), (2, 0)]
        assert steps(hand, "in_flight") == [(0, 1), (2, 3), (5, 1), (32, 0)]

    def test_of_a_stream_counts_records_that_are_not_run(self) -> None:
        hand = stream().arrives(0, 0, 0).runs(1, 1, 0, 1, status=ERROR).runs(4, 1, 0, 1, attempt=2).runs(5, 1, 2)

        assert steps(hand, "queue_depth") == [(0, 3), (1, 1), (2, 3), (4, 1), (5, 0)]
        assert steps(hand, "in_flight") == [(0, 0), (1, 2), (2, 0), (4, 2), (5, 1), (6, 0)]
        assert steps(hand, "iterator_age") == [(0, 0), (1, 1), (4, 4), (5, 5)]

    def test_of_rates_count_by_the_second(self) -> None:
        hand = events("api").arrives(0.1, 0.9, 2.5).runs(0.1, 1, 0, status=ERROR)
        hand.refuses(0.9, 1, ACCOUNT_FULL).refuses(2.5, 2, API_RATE)

        assert steps(hand, "arrivals") == [(0, 2), (1, 0), (2, 1), (3, 0)]
        assert steps(hand, "tries") == steps(hand, "arrivals")
        assert steps(hand, "throttles") == [(0, 1), (1, 0)]
        assert steps(hand, "invocations") == steps(hand, "errors") == [(0, 1), (1, 0)]

    def test_of_one_function_leave_the_others_out(self) -> None:
        data = {
            "functions": {"f": {"duration": "1 s"}, "g": {"duration": "1 s"}},
            "sources": {name: {"calls": name, "arrivals": {"burst": 2}} for name in "fg"},
        }

        assert run(data).series("concurrency")[0] == (0, 4)
        assert run(data).only("g").series("concurrency")[0] == (0, 2)

    @pytest.mark.parametrize("name", sorted(SERIES))
    def test_begin_at_0_and_go_on_in_order(self, name: str) -> None:
        moments = [at for at, _ in run(one("sqs", {"burst": 30}, fails="20 %")).series(name)]

        assert moments[0] == 0
        assert moments == sorted(set(moments))

    def test_that_nobody_knows_are_refused(self) -> None:
        with pytest.raises(ClaimError, match="latency: there is no such series; there are concurrency"):
            run(one()).series("latency")
