"""Outcomes and spans for tests of pictures."""

from __future__ import annotations

from typing import Any

from studyapp.simulator import scenario
from studyapp.simulator.outcome import Outcome, Span
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.run import simulate
from studyapp.ui.pictures.charts import Run

SECOND = 1_000_000
THUMBNAILS: dict[str, Any] = {
    "functions": {"thumbnails": {"init": "420 ms", "duration": "650 ms", "reserved_concurrency": 6}},
    "sources": {"uploads": {"kind": "sync", "calls": "thumbnails", "arrivals": {"poisson": "3 per 1 s", "for": "8 s"}}},
    "seed": 7,
}
ORDERS: dict[str, Any] = {
    "functions": {"orders": {"init": "400 ms", "duration": "2 s", "fails": "always", "dead_letter_queue": True}},
    "sources": {"events": {"kind": "async", "calls": "orders", "arrivals": {"at": ["0 s"]}}},
}
CARDS: dict[str, Any] = {
    "network": {
        "function": {"attached": True, "subnets": ["private-a"], "security_groups": ["code"]},
        "subnets": {"private-a": {"route_table": "private"}, "public-a": {"route_table": "public"}},
        "routes": {"private": "nat", "public": "igw"},
        "nat_in": "public-a",
        "security_groups": {"code": {}, "db": {"ingress": ["code"]}},
        "targets": {"internet": {"kind": "internet"}, "orders": {"kind": "private", "security_group": "db"}},
    }
}

UPLOADS: dict[str, Any] = {
    "access": {
        "resources": {
            "resize": {
                "kind": "function",
                "policy": [{"id": "bucket", "allow": ["lambda:InvokeFunction"], "to": "s3"}],
            },
            "photos": {"kind": "bucket"},
        },
        "requests": {"upload": {"by": "photos", "does": "invoke", "target": "resize"}},
    }
}


def outcome(
    body: dict[str, Any] = THUMBNAILS, *, believing: dict[str, object] | None = None, **changes: Any
) -> Outcome:
    """Simulate `body` with values replaced by dotted path, dots written as two underscores."""
    patched = scenario.patch(body, {path.replace("__", "."): value for path, value in changes.items()})
    return simulate(scenario.read(patched), Rulebook().believing(believing or {}))


def invoke(start_s: float, length_s: float = 1, **more: Any) -> Span:
    start = round(start_s * SECOND)
    fields = {"event": 1, "function": "f", "environment": 1, "attempt": 1, "status": "ok"} | more
    return Span("invoke", start, start + round(length_s * SECOND), **fields)


def throttled(at_s: float, event: int = 1) -> Span:
    return Span("throttled", round(at_s * SECOND), round(at_s * SECOND), event, "f", reason="the limit is reached")


def run(*spans: Span, limit: int | None = None, heading: str = "", idle_us: int | None = None) -> Run:
    return Run(heading, spans, {"f": limit}, idle_us)
