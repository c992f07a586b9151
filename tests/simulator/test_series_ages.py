"""What a queue holds over time, as derived from columns, against what the telling of its lives and the metrics say."""

import pytest

from studyapp.simulator.series_ages import queue_history
from studyapp.simulator.trace import DEAD_LETTERED, ERROR, RECEIVES_USED_UP
from tests.simulator.traces import S, queue
from tests.simulator.worlds import one, run

FLOW = {"even": "10 per 1 s", "for": "20 s"}
WORLDS = {
    "plain": ({"batch_size": 10, "maximum_concurrency": 2}, {}, {}),
    "poison": ({"batch_size": 5, "max_receive_count": 3}, {"fails": {"events": [4]}}, {}),
    "reported": ({"batch_size": 5, "partial_batch_responses": True, "max_receive_count": 2}, {"fails": "10 %"}, {}),
    "window": ({"batch_size": 50, "batch_window": "8 s"}, {"fails": {"first": 1}}, {}),
    "delay and filter": ({"delay": "5 s", "matches": "50 %"}, {}, {}),
    "retention": ({"retention": "60 s", "max_receive_count": 9}, {"fails": "always"}, {}),
    "throttled": ({"batch_size": 2, "visibility_timeout": "12 s"}, {"reserved_concurrency": 1}, {}),
    "duplicates": ({"duplicates": "20 %"}, {}, {}),
    "short visibility": (
        {"visibility_timeout": "2 s"},
        {"duration": "5 s"},
        {"sqs_visibility_covers_timeout": False},
    ),
    "at once again": ({}, {"fails": {"first": 2}}, {"sqs_failures_wait": False}),
}


def world(name: str):
    source, function, belief = WORLDS[name]
    data = one("sqs", FLOW, **function)
    data["sources"]["calls"] |= source
    return run(data | {"horizon": "300 s"}, belief=belief)


@pytest.mark.parametrize("name", WORLDS)
class TestHistory:
    def test_of_waiting_and_in_flight_is_that_of_all_lives(self, name: str) -> None:
        outcome = world(name)
        history = queue_history(outcome.view(), 0)

        assert history.waiting.steps(0, outcome.end_us) == list(outcome.series("queue_depth"))
        assert history.in_flight.steps(0, outcome.end_us) == list(outcome.series("in_flight"))

    def test_of_the_oldest_rises_to_its_metric(self, name: str) -> None:
        outcome = world(name)
        history = queue_history(outcome.view(), 0)

        assert max(age for _, age in history.oldest) == outcome.value("oldest_message_age_max")
        assert [at for at, _ in history.oldest] == sorted(at for at, _ in history.oldest)


class TestHistoryOfARunThatIsCutOff:
    def test_ends_with_it(self) -> None:
        data = one("sqs", FLOW, duration="5 s") | {"horizon": "12 s"}
        outcome = run(data)
        history = queue_history(outcome.view(), 0)

        before = [step for step in outcome.series("in_flight") if step[0] < 12 * S]
        assert history.in_flight.steps(0, 12 * S - 1) == before
        assert max(*history.waiting.ends, *history.in_flight.ends, *(at for at, _ in history.oldest)) == 12 * S


class TestHistoryOfFifo:
    def test_is_that_of_all_lives(self) -> None:
        data = one("sqs-fifo", FLOW, fails={"events": [7]})
        data["sources"]["calls"] |= {"message_groups": 3, "batch_size": 5, "max_receive_count": 2}
        outcome = run(data)
        history = queue_history(outcome.view(), 0)

        assert history.waiting.steps(0, outcome.end_us) == list(outcome.series("queue_depth"))
        assert history.in_flight.steps(0, outcome.end_us) == list(outcome.series("in_flight"))


class TestOldest:
    def test_falls_to_the_next_oldest_as_one_goes_and_to_nothing_as_the_last_goes(self) -> None:
        hand = (
            queue().arrives(0, 1).receives(0, 0).runs(0, 3, 0).receives(2, 1).runs(2, 4, 1).arrives(10).receives(10, 2)
        )
        hand.runs(10, 1, 2)

        ages = [(at / S, age) for at, age in queue_history(hand.outcome.view(), 0).oldest]
        assert ages == [(0, 0), (3, 3), (3, 2), (6, 5), (6, 0), (10, 0), (11, 1), (11, 0)]

    def test_goes_on_while_a_message_is_received_over_and_over(self) -> None:
        hand = queue(max_receive_count=2).arrives(0)
        hand.receives(0, 0).runs(0, 1, 0, status=ERROR).receives(30, 0).runs(30, 1, 0, attempt=2, status=ERROR)
        hand.ends(60, DEAD_LETTERED, RECEIVES_USED_UP, 0)

        assert queue_history(hand.outcome.view(), 0).oldest[-2:] == [(60 * S, 60.0), (60 * S, 0.0)]


class TestWhatIsNoQueue:
    def test_is_refused(self) -> None:
        with pytest.raises(ValueError, match="source 0 is no queue"):
            queue_history(run(one()).view(), 0)
