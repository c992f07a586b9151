"""What becomes of the messages of a queue, rule by rule."""

from itertools import pairwise

import pytest

from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.trace import DEAD_LETTERED, DROPPED, ERROR, FILTERED
from tests.simulator.queue_worlds import AT_THE_CAP, batches, deliveries, ends, queue, receives, starts
from tests.simulator.worlds import Data, run


class TestAFailedMessage:
    def test_is_received_each_visibility_timeout_and_then_moved(self) -> None:
        outcome = run(queue({"fails": "always", "duration": "2 s"}, batch_size=1, max_receive_count=3))

        assert receives(outcome) == starts(outcome) == [0, 30, 60]
        assert ends(outcome) == [(0, DEAD_LETTERED, 90)]
        assert list(outcome.trace.attempt) == [1, 2, 3]

    def test_takes_its_whole_batch_back_with_it(self) -> None:
        outcome = run(queue({"fails": {"events": [2]}}, arrivals={"burst": 3}, max_receive_count=2))

        assert batches(outcome) == [[0, 1, 2], [0, 1, 2]]
        assert ends(outcome) == [(0, DEAD_LETTERED, 60), (1, DEAD_LETTERED, 60), (2, DEAD_LETTERED, 60)]
        assert list(outcome.trace.status) == [ERROR, ERROR]

    def test_goes_back_alone_from_a_handler_that_names_it(self) -> None:
        data = queue(
            {"fails": {"events": [2]}}, arrivals={"burst": 3}, max_receive_count=2, partial_batch_responses="yes"
        )

        outcome = run(data)

        assert batches(outcome) == [[0, 1, 2], [1]]
        assert ends(outcome) == [(1, DEAD_LETTERED, 60)]
        assert deliveries(outcome) == {0: 1, 2: 1}

    def test_is_tried_until_retention_ends_without_a_redrive_policy(self) -> None:
        outcome = run(queue({"fails": "always"}, retention="100 s"))

        assert starts(outcome) == [0, 30, 60, 90]
        assert ends(outcome) == [(0, DROPPED, 100)]

    def test_is_delivered_when_its_cause_is_gone(self) -> None:
        outcome = run(queue({"fails": {"first": 1}}, max_receive_count=2))

        assert (starts(outcome), deliveries(outcome), ends(outcome)) == ([0, 30], {0: 1}, [])


class TestAVisibilityTimeout:
    SLOW = {"init": "5 s", "duration": "8 s"}

    def test_shorter_than_a_run_delivers_twice(self) -> None:
        outcome = run(queue(self.SLOW, visibility_timeout="10 s"))

        assert starts(outcome) == receives(outcome) == [0, 10]
        assert (deliveries(outcome), list(outcome.trace.attempt)) == ({0: 2}, [1, 2])

    def test_shorter_than_a_run_and_a_second_copy_deliver_three_times(self) -> None:
        outcome = run(queue(self.SLOW, visibility_timeout="10 s", duplicates="100 %"))

        assert (starts(outcome), list(outcome.trace.attempt)) == ([0, 10, 13], [1, 2, 0])

    def test_does_not_bring_back_what_was_deleted_meanwhile(self) -> None:
        outcome = run(queue({**self.SLOW, "reserved_concurrency": 1}, visibility_timeout="10 s"))

        assert starts(outcome) == [0, 13]  # received again at 10 s, while the first run went on
        assert receives(outcome) == [0, 10]

    def test_shorter_than_a_run_may_move_what_is_being_handled(self) -> None:
        outcome = run(queue(self.SLOW, visibility_timeout="10 s", max_receive_count=1))

        assert (ends(outcome), deliveries(outcome)) == ([(0, DEAD_LETTERED, 10)], {0: 1})


class TestRetention:
    def test_drops_what_nobody_could_read(self) -> None:
        data = queue({"duration": "90 s", "timeout": "90 s"}, arrivals={"at": ["0 s", "1 s", "2 s"]}, batch_size=1)
        data["sources"]["q"] |= {"retention": "60 s", "visibility_timeout": "90 s"}

        outcome = run(data, belief={"sqs_first_pollers": 2, "sqs_growth": "0 per 1 min"})

        assert ends(outcome) == [(2, DROPPED, 62)]

    def test_lets_a_run_finish(self) -> None:
        long = {"duration": "90 s", "timeout": "90 s"}
        fields = {"retention": "60 s", "visibility_timeout": "90 s"}

        assert ends(run(queue(long, **fields))) == []
        assert ends(run(queue({**long, "fails": "always"}, **fields))) == [(0, DROPPED, 90)]

    def test_counts_from_the_arrival_and_not_from_the_end_of_the_delay(self) -> None:
        assert ends(run(queue(delay="2 min", retention="60 s"))) == [(0, DROPPED, 60)]


class TestAQueue:
    def test_hides_new_messages_for_its_delay(self) -> None:
        assert starts(run(queue(arrivals={"at": ["3 s"]}, delay="40 s"))) == [43]

    def test_deletes_what_the_filter_refuses_without_a_run(self) -> None:
        outcome = run(queue(arrivals={"burst": 400}, matches="25 %"), belief=AT_THE_CAP)

        refused = [event for event, kind, _ in ends(outcome) if kind == FILTERED]
        assert len(refused) == pytest.approx(300, abs=40)
        assert set(refused) | set(deliveries(outcome)) == set(range(400))
        assert all(len(batch) == 10 for batch in batches(outcome)[:-1])

    def test_runs_nothing_when_nothing_matches(self) -> None:
        outcome = run(queue(arrivals={"burst": 30}, matches="0 %"))

        assert (len(ends(outcome)), batches(outcome)) == (30, [])

    def test_delivers_some_messages_twice(self) -> None:
        data = queue(arrivals={"even": "10 per 1 s", "count": 400}, duplicates="10 %", batch_size=1)

        outcome = run(data, belief=AT_THE_CAP)

        twice = [event for event, times in deliveries(outcome).items() if times == 2]
        assert len(twice) == pytest.approx(40, abs=20)
        assert outcome.metrics["retries"] == 0
        assert all(
            later - sooner == pytest.approx(30) for sooner, later in (receives(outcome, event) for event in twice)
        )

    def test_has_its_backlog_from_the_beginning_with_the_first_indexes(self) -> None:
        outcome = run(queue({"fails": {"events": [12]}}, backlog=12, arrivals={"at": ["5 s"]}, max_receive_count=1))

        assert batches(outcome) == [list(range(10)), [10, 11], [12]]
        assert {event for event, _, _ in ends(outcome)} == {10, 11}

    @pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
    def test_with_an_infinite_backlog_never_runs_dry(self, kind: str) -> None:
        data = {**queue(kind=kind, backlog="infinite", batch_size=5), "horizon": "10 s"}
        field = "message_groups" if kind == "sqs-fifo" else "maximum_concurrency"

        outcome = run(data, {f"source.{field}": 4})

        assert len(batches(outcome)) == 40
        assert sorted(event for batch in batches(outcome) for event in batch) == list(range(200))
        assert set(outcome.trace.arrived) == {0}

    def test_with_an_infinite_backlog_ends_at_retention(self) -> None:
        data = {**queue(backlog="infinite", retention="60 s", maximum_concurrency=2), "horizon": "5 min"}

        assert starts(run(data))[-1] == 59

    @pytest.mark.parametrize("changes", [{"source.matches": "0 %"}, {"function.duration": "0 s"}])
    def test_that_never_ends_within_a_moment_is_stopped(self, changes: Data) -> None:
        data = {**queue(backlog="infinite"), "horizon": "10 s", "max_events": 5_000}

        with pytest.raises(RunTooLong):
            run(data, changes)


class TestABatch:
    def test_is_what_is_visible_up_to_its_size(self) -> None:
        assert [len(batch) for batch in batches(run(queue(arrivals={"burst": 25})))] == [10, 10, 5]

    def test_waits_for_the_end_of_the_window(self) -> None:
        outcome = run(queue(arrivals={"at": ["1 s", "3 s", "6 s"]}, batch_window="4 s"))

        assert (batches(outcome), starts(outcome)) == ([[0, 1], [2]], [5, 10])
        assert [receives(outcome, event) for event in range(3)] == [[1], [3], [6]]

    def test_may_wait_for_20_s_while_little_comes(self) -> None:
        data = queue(arrivals={"at": ["1 s", "3 s", "30 s"]}, batch_window="4 s")

        assert starts(run(data, belief={"sqs_quiet_window": "20 s"})) == [21, 50]
        assert starts(run(data, {"source.batch_window": "25 s"}, {"sqs_quiet_window": "20 s"})) == [26, 55]
        assert starts(run(data, {"source.batch_size": 2}, {"sqs_quiet_window": "20 s"})) == [3, 50]
        assert starts(run(data, {"source.batch_window": "0 s"}, {"sqs_quiet_window": "20 s"})) == [1, 3, 30]

    def test_that_is_full_does_not_wait(self) -> None:
        data = queue(arrivals={"every": "1 s", "count": 7}, batch_window="300 s", batch_size=3)

        outcome = run(data, {"source.visibility_timeout": "10 min"})

        assert starts(outcome) == [2, 5, 306]

    def test_closes_at_the_payload_of_one_invocation(self) -> None:
        outcome = run(queue(arrivals={"burst": 14}, batch_window="2 s", batch_size=1_000, payload="1 MB"))

        assert ([len(batch) for batch in batches(outcome)], starts(outcome)) == ([6, 6, 2], [0, 0, 2])

    def test_holds_a_message_once_however_often_it_was_received(self) -> None:
        data = queue(arrivals={"at": ["0 s", "12 s"]}, batch_window="25 s", visibility_timeout="10 s")

        outcome = run(data)

        assert (batches(outcome), starts(outcome)) == ([[0, 1]], [25])
        assert (receives(outcome), receives(outcome, 1)) == ([0, 10, 20], [12, 22])

    def test_that_held_a_message_twice_lets_it_go_once(self) -> None:
        data = queue({"fails": "always"}, batch_window="25 s", visibility_timeout="10 s", retention="60 s")

        assert ends(run(data)) == [(0, DROPPED, 60)]

    def test_counts_each_visibility_timeout_from_its_own_receive(self) -> None:
        data = queue({"fails": {"first": 1}}, arrivals={"at": ["0 s", "4 s"]}, batch_window="5 s", batch_size=2)

        assert receives(run(data)) == [0, 30]
        assert receives(run(data), 1) == [4, 34]


class TestAMessageThatLeavesItsQueueDuringARun:
    def test_is_dead_lettered_and_its_run_is_a_delivery_too_many(self) -> None:
        body = {"init": "9 s", "duration": "28 s", "timeout": "30 s"}
        outcome = run(queue(body, visibility_timeout="30 s", max_receive_count=1))

        names = ("dead_letters", "deleted_events", "delivered", "records_delivered", "duplicates", "drained_at")
        assert [outcome.metrics[name] for name in names] == [1, 0, 0, 0, 1, 30]
        assert [(span.kind, span.start_us / 1e6) for span in outcome.spans] == [
            ("init", 0), ("invoke", 9), ("dead_lettered", 30), ("delivered", 37),
        ]  # fmt: skip
        assert outcome.spans[-1].reason == "the run ended well when the message had left its queue"


class TestAQueueAndItsTrace:
    def test_say_of_each_run_when_its_messages_came(self) -> None:
        trace = run(queue(arrivals={"poisson": "20 per 1 s", "count": 200})).trace

        assert all(sooner <= later for sooner, later in pairwise(trace.received_at))
        assert len(trace.received_event) == len(trace.batch_event) == 200
