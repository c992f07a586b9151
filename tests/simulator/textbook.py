"""Scenarios from the inputs of an oracle case, under the patch `textbook`: nothing that a closed form does not know."""

from collections.abc import Mapping
from typing import Any

from studyapp.simulator import TRUTH, Scenario, read
from studyapp.simulator.rulebook import Rulebook

TEXTBOOK = TRUTH.believing(
    {
        "account_concurrency": None,
        "scaling_rate": None,
        "request_rate_factor": None,
        "idle_lifetime": None,
        "unreserved_minimum": 0,
        "timeout_max": "4000 s",
        "init_limit": "4000 s",
    }
)


def rulebook(inputs: Mapping[str, Any]) -> Rulebook:
    patch: dict[str, object] = {}
    if "keep_alive_s" in inputs:
        patch["idle_lifetime"] = _s(inputs["keep_alive_s"])
    if rate := inputs.get("scaling_rate"):
        patch["scaling_rate"] = f"{rate['environments']} per {rate['per_s']} s"
    limit = inputs.get("account_concurrency", inputs.get("shared_pool", inputs.get("limit")))
    if inputs.get("on_demand_limit") is not None:
        limit = inputs["on_demand_limit"] + inputs.get("provisioned_concurrency", 0)
    if limit is not None:
        patch["account_concurrency"] = limit
    if inputs.get("always_throttled"):
        patch["account_concurrency"] = 0
    return TEXTBOOK.believing(patch)


def scenario(inputs: Mapping[str, Any], requests: int | None, horizon_s: float | None = None) -> Scenario:
    """One function called `f` and its source, or those that `functions` names."""
    each: Mapping[str, Any] = inputs.get("functions") or {"f": {}}
    shared = {key: value for key, value in inputs.items() if key != "functions"}
    data: dict[str, object] = {
        "functions": {name: function({**shared, **own}) for name, own in each.items()},
        "sources": {
            f"calls-{name}": {
                "kind": {**shared, **own}.get("invocation", "sync"),
                "calls": name,
                "arrivals": arrivals({**shared, **own}, requests, horizon_s),
            }
            for name, own in each.items()
        },
        "max_events": 20_000_000,
    }
    if horizon_s is not None:
        data["horizon"] = _s(horizon_s)
    if inputs.get("warm_pool"):
        data["warm"] = {"f": inputs["warm_pool"]}
    return read(data, rulebook(inputs))


def function(inputs: Mapping[str, Any]) -> dict[str, object]:
    body: dict[str, object] = {
        "timeout": "4000 s",
        "duration": law(inputs.get("duration", {"kind": "det", "mean_s": 1})),
    }
    cold = inputs.get("cold", {})
    if "init_s" in cold:
        body["init"] = _s(cold["init_s"])
    if "total_s" in cold:
        body["cold_total"] = _s(cold["total_s"])
    names = {
        "reserved_concurrency": "reserved_concurrency",
        "provisioned_concurrency": "provisioned_concurrency",
        "maximum_retry_attempts": "async_retries",
    }
    body |= {ours: inputs[theirs] for theirs, ours in names.items() if inputs.get(theirs) is not None}
    if "maximum_event_age_s" in inputs:
        body["async_max_age"] = _s(inputs["maximum_event_age_s"])
    if inputs.get("error_probability"):
        body["fails"] = {"probability": inputs["error_probability"]}
    if inputs.get("invocation") == "async":
        body["dead_letter_queue"] = "yes"
    return body


def law(duration: Mapping[str, Any]) -> object:
    mean = _s(duration["mean_s"])
    if duration["kind"] == "exp":
        return {"exp": mean}
    return {"lognormal": mean, "cv": duration["cv"]} if duration["kind"] == "logn" else mean


def arrivals(inputs: Mapping[str, Any], requests: int | None, horizon_s: float | None) -> dict[str, object]:
    given = inputs.get("arrivals")
    if given is None:
        events = inputs.get("events", 1)
        return {"at": ["0 s"]} if events == 1 else {"even": "100 per 1 s", "count": events}
    start = {"from": _s(inputs["start_s"])} if "start_s" in inputs else {}
    bound: dict[str, object] = {} if horizon_s is not None or requests is None else {"count": requests}
    if given["kind"] == "at":
        return {"bursts": [{"at": _s(at), "count": count} for at, count in given["counts"]]}
    if given["kind"] == "every":
        return {"every": _s(given["period_s"]), "count": given["count"], **start}
    if given["kind"] == "wave":
        base, amplitude = f"{given['base_per_s']} per 1 s", f"{given['amplitude_per_s']} per 1 s"
        return {"wave": base, "amplitude": amplitude, "period": _s(given["period_s"]), **start, **bound}
    return {given["kind"]: f"{given['rate_per_s']} per 1 s", **start, **bound}


def _s(seconds: float) -> str:
    return f"{seconds} s"
