"""Laws that hold for every stream."""

from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome
from studyapp.simulator.trace import DESTINATION, DROPPED, FILTERED, OK
from tests.simulator.streams import delivered, ends, handed
from tests.simulator.worlds import Data, flows, laws, run

seeds = st.integers(1, 1000)
shapes = st.fixed_dictionaries(
    {"shards": st.integers(1, 3), "batch_size": st.integers(1, 12)},
    optional={
        "parallelization_factor": st.integers(1, 3),
        "partition_keys": st.integers(1, 12),
        "batch_window": st.sampled_from(["1 s", "5 s"]),
        "backlog": st.integers(0, 40),
        "matches": st.sampled_from(["0 %", "60 %"]),
        "created_at": st.sampled_from(["1 s", "2.5 s"]),
        "starting_position": st.sampled_from(["trim-horizon", "latest"]),
        "payload": st.sampled_from(["100 KB", "3 MB"]),
    },
)
careers = st.fixed_dictionaries(
    {},
    optional={
        "retry_attempts": st.integers(-1, 3),
        "maximum_record_age": st.sampled_from(["60 s", "100 s"]),
        "bisect": st.booleans(),
        "partial_batch_responses": st.booleans(),
        "on_failure": st.sampled_from(["none", "sqs"]),
    },
)
failures = st.sampled_from(
    ["never", "always", "30 %", {"records": "10 %"}, {"events": [1, 4, 9]}, {"first": 2}, {"from": "0 s", "to": "4 s"}]
)
functions = st.fixed_dictionaries(
    {"duration": laws, "timeout": st.sampled_from(["2 s", "900 s"]), "fails": failures},
    optional={"reserved_concurrency": st.integers(1, 4)},
)
beliefs = st.fixed_dictionaries(
    {
        "kinesis_retention_default": st.sampled_from(["5 min", "24 h"]),
        "dynamodb_retention": st.just("5 min"),
        "mapping_backoff_min": st.sampled_from(["1 s", "7 s"]),
        "kinesis_shard_data": st.just("none"),
        "stream_window_waits_for_run": st.booleans(),
    },
    optional={
        "kinesis_shard_reads": st.just("none"),
        "kinesis_poll": st.just("none"),
        "dynamodb_poll": st.just("none"),
    },
)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    return run(draw(worlds()), belief=draw(beliefs), seed=draw(seeds))


@st.composite
def worlds(draw: st.DrawFn) -> Data:
    source = {"kind": draw(st.sampled_from(["kinesis", "dynamodb"])), "arrivals": draw(flows)}
    return {"functions": {"f": draw(functions)}, "sources": {"s": source | draw(shapes) | draw(careers)}}


class TestEveryStream:
    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_ends_each_record_once(self, outcome: Outcome) -> None:
        finals = Counter(delivered(outcome))
        finals.update(record for record, _, kind, _ in ends(outcome) if kind in (DROPPED, FILTERED))
        assert finals == Counter(range(1, len(outcome.trace.arrived) + 1))

    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_delivers_the_records_of_a_key_in_order(self, outcome: Outcome) -> None:
        by_key = defaultdict(list)
        for record in delivered(outcome):
            by_key[key(outcome, record)].append(record)
        assert all(records == sorted(records) for records in by_key.values())

    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_runs_one_batch_of_a_key_at_a_time(self, outcome: Outcome) -> None:
        uses = defaultdict(list)
        spans = list(outcome.view().spans_of_use())
        for row, first, last in outcome.trace.batches():
            for each in {key(outcome, event + 1) for event in outcome.trace.batch_event[first:last]}:
                uses[each].append(spans[row])
        assert all(end <= start for spans in uses.values() for (_, end), (start, _) in pairwise(spans))

    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_is_read_by_no_more_batches_than_its_tracks(self, outcome: Outcome) -> None:
        stream = outcome.scenario.sources[0].stream
        assert stream is not None
        assert outcome.metrics["peak_concurrency"] <= stream.shards * stream.factor  # type: ignore[operator]
        assert all(len(batch.records) <= stream.batch_size for batch in handed(outcome))

    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_tries_a_record_no_more_often_than_its_retries_and_splits_allow(self, outcome: Outcome) -> None:
        stream = outcome.scenario.sources[0].stream
        assert stream is not None
        if stream.retries is not None:
            splits = stream.batch_size if stream.bisects else 0
            assert all(batch.attempt <= 1 + stream.retries + splits for batch in handed(outcome))

    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_hands_over_only_what_has_arrived_and_is_not_over(self, outcome: Outcome) -> None:
        stream, trace = outcome.scenario.sources[0].stream, outcome.trace
        assert stream is not None
        oldest = min(stream.retention_us, stream.max_age_us or stream.retention_us)
        for row, first, last in trace.batches():
            assert trace.start[row] >= stream.from_us
            ages = [trace.start[row] - trace.arrived[event] for event in trace.batch_event[first:last]]
            assert all(0 <= age <= oldest for age in ages)

    @given(outcomes())
    @settings(max_examples=150, deadline=None)
    def test_reports_to_a_destination_only_what_it_drops(self, outcome: Outcome) -> None:
        dropped = {(record, at, reason) for record, at, kind, reason in ends(outcome) if kind == DROPPED}
        assert {(record, at, reason) for record, at, kind, reason in ends(outcome) if kind == DESTINATION} <= dropped

    @given(worlds(), beliefs, seeds)
    @settings(max_examples=50, deadline=None)
    def test_gives_the_same_bytes_for_the_same_seed(self, data: Data, belief: Data, seed: int) -> None:
        first, second = (run(data, belief=belief, seed=seed).trace.as_bytes() for _ in range(2))
        assert first == second

    @given(worlds(), beliefs, seeds)
    @settings(max_examples=50, deadline=None)
    def test_is_read_whole_when_nothing_fails(self, data: Data, belief: Data, seed: int) -> None:
        data["functions"]["f"] = {"duration": "50 ms"}
        data["sources"]["s"] |= {"matches": 1, "starting_position": "trim-horizon"}
        data["sources"]["s"].pop("maximum_record_age", None)  # a shard may take minutes to give out what is large
        outcome = run(data, belief=belief, seed=seed)
        assert sorted(delivered(outcome)) == list(range(1, len(outcome.trace.arrived) + 1))
        assert set(outcome.trace.status) <= {OK}


def key(outcome: Outcome, record: int) -> int:
    """The key of a record (from 1); without keys, the track that it is on."""
    stream = outcome.scenario.sources[0].stream
    assert stream is not None
    return (record - 1) % (stream.keys or stream.shards * stream.factor)
