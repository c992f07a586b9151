"""Kinesis and DynamoDB streams: looks, batches, shards, starting positions, filters."""

from typing import Any

import pytest

from studyapp.simulator import Outcome
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.trace import DROPPED, FILTERED, NO_MATCH, NOT_READ
from tests.simulator.streams import AT_ONCE, S, delivered, ends, handed, sizes, stream
from tests.simulator.worlds import Data, run


class TestLooks:
    @pytest.mark.parametrize(
        ("kind", "created", "belief", "seen"),
        [
            ("kinesis", "0 s", {}, 3.0),
            ("kinesis", "0.4 s", {}, 2.4),
            ("dynamodb", "0 s", {}, 2.25),
            ("dynamodb", "0 s", {"dynamodb_poll": "none"}, 2.1),
            ("kinesis", "0 s", {"kinesis_poll": "none"}, 2.1),
            ("kinesis", "7 s", {}, 7.0),
            ("kinesis", "7 s", {"kinesis_poll": "none"}, 7.0),
        ],
    )
    def test_see_a_record_at_the_next_period(self, kind: str, created: str, belief: Data, seen: float) -> None:
        data = stream(kind, arrivals={"at": ["2.1 s"]}, created_at=created)

        assert sizes(run(data, belief=belief)) == [(seen, 1)]

    def test_are_not_needed_with_enhanced_fan_out(self) -> None:
        assert sizes(run(stream(arrivals={"at": ["2.1 s"]}, enhanced_fan_out=True))) == [(2.1, 1)]

    @pytest.mark.parametrize("belief", [{}, AT_ONCE])
    def test_see_all_that_comes_at_their_moment(self, belief: Data) -> None:
        data = stream(arrivals={"burst": 70, "at": "0 s"})

        assert sizes(run(data, belief=belief)) == [(0, 70)]

    def test_of_a_shard_put_what_came_since_the_last_into_one_batch(self) -> None:
        data = stream(arrivals={"even": "10 per 1 s", "for": "3 s"}, function={"duration": "100 ms"})

        assert sizes(run(data)) == [(0, 1), (1, 10), (2, 10), (3, 9)]


class TestBatches:
    def test_are_full_at_their_size(self) -> None:
        assert sizes(run(stream(backlog=250))) == [(0, 100), (1, 100), (2, 50)]

    def test_are_full_at_6_mb(self) -> None:
        assert sizes(run(stream("dynamodb", backlog=20, payload="700 KB"))) == [(0, 8), (1, 8), (2, 4)]

    def test_wait_for_the_end_of_the_window(self) -> None:
        data = stream(batch_window="5 s", arrivals={"at": ["1 s", "3 s", "5.9 s", "6.5 s"]})

        assert sizes(run(data, belief=AT_ONCE)) == [(6, 3), (12, 1)]

    def test_leave_what_comes_at_the_very_end_of_their_window_to_the_next(self) -> None:
        data = stream(batch_window="5 s", arrivals={"at": ["1 s", "6 s"]})

        assert sizes(run(data, belief=AT_ONCE)) == [(6, 1), (12, 1)]

    def test_end_their_window_when_they_are_full(self) -> None:
        data = stream(batch_window="60 s", batch_size=3, arrivals={"even": "1 per 1 s", "count": 7})

        assert sizes(run(data, belief=AT_ONCE)) == [(2, 3), (5, 3), (66, 1)]

    def test_begin_their_window_when_the_one_before_has_run(self) -> None:
        data = stream(batch_window="5 s", arrivals={"at": ["0 s", "6 s", "14 s"]}, function={"duration": "20 s"})

        assert sizes(run(data, belief=AT_ONCE)) == [(5, 1), (30, 2)]
        assert sizes(run(data, belief=AT_ONCE | {"stream_window_waits_for_run": "no"})) == [(5, 1), (25, 2)]

    def test_count_their_window_from_the_look_that_saw_the_first(self) -> None:
        data = stream(batch_window="5 s", arrivals={"at": ["0.3 s", "5.5 s", "6.5 s"]})

        # the second is seen at 6 s, when the window is over; the next begins at 7 s, when the run ends
        assert sizes(run(data)) == [(6, 1), (12, 2)]


class TestShards:
    def test_give_out_2_mb_a_second(self) -> None:
        data = stream(backlog=100, payload="64 KB", function={"duration": "100 ms"})

        assert sizes(run(data)) == [(0, 32), (1, 32), (2, 32), (3, 4)]
        assert sizes(run(data, belief={"kinesis_poll": "4 per 1 s"}))[:3] == [(0, 8), (0.25, 8), (0.5, 8)]
        assert sizes(run(data, belief={"kinesis_shard_reads": "none"})) == [(0, 96), (0.1, 4)]
        assert sizes(run(data, {"sources.s.kind": "dynamodb"})) == [(0, 96), (0.1, 4)]
        assert sizes(run(data, {"sources.s.enhanced_fan_out": "yes"})) == [(0, 96), (0.1, 4)]
        assert sizes(run(data, {"sources.s.shards": 2}))[:4] == [(0, 32), (0, 32), (1, 18), (1, 18)]

    def test_give_out_a_large_record_whole_and_pay_for_it_later(self) -> None:
        data = stream(backlog=5, payload="3 MB", function={"duration": "100 ms"})

        # 2 MB more to give at each second: 3 of 2, 3 of 1, none of 0, 3 of 2, ...
        assert sizes(run(data)) == [(0, 1), (1, 1), (3, 1), (4, 1), (6, 1)]

    def test_save_nothing_up(self) -> None:
        data = stream(arrivals=[{"burst": 1}, {"burst": 9, "at": "20 s"}], payload="1 MB", function={"duration": "0 s"})

        assert sizes(run(data)) == [(0, 1), (20, 2), (21, 2), (22, 2), (23, 2), (24, 1)]

    def test_keep_what_they_do_not_give_out_in_order(self) -> None:
        data = stream(backlog=5, arrivals={"at": ["0.5 s", "1 s"]}, payload="1 MB", function={"duration": "0 s"})

        assert [batch.records for batch in handed(run(data))] == [[1, 2], [3, 4], [5, 6], [7]]
        assert sizes(run(data, {"sources.s.batch_window": "2 s"})) == [(2, 4), (4, 3)]

    @pytest.mark.parametrize(("shards", "factor", "most"), [(1, 1, 1), (4, 1, 4), (4, 3, 12)])
    def test_run_as_many_batches_at_once_as_their_factor_allows(self, shards: int, factor: int, most: int) -> None:
        data = stream(shards=shards, parallelization_factor=factor, backlog=5_000)

        assert run(data).metrics["peak_concurrency"] == most

    @pytest.mark.parametrize(("keys", "most"), [(1, 1), (3, 3), (12, 12), (13, 12)])
    def test_can_run_no_more_batches_than_there_are_keys(self, keys: int, most: int) -> None:
        data = stream(shards=4, parallelization_factor=3, backlog=5_000, partition_keys=keys)

        assert run(data).metrics["peak_concurrency"] == most

    def test_take_keys_in_turn(self) -> None:
        data = stream(shards=2, parallelization_factor=2, backlog=8, partition_keys=4)

        assert [batch.records for batch in handed(run(data))] == [[1, 5], [3, 7], [2, 6], [4, 8]]

    def test_are_drained_at_their_rate(self) -> None:
        data = stream(shards=2, parallelization_factor=5, batch_size=50, backlog=10_000)

        outcome = run(data, belief=AT_ONCE)

        assert len(delivered(outcome)) == 10_000
        assert max(outcome.trace.ends()) == 20 * S  # 10 batches of 50 a second

    def test_fall_behind_for_ever_when_more_comes_than_they_can_do(self) -> None:
        flow = {"even": "3000 per 1 s", "for": "60 s"}
        data = stream(shards=4, parallelization_factor=3, arrivals=flow, function={"duration": "500 ms"})
        outcome = run({**data, "horizon": "60 s"}, belief=AT_ONCE)
        trace = outcome.trace

        row, _, last = list(trace.batches())[-1]

        age = (trace.start[row] - trace.arrived[trace.batch_event[last - 1]]) / S
        assert age == pytest.approx(60 * (1 - 2400 / 3000), abs=1)


class TestStartingPosition:
    FLOW = {"at": ["1 s", "4 s", "6 s"]}

    def read(self, position: object, **more: Any) -> Outcome:
        return run(stream(backlog=2, arrivals=self.FLOW, created_at="5 s", starting_position=position, **more))

    def test_trim_horizon_reads_all(self) -> None:
        assert delivered(self.read("trim-horizon")) == [1, 2, 3, 4, 5]

    def test_latest_never_reads_what_came_before_the_mapping(self) -> None:
        outcome = self.read("latest")

        assert delivered(outcome) == [5]
        assert ends(outcome) == [(record, 5, DROPPED, NOT_READ) for record in (1, 2, 3, 4)]

    def test_a_time_reads_from_there(self) -> None:
        outcome = self.read({"at": "4 s"})

        assert delivered(outcome) == [4, 5]
        assert ends(outcome) == [(record, 5, DROPPED, NOT_READ) for record in (1, 2, 3)]

    def test_latest_skips_a_backlog_and_nothing_else_when_the_mapping_is_there_from_the_start(self) -> None:
        outcome = run(stream(backlog=2, arrivals={"at": ["0 s"]}, starting_position="latest"))

        assert delivered(outcome) == [3]


class TestFilters:
    def test_keep_records_out_of_batches(self) -> None:
        outcome = run(stream(backlog=400, matches="25 %"))

        passed = delivered(outcome)
        assert 60 < len(passed) < 140
        assert {len(batch.records) for batch in handed(outcome)[:-1]} <= {100}
        assert [record for record, *_ in ends(outcome)] == sorted(set(range(1, 401)) - set(passed))
        assert {(at, kind, reason) for _, at, kind, reason in ends(outcome)} == {(0, FILTERED, NO_MATCH)}

    def test_filter_what_is_pushed_as_it_comes(self) -> None:
        outcome = run(stream(arrivals={"at": ["3.5 s"]}, matches=0, enhanced_fan_out=True))

        assert ends(outcome) == [(1, 3.5, FILTERED, NO_MATCH)]


class TestLargeRuns:
    def test_stop_with_what_they_had(self) -> None:
        with pytest.raises(RunTooLong) as error:
            run({**stream(backlog=2_000), "max_events": 1_000})

        assert len(error.value.outcome.trace.arrived) == 1_000  # type: ignore[attr-defined]  # an Outcome

    def test_try_a_poison_record_ten_thousand_times(self) -> None:
        data = stream(
            arrivals={"at": ["0 s"]}, retry_attempts=10_000, retention="8760 h",
            function={"fails": "probability 1", "duration": {"exp": "10 ms"}},
        )  # fmt: skip

        assert len(handed(run(data, belief=AT_ONCE))) == 10_001

    def test_count_tries_further_than_a_trace_can(self) -> None:
        data = stream(backlog=1, function={"fails": "always", "duration": "1 s"})

        outcome = run(data, belief=AT_ONCE)

        assert len(handed(outcome)) == 86_401
        assert outcome.trace.attempt[-1] == 65_535
