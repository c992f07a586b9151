"""Traces written by hand, so that what is derived from a trace can be tested without an engine. Times in seconds."""

from collections.abc import Sequence

from studyapp.simulator import TRUTH, Outcome, Rulebook, read
from studyapp.simulator.trace import NEW, OK, ON_DEMAND, READY, Trace
from tests.simulator.worlds import Data

S = 1_000_000


class Hand:
    """A scenario and the trace that is being written for it."""

    def __init__(self, data: Data, rulebook: Rulebook = TRUTH) -> None:
        self.scenario = read(data, rulebook)
        self.rulebook = rulebook
        self.trace = Trace()

    def arrives(self, *times: float, source: int = 0) -> "Hand":
        for at in times:
            self.trace.add_event(round(at * S), source, 0)
        return self

    def runs(
        self, at: float, length: float, *events: int, back: Sequence[int] = (), status: int = OK, init: float = 0,
        environment: int = 0, attempt: int = 1,
    ) -> "Hand":  # fmt: skip
        """A run of `events`, in a batch where a mapping reads them; with an `init` it starts an environment."""
        trace = self.trace
        while len(trace.environment_kind) <= environment:
            trace.add_environment(0, ON_DEMAND)
        found = NEW if init else READY
        trace.add_run(events[0], attempt, round(at * S), round(init * S), round(length * S), environment, status, found)
        if self.scenario.sources[trace.source[events[0]]].is_mapping:
            trace.add_batch(events, [int(status != OK or event in back) for event in events])
        return self

    def receives(self, at: float, *events: int) -> "Hand":
        for event in events:
            self.trace.add_receive(event, round(at * S))
        return self

    def refuses(self, at: float, event: int, reason: int) -> "Hand":
        self.trace.add_refusal(event, round(at * S), reason)
        return self

    def ends(self, at: float, kind: int, reason: int, *events: int) -> "Hand":
        for event in events:
            self.trace.add_end(event, round(at * S), kind, reason)
        return self

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.scenario, self.rulebook, self.trace)


def queue(horizon: str | None = None, **source: object) -> Hand:
    """A queue of one function `f`; visibility 30 s."""
    body = {"kind": "sqs", "calls": "f", "arrivals": {"at": []}, "visibility_timeout": "30 s", **source}
    return Hand(_world(body, horizon))


def stream(horizon: str | None = None, **source: object) -> Hand:
    return Hand(_world({"kind": "kinesis", "calls": "f", "shards": 1, "arrivals": {"at": []}, **source}, horizon))


def events(kind: str = "async", horizon: str | None = None, **function: object) -> Hand:
    return Hand(_world({"kind": kind, "calls": "f", "arrivals": {"at": []}}, horizon, **function))


def _world(source: Data, horizon: str | None, **function: object) -> Data:
    body = {"memory": "1024 MB", "timeout": "30 s", "duration": "2 s", **function}
    data: Data = {"functions": {"f": body}, "sources": {"source": source}}
    return data if horizon is None else {**data, "horizon": horizon}


def told(outcome: Outcome, event: int = 1) -> list[tuple[str, float, float]]:
    """(kind, from, until) of one event's spans, in seconds."""
    return [(span.kind, span.start_us / S, span.end_us / S) for span in outcome.spans if span.event == event]
