"""What a month's bill is made of, read and checked. Times are microseconds, memory MB, sizes KB."""

from dataclasses import dataclass
from fractions import Fraction

Curve = tuple[tuple[int, int], ...]
"""(memory, how long one run takes with it), by memory; one entry where only one size is known."""


@dataclass(frozen=True)
class Ready:
    """Provisioned concurrency: `count` environments, configured `periods` times in the month for `time_us` each.

    `share` of the function's runs find one of them; the others run on demand.
    """

    count: int
    time_us: int
    periods: int
    share: Fraction


@dataclass(frozen=True)
class Snapshot:
    """SnapStart: published versions, how long each stays active, and what a restore runs before the handler."""

    versions: int
    time_us: int
    restore_us: int


@dataclass(frozen=True)
class Durable:
    """Of one execution: its operations, the data that they write, how long it is kept, how long it waits."""

    operations: int
    written: int
    kept_us: int
    wait_us: int


@dataclass(frozen=True)
class Instances:
    """Managed Instances: what EC2 charges for one in an hour, how many, for how much of the month."""

    usd_per_hour: float
    count: int
    time_us: int


@dataclass(frozen=True)
class Poller:
    """Provisioned pollers of one event source mapping; `kind` is sqs or kafka."""

    name: str
    kind: str
    count: int
    time_us: int


@dataclass(frozen=True)
class Function:
    """One function in one month. `requests` are its runs.

    `curve` is where the duration is looked up for any memory, `is_measured` whether there is more than one size to compare.
    """

    name: str
    memory: int
    architecture: str
    requests: int
    curve: Curve
    init_us: int = 0
    cold_share: Fraction = Fraction(0)
    fails: Fraction = Fraction(0)
    tmp: int = 0
    memory_used: int | None = None
    is_async: bool = False
    payload: int = 1
    streamed: int = 0
    tenant_environments: int = 0
    runtime: str = ""
    package: str = "zip"
    ready: Ready | None = None
    snapshot: Snapshot | None = None
    durable: Durable | None = None
    instances: Instances | None = None

    @property
    def is_measured(self) -> bool:
        return len(self.curve) > 1


@dataclass(frozen=True)
class Month:
    """All that one account runs in one Region in `time_us`."""

    time_us: int
    has_free_tier: bool
    functions: tuple[Function, ...]
    pollers: tuple[Poller, ...]
