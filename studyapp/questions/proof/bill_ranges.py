"""Ranges of a month's bill. No load has a usual size, nor has a month one length; who pays may have a free tier."""

from __future__ import annotations

from studyapp.questions.proof import time_ranges
from studyapp.questions.proof.function_ranges import ARCHITECTURES, MEMORY, RUNTIMES, TMP
from studyapp.questions.proof.range import ALWAYS, Body, Range, beside, found_at, names_at
from studyapp.questions.proof.scaling import scaled, scaled_rate

_LOAD = "half as much and twice as much: no load is usual"
_MONTHS = ("28 d", "30 d", "31 d")
_OF = "bill.functions.*"


def _memory(path: str, body: Body) -> tuple[object, ...]:
    """A function that was measured is billed for the sizes that were measured."""
    return names_at(f"{path.removesuffix('memory')}curve", body) or MEMORY


def _durations(path: str, body: Body) -> tuple[object, ...]:
    if beside(path, "curve", body) is not None:
        return ()
    return ("50 ms", "1 s") if found_at(path, body) is None else scaled(path, body)


def _from_none(path: str, body: Body) -> tuple[object, ...]:
    return (None, *scaled(path, body))


RANGES: tuple[Range, ...] = (
    Range("bill.month", _MONTHS, "every length that a month has, without leap years", ALWAYS),
    Range("bill.free_tier", ("no", "yes"), "every account has it, and questions ask with it and without", ALWAYS),
    Range(f"{_OF}.memory", _memory, "both ends of the range, and one vCPU; of what was measured, all", ALWAYS),
    Range(f"{_OF}.architecture", ARCHITECTURES, "either may be chosen", ALWAYS),
    Range(f"{_OF}.package", ("zip", "image"), "either may be chosen", ALWAYS),
    Range(f"{_OF}.runtime", RUNTIMES, "any language", ALWAYS),
    Range(f"{_OF}.kind", ("sync", "async"), "who waits, and who does not", ALWAYS),
    Range(f"{_OF}.requests", scaled_rate, _LOAD),
    Range(f"{_OF}.duration", _durations, "half as long and twice as long; a lookup, and a second", ALWAYS),
    Range(f"{_OF}.curve.*", scaled, "half as long and twice as long"),
    Range(f"{_OF}.tmp", TMP, "both ends of the range"),
    Range(f"{_OF}.init", time_ranges.INITS, "from a small script to just under the limit of 10 s"),
    Range(f"{_OF}.cold_share", ("0 %", "1 %", "100 %"), "no cold start, few, and nothing else"),
    Range(f"{_OF}.memory_used", _from_none, "nothing is said of it; half as much and twice as much"),
    Range(f"{_OF}.fails", ("0 %", "50 %", "100 %"), "code that works, code that does not, and half of each"),
    Range(f"{_OF}.payload", ("1 KB", "200 KB"), "small, and just under the first chunk that is billed"),
    Range(f"{_OF}.streamed_response", _from_none, f"none; {_LOAD}"),
    Range(f"{_OF}.provisioned_time", scaled, "half as long and twice as long"),
    Range(f"{_OF}.provisioned_periods", scaled, "half as often and twice as often"),
    Range(f"{_OF}.provisioned_share", ("100 %", "50 %", "0 %"), "all runs, half of them, and none"),
    Range(f"{_OF}.provisioned_concurrency", _from_none, "AWS's default is none; half as much and twice as much"),
    Range(f"{_OF}.snapstart.versions", scaled, _LOAD),
    Range(f"{_OF}.snapstart.time", scaled, "half as long and twice as long"),
    Range(f"{_OF}.snapstart.restore", ("0 s", "1 s"), "a hook that does nothing, and a slow one"),
    Range(f"{_OF}.snapstart", (None, "yes"), "AWS's default is no"),
    Range(f"{_OF}.tenant_environments", _from_none, f"none; {_LOAD}"),
    Range(f"{_OF}.durable.operations", scaled, _LOAD),
    Range(f"{_OF}.durable.written", scaled, _LOAD),
    Range(f"{_OF}.durable.kept", scaled, "half as long and twice as long"),
    Range(f"{_OF}.durable.wait", ("0 s", "1 d"), "waiting costs nothing"),
    Range(f"{_OF}.durable", (None,), "a function is not durable unless it is said"),
    Range(f"{_OF}.instances.price", scaled, "half as much and twice as much"),
    Range(f"{_OF}.instances.count", scaled, _LOAD),
    Range(f"{_OF}.instances.time", scaled, "half as long and twice as long"),
    Range(f"{_OF}.instances", (None,), "AWS's default is default compute"),
    Range("bill.pollers.*.kind", ("sqs", "kafka"), "either may be polled"),
    Range("bill.pollers.*.count", scaled, _LOAD),
    Range("bill.pollers.*.time", scaled, "half as long and twice as long"),
)
