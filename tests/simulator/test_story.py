"""What is told of each event, from traces written by hand."""

from itertools import pairwise

import pytest

from studyapp.simulator.trace import (
    ACCOUNT_FULL,
    API_RATE,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    ERROR,
    EXPIRED,
    FILTERED,
    NO_CONNECTION,
    NO_MATCH,
    NOT_READ,
    OK,
    RECEIVES_USED_UP,
    RETRIES_EXHAUSTED,
    SUCCESS,
    TOO_OLD,
)
from tests.simulator.traces import events, queue, stream, told
from tests.simulator.worlds import one, run


class TestMessages:
    def test_of_a_batch_have_a_start_and_a_run_each(self) -> None:
        outcome = queue().arrives(0, 0, 1).receives(0, 0, 1).receives(1, 2).runs(1, 2, 0, 1, 2, init=0.5).outcome

        assert told(outcome, 1) == [
            ("batch_window", 0, 1),
            ("init", 1, 1.5),
            ("invoke", 1.5, 3.5),
            ("delivered", 3.5, 3.5),
        ]
        assert told(outcome, 3) == [("init", 1, 1.5), ("invoke", 1.5, 3.5), ("delivered", 3.5, 3.5)]
        assert {(span.batch, span.environment) for span in outcome.spans if span.kind == "invoke"} == {(3, 1)}

    def test_wait_in_the_queue_and_say_so(self) -> None:
        spans = queue().arrives(0).receives(4, 0).runs(4, 2, 0).outcome.spans

        assert (spans[0].kind, spans[0].end_us, spans[0].reason, spans[0].noun) == (
            "queued", 4_000_000, "waits in the queue", "message",
        )  # fmt: skip

    def test_are_hidden_after_a_failure_until_their_visibility_timeout(self) -> None:
        hand = queue().arrives(0).receives(0, 0).runs(0, 2, 0, status=ERROR).receives(31, 0).runs(31, 2, 0, attempt=2)

        assert told(hand.outcome) == [
            ("invoke", 0, 2), ("visibility_wait", 2, 30), ("queued", 30, 31), ("invoke", 31, 33), ("delivered", 33, 33),
        ]  # fmt: skip
        assert [span.attempt for span in hand.outcome.spans if span.kind == "invoke"] == [1, 2]

    def test_that_are_given_back_say_so_though_the_run_is_ok(self) -> None:
        outcome = queue().arrives(0, 0).receives(0, 0, 1).runs(0, 2, 0, 1, back=[1]).outcome

        assert [span.status for span in outcome.spans if span.kind == "invoke"] == ["ok", "given back"]
        assert [span.event for span in outcome.spans if span.kind == "delivered"] == [1]

    def test_of_a_throttled_batch_wait_with_its_first(self) -> None:
        hand = queue().arrives(0, 0).receives(0, 0, 1).refuses(0, 0, ACCOUNT_FULL).runs(3, 2, 0, 1)

        assert told(hand.outcome, 1) == [
            ("throttled", 0, 0), ("retry_wait", 0, 3), ("invoke", 3, 5), ("delivered", 5, 5),
        ]  # fmt: skip
        assert told(hand.outcome, 2) == [("retry_wait", 0, 3), ("invoke", 3, 5), ("delivered", 5, 5)]

    def test_that_no_run_took_in_time_are_visible_again(self) -> None:
        hand = queue(horizon="50 s").arrives(0).receives(0, 0).refuses(1, 0, ACCOUNT_FULL)

        assert told(hand.outcome) == [
            ("batch_window", 0, 1), ("throttled", 1, 1), ("visibility_wait", 1, 30), ("queued", 30, 50),
        ]  # fmt: skip

    def test_are_moved_to_the_dead_letter_queue_at_the_end(self) -> None:
        hand = queue().arrives(0).receives(0, 0).runs(0, 2, 0, status=ERROR)
        outcome = hand.ends(30, DEAD_LETTERED, RECEIVES_USED_UP, 0).outcome

        assert told(outcome)[1:] == [("visibility_wait", 2, 30), ("dead_lettered", 30, 30)]
        assert outcome.spans[-1].reason == "it has been received too often"

    def test_that_are_done_twice_are_delivered_once_more(self) -> None:
        """Visible again during a run that is longer than the visibility timeout."""
        hand = (
            queue().arrives(0).receives(0, 0).runs(0, 40, 0).receives(30, 0).runs(30, 40, 0, environment=1, attempt=2)
        )

        says = [span.reason for span in hand.outcome.spans if span.kind == "delivered"]
        assert says[0] == ""
        assert says[1].startswith("delivered once more: it was visible again before its first run was done")

    @pytest.mark.parametrize("delay", [3, 7])
    def test_wait_for_the_delay_of_their_queue_first(self, delay: int) -> None:
        hand = queue(delay="3 s").arrives(0).receives(delay, 0).runs(delay, 1, 0)

        waits = [span for span in hand.outcome.spans if span.kind == "queued"]
        assert [(span.end_us / 1e6, span.reason) for span in waits] == [
            (3, "held back by the delay of its queue"), (7, "waits in the queue"),
        ][: 1 + (delay > 3)]  # fmt: skip

    def test_that_wait_at_the_end_of_the_run_wait_until_then(self) -> None:
        assert told(queue(horizon="20 s").arrives(5).outcome) == [("queued", 5, 20)]


class TestRecords:
    def test_wait_in_their_shard_and_for_their_batch(self) -> None:
        hand = stream().arrives(0, 0).runs(0, 1, 0, status=ERROR).runs(2, 1, 0, attempt=2).runs(3, 1, 1)

        assert told(hand.outcome, 1) == [
            ("invoke", 0, 1), ("retry_wait", 1, 2), ("invoke", 2, 3), ("delivered", 3, 3),
        ]  # fmt: skip
        assert told(hand.outcome, 2)[0] == ("queued", 0, 3)
        assert {span.reason for span in hand.outcome.spans if span.kind == "queued"} == {"waits in its shard"}

    @pytest.mark.parametrize(
        ("kind", "reason", "span", "says"),
        [
            (FILTERED, NO_MATCH, "filtered", "it does not match the filter"),
            (DROPPED, EXPIRED, "dropped", "its source has kept it for as long as it keeps anything"),
            (DROPPED, NOT_READ, "dropped", "it lies before the mapping's starting position"),
            (DROPPED, TOO_OLD, "dropped", "the record is too old, and nothing keeps it"),
        ],
    )
    def test_end_with_a_reason(self, kind: int, reason: int, span: str, says: str) -> None:
        last = stream().arrives(0).ends(4, kind, reason, 0).outcome.spans[-1]

        assert (last.kind, last.reason, last.noun) == (span, says, "record")

    def test_that_a_destination_keeps_are_not_lost(self) -> None:
        hand = stream().arrives(0).runs(0, 1, 0, status=ERROR)
        hand.ends(1, DROPPED, RETRIES_EXHAUSTED, 0).ends(1, DESTINATION, RETRIES_EXHAUSTED, 0)

        assert [kind for kind, _, _ in told(hand.outcome)][-1] == "destination"
        assert "dropped" not in [span.kind for span in hand.outcome.spans]


class TestEvents:
    def test_that_come_twice_are_told_apart(self) -> None:
        hand = events().arrives(0).runs(0, 2, 0, status=ERROR).runs(10, 2, 0, attempt=0).runs(62, 2, 0, attempt=2)

        assert told(hand.outcome) == [
            ("invoke", 0, 2), ("retry_wait", 2, 62), ("invoke", 10, 12), ("delivered", 12, 12),
            ("invoke", 62, 64), ("delivered", 64, 64),
        ]  # fmt: skip
        assert [span.attempt for span in hand.outcome.spans if span.kind == "invoke"] == [1, 0, 2]

    def test_say_how_a_run_failed(self) -> None:
        spans = events().arrives(0).runs(0, 2, 0, status=NO_CONNECTION).outcome.spans

        assert "no connection" in [span.status for span in spans]

    def test_may_go_on_to_a_destination_when_they_are_done(self) -> None:
        hand = events().arrives(0).runs(0, 2, 0, status=OK).ends(2, DESTINATION, SUCCESS, 0)

        assert [kind for kind, _, _ in told(hand.outcome)] == ["invoke", "delivered", "destination"]


class TestRequests:
    def test_that_never_reached_lambda_are_refused(self) -> None:
        spans = events("api").arrives(0).refuses(0, 0, API_RATE).outcome.spans

        assert [(span.kind, span.noun) for span in spans] == [("refused", "request")]

    def test_wait_for_their_caller_to_try_again(self) -> None:
        hand = events("sync").arrives(0).refuses(0, 0, ACCOUNT_FULL).runs(2, 1, 0)

        wait = next(span for span in hand.outcome.spans if span.kind == "retry_wait")
        assert (wait.start_us, wait.end_us, wait.reason) == (0, 2_000_000, "its caller waits before it tries again")

    def test_do_not_wait_on_when_the_run_is_over(self) -> None:
        assert told(events("sync", horizon="60 s").arrives(0).runs(0, 1, 0, status=ERROR).outcome)[-1][0] == "invoke"


class TestEverySpan:
    def test_of_an_event_follows_the_one_before(self) -> None:
        outcome = run(one("sqs", {"even": "3 per 1 s", "for": "20 s"}, fails="30 %", reserved_concurrency=2))

        for event in range(1, 61):
            spans = [span for span in outcome.spans if span.event == event]
            assert all(before.end_us == after.start_us for before, after in pairwise(spans))
