"""What is kept of an event, field by field."""

import pytest

from studyapp.simulator import Outcome
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.records import Document, dead_letter, destination_record, kept, stream_record
from tests.simulator.worlds import Data, one, run

GIVEN_UP = {"fails": "always", "dead_letter_queue": "yes", "on_failure": "sqs"}


def part(document: Document | None, key: str) -> Document:
    assert document is not None
    found = document[key]
    assert isinstance(found, dict)
    return found


def stream(kind: str = "kinesis", source: Data | None = None, **function: object) -> Data:
    data = one(kind, {"even": "10 per 1 s", "count": 20}, **{"fails": {"events": [3]}, **function})
    data["sources"]["calls"] |= {"shards": 2, "retry_attempts": 1, "on_failure": "sqs", **(source or {})}
    return data


class TestADeadLetter:
    def test_is_the_event_as_it_was_and_three_attributes(self) -> None:
        message = dead_letter(run(one("s3", **GIVEN_UP)), 1)

        assert message is not None
        assert message["body"] == {"source": "calls", "number": 1}
        assert list(part(message, "attributes")) == ["RequestID", "ErrorCode", "ErrorMessage"]
        assert part(message, "attributes")["ErrorCode"] == 200

    def test_says_that_a_run_timed_out(self) -> None:
        message = dead_letter(run(one("s3", **{**GIVEN_UP, "fails": "never"}, duration="20 s")), 1)

        says = part(message, "attributes")["ErrorMessage"]
        assert str(says).endswith("Task timed out after 10.00 seconds")

    def test_of_an_event_that_never_ran_is_a_429(self) -> None:
        belief: Data = {"account_concurrency": 0, "unreserved_minimum": 0}

        message = dead_letter(run(one("s3", **GIVEN_UP), belief=belief), 1)

        attributes = part(message, "attributes")
        assert (attributes["ErrorCode"], attributes["ErrorMessage"]) == (429, "Rate Exceeded.")

    def test_is_not_of_an_event_that_was_delivered(self) -> None:
        assert dead_letter(run(one("s3", dead_letter_queue="yes")), 1) is None


class TestADestination:
    def test_gets_request_response_and_reason(self) -> None:
        record = destination_record(run(one("s3", **GIVEN_UP)), 1)

        assert record is not None
        assert list(record) == [
            "version", "timestamp", "requestContext", "requestPayload", "responseContext", "responsePayload"
        ]  # fmt: skip
        assert (record["version"], record["timestamp"]) == ("1.0", "2026-01-01T00:03:03.000Z")
        assert record["requestPayload"] == {"source": "calls", "number": 1}
        assert record["responseContext"] == {
            "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"
        }  # fmt: skip
        context = part(record, "requestContext")
        assert list(context) == ["requestId", "functionArn", "condition", "approximateInvokeCount"]
        assert str(context["functionArn"]).endswith(":function:f:$LATEST")

    @pytest.mark.parametrize(
        ("function", "condition", "count"),
        [
            ({"fails": "always"}, "RetriesExhausted", 3),
            ({"fails": "always", "async_retries": 0}, "RetriesExhausted", 1),
            ({"fails": "always", "async_max_age": "100 s"}, "EventAgeExceeded", 2),
            ({"reserved_concurrency": 0}, "ZeroReservedConcurrency", 0),
            ({"fails": {"first": 1}}, "Success", 2),
        ],
    )
    def test_is_told_why_and_how_often_it_was_tried(self, function: Data, condition: str, count: int) -> None:
        outcome = run(one("s3", on_failure="sqs", on_success="sns", **function))

        context = part(destination_record(outcome, 1), "requestContext")
        assert (context["condition"], context["approximateInvokeCount"]) == (condition, count)

    def test_is_told_of_no_response_where_there_was_none(self) -> None:
        record = destination_record(run(one("s3", reserved_concurrency=0, on_failure="sqs")), 1)

        assert record is not None
        assert not {"responseContext", "responsePayload"} & record.keys()

    def test_is_told_of_no_error_after_a_success(self) -> None:
        context = part(destination_record(run(one("s3", on_success="sqs")), 1), "responseContext")

        assert context == {"statusCode": 200, "executedVersion": "$LATEST"}

    def test_does_not_count_duplicates(self) -> None:
        data = one("s3", **GIVEN_UP, async_retries=0)
        data["sources"]["calls"]["duplicates"] = "100 %"

        assert part(destination_record(run(data), 1), "requestContext")["approximateInvokeCount"] == 1


class TestBoth:
    def test_stand_side_by_side_and_name_the_same_request(self) -> None:
        documents = kept(run(one("s3", **GIVEN_UP)), 1)

        assert list(documents) == ["dead-letter queue", "destination"]
        name = part(documents["dead-letter queue"], "attributes")["RequestID"]
        assert part(documents["destination"], "requestContext")["requestId"] == name

    def test_are_not_for_a_call_that_somebody_waits_for(self) -> None:
        assert kept(run(one("sync", fails="always")), 1) == {}

    def test_are_the_same_for_the_same_run(self) -> None:
        assert kept(run(one("s3", **GIVEN_UP)), 1) == kept(run(one("s3", **GIVEN_UP)), 1)


class TestAVersion:
    DATA = {
        "functions": {
            "f": {"dead_letter_queue": "yes"},
            "two": {"version_of": "f", "fails": "always", "async_retries": 0, "on_failure": "sqs"},
        },
        "sources": {"calls": {"kind": "s3", "calls": "two", "arrivals": {"at": ["0 s"]}}},
    }

    def test_has_the_dead_letter_queue_of_its_function(self) -> None:
        assert run(self.DATA).metrics["dead_letters"] == 1
        assert run(self.DATA, {"functions.f.dead_letter_queue": "no"}).metrics["dead_letters"] == 0

    def test_has_no_other_one(self) -> None:
        with pytest.raises(ScenarioError) as error:
            run(self.DATA, {"functions.two.dead_letter_queue": "sns"})

        assert str(error.value) == (
            "functions.two.dead_letter_queue: sns is set on functions.f: all versions have the same "
            "(Lambda dead-letter queues)"
        )

    def test_is_named_in_its_records(self) -> None:
        record = destination_record(run(self.DATA), 1)

        assert str(part(record, "requestContext")["functionArn"]).endswith(":function:f:two")
        assert part(record, "responseContext")["executedVersion"] == "two"


class TestTheDestinationOfAStream:
    def test_gets_one_record_for_each_batch_that_was_given_up(self) -> None:
        data = stream(source={"batch_window": "2 s", "batch_size": 6}, fails="always")

        metrics = run(data).metrics

        # 20 records on two shards: 10 each, in batches of 6 and 4
        assert (metrics["destination_deliveries"], metrics["records_to_destination"]) == (4, 20)

    def outcome(self, kind: str = "kinesis", **function: object) -> Outcome:
        return run(stream(kind, {"batch_window": "2 s", "batch_size": 6}, **function))

    def test_is_told_where_the_batch_lies(self) -> None:
        record = stream_record(self.outcome(), 3)

        info = part(record, "KinesisBatchInfo")
        assert list(info) == [
            "shardId", "startSequenceNumber", "endSequenceNumber", "approximateArrivalOfFirstRecord",
            "approximateArrivalOfLastRecord", "batchSize", "streamArn",
        ]  # fmt: skip
        assert (info["shardId"], info["batchSize"]) == ("shardId-000000000000", 6)
        assert (int(str(info["startSequenceNumber"])), int(str(info["endSequenceNumber"]))) == (1, 11)
        assert info["approximateArrivalOfLastRecord"] == "2026-01-01T00:00:01.000Z"

    def test_is_told_the_same_of_every_record_of_the_batch(self) -> None:
        outcome = self.outcome()

        assert stream_record(outcome, 1) == stream_record(outcome, 3) == stream_record(outcome, 11)
        assert stream_record(outcome, 2) is None

    def test_is_told_why_and_how_often_it_was_tried(self) -> None:
        context = part(stream_record(self.outcome(), 3), "requestContext")

        assert (context["condition"], context["approximateInvokeCount"]) == ("RetryAttemptsExhausted", 2)

    def test_is_told_of_records_that_were_too_old(self) -> None:
        data = stream(source={"retry_attempts": -1, "maximum_record_age": "60 s"}, fails="always")

        context = part(stream_record(run(data), 1), "requestContext")
        assert context["condition"] == "RecordAgeExceeded"

    def test_has_another_name_for_dynamodb(self) -> None:
        record = stream_record(self.outcome("dynamodb"), 3)

        assert ":dynamodb:" in str(part(record, "DDBStreamBatchInfo")["streamArn"])

    def test_gets_the_records_only_in_a_bucket(self) -> None:
        data = stream(source={"batch_window": "2 s", "batch_size": 6})

        for kind in ("sqs", "sns", "kafka"):
            assert "payload" not in (stream_record(run(data, {"source.on_failure": kind}), 3) or {})
        records = part(stream_record(run(data, {"source.on_failure": "s3"}), 3), "payload")["Records"]
        assert isinstance(records, list)
        assert len(records) == 6
