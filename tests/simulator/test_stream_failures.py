"""What becomes of the batches of a stream that fail, are throttled or grow old."""

from collections import Counter

import pytest

from studyapp.simulator.trace import DESTINATION, DROPPED, EXPIRED, RESERVED_FULL, RETRIES_EXHAUSTED, TOO_OLD
from tests.simulator.streams import AT_ONCE, S, delivered, ends, handed, stream
from tests.simulator.worlds import run


class TestABatchThatFails:
    def test_blocks_its_track_and_no_other(self) -> None:
        data = stream(shards=2, backlog=4, batch_size=1, retry_attempts=2, function={"fails": {"events": [1]}})

        batches = handed(run(data, belief=AT_ONCE))

        assert [(batch.at, batch.records[0]) for batch in batches] == [(0, 1), (0, 2), (1, 4), (1, 1), (2, 1), (3, 3)]

    def test_is_retried_whole_and_then_let_go(self) -> None:
        data = stream(backlog=3, batch_size=2, retry_attempts=1, function={"fails": {"events": [1]}})

        outcome = run(data, belief=AT_ONCE)

        assert [(batch.at, batch.records, batch.is_good, batch.attempt) for batch in handed(outcome)] == [
            (0, [1, 2], False, 1), (1, [1, 2], False, 2), (2, [3], True, 1),
        ]  # fmt: skip
        assert ends(outcome) == [(1, 2, DROPPED, RETRIES_EXHAUSTED), (2, 2, DROPPED, RETRIES_EXHAUSTED)]

    @pytest.mark.parametrize("where", ["sqs", "sns", "s3", "kafka"])
    def test_is_reported_to_a_destination(self, where: str) -> None:
        data = stream(backlog=1, retry_attempts=0, on_failure=where, function={"fails": "always"})

        assert ends(run(data)) == [(1, 1, DROPPED, RETRIES_EXHAUSTED), (1, 1, DESTINATION, RETRIES_EXHAUSTED)]

    def test_waits_longer_from_try_to_try(self) -> None:
        data = stream(backlog=1, retry_attempts=5, function={"fails": "always"})

        outcome = run(data, belief={"mapping_backoff_min": "2 s", "mapping_backoff_max": "10 s"})

        assert [batch.at for batch in handed(outcome)] == [0, 3, 8, 17, 28, 39]

    def test_is_retried_until_its_records_expire_unless_told_otherwise(self) -> None:
        data = stream("dynamodb", backlog=1, function={"fails": "always"})

        outcome = run(data)

        assert ends(outcome) == [(1, 86_400, DROPPED, EXPIRED)]
        assert len(handed(outcome)) > 24 * 59

    def test_whose_run_fails_for_a_time_goes_on_where_it_was(self) -> None:
        data = stream(backlog=200, function={"fails": {"from": "0 s", "to": "10 s"}})

        outcome = run(data)

        assert delivered(outcome) == list(range(1, 201))
        assert handed(outcome)[0].is_good is False

    def test_that_is_timed_out_fails_whole_even_with_partial_responses(self) -> None:
        data = stream(backlog=3, retry_attempts=0, partial_batch_responses=True, function={"timeout": "1 s"})
        data["functions"]["f"]["duration"] = "2 s"

        assert Counter(reason for _, _, _, reason in ends(run(data))) == {RETRIES_EXHAUSTED: 3}


class TestBisect:
    @pytest.mark.parametrize(("size", "place"), [(1, 0), (2, 1), (8, 0), (8, 7), (16, 5), (64, 40), (128, 127)])
    @pytest.mark.parametrize("retries", [0, 3])
    def test_finds_a_poison_record_after_log2_splits(self, size: int, place: int, retries: int) -> None:
        data = stream(
            backlog=size, batch_size=size, bisect=True, retry_attempts=retries, on_failure="sqs",
            function={"fails": {"events": [place + 1]}},
        )  # fmt: skip

        outcome = run(data, belief=AT_ONCE)

        failed = [batch for batch in handed(outcome) if not batch.is_good]
        splits = size.bit_length() - 1
        assert len(failed) == splits + 1 + retries
        assert [len(batch.records) for batch in failed[:splits]] == [size >> step for step in range(splits)]
        assert all(batch.records == [place + 1] for batch in failed[splits:])
        assert sorted(delivered(outcome)) == [record for record in range(1, size + 1) if record != place + 1]
        assert [(record, kind) for record, _, kind, _ in ends(outcome)] == [
            (place + 1, DROPPED),
            (place + 1, DESTINATION),
        ]

    def test_tries_the_first_half_first_and_waits_for_nothing(self) -> None:
        data = stream(backlog=5, bisect=True, retry_attempts=0, function={"fails": {"events": [4]}})

        assert [(batch.at, batch.records) for batch in handed(run(data))] == [
            (0, [1, 2, 3, 4, 5]), (1, [1, 2]), (2, [3, 4, 5]), (3, [3]), (4, [4, 5]), (5, [4]), (6, [5]),
        ]  # fmt: skip

    def test_goes_on_with_new_records_only_when_all_parts_are_done(self) -> None:
        data = stream(backlog=6, batch_size=4, bisect=True, retry_attempts=0, function={"fails": {"events": [1]}})

        assert [batch.records for batch in handed(run(data, belief=AT_ONCE))][-2:] == [[3, 4], [5, 6]]


class TestPartialResponses:
    def test_move_the_checkpoint_to_the_lowest_failed_record(self) -> None:
        data = stream(backlog=6, retry_attempts=1, partial_batch_responses=True, function={"fails": {"events": [3, 5]}})

        outcome = run(data, belief=AT_ONCE)

        assert [(batch.at, batch.records, batch.back) for batch in handed(outcome)] == [
            (0, [1, 2, 3, 4, 5, 6], 4), (1, [3, 4, 5, 6], 4),
        ]  # fmt: skip
        assert delivered(outcome) == [1, 2]
        assert [record for record, *_ in ends(outcome)] == [3, 4, 5, 6]

    def test_split_at_the_checkpoint_with_bisect(self) -> None:
        data = stream(
            backlog=6, retry_attempts=1, partial_batch_responses=True, bisect=True, on_failure="s3",
            function={"fails": {"events": [3]}},
        )  # fmt: skip

        outcome = run(data, belief=AT_ONCE)

        assert [(batch.records, batch.back) for batch in handed(outcome)] == [
            ([1, 2, 3, 4, 5, 6], 4), ([3, 4, 5, 6], 4), ([3, 4], 2), ([3], 1), ([3], 1), ([4], 0), ([5, 6], 0),
        ]  # fmt: skip
        assert [(record, kind) for record, _, kind, _ in ends(outcome)] == [(3, DROPPED), (3, DESTINATION)]


class TestAges:
    def test_let_a_record_go_that_is_too_old_for_another_try(self) -> None:
        data = stream(backlog=1, maximum_record_age="60 s", on_failure="sqs", function={"fails": "always"})

        outcome = run(data)

        assert [batch.at for batch in handed(outcome)] == [0, 2, 5, 10, 19, 36]
        assert ends(outcome) == [(1, 60, DROPPED, TOO_OLD), (1, 60, DESTINATION, TOO_OLD)]

    def test_keep_the_younger_records_of_a_batch(self) -> None:
        flow = {"at": ["0 s", "30 s"]}
        data = stream(arrivals=flow, created_at="50 s", maximum_record_age="60 s", function={"duration": "12 s"})

        outcome = run({**data, "functions": {"f": {**data["functions"]["f"], "fails": {"first": 1}}}}, belief=AT_ONCE)

        assert [(batch.at, batch.records) for batch in handed(outcome)] == [(50, [1, 2]), (62, [2])]
        assert ends(outcome) == [(1, 62, DROPPED, TOO_OLD)]

    def test_let_go_what_waited_too_long_behind_others(self) -> None:
        data = stream(backlog=5, batch_size=1, maximum_record_age="60 s", function={"duration": "40 s"})

        outcome = run(data)

        assert delivered(outcome) == [1, 2]
        assert ends(outcome) == [(record, 80, DROPPED, TOO_OLD) for record in (3, 4, 5)]

    def test_have_an_end_at_the_retention_and_no_destination_then(self) -> None:
        data = stream(
            backlog=1, maximum_record_age="7 d", on_failure="sqs", created_at="25 h", retention="24 h",
        )  # fmt: skip

        assert ends(run(data)) == [(1, 90_000, DROPPED, EXPIRED)]
        assert delivered(run(data, changes={"source.retention": "48 h"})) == [1]


class TestThrottles:
    def test_use_no_retry(self) -> None:
        data = stream(shards=2, backlog=2, retry_attempts=0, function={"reserved_concurrency": 1, "duration": "5 s"})

        outcome = run(data)

        assert [(batch.at, batch.attempt) for batch in handed(outcome)] == [(0, 1), (7, 1)]
        assert list(outcome.trace.refused_at) == [0, S, 3 * S]
        assert set(outcome.trace.refused_reason) == {RESERVED_FULL}
        assert not ends(outcome)

    def test_without_back_off_wait_for_a_run_to_end(self) -> None:
        data = stream(shards=3, backlog=3, function={"reserved_concurrency": 1, "duration": "500 ms"})

        assert [batch.at for batch in handed(run(data, belief=AT_ONCE))] == [0, 0.5, 1]

    def test_of_a_stopped_function_last_until_the_records_expire(self) -> None:
        outcome = run(stream(backlog=1, function={"reserved_concurrency": 0}))

        assert not handed(outcome)
        assert ends(outcome) == [(1, 86_400, DROPPED, EXPIRED)]
