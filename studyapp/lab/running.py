"""A run in the lab: small enough for a page, made once for equal inputs, and refused with what to reduce where it is not."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Any

from studyapp.content.bodies import canonical
from studyapp.lab.state import State
from studyapp.simulator import scenario
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Arrivals, Scenario, Source
from studyapp.simulator.rulebook import TRUTH, Rulebook, digest, watched
from studyapp.simulator.run import simulate
from studyapp.simulator.units import SECOND

Body = Mapping[str, object]

MOST_REQUESTS = 50_000
MOST_MESSAGES = 10_000
"""In queues, of the requests: a message costs five times as much, since pollers look at it, receive it and delete it."""
MOST_EVENTS = 200_000
"""Steps of a run: its arrivals, tries and receives, the ends of its batches."""
MOST_CPU_S = 1.0
"""Of this thread, for one run: whoever asks for more waits for a sweep in the background."""
KEPT = 24
"""Outcomes that a process remembers."""
MOST_KEPT_ROWS = 400_000
"""Of all their traces together: with what is derived from them, 100,000 rows hold 4 MB, or 60 MB where every message is retried."""


class TooMuch(ValueError):
    """The run would exceed what a page can wait for. `field` is what to reduce."""

    def __init__(self, field: str, says: str) -> None:
        self.field, self.says = field, says
        super().__init__(says)


@dataclass(frozen=True)
class Inputs:
    """Everything that a run depends on. `patch` holds the rules that beliefs and assumptions change."""

    body: Body
    changes: Body
    patch: Body
    seed: int

    @cached_property
    def text(self) -> str:
        return canonical([self.body, self.changes, self.patch, self.seed])

    @cached_property
    def patched(self) -> Body:
        """The scenario with its changes. Raises ScenarioError."""
        return scenario.patch(self.body, self.changes)

    @cached_property
    def rulebook(self) -> Rulebook:
        """Raises RulebookError."""
        return TRUTH.believing(self.patch)

    @cached_property
    def key(self) -> str:
        """The digest of all of it, with that of the rules in force: equal keys have equal outcomes."""
        return sha256(f"{self.text} {digest(self.rulebook)}".encode()).hexdigest()


@dataclass(frozen=True)
class Ran:
    """An outcome, and the names of the rules that were read for it and for the metrics that have been looked at.

    `drawn` holds its pictures (`drawing`): they go with it.
    """

    outcome: Outcome
    seen: set[str]
    drawn: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def rows(self) -> int:
        """Of its trace."""
        trace = self.outcome.trace
        return len(trace.arrived) + len(trace.event) + len(trace.refused_event) + len(trace.batch_event)


def inputs(body: Body, state: State, patches: Mapping[str, Body]) -> Inputs:
    """What `state` makes of a scenario; `patches` are those of the beliefs that may be switched on."""
    patch: dict[str, object] = {}
    for belief in state.beliefs:
        patch |= patches.get(belief, {})
    return Inputs(body, state.changes, patch | dict(state.assumes), state.seed)


_kept: OrderedDict[str, Ran] = OrderedDict()
_lock = Lock()


def kept(asked: Inputs) -> Ran | None:
    """What this process remembers of equal inputs."""
    with _lock:
        found = _kept.get(asked.text)
        if found is not None:
            _kept.move_to_end(asked.text)
    return found


def run(asked: Inputs) -> Ran:
    """Equal inputs are run once in each process. Raises ScenarioError, RulebookError, or TooMuch."""
    found = kept(asked) or _run(asked)
    with _lock:
        _kept[asked.text] = found
        while len(_kept) > KEPT or (len(_kept) > 1 and sum(each.rows for each in _kept.values()) > MOST_KEPT_ROWS):
            _kept.popitem(last=False)
    return found


def _run(asked: Inputs) -> Ran:
    seen: set[str] = set()
    rulebook = watched(asked.rulebook, seen)
    world = scenario.read({**asked.patched, "max_events": MOST_EVENTS}, rulebook)
    refuse_too_much(world)
    try:
        outcome = simulate(world, rulebook, asked.seed, _Patience())
    except (RunTooLong, _OutOfPatience) as error:
        raise _too_much(world, world.sources, str(error)) from None
    return Ran(outcome, seen)


class _OutOfPatience(Exception):
    pass


class _Patience:
    """Watches a run and ends it when it has used up its share of the processor."""

    def __init__(self) -> None:
        self._until = time.thread_time() + MOST_CPU_S

    def __call__(self, clock_us: int, tries: int) -> None:
        if time.thread_time() > self._until:
            raise _OutOfPatience(
                f"The run was stopped at {clock_us / SECOND:,.0f} s of its clock, after {tries:,} tries."
            )


def refuse_too_much(world: Scenario) -> None:
    """Raises TooMuch if more than MOST_REQUESTS would arrive, or more than MOST_MESSAGES in queues."""
    queues = [source for source in world.sources if source.queue is not None]
    for sources, most, what in ((world.sources, MOST_REQUESTS, "requests"), (queues, MOST_MESSAGES, "messages")):
        expected = sum(_expected(source, world.horizon_us) for source in sources)
        if expected > most:
            raise _too_much(world, sources, f"About {_round(expected)} {what} would arrive.")


def _round(expected: float) -> str:
    """To two figures: an estimate should not look like a count."""
    return f"{float(f'{expected:.2g}'):,.0f}"


def _expected(source: Source, horizon_us: int | None) -> float:
    reads = source.queue or source.stream
    waiting = reads.backlog if reads is not None else 0
    return float(waiting or 0) + sum(_arrivals(each, horizon_us) for each in source.arrivals)


def _arrivals(each: Arrivals, horizon_us: int | None) -> float:
    """How many are to be expected; of a schedule, at most one a minute."""
    if each.kind == "at":
        return float(sum(number for at, number in each.moments if horizon_us is None or at < horizon_us))
    ends = [end for end in (each.end_us, horizon_us) if end is not None]
    most = float("inf") if each.count is None else float(each.count)
    if not ends:
        return 0.0 if most == float("inf") else most
    length = max(min(ends) - each.start_us, 0)
    rate = each.rate or 1 / (each.period_us or 60 * SECOND)
    return min(length * rate, most)


def _too_much(world: Scenario, sources: Sequence[Source], says: str) -> TooMuch:
    """Names the one of `sources` that makes most of the run."""
    largest = max(sources, key=lambda source: _expected(source, world.horizon_us), default=None)
    of = f" of {largest.name}" if largest else ""
    shorter = "a shorter horizon" if world.horizon_us else "a shorter time"
    return TooMuch(
        f"sources.{largest.name}.arrivals" if largest else "horizon",
        f"{says} A run here has at most {MOST_REQUESTS:,} requests, {MOST_MESSAGES:,} of them messages of queues, retries aside: "
        f"take a lower rate{of}, or {shorter}.",
    )
