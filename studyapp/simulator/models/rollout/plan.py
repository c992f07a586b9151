"""A deployment by CodeDeploy as plain values. Times in microseconds, shares in millionths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from studyapp.simulator.units import Rate

MILLION: Final = 1_000_000


class Result(StrEnum):
    """What a hook reports to CodeDeploy."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SILENT = "never reports"


class Missing(StrEnum):
    """What an alarm makes of a period without data, in CloudWatch's words."""

    MISSING = "missing"
    IGNORE = "ignore"
    BREACHING = "breaching"
    NOT_BREACHING = "notBreaching"


class Cause(StrEnum):
    """Why a deployment ended before its time, as a rollback may be set for it."""

    FAILURE = "failure"
    ALARM = "alarm"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Config:
    """How traffic shifts: `share` at first, then after each `interval_us` as much again, or with `is_canary` all the rest.
    All at once is a share of 1."""

    name: str
    share: int
    interval_us: int
    is_canary: bool


@dataclass(frozen=True, slots=True)
class Errors:
    """The share of a version's requests that fail, from `from_us` (None: always) to `to_us` (None: for ever)."""

    share: int = 0
    from_us: int | None = None
    to_us: int | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """A function that CodeDeploy calls. `takes_us` until it reports."""

    takes_us: int
    result: Result


@dataclass(frozen=True, slots=True)
class Alarm:
    """On the errors of the alias or of the new version: `datapoints` of the last `periods` above `threshold`, which is a
    count for a period, or a share in millionths where it is a rate."""

    is_of_new: bool
    is_rate: bool
    threshold: int
    period_us: int
    periods: int
    datapoints: int
    missing: Missing


@dataclass(frozen=True, slots=True)
class Deployment:
    """`horizon_us` is when users stop being counted; None: at the end, and after an hour at least."""

    config: Config
    requests: Rate
    old: Errors
    new: Errors
    pre: Hook | None
    post: Hook | None
    alarm: Alarm | None
    rollback_on: frozenset[Cause]
    stopped_us: int | None
    horizon_us: int | None
    is_first: bool
