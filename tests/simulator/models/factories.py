"""The plainest networks that are valid; a test patches in what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from studyapp.simulator.models import network
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Path

PLAIN: dict[str, Any] = {
    "function": {"attached": True, "subnets": ["private-a"], "security_groups": ["code"]},
    "subnets": {"private-a": {"route_table": "private"}, "public-a": {"route_table": "public"}},
    "routes": {"private": "none", "public": "igw"},
    "security_groups": {"code": {"egress": ["anywhere"]}, "db": {"ingress": ["code"]}},
    "targets": {
        "internet": {"kind": "internet"},
        "internet6": {"kind": "internet", "addresses": ["ipv6"]},
        "s3": {"kind": "aws-api", "service": "s3"},
        "secrets": {"kind": "aws-api", "service": "secretsmanager", "addresses": ["ipv4", "ipv6"]},
        "database": {"kind": "private", "security_group": "db", "port": 5432},
        "files": {"kind": "efs", "security_group": "db"},
    },
}


def data(**changes: Any) -> dict[str, Any]:
    """PLAIN with values replaced by dotted path, dots written as two underscores: function__attached=False."""
    return patched(PLAIN, {path.replace("__", "."): value for path, value in changes.items()})


def patched(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `plain` with values at dotted paths, begun where they lead nowhere."""
    whole = deepcopy(dict(plain))
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = whole
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = deepcopy(value)
    return whole


def reach(*, believing: dict[str, object] | None = None, **changes: Any) -> dict[str, Path]:
    paths = network.reach_all(network.read(data(**changes)), Rulebook().believing(believing or {}))
    return {path.target: path for path in paths}


def reached(**changes: Any) -> set[str]:
    return {path.target for path in reach(**changes).values() if path.ok}
