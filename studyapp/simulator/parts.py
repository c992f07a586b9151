"""What a scenario is made of. `studyapp.simulator.scenario.read` makes these and refuses bad values; they hold only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from studyapp.simulator.answers import Plan
from studyapp.simulator.laws import NEVER, NO_TIME, Failing, Law
from studyapp.simulator.schedule import Schedule

SYNC_KINDS: Final = ("sync", "api", "http-api", "url", "alb")
ASYNC_KINDS: Final = ("async", "s3", "sns", "eventbridge", "schedule", "codepipeline")
QUEUE_KINDS: Final = ("sqs", "sqs-fifo")
STREAM_KINDS: Final = ("kinesis", "dynamodb")
MAPPING_KINDS: Final = QUEUE_KINDS + STREAM_KINDS
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
    provisioned concurrency was asked for; None means that it is ready from the start. `first_run` is what the first
    run in an environment takes longer, `record_time` what each record of a batch after the first adds. A run needs
    `memory_used` MB, keeps `memory_leak` MB in globals and leaves `tmp_left` MB in /tmp for the next in its environment.
    It opens `holds_connections` connections to its `database`. `version_of` names the function of which this is another
    version: both share what that function has reserved, and its scaling rate. `background_us` is the work that a handler
    leaves running. `init_fails` is for each init anew. During
    `system_errors` (a window) Lambda itself cannot run it.
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
    background_us: int = 0
    first_run: int = 0
    record_time: int = 0
    memory_used: int = 0
    memory_leak: int = 0
    tmp_left: int = 0
    database: str = ""
    response: int = 1
    in_vpc: bool = False
    init_fails: Failing = NEVER
    system_errors: Failing = NEVER
    version_of: str = ""


@dataclass(frozen=True)
class Arrivals:
    """One stream of requests. `kind`: poisson, wave, even, every, cron, or at.

    poisson and wave: `rate` per microsecond (the wave's base), `amplitude`, `period_us`. every: `period_us`. even: `rate`.
    at: `moments`, pairs of (time, how many), in order. cron: `schedule`. The stream begins at
    `start_us` and stops at `end_us` or after `count` requests, whichever comes first; None is no bound.
    """

    kind: str
    rate: float = 0.0
    amplitude: float = 0.0
    period_us: int = 0
    start_us: int = 0
    end_us: int | None = None
    count: int | None = None
    moments: tuple[tuple[int, int], ...] = ()
    schedule: Schedule | None = None


@dataclass(frozen=True)
class Retrying:
    """What a synchronous caller does about a 429, a 5xx or no answer in time: `tries` in all, the first included.

    Before try n + 1 it waits min(backoff_us * 2 ** (n - 1), most_us), times a draw from [0, 1) if `has_jitter`.
    """

    tries: int
    backoff_us: int
    most_us: int
    has_jitter: bool = True


@dataclass(frozen=True)
class Queue:
    """An SQS queue and the mapping that reads it. Times in microseconds.

    `max_concurrency` None: the pollers' own. `max_receives` None: no redrive policy, so nothing is moved to a
    dead-letter queue. `groups`: message groups of a FIFO queue, taken in turn. `backlog`: messages that wait at the
    beginning; None: more than can ever be read.
    """

    is_fifo: bool
    batch_size: int
    window_us: int = 0
    max_concurrency: int | None = None
    visibility_us: int = 30_000_000
    max_receives: int | None = None
    retention_us: int = 345_600_000_000
    delay_us: int = 0
    partial_responses: bool = False
    groups: int = 1
    backlog: int | None = 0


@dataclass(frozen=True)
class Stream:
    """A stream and the mapping that reads it. Times in microseconds.

    `keys`: partition keys, taken in turn; None: as many as spread evenly over all lanes. `retries` and `max_age_us`
    None: no limit. `from_us`: when the mapping begins to read; `position`: trim-horizon, latest, or at (`at_us`).
    """

    shards: int
    factor: int
    batch_size: int
    window_us: int = 0
    retries: int | None = None
    max_age_us: int | None = None
    bisects: bool = False
    partial_responses: bool = False
    on_failure: str = "none"
    retention_us: int = 86_400_000_000
    position: str = "trim-horizon"
    at_us: int = 0
    from_us: int = 0
    keys: int | None = None
    backlog: int = 0
    is_pushed: bool = False

    def track(self, index: int) -> int:
        """Which of its lanes record `index` (from 0) is on: keys are dealt to shards in turn, those of a shard to its lanes."""
        tracks = self.shards * self.factor
        return index % (self.keys or tracks) % tracks


@dataclass(frozen=True)
class Database:
    """A database that functions open connections to: one for each environment, or for each run behind a proxy.

    `timeout_us` is how long a run waits for a connection before it fails. Down from `down_from_us` to `down_to_us`.
    """

    name: str
    connections: int | None = None
    has_proxy: bool = False
    timeout_us: int = 1_000_000
    down_from_us: int = 0
    down_to_us: int = 0


@dataclass(frozen=True)
class Source:
    """Who calls. `calls` holds (function name, share of the requests); one pair unless an alias splits the traffic.

    `caller_timeout` in microseconds, None for the rulebook's; `payload` in KB. `matches` is the share of records that
    pass the mapping's filter; `duplicates` the share of events that are delivered once more than they should be.
    `job_timeout` is how long a pipeline waits for the function to report; it `reports`: yes, success (of good runs), no.
    """

    name: str
    kind: str
    calls: tuple[tuple[str, float], ...]
    arrivals: tuple[Arrivals, ...]
    caller_timeout: int | None = None
    payload: int = 1
    retrying: Retrying | None = None
    queue: Queue | None = None
    stream: Stream | None = None
    matches: float = 1.0
    duplicates: float = 0.0
    job_timeout: int = 0
    reports: str = "yes"

    @property
    def is_sync(self) -> bool:
        return self.kind in SYNC_KINDS

    @property
    def is_async(self) -> bool:
        return self.kind in ASYNC_KINDS

    @property
    def is_mapping(self) -> bool:
        return self.kind in MAPPING_KINDS


@dataclass(frozen=True)
class Scenario:
    """A world to run: checked, immutable. `plans` are the parts for the models that need no engine.

    Nothing starts after `horizon_us`; without one the run goes on until every event has ended.
    """

    account: Account = Account()
    functions: tuple[Function, ...] = ()
    sources: tuple[Source, ...] = ()
    plans: tuple[Plan, ...] = ()
    databases: tuple[Database, ...] = ()
    horizon_us: int | None = None
    seed: int = 0
    max_events: int = MAX_EVENTS
    warm: Mapping[str, int] = field(default_factory=dict)
