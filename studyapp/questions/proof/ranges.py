"""What a parameter may be when a stem does not name it: the range that its kind declares, with the reason.

A pattern is a dotted path in which `*` stands for any name. What a scenario sets is moved over its range. What it does
not set is moved too if AWS gives it no default that an exam may take for granted (`is_always`); otherwise AWS's default
holds, because an exam question means the default of a feature that it does not mention.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from studyapp.questions.filling import NoSuchParameter, value_at
from studyapp.questions.proof import network_ranges, time_ranges
from studyapp.questions.proof.scaling import scaled

Body = Mapping[str, object]
Values = Callable[[str, Body], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one kind of parameter: given, or a function of the path and the scenario."""

    pattern: str
    values: tuple[object, ...] | Values
    reason: str
    is_always: bool = False

    def of(self, path: str, body: Body) -> tuple[object, ...]:
        return self.values(path, body) if callable(self.values) else self.values


ALWAYS = True
RANGES: tuple[Range, ...] = (
    Range("account.concurrency", (1_000, 2_000, 10_000), "the quota starts at 1,000 and is raised on request", ALWAYS),
    Range("functions.*.memory", ("128 MB", "1769 MB", "10240 MB"), "both ends of the range, and one vCPU", ALWAYS),
    Range("functions.*.architecture", ("x86_64", "arm64"), "either may be chosen", ALWAYS),
    Range("functions.*.runtime", ("python3.13", "java21", "nodejs22.x"), "any language", ALWAYS),
    Range("functions.*.package", ("zip", "image"), "either may be chosen", ALWAYS),
    Range("functions.*.tmp", ("512 MB", "10240 MB"), "both ends of the range"),
    Range("functions.*.timeout", time_ranges.timeouts, "anything that does not cut the run", ALWAYS),
    Range("functions.*.init", time_ranges.inits, "from a small script to just under the limit of 10 s", ALWAYS),
    Range("functions.*.cold_total", time_ranges.inits, "as init"),
    Range(
        "functions.*.duration", time_ranges.durations, "from a lookup to a minute's work that callers wait for", ALWAYS
    ),
    Range("functions.*.cpu_time", ("0 s", "500 ms"), "work for the processor, or none"),
    Range("functions.*.fails", ("never", "always"), "code that works, and code that does not"),
    Range("functions.*.reserved_concurrency", (None, 5, 100), "AWS's default is none; few, and many"),
    Range("functions.*.provisioned_concurrency", (None, 1, 10), "AWS's default is none; few, and many"),
    Range("functions.*.provisioned_ready", ("yes",), "ready before the run begins"),
    Range("functions.*.async_retries", (0, 1, 2), "every value that AWS allows; 2 by default"),
    Range("functions.*.async_max_age", ("60 s", "21600 s"), "both ends of the range; 6 hours by default"),
    Range("functions.*.dead_letter_queue", ("no", "yes"), "AWS's default is none"),
    Range("functions.*.on_failure", ("none", "sqs", "sns"), "AWS's default is none"),
    Range("functions.*.on_success", ("none", "sqs", "sns"), "AWS's default is none"),
    Range("functions.*.holds_connections", (None, 1, 5), "none, one, or a pool of them"),
    Range("warm.*", (0, 1, 1_000), "nothing says how many environments are warm when the run begins"),
    Range("sources.*.kind", lambda path, body: _callers(path, body), "who waits, and who does not", ALWAYS),
    Range("sources.*.payload", ("1 KB", "200 KB"), "small, and just under the first chunk that is billed"),
    Range("sources.*.timeout", (None, "900 s"), "the caller's own patience is long unless it is named"),
    Range("horizon", scaled, "the run is looked at for longer; nothing more may come of it"),
    *(Range(pattern, values, reason) for pattern, values, reason in network_ranges.RANGES),
)

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("sync", "url", "api", "http-api"),
    ("async", "s3", "sns", "eventbridge", "schedule"),
)


def parameters(body: Body) -> tuple[tuple[str, Range], ...]:
    """Every parameter that a scenario has, as a full path with its range; arrivals leaf by leaf."""
    found = [(path, each) for each in RANGES for path in _paths(each, body)]
    warm = _range("warm.*")
    functions = cast("Body", body.get("functions") or {})
    set_warm = cast("Body", body.get("warm") or {})
    found += [(f"warm.{name}", warm) for name in functions if name not in set_warm]
    return (*found, *((path, ARRIVAL) for path in _arrival_leaves(body)))


ARRIVAL = Range("sources.*.arrivals.*", scaled, "half as much and twice as much: no load is usual")


def _paths(each: Range, body: Body) -> list[str]:
    """The full paths in `body` that a range's pattern fits."""
    paths: list[list[str]] = [[]]
    *steps, last = each.pattern.split(".")
    for step in steps:
        paths = [[*path, name] for path in paths for name in (_names(path, body) if step == "*" else [step])]
    paths = [[*path, name] for path in paths for name in (_names(path, body) if last == "*" else [last])]
    dotted = [".".join(path) for path in paths]
    return [path for path in dotted if _is_set(path, body) or (each.is_always and _may_be_set(path, body))]


def _names(path: list[str], body: Body) -> list[str]:
    try:
        found = value_at(".".join(path), body)
    except NoSuchParameter:
        return []
    return [str(name) for name in found] if isinstance(found, Mapping) else []


def _is_set(path: str, body: Body) -> bool:
    try:
        return value_at(path, body) is not None
    except NoSuchParameter:
        return False


def _may_be_set(path: str, body: Body) -> bool:
    """A function's parameters may be added; so may the account's, if anything runs."""
    return bool(body.get("functions")) and not (
        path.endswith(".init") and _is_set(path.removesuffix("init") + "cold_total", body)
    )


def _callers(path: str, body: Body) -> tuple[object, ...]:
    """Callers of the same family, and the plainest of the other: whether callers wait must be said if it matters."""
    kind = value_at(path, body) if _is_set(path, body) else "sync"
    own = next((family for family in FAMILIES if kind in family), ())
    return (*own, *(family[0] for family in FAMILIES if family is not own))


def _range(pattern: str) -> Range:
    return next(each for each in RANGES if each.pattern == pattern)


def _arrival_leaves(body: Body) -> list[str]:
    sources = cast("Mapping[str, Body]", body.get("sources") or {})
    return [
        leaf for name, source in sources.items() for leaf in _leaves(f"sources.{name}.arrivals", source.get("arrivals"))
    ]


def _leaves(path: str, value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [leaf for key, each in value.items() for leaf in _leaves(f"{path}.{key}", each)]
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        return [leaf for place, each in enumerate(value, 1) for leaf in _leaves(f"{path}.{place}", each)]
    return [path]
