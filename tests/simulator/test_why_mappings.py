"""Why messages of a queue and records of a stream waited, came again, or were moved away: exact sentences."""

from studyapp.simulator.trace import ACCOUNT_FULL, DEAD_LETTERED, ERROR, RECEIVES_USED_UP
from studyapp.simulator.why import why
from tests.simulator.test_why import ask
from tests.simulator.traces import queue, stream
from tests.simulator.worlds import Data, run


def read_by(source: Data, **function: object) -> Data:
    """One function of 1 s that a mapping invokes."""
    body = {"memory": "1024 MB", "timeout": "10 s", "duration": "1 s", **function}
    return {"functions": {"f": body}, "sources": {"source": {"calls": "f", **source}}}


def sqs(arrivals: object, **more: object) -> Data:
    return {"kind": "sqs", "visibility_timeout": "60 s", "arrivals": arrivals, **more}


def kinesis(arrivals: object, **more: object) -> Data:
    return {"kind": "kinesis", "shards": 1, "arrivals": arrivals, **more}


class TestAMessage:
    def test_waits_for_a_place_with_its_mapping(self) -> None:
        outcome = run(read_by(sqs({"burst": 3}, batch_size=1, maximum_concurrency=2)))

        assert ask(outcome, "queued", 3).says == (
            "When it came, 2 batches were with the function, and the mapping had no place for another. "
            "Its maximum concurrency is 2."
        )
        assert ask(outcome, "queued", 3).rules == ("sqs_concurrency_max",)

    def test_waits_until_a_new_mapping_has_grown(self) -> None:
        outcome = run(read_by(sqs({"burst": 6}, batch_size=1)))

        assert ask(outcome, "queued", 6).says == (
            "When it came, 5 batches were with the function, and the mapping had no place for another. "
            "It begins with 5 at once and adds 300 every 60 s while messages wait."
        )
        assert ask(outcome, "queued", 6).rules == ("sqs_first_pollers", "sqs_growth")

    def test_of_a_fifo_queue_waits_for_its_group(self) -> None:
        outcome = run(read_by(sqs({"burst": 4}, kind="sqs-fifo", batch_size=1, message_groups=2)))

        assert ask(outcome, "queued", 3).says == (
            "A FIFO queue keeps the order inside each message group. Message 1 of its group was with the function until 1 s."
        )
        assert ask(outcome, "queued", 3).rules[0] == "fifo_order"

    def test_of_a_fifo_queue_waits_behind_one_that_failed(self) -> None:
        source = sqs({"burst": 2}, kind="sqs-fifo", batch_size=1)
        outcome = run(read_by(source, fails={"first": 1}))

        assert ask(outcome, "queued", 2).says.endswith("Message 1 of its group was with the function until 61 s.")

    def test_is_held_back_by_the_delay_of_its_queue(self) -> None:
        outcome = run(read_by(sqs({"at": ["0 s"]}, delay="5 s")))

        assert ask(outcome, "queued", 1).says == (
            "The queue holds back each new message for 5 s before it can be received."
        )

    def test_is_held_until_its_batch_is_full_or_the_window_over(self) -> None:
        source = sqs({"at": ["0 s", "1 s", "2 s", "8 s"]}, batch_size=3, batch_window="5 s")
        outcome = run(read_by(source))

        assert ask(outcome, "batch_window", 1).says == "It was held until its batch was full, with 3 messages at 2 s."
        assert ask(outcome, "batch_window", 4).says == (
            "The batching window of 5 s began at 8 s and was over at 13 s. The batch went with 1 of at most 3 messages."
        )

    def test_that_failed_is_hidden_and_counts_its_receives(self) -> None:
        outcome = run(read_by(sqs({"at": ["0 s"]}, max_receive_count=2), fails="always"))

        assert ask(outcome, "visibility_wait", 1).says == (
            "Its run failed, so the queue keeps it, hidden until 60 s after it was received at 0 s. "
            "That was receive 1 of 2 before it is moved to the dead-letter queue."
        )
        assert ask(outcome, "visibility_wait", 1, 1).says.endswith(
            "instead of coming back it is moved to the dead-letter queue."
        )
        assert ask(outcome, "dead_lettered", 1).says == (
            "It had been received twice without being deleted, and its redrive policy allows 2. "
            "So it is moved to the dead-letter queue."
        )

    def test_that_one_bad_neighbour_fails_names_it(self) -> None:
        outcome = run(read_by(sqs({"burst": 3}, max_receive_count=2), fails={"events": [2]}))

        assert ask(outcome, "invoke", 3).says.endswith(
            "The handler cannot process message 2, and without partial batch responses that fails the whole batch."
        )

    def test_that_is_given_back_says_who_reported_it(self) -> None:
        source = sqs({"burst": 3}, max_receive_count=2, partial_batch_responses=True)

        assert ask(run(read_by(source, fails={"events": [2]})), "invoke", 2).says.endswith(
            "The handler reported this message as failed, and the run itself was ok."
        )

    def test_whose_batch_was_throttled_waits_with_it(self) -> None:
        hand = queue().arrives(0, 0).receives(0, 0, 1).refuses(0, 0, ACCOUNT_FULL).runs(3, 2, 0, 1)

        assert ask(hand.outcome, "retry_wait", 2).says == (
            "Its batch was throttled, so its poller kept it for 3 s, hidden in the queue. "
            "AWS names no waits; here they grow from 1 s up to 60 s."
        )

    def test_that_no_run_took_in_time_says_so(self) -> None:
        hand = queue(horizon="50 s").arrives(0).receives(0, 0).refuses(1, 0, ACCOUNT_FULL)

        assert ask(hand.outcome, "visibility_wait", 1).says == (
            "No run took it within its visibility timeout of 30 s, which began at 0 s. "
            "Without a redrive policy it comes back until its queue's retention is over."
        )

    def test_that_left_its_queue_during_a_run_says_so(self) -> None:
        hand = queue(visibility_timeout="180 s").arrives(0).receives(0, 0).runs(0, 200, 0)
        outcome = hand.ends(180, DEAD_LETTERED, RECEIVES_USED_UP, 0).outcome

        assert ask(outcome, "delivered", 1).says == (
            "The run ended well, but the message had been moved away from its queue before that."
        )

    def test_that_does_not_match_is_deleted(self) -> None:
        outcome = run(read_by(sqs({"burst": 20}, matches="10 %")))
        filtered = next(span for span in outcome.spans if span.kind == "filtered")

        assert why(outcome, f"filtered-{filtered.event}-0").says == (
            "It does not match the mapping's filter, which lets 10 % through. It is deleted from its queue without a run."
        )


class TestARecord:
    def test_waits_for_the_next_look_at_its_shard(self) -> None:
        outcome = run(read_by(kinesis({"at": ["0.4 s"]})))

        assert ask(outcome, "queued", 1).says == (
            "Lambda looks at each shard every 1 s, and the next look after it came was at 1 s."
        )
        assert ask(outcome, "queued", 1).rules == ("kinesis_poll",)

    def test_waits_for_the_batch_before_it(self) -> None:
        outcome = run(read_by(kinesis({"burst": 3}, batch_size=2), duration="1.5 s"))

        assert ask(outcome, "queued", 3).says == (
            "A shard hands over one batch at a time, in order. The batch with records 1 to 2 ran until 1.5 s."
        )

    def test_is_blocked_by_one_that_fails(self) -> None:
        outcome = run(read_by(kinesis({"burst": 2}, batch_size=1, retry_attempts=2), fails={"events": [1]}))

        assert ask(outcome, "queued", 2).says == (
            "A shard hands over one batch at a time, in order. "
            "The batch with record 1 had been tried 3 times by 6 s and held up all behind it."
        )
        assert ask(outcome, "retry_wait", 1).says == (
            "Its batch failed and is tried again at most twice, while all behind it on the shard waits. "
            "AWS names no waits; here they grow from 1 s up to 60 s, and this one is 1 s."
        )
        assert ask(outcome, "dropped", 1).says == (
            "All 3 runs with it failed, and its mapping retries a batch twice at most. Nothing is set to keep it, so it is lost."
        )

    def test_waits_for_the_window(self) -> None:
        outcome = run(read_by(kinesis({"burst": 2}, batch_window="5 s")))

        assert ask(outcome, "queued", 1).says == (
            "The batching window of 5 s was over at 5 s, with 2 of at most 100 records."
        )

    def test_behind_the_one_that_was_reported_comes_again(self) -> None:
        source = kinesis({"burst": 3}, partial_batch_responses=True, retry_attempts=1)

        assert ask(run(read_by(source, fails={"events": [2]})), "invoke", 3).says.endswith(
            "The handler reported record 2 as failed, and all behind that in the batch come again too."
        )

    def test_that_came_before_the_mapping_is_skipped(self) -> None:
        source = kinesis({"at": ["1 s"]}, created_at="10 s", starting_position="latest")
        found = ask(run(read_by(source)), "dropped", 1)

        assert (found.title, found.says) == (
            "Record 1, skipped at 10 s",
            "The mapping began to read at 10 s, from the stream's end at that moment, and this record had come before.",
        )

    def test_of_a_hand_made_trace_needs_no_engine(self) -> None:
        outcome = stream().arrives(0).runs(0, 2, 0, status=ERROR).runs(3, 2, 0, attempt=2).outcome

        assert (
            ask(outcome, "delivered", 1).says
            == "Run 2 of it ended well, so its shard goes on with the records behind it."
        )

    def test_whose_batch_was_split_waits_for_the_other_half(self) -> None:
        outcome = run(read_by(kinesis({"burst": 4}, bisect=True, retry_attempts=0), fails={"events": [1]}))

        assert ask(outcome, "retry_wait", 4).says == (
            "Its batch failed and was split in halves, and the other half went first, for 3 s."
        )
        assert ask(outcome, "dropped", 1).says.startswith(
            "All 3 runs with it failed, and its mapping makes no retries, not counting splits."
        )
