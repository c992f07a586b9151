"""Laws of time and of failure. A law turns one number drawn from [0, 1) into a time; it never draws itself."""

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_SMALLEST: Final = 2.0**-54


@dataclass(frozen=True)
class Law:
    """How long something takes. `kind`: fixed, exp or lognormal; `mean_us` in microseconds; `cv` of a lognormal."""

    kind: str = "fixed"
    mean_us: float = 0.0
    cv: float = 0.0

    @property
    def is_fixed(self) -> bool:
        return self.kind == "fixed"

    def draw(self, u: float) -> int:
        """Microseconds for a draw `u` from [0, 1)."""
        if self.kind == "fixed":
            return round(self.mean_us)
        if self.kind == "exp":
            return int(-log(1.0 - u) * self.mean_us + 0.5)
        spread = log(1.0 + self.cv**2)
        z = _NORMAL.inv_cdf(max(u, _SMALLEST))
        return int(self.mean_us * exp(z * sqrt(spread) - spread / 2) + 0.5)


NO_TIME: Final = Law()


@dataclass(frozen=True)
class Failing:
    """When the handler raises an error. All that is given must not hold at once: a kind has its own numbers.

    kind: never, always, probability (`share`), window (a run that begins in [from_us, to_us)), first (the first
    `attempts` runs of every event), events (which requests of their source fail whenever they run, from 1).
    """

    kind: str = "never"
    share: float = 0.0
    from_us: int = 0
    to_us: int = 0
    attempts: int = 0
    events: frozenset[int] = frozenset()

    def strikes(self, *, u: float, at_us: int, attempt: int, event: int) -> bool:
        """Whether run number `attempt` of a source's request `event`, whose handler begins at `at_us`, fails. `u` is its draw."""
        if self.kind == "never":
            return False
        if self.kind in ("probability", "records"):
            return u < self.share
        if self.kind == "window":
            return self.from_us <= at_us < self.to_us
        if self.kind == "first":
            return attempt <= self.attempts
        return self.kind == "always" or event in self.events

    @property
    def is_of_records(self) -> bool:
        """Whether single records of a batch are to blame, and not the whole run."""
        return self.kind in ("events", "records")

    def spoils(self, *, u: float, event: int) -> bool:
        """Whether a source's request `event` spoils the batch that it is in. `u` is its draw."""
        return u < self.share if self.kind == "records" else event in self.events


NEVER: Final = Failing()
