"""What a case may say. What is not known here is refused by its name, so that nothing is ever passed over in silence."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

CASE: Final = {"id", "category", "title", "inputs", "expected", "tolerance", "n_invocations", "derivation", "convention",
               "source", "theory"}  # fmt: skip
BILL: Final = {"invocations", "requests", "duration_ms", "memory_mb", "arch", "free_tier", "provisioned_concurrency",
               "hours", "ephemeral_mb", "gb_s", "runs_ms", "init_ms"}  # fmt: skip
ROUTING: Final = {"weight", "invocations", "batches"}
CALLS: Final = {"arrivals", "duration", "cold", "keep_alive_s", "invocation", "limit", "reserved_concurrency",
                "account_concurrency", "provisioned_concurrency", "on_demand_limit", "scaling_rate", "functions",
                "shared_pool", "carve_out", "start_s", "horizon_s", "run_s", "replications", "periods",
                "discard_periods", "discard_first", "warm_pool", "error_probability"}  # fmt: skip
ASYNC: Final = {"maximum_retry_attempts", "maximum_event_age_s", "always_throttled", "dlq", "events"}
SQS: Final = {"event_source", "batch_size", "batch_window_s", "max_concurrency", "max_receive_count", "visibility_timeout_s",
              "backlog", "events"}  # fmt: skip
KINESIS: Final = {"event_source", "shards", "parallelization_factor", "batch_size", "batch_window_s", "records_per_s",
                  "backlog", "poison_index", "bisect", "maximum_retry_attempts", "events"}  # fmt: skip
ARRIVALS: Final = {
    "poisson": {"rate_per_s"},
    "every": {"period_s", "count"},
    "at": {"counts"},
    "even": {"rate_per_s", "count"},
    "wave": {"base_per_s", "amplitude_per_s", "period_s"},
}
CVS: Final = {"exp": 1, "det": 0}


class UnknownKey(ValueError):
    """A case says something that the adapter does not know."""


def check(case: Mapping[str, Any]) -> None:
    """Raise UnknownKey for the first key of `case` that has no meaning here."""
    inputs = case["inputs"]
    _known(case, CASE, "the case")
    _known(inputs, allowed(inputs), "inputs")
    for name, own in (inputs.get("functions") or {}).items():
        _known(own, {"arrivals", "duration", "reserved_concurrency", "cold"}, f"functions.{name}")
        _check_parts(own)
    _check_parts(inputs)
    _check_together(inputs)
    given = case.get("tolerance", 0)
    for key in given if isinstance(given, Mapping) else ():
        name = key if key in case["expected"] else relative_to(key)
        if name is None or (name and name not in case["expected"]):
            raise UnknownKey(f"tolerance: {key} is not known")


def relative_to(key: str) -> str | None:
    """The value whose relative tolerance stands under `key`: "" for all of them, None if it is no such key."""
    found = re.fullmatch(r"(?:(.+)_)?rel(?:ative)?|rel(?:ative)?_(.+)", key)
    return (found[1] or found[2] or "") if found else None


def _check_together(inputs: Mapping[str, Any]) -> None:
    """What has no meaning beside another key."""
    if inputs.get("poison_index") is not None and inputs.get("error_probability"):
        raise UnknownKey("inputs: error_probability has no meaning beside poison_index")


def allowed(inputs: Mapping[str, Any]) -> set[str]:
    if "weight" in inputs:
        return ROUTING
    if inputs.keys() & (BILL - {"invocations", "provisioned_concurrency"}):
        return BILL
    if "event_source" not in inputs:
        return CALLS | ASYNC if invocation(inputs) == "async" else CALLS
    return CALLS | {"sqs": SQS, "kinesis": KINESIS}[inputs["event_source"]]


def invocation(inputs: Mapping[str, Any]) -> str:
    """sync or async: as given, else as what is said of an event's retries, age and dead-letter queue has it."""
    return str(inputs.get("invocation") or ("async" if inputs.keys() & ASYNC else "sync"))


def ramps(inputs: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the case is about how the pollers of a queue grow."""
    return inputs.get("event_source") == "sqs" and (
        "max_concurrency_at_minutes" in wanted or inputs.get("backlog") == "infinite"
    )


def numbers(pattern: str, name: str) -> tuple[float, ...] | None:
    """The numbers that a name holds, when it has the form: `mean_concurrency_at_#s` -> (5.0,) for ..._at_5s."""
    found = re.fullmatch(re.escape(pattern).replace(r"\#", r"(\d+(?:[.p]\d+)?)"), name)
    return tuple(float(each.replace("p", ".")) for each in found.groups()) if found else None


def _check_parts(inputs: Mapping[str, Any]) -> None:
    if arrivals := inputs.get("arrivals"):
        _known(arrivals, {"kind", *ARRIVALS[arrivals["kind"]]}, "arrivals")
    if duration := inputs.get("duration"):
        _known(duration, {"kind", "mean_s", "cv"}, "duration")
        if duration["kind"] not in (*CVS, "logn"):
            raise UnknownKey(f"duration.kind: {duration['kind']} is not known")
        if duration.get("cv", CVS.get(duration["kind"])) != CVS.get(duration["kind"], duration.get("cv")):
            raise UnknownKey(f"duration.cv: {duration['cv']} is not that of {duration['kind']}")
    _known(inputs.get("cold") or {}, {"same_as_warm", "init_s", "total_s"}, "cold")
    _known(inputs.get("scaling_rate") or {}, {"environments", "per_s"}, "scaling_rate")


def _known(given: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for key in given:
        if key not in set(known):
            raise UnknownKey(f"{where}: {key} is not known")
