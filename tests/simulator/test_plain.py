"""Lives that are written from columns are those that would have been told."""

from typing import Any

import pytest
from hypothesis import given, settings

from studyapp.simulator import story
from studyapp.simulator.alike import are_alike
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.run import simulate
from studyapp.simulator.scenario import read
from tests.simulator import mixed_worlds, worlds

BODY = {"timeout": "10 s", "duration": {"exp": "800 ms"}, "init": "300 ms"}
STEADY = {"poisson": "20 per 1 s", "for": "20 s"}
QUEUE = {"kind": "sqs", "arrivals": STEADY}
WORLDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "calls": ({"kind": "sync", "arrivals": STEADY}, {}),
    "calls that fail": ({"kind": "api", "arrivals": STEADY}, {"fails": "20 %"}),
    "calls refused": ({"kind": "sync", "arrivals": STEADY}, {"reserved_concurrency": 3}),
    "calls tried again": ({"kind": "sync", "retries": {"tries": 3}, "arrivals": STEADY}, {"reserved_concurrency": 3}),
    "provisioned": ({"kind": "sync", "arrivals": STEADY}, {"provisioned_concurrency": 5}),
    "events": ({"kind": "async", "arrivals": STEADY}, {"fails": "20 %", "dead_letter_queue": True}),
    "events throttled": ({"kind": "async", "arrivals": STEADY}, {"reserved_concurrency": 3}),
    "messages": ({**QUEUE, "batch_size": 10, "delay": "3 s"}, {"fails": "20 %"}),
    "messages throttled": ({**QUEUE, "batch_size": 5}, {"reserved_concurrency": 2}),
    "messages in part": ({**QUEUE, "batch_size": 5, "partial_batch_responses": True}, {"fails": {"events": [7]}}),
    "messages gathered": ({**QUEUE, "batch_size": 50, "batch_window": "5 s"}, {}),
    "records": ({"kind": "kinesis", "shards": 2, "batch_size": 20, "arrivals": STEADY}, {"fails": "10 %"}),
}


def run(name: str, **function: Any) -> Outcome:
    source, settings = WORLDS[name]
    body = {"functions": {"f": {**BODY, **settings, **function}}, "sources": {"s": source}, "horizon": "60 s"}
    return simulate(read(body), seed=3)


@pytest.mark.parametrize("name", WORLDS)
class TestPlainLives:
    def test_are_those_that_would_be_told(self, name: str) -> None:
        outcome = run(name)
        plain = outcome.view().plain
        events = [event for event in range(plain.events) if event not in plain.troubled]

        told = story.tell(outcome.scenario, outcome.trace, events)

        assert len(events) > 0
        assert {event: plain.spans(event) for event in events} == told

    def test_are_counted_like_told_ones(self, name: str) -> None:
        """What waits, from the spans of everything."""
        outcome = run(name)
        if not any(source.is_mapping for source in outcome.scenario.sources):
            return
        told = ("queued",) if outcome.scenario.sources[0].queue else ("queued", "batch_window", "retry_wait")
        waits = [span for span in outcome.spans if span.kind in told and "delay" not in span.reason]

        for at, level in outcome.series("queue_depth")[:200]:
            assert level == sum(span.start_us <= at < span.end_us for span in waits)

    def test_are_alike_where_nothing_differs(self, name: str) -> None:
        assert are_alike(run(name), run(name, architecture="arm64"))
        assert not are_alike(run(name), run(name, duration="2 s"))


@settings(max_examples=60, deadline=None)
@given(mixed_worlds.worlds())
def test_any_world_has_no_other_plain_lives(data: worlds.Data) -> None:
    outcome = worlds.run(data)
    plain = outcome.view().plain
    events = [event for event in range(plain.events) if event not in plain.troubled]

    assert {event: plain.spans(event) for event in events} == story.tell(outcome.scenario, outcome.trace, events)
