"""The bill."""

from typing import Any

from studyapp.simulator.pricing import Bill, Usage, bill, billed_us, provisioned_break_even
from studyapp.simulator.pricing import billable_gb_s as billable
from tests.simulator.answers.run import Run, S

STEP_S = 300


def billed_ms(run: Run) -> list[int]:
    inits = run.inputs.get("init_ms") or [None] * len(run.inputs["runs_ms"])
    pairs = zip(inits, run.inputs["runs_ms"], strict=True)
    return [billed_us(round((init or 0) * 1000), round(time * 1000)) // 1000 for init, time in pairs]


def billed_s(run: Run) -> float:
    """Of all invocations together."""
    inputs = run.inputs
    if "runs_ms" in inputs:
        return sum(billed_ms(run)) / 1000
    return float(inputs.get("invocations", 0) * billed_us(0, round(inputs.get("duration_ms", 0) * 1000)) / S)


def gb_s(run: Run) -> float:
    if "gb_s" in run.inputs:
        return float(run.inputs["gb_s"])
    return billed_s(run) * run.inputs["memory_mb"] / 1024


def billable_gb_s(run: Run) -> float:
    return billable(gb_s(run), free_tier=bool(run.inputs.get("free_tier")))


def storage_gb_s(run: Run) -> float:
    return billed_s(run) * max((run.inputs.get("ephemeral_mb") or 512) - 512, 0) / 1024


def usd(run: Run) -> float:
    return _bill(run).total


def storage_usd(run: Run) -> float:
    return _bill(run).storage


def break_even(run: Run) -> float:
    return provisioned_break_even(architecture=_architecture(run.inputs))


def _bill(run: Run) -> Bill:
    inputs = run.inputs
    provisioned = inputs.get("provisioned_concurrency") or 0
    used = gb_s(run) if "gb_s" in inputs or "memory_mb" in inputs else 0.0
    usage = Usage(
        architecture=_architecture(inputs),
        requests=inputs.get("invocations", inputs.get("requests", len(inputs.get("runs_ms", [])))),
        gb_s=0.0 if provisioned else used,
        provisioned_gb_s=_configured_gb_s(inputs) if provisioned else 0.0,
        provisioned_run_gb_s=used if provisioned else 0.0,
        tmp_gb_s=storage_gb_s(run),
    )
    return bill(usage, free_tier=bool(inputs.get("free_tier")))


def _configured_gb_s(inputs: Any) -> float:
    """Configured time is rounded up to five minutes."""
    seconds = -(-round(inputs["hours"] * 3600) // STEP_S) * STEP_S
    return float(inputs["provisioned_concurrency"] * seconds * inputs["memory_mb"] / 1024)


def _architecture(inputs: Any) -> str:
    return "arm64" if inputs.get("arch") == "arm64" else "x86_64"
