"""What limits concurrency: pools, the scaling rate, the request rate. All arithmetic is in whole microseconds."""

from collections import deque

from studyapp.simulator.units import LONGEST, SECOND, Rate


class Pool:
    """Concurrency that some functions share. `limit` None is no limit; `reason` is the code of its refusals."""

    __slots__ = ("in_use", "limit", "reason")

    def __init__(self, limit: int | None, reason: int) -> None:
        self.limit = limit
        self.reason = reason
        self.in_use = 0

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.in_use >= self.limit


class Bucket:
    """A rate of `rate.count` every `rate.per_us`, refilled continuously, with never more than `capacity` saved up.

    A token bucket, kept as the moment at which it would be full again, in microseconds times `rate.count`, so that no
    fraction is ever rounded. Sources: Lambda scaling behavior (new environments; the bucket is our reading, its capacity
    the rate's count), API Gateway throttling (requests; its capacity is the burst).
    """

    __slots__ = ("_capacity", "_count", "_full_at", "_per")

    def __init__(self, rate: Rate, capacity: int | None = None) -> None:
        self._count = rate.count
        self._per = rate.per_us
        self._capacity = (rate.count if capacity is None else capacity) * rate.per_us
        self._full_at = 0

    def take(self, now: int) -> bool:
        """Take one token if there is one."""
        moment = now * self._count
        full_at = max(self._full_at, moment) + self._per
        if full_at - moment > self._capacity:
            return False
        self._full_at = full_at
        return True

    @property
    def emptied_by(self) -> tuple[int, int]:
        """(how many, within which time): while no more than so many come within such a time, none is refused."""
        return self._capacity // self._per, max(-(-self._capacity // self._count), 1) if self._count else LONGEST


class Quota:
    """The request rate: at most `most` requests within any one second. Counted for synchronous calls alone."""

    __slots__ = ("accepted", "most")

    def __init__(self, most: int) -> None:
        self.most = most
        self.accepted: deque[int] = deque(maxlen=max(most, 1))

    def is_full(self, now: int) -> bool:
        if self.most == 0:
            return True
        return len(self.accepted) == self.most and self.accepted[0] > now - SECOND

    def note(self, now: int) -> None:
        self.accepted.append(now)
