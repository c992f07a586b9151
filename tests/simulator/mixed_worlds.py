"""Random worlds with everything at once: callers that ask again, events that come twice, queues, streams, databases,
memory that leaks."""

from collections import Counter, defaultdict

from hypothesis import strategies as st

from studyapp.simulator import Outcome
from studyapp.simulator.parts import Source
from studyapp.simulator.trace import DROPPED, FILTERED, OK
from tests.simulator.worlds import Data, failures, flows, laws

functions = st.fixed_dictionaries(
    {"duration": laws, "timeout": st.sampled_from(["2 s", "10 s"])},
    optional={
        "fails": st.one_of(failures, st.sampled_from([{"records": "10 %"}])),
        "init": laws,
        "first_run": st.just("300 ms"),
        "record_time": st.just("20 ms"),
        "reserved_concurrency": st.integers(5, 8),
        "provisioned_concurrency": st.integers(0, 5),
        "memory_used": st.sampled_from(["90 MB", "140 MB"]),
        "memory_leak": st.sampled_from(["10 MB", "30 MB"]),
        "tmp_left": st.sampled_from(["100 MB", "300 MB"]),
        "response": st.sampled_from(["1 MB", "7 MB"]),
        "async_retries": st.integers(0, 2),
        "async_max_age": st.sampled_from(["60 s", "6 h"]),
        "dead_letter_queue": st.sampled_from(["yes", "denied"]),
        "on_failure": st.just("sqs"),
        "on_success": st.just("sns"),
    },
)
databases = st.fixed_dictionaries(
    {"connections": st.integers(1, 6)},
    optional={
        "proxy": st.just("yes"),
        "timeout": st.sampled_from(["0 s", "500 ms"]),
        "down": st.just({"from": "1 s", "to": "3 s"}),
    },
)
callers = st.fixed_dictionaries(
    {"kind": st.sampled_from(["sync", "api", "http-api", "url", "alb"]), "arrivals": flows},
    optional={
        "timeout": st.sampled_from(["500 ms", "3 s"]),
        "retries": st.fixed_dictionaries({"tries": st.integers(1, 4), "jitter": st.booleans()}),
    },
)
events = st.fixed_dictionaries(
    {"kind": st.sampled_from(["async", "s3", "sns", "eventbridge"]), "arrivals": flows},
    optional={"duplicates": st.sampled_from(["10 %", "100 %"])},
)
queues = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["sqs", "sqs-fifo"]),
        "arrivals": flows,
        "batch_size": st.integers(1, 10),
        "visibility_timeout": st.just("45 s"),
        "retention": st.just("5 min"),
    },
    optional={
        "maximum_concurrency": st.integers(2, 6),
        "max_receive_count": st.integers(1, 4),
        "partial_batch_responses": st.booleans(),
        "backlog": st.integers(1, 30),
        "matches": st.just("60 %"),
        "delay": st.just("3 s"),
    },
)
streams = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["kinesis", "dynamodb"]),
        "arrivals": flows,
        "batch_size": st.integers(1, 12),
        "maximum_record_age": st.sampled_from(["60 s", "2 min"]),
    },
    optional={
        "shards": st.integers(1, 3),
        "parallelization_factor": st.integers(1, 3),
        "batch_window": st.just("2 s"),
        "retry_attempts": st.integers(0, 3),
        "bisect": st.booleans(),
        "partial_batch_responses": st.booleans(),
        "on_failure": st.sampled_from(["none", "s3"]),
        "backlog": st.integers(1, 30),
        "matches": st.just("60 %"),
    },
)
sources = st.one_of(callers, events, queues, streams)


@st.composite
def worlds(draw: st.DrawFn) -> Data:
    """Two functions in an account of 140, each with a source of its own, one of them perhaps with a second; each may
    have a database of its own."""
    names = ["f", "g"]
    data: Data = {
        "account": {"concurrency": 140},
        "functions": {name: draw(functions) for name in names},
        "sources": {f"to-{name}": {"calls": name, **draw(sources)} for name in names},
        "databases": {},
    }
    if draw(st.booleans()):
        data["sources"]["also-to-f"] = {"calls": "f", **draw(sources)}
    for name in names:
        if draw(st.booleans()):
            data["databases"][f"of-{name}"] = draw(databases)
            data["functions"][name]["database"] = f"of-{name}"
    return data


def alone(data: Data, name: str) -> Data:
    """What of a world belongs to the function `name`."""
    return {
        "account": data["account"],
        "functions": {name: data["functions"][name]},
        "sources": {source: body for source, body in data["sources"].items() if body["calls"] == name},
        "databases": {each: body for each, body in data["databases"].items() if each == f"of-{name}"},
    }


def deliveries(outcome: Outcome) -> Counter[int]:
    """How often a run has taken each event and not given it back; a second delivery of an event that came once does not
    count."""
    trace, found = outcome.trace, Counter[int]()
    batched = set()
    for row, first, upto in trace.batches():
        batched.add(row)
        pairs = zip(trace.batch_event[first:upto], trace.batch_failed[first:upto], strict=True)
        found.update(event for event, failed in pairs if not failed)
    for row, (event, status, attempt) in enumerate(zip(trace.event, trace.status, trace.attempt, strict=True)):
        found[event] += row not in batched and status == OK and attempt > 0
    return found


def final_states(outcome: Outcome) -> list[int]:
    """How many final states each event has. A caller that waits has its last answer, whatever that is. A message that
    came back while it was handled may be delivered and end as well: that is one state, of two that AWS allows."""
    trace, delivered = outcome.trace, deliveries(outcome)
    ended: dict[int, list[int]] = defaultdict(list)
    for event, kind in zip(trace.ended_event, trace.ended_kind, strict=True):
        ended[event].append(kind)
    asked = {*trace.event, *trace.refused_event}
    return [
        _final_states(outcome.scenario.sources[source], event in asked, delivered[event], ended[event])
        for event, source in enumerate(trace.source)
    ]


def _final_states(source: Source, is_asked: bool, delivered: int, ended: list[int]) -> int:
    if source.is_sync:
        return int(is_asked)
    if source.queue is not None:
        return len(ended) or min(delivered, 1)
    return delivered + sum(kind in (DROPPED, FILTERED) for kind in ended)
