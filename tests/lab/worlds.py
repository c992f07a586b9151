"""Small scenarios that the lab's tests run."""

from typing import Any

from studyapp.lab import running
from studyapp.lab.running import Ran
from studyapp.lab.state import State

CROWD: dict[str, Any] = {
    "functions": {"labels": {"memory": "512 MB", "duration": "500 ms", "init": "400 ms", "reserved_concurrency": 3}},
    "sources": {"shops": {"arrivals": {"burst": 8, "at": "0 s"}}},
}
"""Eight at once, and room for three."""

ROADS: dict[str, Any] = {
    "network": {
        "subnets": {"private-a": {"routes": {}}},
        "functions": {"cards": {"subnets": ["private-a"]}},
        "targets": {"bank": {"kind": "internet"}},
    }
}


def ran(body: dict[str, Any] = CROWD, **changes: Any) -> Ran:
    return running.run(running.inputs(body, State({path.replace("__", "."): v for path, v in changes.items()}), {}))
