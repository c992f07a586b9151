"""What a scenario leaves out and a question has to say if it matters: what the simulator then takes, made explicit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studyapp.questions.drafting.trial import Trial, parameter
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.units import SECOND

Body = Mapping[str, object]
_MEMORY, _ARCHITECTURE, _RUNTIME = f"{TRUTH.memory_default} MB", "x86_64", "python3.13"

USUAL: Final[Mapping[str, Mapping[str, object]]] = {
    "account.concurrency": {"account.concurrency": TRUTH.account_concurrency},
    "functions.*.memory": {"memory": _MEMORY},
    "functions.*.architecture": {"architecture": _ARCHITECTURE},
    "functions.*.package": {"package": "zip"},
    "functions.*.timeout": {"timeout": f"{TRUTH.timeout_default // SECOND} s"},
    "functions.*.init": {"init": "0 s"},
    "functions.*.runtime": {"init": "0 s", "first_run": "0 s"},
    "sources.*.kind": {"kind": "sync"},
    "sources.*.message_groups": {"message_groups": 1},
    "sources.*.shards": {"shards": 1},
    "sources.*.starting_position": {"starting_position": "trim-horizon"},
    "bill.month": {"month": "30 d"},
    "bill.free_tier": {"free_tier": "no"},
    "bill.functions.*.memory": {"memory": _MEMORY},
    "bill.functions.*.architecture": {"architecture": _ARCHITECTURE},
    "bill.functions.*.package": {"package": "zip"},
    "bill.functions.*.kind": {"kind": "sync"},
    "bill.functions.*.duration": {"duration": "100 ms"},
    "packages.layers.*.upload": {"upload": "direct"},
    "packages.functions.*.upload": {"upload": "direct"},
    "packages.functions.*.runtime": {"runtime": _RUNTIME},
    "packages.functions.*.memory": {"memory": _MEMORY},
    "packages.functions.*.architecture": {"architecture": _ARCHITECTURE},
    "warm.*": {"": 0},
}
"""By pattern of a path, the fields beside it that say what holds when it is left out."""


def with_usual(body: Body, path: str, metric: str, trial: Trial) -> Body:
    """`body` with what it leaves out at `path` said; as it is if nobody knows what holds there, or if `metric` would change."""
    for pattern, fields in USUAL.items():
        if not _fits(path, pattern):
            continue
        said = body
        for name, value in fields.items():
            full = f"{path.rpartition('.')[0]}.{name}" if name and "." not in name else path
            said = said if _has(said, full) else parameter(full, value, said)
        return said if trial.value(metric, said) == trial.value(metric, body) else body
    return body


def _fits(path: str, pattern: str) -> bool:
    steps, wanted = path.split("."), pattern.split(".")
    return len(steps) == len(wanted) and all(want in ("*", step) for step, want in zip(steps, wanted, strict=True))


def _has(body: Body, path: str) -> bool:
    found: object = body
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found is not None
