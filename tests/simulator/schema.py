"""What a case may say. What is not known here is refused by its name, so that nothing is ever passed over in silence."""

import re
from collections.abc import Iterable, Mapping
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any, Final, TypeVar

from studyapp.simulator.rules.rule import LONGEST_RUN

T = TypeVar("T")
Inputs = Mapping[str, Any]

CASE: Final = {"id", "category", "title", "inputs", "expected", "tolerance", "n_invocations", "derivation", "convention",
               "source", "theory"}  # fmt: skip
BILL: Final = {"invocations", "requests", "duration_ms", "memory_mb", "arch", "free_tier", "provisioned_concurrency",
               "hours", "ephemeral_mb", "gb_s", "runs_ms", "init_ms"}  # fmt: skip
ROUTING: Final = {"weight", "invocations", "batches"}
CALLS: Final = {"arrivals", "duration", "cold", "keep_alive_s", "invocation", "limit", "reserved_concurrency",
                "account_concurrency", "provisioned_concurrency", "on_demand_limit", "scaling_rate", "functions",
                "shared_pool", "carve_out", "start_s", "horizon_s", "run_s", "replications", "periods",
                "discard_periods", "discard_first", "warm_pool", "error_probability"}  # fmt: skip
FUNCTION: Final = {"arrivals", "duration", "reserved_concurrency", "provisioned_concurrency", "cold"}
ASYNC: Final = {"maximum_retry_attempts", "maximum_event_age_s", "always_throttled", "dlq", "events"}
SOURCES: Final = {
    "sqs": {"event_source", "batch_size", "batch_window_s", "max_concurrency", "max_receive_count",
            "visibility_timeout_s", "backlog", "events", "dlq"},
    "kinesis": {"event_source", "shards", "parallelization_factor", "batch_size", "batch_window_s", "records_per_s",
                "backlog", "poison_index", "bisect", "maximum_retry_attempts", "events", "dlq"},
}  # fmt: skip
ARRIVALS: Final = {
    "poisson": {"rate_per_s"},
    "every": {"period_s", "count"},
    "at": {"counts"},
    "even": {"rate_per_s", "count"},
    "wave": {"base_per_s", "amplitude_per_s", "period_s"},
}
CVS: Final = {"exp": 1, "det": 0}
ARCHITECTURES: Final = {"x86": "x86_64", "x86_64": "x86_64", "x86-64": "x86_64", "amd64": "x86_64",
                        "arm64": "arm64", "arm": "arm64", "aarch64": "arm64", "graviton2": "arm64"}  # fmt: skip

LONGEST_S: Final = LONGEST_RUN // 1_000_000
"""No rulebook lets a run last longer, since a trace keeps its length in 32 bits."""
RARE: Final = 3e-4
"""The share of runs that may be cut there."""


class UnknownKey(ValueError):
    """A case says something that the adapter does not know."""


def check(case: Mapping[str, Any]) -> None:
    """Raise UnknownKey for the first thing in `case`, whose nulls are gone, that has no meaning here."""
    inputs = case["inputs"]
    _known(case, CASE, "the case")
    _known(inputs, allowed(inputs), "inputs")
    for name, own in inputs.get("functions", {}).items():
        _known(own, FUNCTION, f"functions.{name}")
    _known(inputs.get("carve_out", {}), inputs.get("functions", {}), "carve_out")
    _known(inputs.get("scaling_rate", {}), {"environments", "per_s"}, "scaling_rate")
    for each in by_function(inputs).values():
        _check_parts(each)
    _check_together(inputs)


def allowed(inputs: Inputs) -> set[str]:
    if "weight" in inputs:
        return ROUTING
    if inputs.keys() & (BILL - {"invocations", "provisioned_concurrency"}):
        return BILL
    if "event_source" in inputs:
        return CALLS | _one_of(SOURCES, inputs["event_source"], "event_source")
    return CALLS | ASYNC if invocation(inputs) == "async" else CALLS


def relative_to(key: str) -> str | None:
    """The value whose relative tolerance stands under `key`: "" for all of them, None if it is no such key."""
    found = re.fullmatch(r"(?:(.+)_)?rel(?:ative)?|rel(?:ative)?_(.+)", key)
    return (found[1] or found[2] or "") if found else None


def invocation(inputs: Inputs) -> str:
    """sync or async: as given, else as what is said of an event's retries, age and dead-letter queue has it."""
    return str(inputs.get("invocation") or ("async" if inputs.keys() & ASYNC else "sync"))


def by_function(inputs: Inputs) -> dict[str, Inputs]:
    """The inputs of each function: what all share and its own. One that has no name is called `f`."""
    shared = {key: value for key, value in inputs.items() if key != "functions"}
    return {name: {**shared, **own} for name, own in inputs.get("functions", {"f": {}}).items()}


def flow(inputs: Inputs) -> Mapping[str, Any] | None:
    """What arrives, or None where a case gives nothing."""
    if inputs.get("records_per_s"):
        return {"kind": "even", "rate_per_s": inputs["records_per_s"]}
    return inputs.get("arrivals")


def limit(inputs: Inputs) -> int | None:
    """How many environments the account lets be busy: the least of what bounds them."""
    if inputs.get("always_throttled"):
        return 0
    limits = [int(inputs[name]) for name in ("account_concurrency", "shared_pool", "limit") if name in inputs]
    if "on_demand_limit" in inputs:
        limits.append(int(inputs["on_demand_limit"]) + int(inputs.get("provisioned_concurrency", 0)))
    return min(limits, default=None)


def places(inputs: Inputs) -> int | None:
    """How many batches of a mapping may run at once; None where nothing bounds them."""
    own = lanes(inputs) if inputs["event_source"] == "kinesis" else inputs.get("max_concurrency")
    bounds = (own, inputs.get("reserved_concurrency"), limit(inputs))
    return min((int(each) for each in bounds if each is not None), default=None)


def lanes(inputs: Inputs) -> int:
    return int(inputs.get("shards", 1)) * int(inputs.get("parallelization_factor", 1))


def ramps(inputs: Inputs, wanted: Mapping[str, Any]) -> bool:
    """Whether the case is about how the pollers of a queue grow."""
    return inputs.get("event_source") == "sqs" and (
        "max_concurrency_at_minutes" in wanted or inputs.get("backlog") == "infinite"
    )


def numbers(pattern: str, name: str) -> tuple[float, ...] | None:
    """The numbers that a name holds, when it has the form: `mean_concurrency_at_#s` -> (5.0,) for ..._at_5s."""
    found = re.fullmatch(re.escape(pattern).replace(r"\#", r"(\d+(?:[.p]\d+)?)"), name)
    return tuple(float(each.replace("p", ".")) for each in found.groups()) if found else None


def _check_parts(inputs: Inputs) -> None:
    if arrivals := inputs.get("arrivals"):
        _known(arrivals, {"kind", *_one_of(ARRIVALS, arrivals["kind"], "arrivals.kind")}, "arrivals")
    cold = inputs.get("cold", {})
    _known(cold, {"same_as_warm", "init_s", "total_s"}, "cold")
    _check_length({"kind": "det", "mean_s": cold.get("init_s", 0)}, "cold.init_s")
    if duration := inputs.get("duration"):
        _check_law(duration)
        _check_length({**duration, "mean_s": cold.get("total_s", 0)}, "cold.total_s")


def _check_law(duration: Mapping[str, Any]) -> None:
    kind, cv = duration["kind"], duration.get("cv")
    _known(duration, {"kind", "mean_s", "cv"}, "duration")
    if kind not in (*CVS, "logn"):
        raise UnknownKey(f"duration.kind: {kind} is not known")
    if kind == "logn" and cv is None:
        raise UnknownKey("duration.cv: logn has none of its own, so the case must give it")
    if cv not in (None, CVS.get(kind, cv)):
        raise UnknownKey(f"duration.cv: {cv} is not that of {kind}")
    _check_length(duration, "duration.mean_s")


def _check_length(duration: Mapping[str, Any], where: str) -> None:
    if _share_cut(duration) > RARE:
        raise UnknownKey(f"{where}: {duration['mean_s']} s is too long: runs are cut at {LONGEST_S} s")


def _share_cut(duration: Mapping[str, Any]) -> float:
    """The share of runs under this law that are longer than a run can be."""
    kind, mean, cv = duration["kind"], float(duration["mean_s"]), float(duration.get("cv", 0))
    if not mean or kind == "det" or (kind == "logn" and not cv):
        return float(mean > LONGEST_S)
    if kind == "exp":
        return exp(-LONGEST_S / mean)
    spread = log(1 + cv**2)
    return NormalDist().cdf(-(log(LONGEST_S / mean) + spread / 2) / sqrt(spread))


def _check_together(inputs: Inputs) -> None:
    """What has no meaning beside another key."""
    if "poison_index" in inputs and inputs.get("error_probability"):
        raise UnknownKey("inputs: error_probability has no meaning beside poison_index")
    if inputs.get("records_per_s") and "arrivals" in inputs:
        raise UnknownKey("inputs: records_per_s has no meaning beside arrivals")
    if inputs.get("event_source") == "sqs" and any(places(each) == 0 for each in by_function(inputs).values()):
        raise UnknownKey("inputs: nothing says how often a queue is read whose function may not run at all")
    if "arch" in inputs:
        _one_of(ARCHITECTURES, str(inputs["arch"]).lower(), "arch")
    _check_inits(inputs.get("init_ms"), inputs.get("runs_ms", inputs.get("duration_ms")))


def _check_inits(inits: Any, runs: Any) -> None:
    """One for each run, or one for runs that are all alike."""
    if inits is not None and (len(runs) if isinstance(runs, list) else 1) != (
        len(inits) if isinstance(inits, list) else 1
    ):
        raise UnknownKey(f"init_ms: {inits} does not go with runs of {runs}")


def _known(given: Iterable[str], known: Iterable[str], where: str) -> None:
    for key in given:
        if key not in set(known):
            raise UnknownKey(f"{where}: {key} is not known")


def _one_of(known: Mapping[str, T], value: str, where: str) -> T:
    if value not in known:
        raise UnknownKey(f"{where}: {value} is not known")
    return known[value]
