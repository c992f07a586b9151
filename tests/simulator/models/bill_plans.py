"""Random months: the mapping that a scenario has, and the same for the twin."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

DAY = 86_400_000_000
Draw = Any


def _time(us: int) -> str:
    return f"{us} us"


def _maybe(draw: Draw, strategy: st.SearchStrategy[Any]) -> Any:
    return draw(st.one_of(st.none(), strategy))


@st.composite
def functions(draw: Draw, month: int, most: int = 40) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what a scenario says of a function, what the twin is told)."""
    plain = {
        "memory": draw(st.integers(128, 10_240)),
        "architecture": draw(st.sampled_from(["x86_64", "arm64"])),
        "requests": draw(st.integers(0, most)),
        "duration": draw(st.integers(1, 2_000_000)),
        "init": draw(st.integers(0, 3_000_000)),
        "cold_share": Fraction(draw(st.integers(0, 100)), 100),
        "tmp": draw(st.sampled_from([512, 513, 1024, 10_240])),
        "is_async": draw(st.booleans()),
        "payload": draw(st.sampled_from([1, 256, 257, 320, 321, 1024])),
        "streamed": 0, "tenants": 0, "runtime": "", "ready": None, "snapshot": None, "durable": None, "instances": None,
    }  # fmt: skip
    _extras(draw, plain, month)
    return _said(plain), plain


def _extras(draw: Draw, plain: dict[str, Any], month: int) -> None:
    if not plain["is_async"]:
        plain["streamed"] = draw(st.sampled_from([0, 6 * 1024, 6 * 1024 + 1, 200 * 1024]))
    extra = draw(st.sampled_from(["none", "ready", "snapshot", "tenants", "durable", "instances"]))
    if extra == "ready":
        plain["ready"] = {
            "count": draw(st.integers(1, 3)), "periods": draw(st.integers(1, 4)),
            "time": draw(st.integers(3_600_000_000, month // 4)), "share": Fraction(draw(st.integers(0, 100)), 100),
        }  # fmt: skip
    if extra == "snapshot":
        plain["tmp"], plain["runtime"] = 512, draw(st.sampled_from(["java21", "python3.13", "dotnet8"]))
        plain["snapshot"] = {
            "versions": draw(st.integers(1, 3)), "time": draw(st.integers(0, month)), "restore": draw(st.integers(0, 900_000)),
        }  # fmt: skip
    if extra == "tenants":
        plain["tenants"] = draw(st.integers(1, 1_000_000))
    if extra == "durable":
        plain["durable"] = {
            "operations": draw(st.integers(0, 50)), "written": draw(st.integers(0, 10_000)), "kept": draw(st.integers(0, month)),
        }  # fmt: skip
    if extra == "instances":
        cents = draw(st.integers(0, 500))
        plain["instances"] = {
            "price": Fraction(cents, 100),
            "count": draw(st.integers(1, 9)),
            "time": draw(st.integers(0, month)),
        }


def _said(plain: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "memory": f"{plain['memory']} MB",
        "architecture": plain["architecture"],
        "requests": plain["requests"],
        "duration": _time(plain["duration"]),
        "init": _time(plain["init"]),
        "cold_share": f"{int(plain['cold_share'] * 100)} %",
        "tmp": f"{plain['tmp']} MB",
        "kind": "async" if plain["is_async"] else "sync",
        "payload": f"{plain['payload']} KB",
        "tenant_environments": plain["tenants"],
    }
    if plain["streamed"]:
        said["streamed_response"] = f"{plain['streamed']} KB"
    if ready := plain["ready"]:
        said |= {
            "provisioned_concurrency": ready["count"], "provisioned_time": _time(ready["time"]),
            "provisioned_periods": ready["periods"], "provisioned_share": f"{int(ready['share'] * 100)} %",
        }  # fmt: skip
    if snap := plain["snapshot"]:
        said["runtime"] = plain["runtime"]
        said["snapstart"] = {
            "versions": snap["versions"],
            "time": _time(snap["time"]),
            "restore": _time(snap["restore"]),
        }
    if durable := plain["durable"]:
        said["durable"] = {
            "operations": durable["operations"], "written": f"{durable['written']} KB", "kept": _time(durable["kept"]),
        }  # fmt: skip
    if rented := plain["instances"]:
        price = f"{rented['price'] * 100} USD per 100 hours"
        said["instances"] = {"price": price, "count": rented["count"], "time": _time(rented["time"])}
    return said


@st.composite
def months(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the `bill` of a scenario, the plan of the twin): up to four functions and two mappings."""
    month = draw(st.integers(28, 31)) * DAY
    chosen = {f"f{number}": draw(functions(month)) for number in range(draw(st.integers(1, 4)))}
    pollers = [
        {
            "kind": draw(st.sampled_from(["sqs", "kafka"])),
            "count": draw(st.integers(1, 20)),
            "time": draw(st.integers(0, month)),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    has_free_tier = draw(st.booleans())
    said = {
        "month": _time(month),
        "free_tier": has_free_tier,
        "functions": {name: each for name, (each, _) in chosen.items()},
        "pollers": {f"p{number}": {**each, "time": _time(each["time"])} for number, each in enumerate(pollers)},
    }
    plan = {
        "month": month,
        "free_tier": has_free_tier,
        "functions": {name: each for name, (_, each) in chosen.items()},
        "pollers": pollers,
    }
    return said, plan
