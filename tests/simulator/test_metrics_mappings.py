"""Metrics of queues and streams, from traces written by hand."""

import pytest

from studyapp.simulator.trace import (
    ACCOUNT_FULL,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    ERROR,
    EXPIRED,
    FILTERED,
    NO_MATCH,
    NOT_READ,
    OUT_OF_MEMORY,
    RECEIVES_USED_UP,
    RETRIES_EXHAUSTED,
)
from tests.simulator.traces import Hand, queue, stream


def values(hand: Hand, *names: str) -> list[object]:
    return [hand.outcome.value(name) for name in names]


class TestBatches:
    def test_are_counted_as_runs_and_their_records_as_events(self) -> None:
        hand = queue().arrives(0, 0, 0).receives(0, 0, 1, 2).runs(0, 2, 0, 1).runs(0, 2, 2, environment=1)

        assert values(hand, "invocations", "batches", "batch_size_mean", "batch_size_max") == [2, 2, 1.5, 2]
        assert values(hand, "requests", "delivered", "invoked_events", "deleted_events") == [3, 3, 3, 3]

    def test_that_fail_give_all_back(self) -> None:
        hand = queue().arrives(0, 0).receives(0, 0, 1).runs(0, 2, 0, 1, status=OUT_OF_MEMORY)

        assert values(hand, "errors", "out_of_memory", "failed_invoke_events", "delivered") == [1, 1, 2, 0]

    def test_that_report_failures_are_no_errors(self) -> None:
        hand = queue().arrives(0, 0, 0).runs(0, 2, 0, 1, 2, back=[1])

        assert values(hand, "errors", "failed_invoke_events", "delivered", "deleted_events") == [0, 1, 2, 2]

    def test_are_retries_once_one_of_their_records_was_run_before(self) -> None:
        hand = queue().arrives(0, 0, 30).runs(0, 2, 0, 1, back=[1]).runs(30, 2, 2, 1).runs(40, 2, 2, attempt=2)

        assert values(hand, "invocations", "retries") == [3, 2]

    def test_are_throttled_once_whatever_they_hold(self) -> None:
        hand = queue().arrives(0, 0, 0).refuses(0, 0, ACCOUNT_FULL).runs(1, 2, 0, 1, 2)

        assert values(hand, "throttles", "Throttles", "invocations", "errors") == [1, 1, 1, 0]

    def test_cost_one_request_and_their_time(self) -> None:
        hand = queue().arrives(*[0] * 10).runs(0, 2, *range(10))

        assert values(hand, "cost.requests", "billed_gb_s") == [0.20e-6, 2.0]


class TestQueues:
    def test_deliver_once_more_when_a_run_outlasts_the_visibility_timeout(self) -> None:
        hand = (
            queue().arrives(0).receives(0, 0).runs(0, 40, 0).receives(30, 0).runs(30, 40, 0, environment=1, attempt=2)
        )

        assert values(hand, "receives", "delivered", "duplicates", "deleted_events") == [2, 1, 1, 1]

    def test_tell_of_a_messages_receives(self) -> None:
        hand = queue().arrives(0, 0)
        for at in (0, 30, 60):
            hand.receives(at, 0).runs(at, 2, 0, status=ERROR, attempt=1 + at // 30)
        hand.receives(0, 1).runs(0, 2, 1).ends(90, DEAD_LETTERED, RECEIVES_USED_UP, 0)

        assert values(hand, "first_receive_at", "second_receive_at", "last_receive_at") == [0, 30, 60]
        assert values(hand, "moved_to_dlq_at", "dead_letters", "attempts", "events_lost") == [90, 1, 3, 0]

    def test_hold_what_is_visible_and_what_is_in_flight(self) -> None:
        hand = queue().arrives(0, 0, 0).receives(0, 0).runs(0, 2, 0).receives(2, 1, 2).runs(4, 2, 1, 2)

        assert values(hand, "messages_waiting_max", "messages_in_flight_max") == [2, 2]

    def test_have_an_oldest_message_until_it_is_deleted_or_moved(self) -> None:
        hand = queue().arrives(0, 1).receives(0, 0).runs(0, 2, 0).receives(1, 1).runs(1, 2, 1, status=ERROR)

        assert hand.outcome.value("oldest_message_age_max") == 2
        assert hand.ends(31, DEAD_LETTERED, RECEIVES_USED_UP, 1).outcome.value("oldest_message_age_max") == 30

    def test_delete_what_they_filter_out_without_a_run(self) -> None:
        hand = queue().arrives(0, 0).receives(0, 0, 1).ends(0, FILTERED, NO_MATCH, 0).runs(0, 1, 1)

        assert values(hand, "polled_events", "filtered_out", "invoked_events", "events_lost") == [2, 1, 1, 0]

    def test_lose_what_is_kept_for_too_long(self) -> None:
        assert values(queue().arrives(0).ends(60, DROPPED, EXPIRED, 0), "events_lost", "dropped_events") == [1, 0]


class TestWaiting:
    def test_is_from_the_arrival_to_the_first_run(self) -> None:
        hand = queue().arrives(0, 0, 0, 0).runs(0, 1, 0).runs(1, 1, 1, status=ERROR).runs(5, 1, 2, 3)
        hand.runs(40, 1, 1, attempt=2)

        assert values(hand, "wait_mean", "wait_p95", "p_wait") == [2.75, 5, 0.75]

    def test_is_over_when_the_most_that_waited_is_worked_off(self) -> None:
        hand = queue().arrives(0, 0, 0).runs(0, 2, 0).runs(2, 2, 1).runs(4, 2, 2)

        assert hand.outcome.value("drained_at") == 6
        assert hand.arrives(9).runs(9, 1, 3).outcome.value("drained_at") == 6

    def test_is_not_over_while_a_record_comes_back(self) -> None:
        hand = queue().arrives(0, 0).runs(0, 2, 0, 1, back=[1])

        assert hand.outcome.value("drained_at") is None
        assert hand.runs(30, 2, 1, attempt=2).outcome.value("drained_at") == 32

    def test_never_began_when_each_runs_at_once(self) -> None:
        assert queue().arrives(3).runs(3, 2, 0).outcome.value("drained_at") == 5


class TestStreams:
    def test_have_the_age_of_the_last_record_of_each_batch(self) -> None:
        hand = stream().arrives(0, 1, 2).runs(4, 1, 0, 1, status=ERROR).runs(6, 1, 0, 1, attempt=2).runs(7, 1, 2)

        assert values(hand, "iterator_age_max", "IteratorAge", "iterator_age_last") == [5, 5, 5]

    def test_have_no_age_before_the_first_batch(self) -> None:
        assert values(stream(), "iterator_age_max", "iterator_age_last") == [None, None]

    def test_drop_what_no_destination_keeps(self) -> None:
        hand = stream().arrives(0, 0, 0).runs(0, 1, 0, 1, status=ERROR)
        hand.ends(1, DROPPED, RETRIES_EXHAUSTED, 0, 1).ends(1, DESTINATION, RETRIES_EXHAUSTED, 1)
        hand.ends(9, DROPPED, NOT_READ, 2)

        assert values(hand, "dropped_events", "records_to_destination", "events_lost") == [1, 1, 2]
        assert values(hand, "polled_events", "records_delivered", "async_dropped") == [2, 0, 0]


class TestCloudWatchsNames:
    @pytest.mark.parametrize(
        ("theirs", "ours"),
        [
            ("PolledEventCount", "polled_events"),
            ("FilteredOutEventCount", "filtered_out"),
            ("InvokedEventCount", "invoked_events"),
            ("FailedInvokeEventCount", "failed_invoke_events"),
            ("DroppedEventCount", "dropped_events"),
            ("DeletedEventCount", "deleted_events"),
        ],
    )
    def test_are_understood(self, theirs: str, ours: str) -> None:
        outcome = queue().arrives(0, 0).receives(0, 0, 1).runs(0, 1, 0, 1, back=[0]).outcome

        assert outcome.value(theirs) == outcome.value(ours)
