"""The bill."""

from typing import Any

from studyapp.simulator.pricing import Bill, Usage, bill, billed_us, provisioned_break_even
from studyapp.simulator.pricing import billable_gb_s as billable
from tests.simulator.answers.run import Run
from tests.simulator.schema import ARCHITECTURES, Inputs

STEP_S = 300


def billed_ms(run: Run) -> Any:
    """Of each invocation where a list is wanted, else of those that are told together."""
    times = [billed for billed, _ in _billed_ms(run.inputs)]
    return times if isinstance(run.wanted.get("billed_ms"), list) else sum(times)


def billed_s(run: Run) -> float:
    """Of all invocations together; where the bill gives GB-seconds, as long as it takes to make them."""
    inputs = run.inputs
    if "gb_s" in inputs:
        return float(inputs["gb_s"] * 1024 / inputs["memory_mb"])
    return sum(billed * times for billed, times in _billed_ms(inputs)) / 1000


def _billed_ms(inputs: Inputs) -> list[tuple[int, int]]:
    """(what one invocation is billed, how many are alike)."""
    runs = inputs.get("runs_ms", inputs.get("duration_ms"))
    if runs is None:
        return []
    times = 1 if isinstance(runs, list) else int(inputs.get("invocations", inputs.get("requests", 1)))
    runs = _listed(runs)
    inits = _listed(inputs["init_ms"]) if "init_ms" in inputs else [None] * len(runs)
    pairs = zip(inits, runs, strict=True)
    return [(billed_us(round((init or 0) * 1000), round(time * 1000)) // 1000, times) for init, time in pairs]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def gb_s(run: Run) -> float:
    if "gb_s" in run.inputs:
        return float(run.inputs["gb_s"])
    return float(billed_s(run) * run.inputs["memory_mb"] / 1024)


def billable_gb_s(run: Run) -> float:
    """The free tier reaches no function with provisioned concurrency."""
    is_free = bool(run.inputs.get("free_tier") and not run.inputs.get("provisioned_concurrency"))
    return billable(gb_s(run), free_tier=is_free)


def storage_gb_s(run: Run) -> float:
    extra_mb = max(run.inputs.get("ephemeral_mb", 512) - 512, 0)
    return billed_s(run) * extra_mb / 1024 if extra_mb else 0.0


def usd(run: Run) -> float:
    return _bill(run).total


def storage_usd(run: Run) -> float:
    return _bill(run).storage


def break_even(run: Run) -> float:
    return provisioned_break_even(architecture=_architecture(run.inputs))


def _bill(run: Run) -> Bill:
    inputs = run.inputs
    used = gb_s(run) if "gb_s" in inputs or "memory_mb" in inputs else 0.0
    is_provisioned = bool(inputs.get("provisioned_concurrency"))
    told = sum(times for _, times in _billed_ms(inputs))
    requests = inputs.get("requests", inputs.get("invocations", told))
    usage = Usage(
        architecture=_architecture(inputs),
        requests=0 if is_provisioned else requests,
        gb_s=0.0 if is_provisioned else used,
        provisioned_requests=requests if is_provisioned else 0,
        provisioned_gb_s=_configured_gb_s(inputs) if is_provisioned else 0.0,
        provisioned_run_gb_s=used if is_provisioned else 0.0,
        tmp_gb_s=storage_gb_s(run),
    )
    return bill(usage, free_tier=bool(inputs.get("free_tier")))


def _configured_gb_s(inputs: Inputs) -> float:
    """Configured time is rounded up to five minutes."""
    seconds = -(-round(inputs["hours"] * 3600) // STEP_S) * STEP_S
    return float(inputs["provisioned_concurrency"] * seconds * inputs["memory_mb"] / 1024)


def _architecture(inputs: Inputs) -> str:
    return ARCHITECTURES[str(inputs.get("arch", "x86")).lower()]
