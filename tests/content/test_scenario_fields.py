"""content/SCENARIOS.md names every field that the simulator reads, and no other."""

import re

import pytest
from django.conf import settings

from studyapp.simulator import read
from studyapp.simulator.models.registry import FIRST_WORDS
from studyapp.simulator.parts import ASYNC_KINDS, MAPPING_KINDS, SYNC_KINDS
from studyapp.simulator.reading import Fields

FLOWS = (
    {"wave": "1 per 1 s", "amplitude": "1 per 1 s", "period": "1 s", "for": "1 s"},
    {"bursts": [{"count": 3}]},
    {"rate": "5 minutes", "count": 1},
    {"cron": "cron(0 9 * * ? *)", "zone": "UTC", "starting": "2026-01-01 00:00", "count": 1},
)


@pytest.fixture
def asked(monkeypatch):
    """The names of all fields that readers have looked for."""
    seen = set()
    for name in ("raw", "has"):
        plain = getattr(Fields, name)

        def watched(self, key, *rest, plain=plain, **more):
            seen.add(key)
            return plain(self, key, *rest, **more)

        monkeypatch.setattr(Fields, name, watched)
    return seen


def read_everything() -> None:
    function = {
        "database": "d", "fails": {"from": 0, "to": "1 s"}, "duration": {"lognormal": "1 s", "cv": 1},
        "provisioned_concurrency": 1, "provisioned_ready": {"allocated_at": "0 s"},
    }  # fmt: skip
    base = {
        "functions": {"f": function},
        "databases": {"d": {"connections": 3, "down": {"from": "1 s", "to": "2 s"}}},
        "account": {"concurrency": 1000},
        "warm": {"f": 0},
    }
    for kind in (*SYNC_KINDS, *ASYNC_KINDS, *MAPPING_KINDS):
        own = {"retries": {"tries": 2}} if kind in SYNC_KINDS else {}
        if kind == "kinesis":
            own = {"starting_position": {"at": "0 s"}}
        read({**base, "sources": {"s": {"kind": kind, "arrivals": {"at": ["0 s"]}, **own}}})
    for flow in FLOWS:
        read({**base, "sources": {"s": {"kind": "schedule", "arrivals": flow}}})
    read(
        {
            "packages": {
                "layers": {"l": {"zipped": "1 MB", "unzipped": "1 MB"}},
                "libraries": {"b": {"zipped": "1 MB", "unzipped": "1 MB"}},
                "functions": {
                    "z": {"zipped": "1 MB", "unzipped": "1 MB", "environment": "1 KB"},
                    "i": {"kind": "image", "uncompressed": "1 MB"},
                },
            }
        }
    )
    kept = {"v": {"in": "environment"}, "s": {"in": "secrets-manager", "extension": True}}
    read({"secrets": {"role": {}, "people": {"p": {}}, "traffic": {}, "kept": kept}})
    read({"schedules": {"n": {"expression": "rate(1 day)", "starting": "2026-01-01 00:00"}}})
    read(
        {
            "access": {
                "roles": {"r": {"policy": [{"allow": ["s3:GetObject"]}]}},
                "resources": {
                    "f": {"kind": "function", "policy": [{"allow": "*", "to": "everyone", "auth": "iam"}], "url": "iam"}
                },
                "requests": {"q": {"by": "r", "does": "invoke", "target": "f"}},
            }
        }
    )
    read(
        {
            "bill": {
                "functions": {
                    "p": {
                        "provisioned_concurrency": 1,
                        "durable": {},
                        "streamed_response": "1 MB",
                        "memory_used": "1 MB",
                    },
                    "s": {"snapstart": {}, "runtime": "python3.13"},
                    "i": {"instances": {"price": 1}},
                },
                "pollers": {"q": {}},
            }
        }
    )
    read(
        {
            "versions": {
                "settings": {"memory": "256 MB"},
                "steps": [
                    {"edit": "new code"},
                    {"publish": True},
                    {"create_alias": "live", "to": 1, "weights": {}},
                    {"provision": "live", "environments": 1},
                ],
                "addresses": ["live"],
            }
        }
    )
    read(
        {
            "network": {
                "subnets": {"s": {"route_table": "t"}},
                "routes": {"t": "none"},
                "acls": {"a": {}},
                "peerings": {"p": {}},
                "endpoints": {"s3": {"kind": "gateway"}, "sqs": {"kind": "interface"}},
                "security_groups": {"g": {}},
                "others": {"o": {"subnets": "s", "security_groups": "g"}},
                "targets": {"i": {"kind": "internet"}},
            }
        }
    )
    steady = {"requests": "1 per 1 s", "errors": {"new": {"share": 0.1}}, "pre_traffic": {}, "alarm": {}}
    for config in ({"canary": "10 %", "after": "1 min"}, {"linear": "10 %", "every": "1 min"}):
        read({"rollout": {"config": config, **steady}})


def test_names_every_field_and_no_other(asked):
    read_everything()
    text = (settings.CONTENT / "SCENARIOS.md").read_text()
    written = {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"[a-z_][a-z0-9_]*", code)}

    assert asked - written - {"f"} == set()
    assert _first_cells(text, "field") - asked == set()


def test_names_every_metric_of_a_model_and_no_other():
    metrics = _first_cells((settings.CONTENT / "SCENARIOS.md").read_text(), "metric")

    assert {metric.partition(".")[0] for metric in metrics} == set(FIRST_WORDS)


def _first_cells(text: str, heading: str) -> set[str]:
    """What is named in the first column of all tables whose first column has that heading."""
    tables = re.findall(rf"^\| {heading} \|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    cells = [row.split("|")[1] for table in tables for row in table.splitlines()]
    return {code.partition(":")[0] for cell in cells for code in re.findall(r"`([^`]+)`", cell)}
