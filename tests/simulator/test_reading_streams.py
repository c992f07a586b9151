"""What a scenario may say of a stream."""

from typing import Any

import pytest

from studyapp.simulator import TRUTH, patch, read
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Stream
from tests.simulator.streams import stream
from tests.simulator.worlds import Data

HOUR = 3_600_000_000
API = "(Lambda API, CreateEventSourceMapping)"
MAPPINGS = "(Lambda event source mappings)"
NO_SHARD_LIMITS = {"kinesis_shard_rate": "none", "kinesis_shard_data": "none"}


def parsed(data: Data) -> Stream:
    found = read(data).sources[0].stream
    assert found is not None
    return found


class TestReadStream:
    @pytest.mark.parametrize("kind", ["kinesis", "dynamodb"])
    def test_gives_defaults_of_today(self, kind: str) -> None:
        assert parsed(stream(kind)) == Stream(1, 1, 100, retention_us=24 * HOUR)

    def test_takes_every_field(self) -> None:
        data = stream(
            shards=4, parallelization_factor=10, batch_size=10_000, batch_window="300 s", retry_attempts=10_000,
            maximum_record_age="604800 s", bisect="yes", partial_batch_responses="yes", on_failure="kafka",
            retention="8760 h", starting_position={"at": "1 s"}, created_at="2 s", partition_keys=7, backlog=9,
            enhanced_fan_out="yes", payload="6 MB",
        )  # fmt: skip

        assert parsed(data) == Stream(
            4, 10, 10_000, 300_000_000, 10_000, 168 * HOUR, bisects=True, partial_responses=True, on_failure="kafka",
            retention_us=8_760 * HOUR, position="at", at_us=1_000_000, from_us=2_000_000, keys=7, backlog=9,
            is_pushed=True,
        )  # fmt: skip

    def test_takes_minus_1_for_no_limit(self) -> None:
        found = parsed(stream(retry_attempts=-1, maximum_record_age="-1"))

        assert (found.retries, found.max_age_us) == (None, None)

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("batch_size", 0, f"0 is below the minimum of 1 {MAPPINGS}"),
            ("batch_size", 10_001, f"10,001 is above the maximum of 10,000 {MAPPINGS}"),
            ("batch_window", "301 s", f"301 s is above the maximum of 300 s {MAPPINGS}"),
            ("batch_window", "-1 s", f"is below the minimum of 0 s {MAPPINGS}"),
            ("batch_window", "500 ms", "500 ms is not a whole number of seconds"),
            ("shards", 0, "0 is below the minimum of 1 (this simulator)"),
            ("shards", 1_001, "1,001 is above the maximum of 1,000 (this simulator)"),
            ("parallelization_factor", 0, f"0 is below the minimum of 1 {API}"),
            ("parallelization_factor", 11, f"11 is above the maximum of 10 {API}"),
            ("retry_attempts", -2, f"-2 is below the minimum of -1 {API}"),
            ("retry_attempts", 10_001, f"10,001 is above the maximum of 10,000 {API}"),
            ("retry_attempts", 1.5, "1.5 is not a whole number"),
            ("maximum_record_age", "59 s", f"59 s is below the minimum of 60 s {API}"),
            ("maximum_record_age", "604801 s", f"604,801 s is above the maximum of 168 h {API}"),
            ("retention", "23 h", "23 h is below the minimum of 24 h (Kinesis data retention)"),
            ("retention", "8761 h", "8,761 h is above the maximum of 8,760 h (Kinesis data retention)"),
            ("retention", "1470 min", "1470 min is not a whole number of hours"),
            ("starting_position", "oldest", "oldest is none of trim-horizon, latest"),
            ("partition_keys", 0, "0 is not a whole number of at least 1"),
            ("backlog", -1, "-1 is below the minimum of 0 (this simulator)"),
            ("on_failure", "eventbridge", "eventbridge is none of none, sqs, sns, s3, kafka"),
            ("payload", "7 MB", f"7,168 KB is above the maximum of 6,144 KB {MAPPINGS}"),
            ("visibility_timeout", "30 s", "30 s is for queues: kind sqs or sqs-fifo"),
            ("bisect", "perhaps", "perhaps is not yes or no"),
            ("created_at", "-1 s", "-1 s is below 0 s"),
        ],
    )
    def test_refuses_what_breaks_a_quota(self, field: str, value: Any, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            read(stream(**{field: value}))

        assert str(error.value).startswith(f"sources.s.{field}: ")
        assert says in str(error.value)

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("enhanced_fan_out", True, "enhanced_fan_out: yes is for Kinesis alone (Lambda with DynamoDB Streams)"),
            ("starting_position", {"at": "0 s"}, "at: 0 s is for Kinesis alone (Lambda with DynamoDB Streams)"),
            ("retention", "48 h", "retention: 48 h is not 24 h, which is fixed (DynamoDB Streams)"),
        ],
    )
    def test_refuses_what_dynamodb_streams_do_not_have(self, field: str, value: Any, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            read(stream("dynamodb", **{field: value}))

        assert says in str(error.value)

    def test_refuses_a_position_in_the_future_of_the_mapping(self) -> None:
        with pytest.raises(ScenarioError) as error:
            read(stream(starting_position={"at": "3 s"}, created_at="2 s"))

        assert str(error.value) == (
            f"sources.s.starting_position.at: 3 s is after the mapping's created_at of 2 s {API}"
        )


class TestCheckShardRate:
    @pytest.mark.parametrize(
        ("flow", "more", "is_allowed"),
        [
            ({"even": "2000 per 1 s"}, {"shards": 2}, True),
            ({"poisson": "2001 per 1 s"}, {"shards": 2}, False),
            ({"every": "1 ms"}, {}, True),
            ({"every": "0.9 ms"}, {}, False),
            ([{"even": "600 per 1 s"}, {"even": "600 per 1 s"}], {}, False),
            ({"wave": "900 per 1 s", "amplitude": "200 per 1 s", "period": "1 h"}, {}, False),
            ({"even": "2000 per 1 s"}, {"shards": 2, "partition_keys": 3}, False),
            ({"even": "1500 per 1 s"}, {"shards": 2, "partition_keys": 3}, True),
            ({"even": "1001 per 1 s"}, {"shards": 10, "partition_keys": 1}, False),
            ({"burst": 100_000}, {}, True),
            ({"even": "16 per 1 s"}, {"payload": "64 KB"}, True),
            ({"even": "17 per 1 s"}, {"payload": "64 KB"}, False),
            ({"even": "1000 per 1 s"}, {"payload": "0 KB"}, True),
        ],
    )
    def test_allows_what_the_busiest_shard_takes_in(self, flow: Any, more: Data, *, is_allowed: bool) -> None:
        data = {**stream(arrivals=flow, **more), "horizon": "10 s"}

        if is_allowed:
            read(data)
        else:
            with pytest.raises(ScenarioError, match=r"sources\.s\.arrivals: .* \(Kinesis quotas\)"):
                read(data)

    def test_says_how_much_that_is(self) -> None:
        data = stream(arrivals={"even": "3000 per 1 s", "count": 5}, shards=2, partition_keys=3)

        with pytest.raises(ScenarioError) as error:
            read(data)

        assert str(error.value) == (
            "sources.s.arrivals: 3,000 records per 1 s is above the maximum of 1,500 per 1 s that 2 shards with 3 "
            "partition keys can take in, 1,000 per 1 s each (Kinesis quotas)"
        )

    def test_says_how_much_that_is_in_large_records(self) -> None:
        with pytest.raises(ScenarioError) as error:
            read(stream(arrivals={"even": "40 per 1 s", "count": 5}, shards=2, payload="64 KB"))

        assert str(error.value) == (
            "sources.s.arrivals: 40 records per 1 s is above the maximum of 32 per 1 s that 2 shards can take in, "
            "1,024 KB per 1 s each in records of 64 KB (Kinesis quotas)"
        )

    def test_asks_no_dynamodb_stream_and_no_world_without_the_rule(self) -> None:
        data = stream("dynamodb", arrivals={"even": "3000 per 1 s", "count": 5})

        read(data)
        read(patch(data, {"source.kind": "kinesis"}), TRUTH.believing(NO_SHARD_LIMITS))
