"""Laws that hold for every queue."""

from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome
from studyapp.simulator.trace import DEAD_LETTERED, FILTERED, RECEIVES_USED_UP
from tests.simulator.queue_worlds import batches, deliveries
from tests.simulator.worlds import Data, run

seeds = st.integers(1, 1000)
times = st.integers(1, 12_000).map(lambda ms: f"{ms} ms")
flows = st.one_of(
    st.tuples(st.integers(1, 40), st.integers(1, 80)).map(lambda n: {"poisson": f"{n[0]} per 1 s", "count": n[1]}),
    st.tuples(st.integers(1, 80), times).map(lambda n: {"burst": n[0], "at": n[1]}),
    st.tuples(times, st.integers(1, 20)).map(lambda n: {"every": n[0], "count": n[1]}),
)
functions = st.fixed_dictionaries(
    {"duration": st.one_of(times, times.map(lambda mean: {"exp": mean})), "timeout": st.sampled_from(["2 s", "10 s"])},
    optional={
        "init": times,
        "record_time": st.just("50 ms"),
        "reserved_concurrency": st.integers(0, 6),
        "fails": st.sampled_from(["always", "30 %", {"records": "20 %"}, {"first": 1}, {"events": [1, 3, 12]}]),
    },
)
always = {
    "batch_size": st.integers(1, 10),
    "arrivals": flows,
    "retention": st.sampled_from(["60 s", "5 min"]),
}
shared = {
    "maximum_concurrency": st.integers(2, 6),
    "visibility_timeout": st.sampled_from(["10 s", "45 s"]),
    "max_receive_count": st.integers(1, 4),
    "delay": st.sampled_from(["3 s", "90 s"]),
    "partial_batch_responses": st.just("yes"),
    "matches": st.sampled_from(["0 %", "60 %"]),
    "backlog": st.integers(1, 40),
}
standard = st.fixed_dictionaries(
    {"kind": st.just("sqs"), **always},
    optional={
        **shared,
        "batch_window": st.sampled_from(["1 s", "20 s"]),
        "duplicates": st.sampled_from(["20 %", "100 %"]),
        "payload": st.just("1 MB"),
    },
)
fifo = st.fixed_dictionaries(
    {"kind": st.just("sqs-fifo"), **always},
    optional={**shared, "message_groups": st.integers(1, 5)},
)
beliefs = st.fixed_dictionaries(
    {},
    optional={
        "sqs_first_pollers": st.sampled_from([1, 5, "none"]),
        "sqs_growth": st.sampled_from(["300 per 60 s", "1 per 10 s", "0 per 60 s"]),
        "sqs_errors_slow_down": st.sampled_from(["yes", "no"]),
        "sqs_quiet_after": st.sampled_from(["1 s", "60 s"]),
        "sqs_quiet_pollers": st.sampled_from([1, 2]),
        "sqs_throttles_slow_down": st.sampled_from(["yes", "no"]),
        "sqs_slow_down_to": st.sampled_from(["80 %", "100 %", "0 %"]),
        "sqs_quiet_window": st.just("20 s"),
    },
)


def world(function: Data, source: Data) -> Data:
    return {"functions": {"f": function}, "sources": {"q": source}}


class TestEveryQueue:
    @given(functions, st.one_of(standard, fifo), beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_loses_nothing(self, function: Data, source: Data, belief: Data, seed: int) -> None:
        outcome = run(world(function, source), belief=belief, seed=seed)
        ended = Counter(outcome.trace.ended_event)
        assert set(ended.values()) <= {1}
        assert set(ended) | set(deliveries(outcome)) == set(range(len(outcome.trace.arrived)))
        assert outcome.metrics["delivered"] + len(ended) == len(outcome.trace.arrived)

    @given(functions, st.one_of(standard, fifo), beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_gives_a_message_one_fate_when_visibility_is_long(
        self, function: Data, source: Data, belief: Data, seed: int
    ) -> None:
        calm = {key: value for key, value in source.items() if key not in ("batch_window", "duplicates")}
        body = {key: value for key, value in function.items() if key not in ("init", "reserved_concurrency")}
        outcome = run(world(body, {**calm, "visibility_timeout": "60 s"}), belief=belief, seed=seed)
        delivered = deliveries(outcome)
        assert set(delivered.values()) <= {1}
        assert not set(delivered) & set(outcome.trace.ended_event)

    @given(functions, st.one_of(standard, fifo), beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_never_has_more_in_hand_than_it_may(self, function: Data, source: Data, belief: Data, seed: int) -> None:
        outcome = run(world(function, source), belief=belief, seed=seed)
        limits = [source.get("maximum_concurrency"), function.get("reserved_concurrency"), source.get("message_groups")]
        is_standard = source["kind"] == "sqs"
        if is_standard and belief.get("sqs_growth") == "0 per 60 s" and belief.get("sqs_first_pollers") != "none":
            limits.append(belief.get("sqs_first_pollers", 5))
        assert all(outcome.metrics["peak_concurrency"] <= limit for limit in limits if limit is not None)
        assert all(len(batch) <= source["batch_size"] for batch in batches(outcome))

    @given(functions, st.one_of(standard, fifo), beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_receives_no_message_too_often_or_after_its_end(
        self, function: Data, source: Data, belief: Data, seed: int
    ) -> None:
        source = {key: value for key, value in source.items() if key != "duplicates"}
        outcome = run(world(function, source), belief=belief, seed=seed)
        received = received_at(outcome)
        most = source.get("max_receive_count")
        assert most is None or all(len(times) <= most for times in received.values())
        for event, at, kind, reason in ends(outcome):
            assert all(time <= at for time in received[event])
            assert kind != DEAD_LETTERED or (reason == RECEIVES_USED_UP and len(received[event]) == most)

    @given(functions, st.one_of(standard, fifo), beliefs, seeds)
    @settings(max_examples=50, deadline=None)
    def test_hands_over_only_what_it_received_and_what_matches(
        self, function: Data, source: Data, belief: Data, seed: int
    ) -> None:
        outcome = run(world(function, source), belief=belief, seed=seed)
        handed = Counter(event for batch in batches(outcome) for event in batch)
        received = Counter(outcome.trace.received_event)
        filtered = {event for event, _, kind, _ in ends(outcome) if kind == FILTERED}
        assert all(times <= received[event] for event, times in handed.items())
        assert not filtered & set(handed)

    @given(functions, st.one_of(standard, fifo), beliefs, seeds)
    @settings(max_examples=50, deadline=None)
    def test_gives_the_same_bytes_for_the_same_seed(
        self, function: Data, source: Data, belief: Data, seed: int
    ) -> None:
        data = world(function, source)
        one, other = (run(data, belief=belief, seed=seed).trace.as_bytes() for _ in range(2))
        assert one == other

    @given(functions, st.one_of(standard, fifo), beliefs, seeds, st.integers(1, 30))
    @settings(max_examples=50, deadline=None)
    def test_does_until_a_horizon_what_it_does_without_one(
        self, function: Data, source: Data, belief: Data, seed: int, horizon: int
    ) -> None:
        data = world(function, source)
        whole, part = (run(each, belief=belief, seed=seed) for each in (data, {**data, "horizon": f"{horizon} s"}))
        assert list(part.trace.start) == [at for at in whole.trace.start if at < horizon * 1_000_000]


class TestEveryFifoQueue:
    @given(functions, fifo, beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_keeps_the_order_of_each_group(self, function: Data, source: Data, belief: Data, seed: int) -> None:
        outcome = run(world(function, source), belief=belief, seed=seed)
        count = source.get("message_groups", 1)
        orders = defaultdict(list)
        for batch, _, _ in timed_batches(outcome):
            assert len({event % count for event in batch}) == 1
            assert batch == sorted(batch)
        for event in delivered_in_turn(outcome):
            orders[event % count].append(event)
        assert all(order == sorted(order) for order in orders.values())

    @given(functions, fifo, beliefs, seeds)
    @settings(max_examples=150, deadline=None)
    def test_has_one_batch_of_a_group_at_a_time(self, function: Data, source: Data, belief: Data, seed: int) -> None:
        outcome = run(world(function, source), belief=belief, seed=seed)
        uses = defaultdict(list)
        for batch, start, end in timed_batches(outcome):
            uses[batch[0] % source.get("message_groups", 1)].append((start, end))
        assert all(end <= start for spans in uses.values() for (_, end), (start, _) in pairwise(spans))


def timed_batches(outcome: Outcome) -> list[tuple[list[int], int, int]]:
    return [(batch, *span) for batch, span in zip(batches(outcome), outcome.view().spans_of_use(), strict=True)]


def delivered_in_turn(outcome: Outcome) -> list[int]:
    """What runs did not give back, in the order of those runs."""
    trace = outcome.trace
    return [event for event, is_failed in zip(trace.batch_event, trace.batch_failed, strict=True) if not is_failed]


def received_at(outcome: Outcome) -> dict[int, list[int]]:
    received: dict[int, list[int]] = defaultdict(list)
    for event, at in zip(outcome.trace.received_event, outcome.trace.received_at, strict=True):
        received[event].append(at)
    return received


def ends(outcome: Outcome) -> list[tuple[int, int, int, int]]:
    trace = outcome.trace
    return list(zip(trace.ended_event, trace.ended_at, trace.ended_kind, trace.ended_reason, strict=True))
