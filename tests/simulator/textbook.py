"""Scenarios from the inputs of an oracle case, under the patch `textbook`: nothing that a closed form does not know."""

from collections.abc import Mapping
from typing import Any, Final

from studyapp.simulator import TRUTH, Scenario, read
from studyapp.simulator.rulebook import Rulebook
from tests.simulator import schema

Inputs = Mapping[str, Any]
Body = dict[str, object]

TIMEOUT_S: Final = 4000
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
        "timeout_max": f"{TIMEOUT_S} s",
        "init_limit": f"{TIMEOUT_S} s",
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
        "sqs_visibility_covers_timeout": "no",
    }
)


def rulebook(inputs: Inputs, *, ramps: bool = False) -> Rulebook:
    """The textbook's rules with those that the case gives; pollers begin at their cap unless the queue `ramps`."""
    patch: Body = {}
    if inputs.get("keep_alive_s") is not None:
        patch["idle_lifetime"] = _s(inputs["keep_alive_s"])
    if rate := inputs.get("scaling_rate"):
        patch["scaling_rate"] = f"{rate['environments']} per {rate['per_s']} s"
    if ramps:
        patch["sqs_first_pollers"] = TRUTH.sqs_first_pollers
    limit = _account(inputs)
    return TEXTBOOK.believing(patch if limit is None else {**patch, "account_concurrency": limit})


def _account(inputs: Inputs) -> int | None:
    if inputs.get("always_throttled"):
        return 0
    if inputs.get("on_demand_limit") is not None:
        return int(inputs["on_demand_limit"]) + int(inputs.get("provisioned_concurrency") or 0)
    given = (inputs.get(name) for name in ("account_concurrency", "shared_pool", "limit"))
    return next((int(each) for each in given if each is not None), None)


def scenario(inputs: Inputs, requests: int | None, horizon_s: float | None, wanted: Mapping[str, Any]) -> Scenario:
    """One function called `f` and its source, or those that `functions` names; `requests` bounds what has no horizon."""
    own = inputs.get("functions") or {"f": {}}
    shared = {key: value for key, value in inputs.items() if key != "functions"}
    each = {name: {**shared, **body} for name, body in own.items()}
    data: Body = {
        "functions": {name: function(body) for name, body in each.items()},
        "sources": {
            source: {"calls": name, **body}
            for name, given in each.items()
            for source, body in sources(name, given, requests, horizon_s, wanted).items()
        },
        "max_events": 20_000_000,
    }
    if horizon_s is not None:
        data["horizon"] = _s(horizon_s)
    if inputs.get("warm_pool"):
        data["warm"] = dict.fromkeys(each, inputs["warm_pool"])
    return read(data, rulebook(inputs, ramps=schema.ramps(inputs, wanted)))


def function(inputs: Inputs) -> Body:
    duration = inputs.get("duration") or {"kind": "det", "mean_s": 1}
    body: Body = {"timeout": f"{TIMEOUT_S} s", "duration": law(duration)}
    cold = inputs.get("cold") or {}
    if "init_s" in cold:
        body["init"] = _s(cold["init_s"])
    if "total_s" in cold:
        body["cold_total"] = law({**duration, "mean_s": cold["total_s"]})
    body |= {
        name: inputs[name]
        for name in ("reserved_concurrency", "provisioned_concurrency")
        if inputs.get(name) is not None
    }
    is_async = "event_source" not in inputs and schema.invocation(inputs) == "async"
    return body | _failing(inputs) | (_async(inputs) if is_async else {})


def _failing(inputs: Inputs) -> Body:
    if inputs.get("poison_index") is not None:
        return {"fails": {"events": [inputs["poison_index"] + 1]}}
    return {"fails": {"probability": inputs["error_probability"]}} if inputs.get("error_probability") else {}


def _async(inputs: Inputs) -> Body:
    body: Body = {"dead_letter_queue": "yes" if inputs.get("dlq", True) else "no"}
    if inputs.get("maximum_retry_attempts") is not None:
        body["async_retries"] = inputs["maximum_retry_attempts"]
    if inputs.get("maximum_event_age_s") is not None:
        body["async_max_age"] = _s(inputs["maximum_event_age_s"])
    return body


def law(duration: Mapping[str, Any]) -> object:
    mean = _s(duration["mean_s"])
    if duration["kind"] == "exp":
        return {"exp": mean}
    return {"lognormal": mean, "cv": duration["cv"]} if duration["kind"] == "logn" else mean


def sources(
    name: str, inputs: Inputs, requests: int | None, horizon_s: float | None, wanted: Mapping[str, Any]
) -> dict[str, Body]:
    """The callers of function `name`, by their names."""
    flow = arrivals(inputs, requests, horizon_s)
    kind = inputs.get("event_source")
    if kind is None:
        once: Body = (
            {"at": ["0 s"]} if inputs.get("events", 1) == 1 else {"even": "100 per 1 s", "count": inputs["events"]}
        )
        return {f"calls-{name}": {"kind": schema.invocation(inputs), "arrivals": flow or once}}
    mapping = _queue(inputs) if kind == "sqs" else _stream(inputs)
    backlog = _backlog(inputs, wanted)
    if flow is None and not backlog:
        flow = {"burst": inputs.get("events", 1), "at": "0 s"}
    if kind == "kinesis" and lanes(inputs) > 1 and (inputs.get("arrivals") or {}).get("kind") == "poisson":
        return _split(name, inputs, requests, horizon_s)
    mapping |= {"backlog": backlog} if backlog else {}
    return {f"mapping-{name}": mapping | ({"arrivals": flow} if flow else {})}


def _split(name: str, inputs: Inputs, requests: int | None, horizon_s: float | None) -> dict[str, Body]:
    """Partition keys are hashed, so each lane of a Poisson stream has a Poisson stream of its own."""
    count = lanes(inputs)
    given = inputs["arrivals"]
    share = {**inputs, "arrivals": {**given, "rate_per_s": given["rate_per_s"] / count}}
    flow = arrivals(share, None if requests is None else requests // count, horizon_s)
    alone = _stream({**inputs, "shards": 1, "parallelization_factor": 1})
    return {f"lane-{name}-{number}": {**alone, "arrivals": flow} for number in range(1, count + 1)}


def lanes(inputs: Inputs) -> int:
    return int(inputs.get("shards", 1)) * int(inputs.get("parallelization_factor", 1))


def _queue(inputs: Inputs) -> Body:
    body: Body = {
        "kind": "sqs",
        "batch_size": inputs.get("batch_size", 1),
        "visibility_timeout": _s(inputs.get("visibility_timeout_s") or VISIBILITY_S),
        **_window(inputs),
    }
    if inputs.get("max_concurrency") is not None:
        body["maximum_concurrency"] = inputs["max_concurrency"]
    if inputs.get("max_receive_count") is not None:
        body["max_receive_count"] = inputs["max_receive_count"]
    return body


def _stream(inputs: Inputs) -> Body:
    retries = inputs.get("maximum_retry_attempts")
    return {
        "kind": "kinesis",
        "batch_size": inputs.get("batch_size", 1),
        "shards": inputs.get("shards", 1),
        "parallelization_factor": inputs.get("parallelization_factor", 1),
        "retry_attempts": -1 if retries is None else retries,
        "bisect": bool(inputs.get("bisect")),
        "on_failure": "sqs",
        **_window(inputs),
    }


def _window(inputs: Inputs) -> Body:
    return {"batch_window": _s(inputs["batch_window_s"])} if inputs.get("batch_window_s") else {}


def _backlog(inputs: Inputs, wanted: Mapping[str, Any]) -> object:
    """What waits at the beginning: as given; without end where pollers grow; one batch that holds the poison; or enough
    to fill every lane ten times where a capacity is asked for and nothing arrives."""
    given = inputs.get("backlog")
    if schema.ramps(inputs, wanted):
        return "infinite" if given is None else given
    if given is not None:
        return given
    comes = any(name in inputs for name in ("arrivals", "records_per_s", "events"))
    if inputs.get("poison_index") is not None and not comes:
        return inputs.get("batch_size", 1)
    asks = "capacity_records_per_s" in wanted or "max_concurrency" in wanted
    return 10 * lanes(inputs) * inputs.get("batch_size", 1) if asks and not comes else 0


def arrivals(inputs: Inputs, requests: int | None, horizon_s: float | None) -> Body | None:
    """The flow of requests, or None where a case gives none."""
    given = inputs.get("arrivals")
    if given is None and inputs.get("records_per_s"):
        given = {"kind": "even", "rate_per_s": inputs["records_per_s"]}
    if given is None:
        return None
    from_s = inputs.get("start_s") or 0
    if given["kind"] == "at":
        return {"bursts": [{"at": _s(from_s + at), "count": count} for at, count in given["counts"]]}
    start: Body = {"from": _s(from_s)} if from_s else {}
    count = given.get("count", None if horizon_s is not None else requests)
    bound: Body = {} if count is None else {"count": count}
    if given["kind"] == "every":
        return {"every": _s(given["period_s"]), **start, **bound}
    if given["kind"] == "wave":
        base, amplitude = f"{given['base_per_s']} per 1 s", f"{given['amplitude_per_s']} per 1 s"
        return {"wave": base, "amplitude": amplitude, "period": _s(given["period_s"]), **start, **bound}
    return {given["kind"]: f"{given['rate_per_s']} per 1 s", **start, **bound}


def _s(seconds: float) -> str:
    return f"{seconds} s"
