"""One function as the engine sees it: its laws, its environments, what limits it, what becomes of its failures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from studyapp.simulator.engine.connections import Connections
from studyapp.simulator.engine.idle import Idle, NewestIdle
from studyapp.simulator.engine.limits import Bucket, Pool, Quota
from studyapp.simulator.engine.wear import Wear
from studyapp.simulator.laws import NEVER, Failing, Law
from studyapp.simulator.parts import Retrying
from studyapp.simulator.rulebook import Rulebook

Watch = Callable[[int, int], None]
"""Told now and then how far a run is: its clock in microseconds, and the tries so far."""
MOST_DOUBLINGS: Final = 64
FOREVER: Final = 1 << 80


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one invocation takes, in microseconds. `cpu` is the fixed time that the processor needs, `first_run` what
    the first run in an environment takes longer, `per_record` what each further record of a batch adds; before the init
    of a new environment its network interface may be waited for."""

    duration: Law
    init: Law
    cold_total: Law | None
    cpu: int
    timeout: int
    init_limit: int
    first_run: int = 0
    per_record: int = 0
    interface_wait: int = 0

    def run(self, u: float) -> int:
        """Handler time for the draw `u`, before any timeout."""
        return self.duration.draw(u) + self.cpu

    def init_of(self, u: float, u_init: Callable[[], float], run: int) -> int:
        """Init time of a cold invocation. With `cold_total` it is what the total, drawn from `u`, leaves."""
        if self.cold_total is not None:
            return max(self.cold_total.draw(u) - run, 0)
        return self.init.draw(0.0) if self.init.is_fixed else self.init.draw(u_init())


class Keeper(NamedTuple):
    """What keeps a record of an event: whether the function may not send to it, and how much it takes at most, in KB."""

    is_denied: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class AsyncRules:
    """What becomes of the asynchronous events of one function. Times in microseconds; `response` is the size of an answer
    in KB."""

    retries: int
    waits: tuple[int, ...]
    waits_from_start: bool
    max_age: int
    backoff_min: int
    backoff_max: int
    backoff_factor: float
    throttles_use_retries: bool
    timeouts_use_retries: bool
    new_events_wait: bool = False
    dead_letters: Keeper | None = None
    on_failure: Keeper | None = None
    on_success: Keeper | None = None
    response: int = 1

    def backoff(self, tries: int) -> int:
        """The wait after `tries` throttled tries in a row before this one. Source: Lambda asynchronous errors."""
        wait = self.backoff_min * self.backoff_factor ** min(tries, MOST_DOUBLINGS)
        return int(min(wait, self.backoff_max))


@dataclass
class Lane:
    """The living state of one function.

    `connections` are those of its database, of which each environment `holds` some. `lasting` are the numbers of its
    provisioned environments, `fresh` those of them that have had no run. Of its events `backing_off` wait after a
    refusal, the last of them after so many `refusals` in a row. As the run begins, `is_plain` is `has_nothing_rare`, `pool`
    is that of `pools` if there is but one, `idle_lifetime` that of an environment, and `fixed_run` how long every run takes,
    if that is always the same.
    """

    index: int
    name: str
    timing: Timing
    failing: Failing
    rules: AsyncRules
    idle: Idle
    pools: tuple[Pool, ...]
    quotas: tuple[Quota, ...] = ()
    scaling: Bucket | None = None
    is_stopped: bool = False
    provisioned: Idle | None = None
    provisioned_from: int = 0
    provisioned_quotas: tuple[Quota, ...] = ()
    spills_over: bool = True
    timeout_resets: bool = True
    must_init_again: set[int] = field(default_factory=set)
    init_failing: Failing = NEVER
    system_errors: Failing = NEVER
    wear: Wear | None = None
    connections: Connections | None = None
    holds: int = 0
    lasting: range = range(0)
    fresh: set[int] = field(default_factory=set)
    backing_off: int = 0
    refusals: int = 0
    backoffs: list[int] = field(default_factory=list)
    is_plain: bool = False
    pool: Pool | None = None
    idle_lifetime: int = FOREVER
    fixed_run: int | None = None

    def make_ready(self, *, is_true: bool) -> None:
        """Note once, before the first run, what is asked at each: in a world that is true, or by a false belief."""
        self.is_plain = is_true and self.has_nothing_rare()
        self.pool = self.pools[0] if len(self.pools) == 1 else None
        if self.idle.lifetime is not None:
            self.idle_lifetime = self.idle.lifetime
        self.fixed_run = self.timing.run(0.0) if self.timing.duration.is_fixed else None

    def backoff(self, tries: int) -> int:
        """The wait of an event after `tries` throttled tries in a row before this one; each is worked out once."""
        waits, number = self.backoffs, min(tries, MOST_DOUBLINGS)
        while number >= len(waits):
            waits.append(self.rules.backoff(len(waits)))
        return waits[number]

    def has_nothing_rare(self) -> bool:
        """Whether a run in an idle environment needs no more than its duration and whether it fails: the short way."""
        return (
            type(self.idle) is NewestIdle
            and self.provisioned is None
            and self.connections is None
            and self.wear is None
            and not self.is_stopped
            and self.init_failing.kind == "never"
            and self.system_errors.kind == "never"
        )


@dataclass(frozen=True, slots=True)
class Caller:
    """One source as the engine sees it. `lanes` holds (lane, share up to and with it) for a split alias.

    A mapping is neither synchronous nor asynchronous here: its poller does what it does about failures. `matches` is
    the share of records that pass its filter. `reports_failures`: the handler names the records that failed;
    `is_in_order`: all behind the first of them go back too. `door` limits the requests of all callers of one front door;
    `limit` is how long the caller waits for one answer, None as long as it takes; `hears_errors`: a function error
    reaches it as a 5xx; `cut` are the numbers of functions that answer more than its way can carry. `payload` is the size
    of what it sends, in KB. Its fields, like those of a timing, are read many times a run: from slots many times as fast as
    from a named tuple.
    """

    number: int
    name: str
    kind: str
    is_sync: bool
    is_async: bool
    is_mapping: bool
    is_too_large: bool
    lanes: tuple[tuple[Lane, float], ...]
    retries: int
    retrying: Retrying | None = None
    duplicates: float = 0.0
    matches: float = 1.0
    reports_failures: bool = False
    is_in_order: bool = False
    door: Bucket | None = None
    limit: int | None = None
    hears_errors: bool = False
    cut: frozenset[int] = frozenset()
    payload: int = 1


class Claim(NamedTuple):
    """Provisioned concurrency of `lane` that its pool (None: no limit, or another world) loses at `at`, and that can be
    used from `ready_at` on at the soonest."""

    at: int
    ready_at: int
    lane: "Lane"
    pool: Pool | None
    executions: int


@dataclass(frozen=True)
class World:
    """Everything that a run needs, built once from a scenario and a rulebook; pollers ask the rulebook as they are made."""

    lanes: tuple[Lane, ...]
    callers: tuple[Caller, ...]
    claims: tuple[Claim, ...]
    rulebook: Rulebook
    seed: int
    horizon_us: int | None
    max_events: int
    init_counts_as_busy: bool = True
    slots: int = 1
    throttled_calls_wait: bool = False
    watch: Watch | None = None

    @property
    def is_false(self) -> bool:
        """Whether a belief is in force that no constant can express."""
        return self.slots > 1 or not self.init_counts_as_busy or self.throttled_calls_wait
