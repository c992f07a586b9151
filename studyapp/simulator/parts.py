"""What a scenario is made of. `studyapp.simulator.scenario.read` makes these and refuses bad values; they hold only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from studyapp.simulator.laws import NEVER, NO_TIME, Failing, Law

SYNC_KINDS: Final = ("sync", "api", "http-api", "url")
ASYNC_KINDS: Final = ("async", "s3", "sns", "eventbridge", "schedule")
MAX_EVENTS: Final = 2_000_000


@dataclass(frozen=True)
class Account:
    """`concurrency` is the account's quota; None means the rulebook's."""

    concurrency: int | None = None


@dataclass(frozen=True)
class Function:
    """One function (or one version of it). Times in microseconds, memory in MB.

    `duration` is the handler's time besides `cpu_time`, which is given for one full vCPU. `cold_total`, when given,
    is init and run together of a cold invocation and takes the place of `init`. `provisioned_from_us` is when
    provisioned concurrency was asked for; None means that it is ready from the start.
    """

    name: str
    memory: int = 128
    architecture: str = "x86_64"
    runtime: str = ""
    package: str = "zip"
    timeout: int = 3_000_000
    tmp: int = 512
    init: Law = NO_TIME
    duration: Law = NO_TIME
    cpu_time: int = 0
    cold_total: Law | None = None
    fails: Failing = NEVER
    reserved: int | None = None
    provisioned: int = 0
    provisioned_from_us: int | None = None
    async_retries: int | None = None
    async_max_age: int | None = None
    dead_letter_queue: str = "no"
    on_failure: str = "none"
    on_success: str = "none"
    holds_connections: int = 0


@dataclass(frozen=True)
class Arrivals:
    """One stream of requests. `kind`: poisson, wave, even, every, or at.

    poisson and wave: `rate` per microsecond (the wave's base), `amplitude`, `period_us`. every: `period_us`. even: `rate`.
    at: `moments`, pairs of (time, how many), in order. The stream begins at `start_us` and stops at `end_us` or after
    `count` requests, whichever comes first; None is no bound.
    """

    kind: str
    rate: float = 0.0
    amplitude: float = 0.0
    period_us: int = 0
    start_us: int = 0
    end_us: int | None = None
    count: int | None = None
    moments: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Source:
    """Who calls. `calls` holds (function name, share of the requests); one pair unless an alias splits the traffic.

    `caller_timeout` in microseconds, None for the rulebook's; `payload` in KB.
    """

    name: str
    kind: str
    calls: tuple[tuple[str, float], ...]
    arrivals: tuple[Arrivals, ...]
    caller_timeout: int | None = None
    payload: int = 1

    @property
    def is_sync(self) -> bool:
        return self.kind in SYNC_KINDS


@dataclass(frozen=True)
class Scenario:
    """A world to run: checked, immutable. `network` is the checked mapping of the network model, or None.

    Nothing starts after `horizon_us`; without one the run goes on until every event has ended.
    """

    account: Account = Account()
    functions: tuple[Function, ...] = ()
    sources: tuple[Source, ...] = ()
    network: Mapping[str, object] | None = None
    horizon_us: int | None = None
    seed: int = 0
    max_events: int = MAX_EVENTS
    warm: Mapping[str, int] = field(default_factory=dict)
