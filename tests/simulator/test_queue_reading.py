"""What a queue and its mapping may be told."""

from typing import Any

import pytest

from studyapp.simulator.errors import ScenarioError
from tests.simulator.queue_worlds import batches, queue
from tests.simulator.worlds import run


class TestReading:
    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("batch_size", 10_001, "10,001 is above the maximum of 10,000 (Lambda with Amazon SQS)"),
            ("batch_size", 0, "0 is below the minimum of 1 (Lambda with Amazon SQS)"),
            ("batch_size", 11, "11 is above 10: it needs a batch_window of at least 1 s (Lambda with Amazon SQS)"),
            ("batch_window", "301 s", "301 s is above the maximum of 300 s (Lambda with Amazon SQS)"),
            ("batch_window", "-1 s", "is below the minimum of 0 s (Lambda with Amazon SQS)"),
            ("batch_window", "1500 ms", "1500 ms is not a whole number of seconds"),
            ("maximum_concurrency", 1, "1 is below the minimum of 2 (Lambda with Amazon SQS)"),
            ("maximum_concurrency", 1_001, "1,001 is above the maximum of 1,000 (Lambda with Amazon SQS)"),
            ("visibility_timeout", "9 s", "9 s is below the timeout of f, 10 s (Lambda with Amazon SQS)"),
            ("visibility_timeout", "13 h", "13 h is above the maximum of 12 h (Amazon SQS quotas)"),
            ("max_receive_count", 0, "0 is below the minimum of 1 (Amazon SQS quotas)"),
            ("max_receive_count", 1_001, "1,001 is above the maximum of 1,000 (Amazon SQS quotas)"),
            ("retention", "59 s", "59 s is below the minimum of 60 s (Amazon SQS quotas)"),
            ("retention", "15 d", "360 h is above the maximum of 336 h (Amazon SQS quotas)"),
            ("delay", "901 s", "901 s is above the maximum of 900 s (Amazon SQS quotas)"),
            ("payload", "1025 KB", "1,025 KB is above the maximum of 1,024 KB (Amazon SQS quotas)"),
            ("message_groups", 2, "2 are for FIFO queues: kind sqs-fifo"),
            ("backlog", "infinite", "infinite never ends: it needs a horizon"),
            ("backlog", -1, "-1 is below the minimum of 0 (the most that one run can hold)"),
            ("backlog", "many", "many does not begin with a number"),
            ("partial_batch_responses", "perhaps", "perhaps is not yes or no"),
            ("matches", "110 %", "110 % is not a share from 0 to 1"),
            ("batch_sise", 3, "3 is not a field of this part; did you mean batch_size?"),
        ],
    )
    def test_refuses_with_field_value_and_quota(self, field: str, value: Any, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            run(queue(**{field: value}))
        assert str(error.value).startswith(f"sources.q.{field}: ")
        assert str(error.value).endswith(says)

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("batch_size", 11, "11 is above the maximum of 10 (Lambda with Amazon SQS)"),
            ("batch_window", "1 s", "1 s is for standard queues alone: a FIFO queue has none (Lambda with Amazon SQS)"),
            ("message_groups", 0, "0 is below the minimum of 1 (the most that one run keeps apart)"),
            (
                "duplicates",
                "1 %",
                "1 % are for standard queues: a FIFO queue delivers no message twice (Amazon SQS FIFO queues)",
            ),
        ],
    )
    def test_refuses_for_a_fifo_queue(self, field: str, value: Any, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            run(queue(kind="sqs-fifo", **{field: value}))
        assert str(error.value) == f"sources.q.{field}: {says}"

    def test_refuses_arrivals_beside_an_infinite_backlog(self) -> None:
        data = {**queue(backlog="infinite", arrivals={"at": ["0 s"]}), "horizon": "1 h"}

        with pytest.raises(ScenarioError, match=r"backlog: infinite leaves nothing to arrive: remove arrivals"):
            run(data)

    def test_takes_a_batch_of_ten_thousand_with_a_window(self) -> None:
        outcome = run(queue(backlog=10_000, batch_size=10_000, batch_window="1 s"))

        assert [len(batch) for batch in batches(outcome)] == [6_144, 3_856]  # 6 MB of messages of 1 KB

    def test_takes_ten_receives_for_a_redrive_policy_without_a_number(self) -> None:
        data = queue({"fails": "always"}, max_receive_count="yes")

        assert run(data).metrics["invocations"] == 10
