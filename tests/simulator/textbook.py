"""Scenarios from the inputs of an oracle case, under the patch `textbook`: nothing that a closed form does not know."""

from collections.abc import Mapping
from typing import Any, Final

from studyapp.simulator import TRUTH, Scenario, read
from studyapp.simulator.rulebook import Rulebook
from tests.simulator import schema
from tests.simulator.schema import Inputs

Body = dict[str, object]

VISIBILITY_S: Final = 43_200
TEXTBOOK: Final = TRUTH.believing(
    {
        "account_concurrency": None,
        "scaling_rate": None,
        "request_rate_factor": None,
        "api_rate": None,
        "idle_lifetime": None,
        "environment_lifetime": None,
        "unreserved_minimum": 0,
        "timeout_max": f"{schema.LONGEST_S} s",
        "init_limit": f"{schema.LONGEST_S} s",
        "kinesis_poll": None,
        "kinesis_shard_rate": None,
        "kinesis_shard_data": None,
        "mapping_backoff_min": "0 s",
        "mapping_backoff_max": "0 s",
        "mapping_payload_max": "10 GB",
        "sqs_first_pollers": None,
        "sqs_errors_slow_down": "no",
        "sqs_throttles_slow_down": "no",
        "sqs_batch_without_window": 10_000,
        "sqs_concurrency_min": 1,
        "sqs_concurrency_max": TRUTH.sqs_most_pollers,
        "sqs_visibility_covers_timeout": "no",
    }
)


def rulebook(inputs: Inputs, *, ramps: bool = False) -> Rulebook:
    """The textbook's rules with those that the case gives; pollers begin at their cap unless the queue `ramps`."""
    patch: Body = {"account_concurrency": schema.limit(inputs)}
    if "keep_alive_s" in inputs:
        patch["idle_lifetime"] = _s(inputs["keep_alive_s"])
    if rate := inputs.get("scaling_rate"):
        patch["scaling_rate"] = f"{rate['environments']} per {rate['per_s']} s"
    if ramps:
        patch["sqs_first_pollers"] = TRUTH.sqs_first_pollers
    if "functions" in inputs and "event_source" in inputs:
        # what one throttles another may use, so that a retry at once would never let time go on
        patch |= {"mapping_backoff_min": "10 ms", "mapping_backoff_max": "10 ms"}
    return TEXTBOOK.believing(patch)


def scenario(inputs: Inputs, requests: int | None, horizon_s: float | None, *, ramps: bool = False) -> Scenario:
    """One function called `f` and its source, or those that `functions` names; `requests` bounds what has no horizon."""
    each = schema.by_function(inputs)
    data: Body = {
        "functions": {name: function(own) for name, own in each.items()},
        "sources": {
            source: {"calls": name, **body}
            for name, own in each.items()
            for source, body in sources(name, own, requests, horizon_s).items()
        },
        "max_events": 20_000_000,
    }
    if horizon_s is not None:
        data["horizon"] = _s(horizon_s)
    if inputs.get("warm_pool"):
        data["warm"] = dict.fromkeys(each, inputs["warm_pool"])
    return read(data, rulebook(inputs, ramps=ramps))


def function(inputs: Inputs) -> Body:
    duration, cold = inputs.get("duration", {"kind": "det", "mean_s": 1}), inputs.get("cold", {})
    body: Body = {"timeout": f"{schema.LONGEST_S} s", "duration": law(duration)}
    if "init_s" in cold:
        body["init"] = _s(cold["init_s"])
    if "total_s" in cold:
        body["cold_total"] = law({**duration, "mean_s": cold["total_s"]})
    body |= {name: inputs[name] for name in ("reserved_concurrency", "provisioned_concurrency") if name in inputs}
    is_async = "event_source" not in inputs and schema.invocation(inputs) == "async"
    return body | _failing(inputs) | (_async(inputs) if is_async else {})


def _failing(inputs: Inputs) -> Body:
    if "poison_index" in inputs:
        return {"fails": {"events": [inputs["poison_index"] + 1]}}
    return {"fails": {"probability": inputs["error_probability"]}} if inputs.get("error_probability") else {}


def _async(inputs: Inputs) -> Body:
    body: Body = {"dead_letter_queue": "yes" if inputs.get("dlq", True) else "no"}
    if "maximum_retry_attempts" in inputs:
        body["async_retries"] = inputs["maximum_retry_attempts"]
    if "maximum_event_age_s" in inputs:
        body["async_max_age"] = _s(inputs["maximum_event_age_s"])
    return body


def law(duration: Mapping[str, Any]) -> object:
    mean = _s(duration["mean_s"])
    if duration["kind"] == "exp":
        return {"exp": mean}
    return {"lognormal": mean, "cv": duration["cv"]} if duration["kind"] == "logn" else mean


def sources(name: str, inputs: Inputs, requests: int | None, horizon_s: float | None) -> dict[str, Body]:
    """The callers of function `name`, by their names."""
    flow = arrivals(inputs, requests, horizon_s)
    if "event_source" not in inputs:
        return {f"calls-{name}": {"kind": schema.invocation(inputs), "arrivals": flow or _one_by_one(inputs)}}
    if inputs["event_source"] == "sqs":
        return {f"mapping-{name}": _queue(inputs) | _coming(inputs, flow)}
    is_random = (schema.flow(inputs) or {}).get("kind") in ("poisson", "wave")
    if is_random and schema.lanes(inputs) > 1 and "poison_index" not in inputs:
        return _split(name, inputs, requests, horizon_s)
    return {f"mapping-{name}": _stream(inputs) | _coming(inputs, flow)}


def _split(name: str, inputs: Inputs, requests: int | None, horizon_s: float | None) -> dict[str, Body]:
    """Partition keys are hashed, so each lane of a Poisson stream has a Poisson stream of its own."""
    count = schema.lanes(inputs)
    given = {key: value / count if key.endswith("_per_s") else value for key, value in inputs["arrivals"].items()}
    found = {}
    for place in range(count):
        parts = {key: (inputs[key] + place) // count for key in ("backlog", "events") if key in inputs}
        lane = {**inputs, **parts, "arrivals": given, "shards": 1, "parallelization_factor": 1}
        flow = arrivals(lane, None if requests is None else (requests + place) // count, horizon_s)
        found[f"lane-{name}-{place + 1}"] = _stream(lane) | _coming(lane, flow)
    return found


def _coming(inputs: Inputs, flow: Body | None) -> Body:
    """What a mapping finds: what waits at the beginning and what arrives, or events all at once."""
    if flow is None and not inputs.get("backlog"):
        flow = {"burst": inputs.get("events", 1), "at": _s(inputs.get("start_s", 0))}
    return ({"backlog": inputs["backlog"]} if inputs.get("backlog") else {}) | ({"arrivals": flow} if flow else {})


def _queue(inputs: Inputs) -> Body:
    body: Body = {
        "kind": "sqs",
        "batch_size": inputs.get("batch_size", 1),
        "visibility_timeout": _s(inputs.get("visibility_timeout_s", VISIBILITY_S)),
        **_window(inputs),
    }
    places = schema.places(inputs)
    if places is not None and places < TRUTH.sqs_most_pollers:
        # a poller whose batch is throttled would try again at once and for ever
        body["maximum_concurrency"] = places
    if inputs.get("dlq", "max_receive_count" in inputs):
        body["max_receive_count"] = inputs.get("max_receive_count", "yes")
    return body


def _stream(inputs: Inputs) -> Body:
    return {
        "kind": "kinesis",
        "batch_size": inputs.get("batch_size", 1),
        "shards": inputs.get("shards", 1),
        "parallelization_factor": inputs.get("parallelization_factor", 1),
        "retry_attempts": inputs.get("maximum_retry_attempts", -1),
        "bisect": bool(inputs.get("bisect")),
        "on_failure": "sqs" if inputs.get("dlq", True) else "none",
        **_window(inputs),
    }


def _window(inputs: Inputs) -> Body:
    return {"batch_window": _s(inputs["batch_window_s"])} if inputs.get("batch_window_s") else {}


def _one_by_one(inputs: Inputs) -> Body:
    start = _s(inputs.get("start_s", 0))
    count = inputs.get("events", 1)
    return {"at": [start]} if count == 1 else {"even": "100 per 1 s", "count": count, "from": start}


def arrivals(inputs: Inputs, requests: int | None, horizon_s: float | None) -> Body | None:
    """The flow of requests, or None where a case gives none."""
    given, from_s = schema.flow(inputs), inputs.get("start_s", 0)
    if given is None:
        return None
    if given["kind"] == "at":
        return {"bursts": [{"at": _s(from_s + at), "count": count} for at, count in given["counts"]]}
    bounds = {"count": given.get("count", inputs.get("events", requests if horizon_s is None else None))}
    start: Body = {"from": _s(from_s), **{key: count for key, count in bounds.items() if count is not None}}
    if given["kind"] == "every":
        return {"every": _s(given["period_s"]), **start}
    if given["kind"] == "wave":
        base, amplitude = f"{given['base_per_s']} per 1 s", f"{given['amplitude_per_s']} per 1 s"
        return {"wave": base, "amplitude": amplitude, "period": _s(given["period_s"]), **start}
    return {given["kind"]: f"{given['rate_per_s']} per 1 s", **start}


def _s(seconds: float) -> str:
    return f"{seconds} s"
