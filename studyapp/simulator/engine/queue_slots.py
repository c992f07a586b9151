"""How many batches of one queue may be with its function at once.

Sources: Lambda with Amazon SQS, scaling and errors. AWS names the beginning, the growth and the most of a standard queue,
and of a FIFO queue the most alone. That the growth is spread evenly over its minute, that it goes on only while messages
wait and nothing is throttled, that a throttled batch takes one place away (AWS: gradually), and that one good run brings
back what failed ones took, is our reading.
"""

from studyapp.simulator.rulebook import Rulebook

MOST_FAILURES = 40


class Slots:
    """Places for batches: being gathered, held by a poller that is throttled, or running.

    `first` places at the beginning (None: `most`), more while messages wait, never more than `most`. All times in
    microseconds. `sure` is what the growth has been seen to reach, and it keeps that, but for a throttle or a long quiet.
    """

    def __init__(self, rulebook: Rulebook, max_concurrency: int | None, *, first: int | None, slows_down: bool) -> None:
        self.most = rulebook.sqs_most_pollers if max_concurrency is None else max_concurrency
        self.first = self.most if first is None else min(first, self.most)
        can_be_fewer = first is not None and max_concurrency is None
        self.quiet = min(rulebook.sqs_quiet_pollers, self.first) if can_be_fewer else self.first
        self.is_fixed = self.first == self.quiet == self.most and not slows_down
        percent_left = round(100 * rulebook.sqs_slow_down_to)
        self.shares = [(int(percent_left**failures), int(100**failures)) for failures in range(MOST_FAILURES + 1)]
        self.loses_throttled = rulebook.sqs_throttles_slow_down
        self.count, self.per = rulebook.sqs_growth.count, rulebook.sqs_growth.per_us
        self.quiet_after = rulebook.sqs_quiet_after
        self.slows_down = slows_down
        self.busy = 0
        self.throttled = 0
        self.failures = 0
        self.grown = 0
        self.growing_since: int | None = None
        self.empty_since: int | None = None
        self.sure = 0

    def has_free(self, now: int) -> bool:
        if self.is_fixed:
            return self.busy < self.most
        return (self.busy < self.sure and not self.failures) or self.busy < self.allowed(now)

    def allowed(self, now: int) -> int:
        """Places at `now`. Failed batches in a row each take a share of them away; one is always left."""
        reached = self.reached(now)
        if not self.failures:
            return reached
        share, whole = self.shares[self.failures]
        return max(reached * share // whole, 1)

    def reached(self, now: int) -> int:
        """What the growth has reached: 5, then one more every 0.2 s, so 305 after a minute."""
        if self.first >= self.most:
            return self.most
        growing = self.grown if self.growing_since is None else self.grown + now - self.growing_since
        if self.per <= 0:
            return self.most if growing else self.first
        reached = self.first + growing * self.count // self.per
        self.sure = reached = reached if reached < self.most else self.most
        return reached

    def take(self) -> None:
        self.busy += 1
        self.empty_since = None

    def give_back(self) -> None:
        """A place is free that no run has used."""
        self.busy -= 1

    def note(self, *, failed: bool) -> None:
        """How a run has ended. Source: back-off of the mapping, which partial batch responses switch off."""
        self.failures = min(self.failures + 1, MOST_FAILURES) if failed else 0

    def throttle(self, now: int) -> None:
        """A batch has been throttled. Source: Lambda with Amazon SQS, errors: less and less concurrency for the mapping."""
        self.throttled += 1
        more = self.reached(now) - self.first
        if self.loses_throttled and more > 0 and self.count > 0:
            self.rest(now)
            self.sure = 0
            self.grown = -(-(more - 1) * self.per // self.count)

    def wait(self, now: int) -> int | None:
        """Messages wait for a place: grow, unless a throttled batch is held or failures are the reason.

        The moment of the next place, or None.
        """
        if self.failures or self.throttled or self.count <= 0:
            self.rest(now)
            return None
        if self.growing_since is None:
            self.growing_since = now
        reached = self.reached(now)
        if reached >= self.most:
            return None
        more = (reached + 1 - self.first) * self.per
        return self.growing_since - self.grown - (-more // self.count)

    def rest(self, now: int) -> None:
        """Nothing waits for a place: what was reached stays."""
        if self.growing_since is not None:
            self.grown += now - self.growing_since
            self.growing_since = None

    def empty(self, now: int) -> None:
        """Nothing to read and nothing in hand."""
        self.rest(now)
        self.empty_since = now

    def wake(self, now: int) -> None:
        """There is something to read. After a long quiet the pollers are as few as at the beginning, or fewer."""
        if self.empty_since is not None and now - self.empty_since >= self.quiet_after:
            self.first = self.quiet
            self.grown = 0
            self.sure = 0
            self.growing_since = None
