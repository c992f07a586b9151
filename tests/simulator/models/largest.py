"""The largest plan that each reader allows, in the shape that costs most: what has to be answered in a few milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from studyapp.simulator.models.access import reading_policies as policies
from studyapp.simulator.models.access import words
from studyapp.simulator.models.bill import reading as bills
from studyapp.simulator.models.network import names
from studyapp.simulator.models.packages import reading as zips
from studyapp.simulator.models.rollout import reading as rollouts
from studyapp.simulator.models.schedules import reading as times
from studyapp.simulator.models.secrets import reading as safes
from studyapp.simulator.models.versions import reading as history


def access() -> dict[str, Any]:
    """Polls of streams of another account, behind two full policies of which the last patterns alone fit."""
    none = [f"kinesis:*no{n}*" for n in range(words.MOST_WORDS)]
    own = [*[{"allow": none}] * (policies.MOST_STATEMENTS - 1), {"allow": [*none[1:], "*"]}]
    theirs = [{**each, "to": "home"} for each in own]
    spare = theirs[-1:] * (policies.MOST_IN_ALL - 6 * policies.MOST_STATEMENTS)
    logs, vpc = "AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole"
    return {
        "roles": {
            f"r{n}": {"trusts": ["lambda"], "managed": [logs, vpc], "policy": own if n < 3 else []}
            for n in range(words.MOST)
        },
        "users": {f"u{n}": {} for n in range(words.MOST)},
        "resources": {
            **{f"f{n}": {"kind": "function", "role": f"r{n % 3}"} for n in range(words.MOST - 7)},
            **{f"s{n}": {"kind": "stream", "account": "x", "key": "k0", "policy": theirs} for n in range(3)},
            **{f"k{n}": {"kind": "key", "account": "x", "policy": spare[4 * n : 4 * n + 4]} for n in range(4)},
        },
        "requests": {
            f"w{n}": {"by": f"f{n}", "does": "poll", "target": f"s{n % 3}"} for n in range(words.MOST_REQUESTS)
        },
    }


def network() -> dict[str, Any]:
    """Targets of every port that are reached from every subnet, each time by all lines of a full list together."""
    lines = [f"vpc:{1 + n}" for n in range(names.MOST_LINES - 1)] + [f"vpc:{names.MOST_LINES}-65535"]
    return {
        "function": {"subnets": [f"s{n}" for n in range(16)], "security_groups": [f"g{n}" for n in range(5)]},
        "subnets": {f"s{n}": {"route_table": f"t{n}", "acl": f"a{n}"} for n in range(names.MOST)},
        "routes": {f"t{n}": "none" for n in range(names.MOST)},
        "acls": {f"a{n}": {"inbound": [*lines], "outbound": lines} for n in range(names.MOST)},
        "security_groups": {f"g{n}": {"egress": [*lines], "ingress": lines} for n in range(names.MOST)},
        "targets": {
            f"x{n}": {"kind": "private", "security_group": f"g{n}", "subnet": f"s{n}"}
            for n in range(names.MOST_TARGETS)
        },
        "others": {
            f"o{n}": {"subnets": [f"s{n}" for n in range(16)], "security_groups": [f"g{n}" for n in range(5)]}
            for n in range(names.MOST)
        },
    }


def rollout() -> dict[str, Any]:
    """Half a day in steps of 1 %, watched each minute by an alarm that looks back three hours and never goes off."""
    return {
        "config": {"linear": "1 %", "every": "7 min"},
        "requests": "100 per 1 s",
        "errors": {
            "old": {"share": "1 %", "from": "1 h", "to": "2 h"},
            "new": {"share": "1 %", "from": "3 h", "to": "20 h"},
        },
        "alarm": {"metric": "error rate", "threshold": "50 %", "periods": rollouts.MOST_PERIODS},
        "horizon": "12 h",
    }


def versions() -> dict[str, Any]:
    """Versions that differ in every setting, and each of them an address."""
    words = ("runtime", "architecture", "role", "dead_letter_queue", "environment", "layers", "vpc")
    loose = ("triggers", "on_failure", "on_success")
    half = history.MOST_STEPS // 2
    settings = [
        {"memory": "512 MB", "timeout": "9 s", "async_retries": 1, **{each: f"{each} {n}" for each in (*words, *loose)}}
        for n in range(half)
    ]
    return {
        "steps": [step for each in settings for step in ({"configure": each}, {"publish": "yes"})],
        "addresses": list(range(1, 1 + min(half, history.MOST_ADDRESSES))),
    }


def bill() -> dict[str, Any]:
    """Functions with a full curve and all that one can have beside it, and pollers."""
    curve = {f"{512 + n * 1024} MB": f"{3000 - n * 250} ms" for n in range(bills.MOST_SIZES)}
    function = {
        "memory": "700 MB", "tmp": "10240 MB", "requests": 1_000_001, "curve": curve, "init": "1 s", "cold_share": "3 %",
        "memory_used": "500 MB", "fails": "2 %", "streamed_response": "20 MB", "provisioned_concurrency": 100,
        "provisioned_time": "61 min", "provisioned_periods": 500, "provisioned_share": "80 %",
        "durable": {"operations": 6, "written": "40 KB", "kept": "30 d", "wait": "2 d"},
    }  # fmt: skip
    return {
        "month": "31 d",
        "free_tier": "yes",
        "functions": {
            f"f{n}": {**function, "architecture": ("arm64", "x86_64")[n % 2]} for n in range(bills.MOST_FUNCTIONS)
        },
        "pollers": {f"p{n}": {"kind": "kafka", "count": 3, "time": "10 d"} for n in range(bills.MOST_POLLERS)},
    }


def packages() -> dict[str, Any]:
    """Zips that are accepted at the last step, with every library in them, and layers with all that one says."""
    layer = {
        "zipped": "1 MB",
        "unzipped": "2 MB",
        "upload": "s3",
        "versions": 3,
        "self_managed": "yes",
        "built_for": "any",
    }
    function = {
        "zipped": "1 MB", "unzipped": "2 MB", "upload": "s3", "runtime": "python3.13", "memory": "1024 MB",
        "tmp": "512 MB", "architecture": "arm64", "built_for": "arm64", "snapstart": "yes", "code_signing": "yes",
        "versions": 10, "layers": [f"l{n}" for n in range(5)], "bundles": [f"b{n}" for n in range(zips.MOST_SHARED)],
        "environment": {f"NAME_{n}": "1 B" for n in range(zips.MOST_VARIABLES)},
    }  # fmt: skip
    return {
        "layers": {f"l{n}": layer for n in range(zips.MOST_SHARED)},
        "libraries": {f"b{n}": {"zipped": "100 KB", "unzipped": "200 KB"} for n in range(zips.MOST_SHARED)},
        "functions": {f"f{n}": function for n in range(zips.MOST_FUNCTIONS)},
    }


def schedules() -> dict[str, Any]:
    """Every minute of a year in which two zones change their clocks, each field written in several parts."""
    zones = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Africa/Casablanca", "America/Santiago")
    schedule = {
        "expression": "cron(0-59/1,1-58/2 0-23/1,3 1-31,2 1-12,3 ? 1970-2199)", "starting": "2026-03-27 12:00",
        "start_date": "2026-03-28 12:00", "end_date": "2036-03-28 12:00", "next": times.MOST_LISTED, "wanted_at": "02:30",
        "flexible_window": "15 min", "target": "unavailable", "unavailable_for": "24 h", "dead_letter_queue": "yes",
    }  # fmt: skip
    return {f"s{n}": {**schedule, "zone": zones[n % 5], "clocks": zones[(n + 1) % 5]} for n in range(times.MOST)}


def secrets() -> dict[str, Any]:
    """Secrets that everybody may read by the last of many grants, looked up through a cache with a key of one's own."""
    names = [f"s{n}" for n in range(safes.MOST_KEPT)]
    grants = [f"lambda:{'Get' * (n + 1)}* on {names[n % len(names)]}" for n in range(safes.MOST_GRANTS - 1)]
    secret = {
        "in": "secrets-manager", "size": "64 KB", "customer_key": "yes", "read": "each-invocation", "extension": "yes",
        "ttl": "60 s", "rotates": "30 d",
    }  # fmt: skip
    return {
        "traffic": {"invocations": "1000000 per month", "environments": 20, "lifetime": "6 h", "peak": "200 per 1 s"},
        "throughput": "high",
        "role": {"may": [*grants, "*"], "may_not": [*grants, "s3:*"]},
        "people": {f"p{n}": {"may": [*grants, "*"], "may_not": [*grants, "s3:*"]} for n in range(safes.MOST_PEOPLE)},
        "kept": dict.fromkeys(names, secret),
    }


LARGEST: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "access": access,
    "bill": bill,
    "network": network,
    "packages": packages,
    "rollout": rollout,
    "schedules": schedules,
    "secrets": secrets,
    "versions": versions,
}
