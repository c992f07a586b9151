"""What becomes of a deployment: its moments in order, until CodeDeploy is done with it.

What falls on one moment comes in this order: the pre-traffic hook's report, the alarm, a request to stop, a shift, the
post-traffic hook's report, the end. A rollback takes all traffic back at once; CodeDeploy does it by a new deployment of the last
good version. Without a rollback, traffic stays where it is (our reading of CodeDeploy's stop).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from studyapp.simulator.models.rollout.alarms import Seen, goes_off
from studyapp.simulator.models.rollout.configs import MINUTE
from studyapp.simulator.models.rollout.plan import MILLION, Cause, Config, Deployment, Hook, Result
from studyapp.simulator.models.rollout.traffic import Shift, Traffic
from studyapp.simulator.rulebook import Rulebook

LEAST_WATCHED: Final = 60 * MINUTE
MOST_WATCHED: Final = 12 * 60 * MINUTE
PRE, ALARM, REQUEST, SHIFT, POST, END = range(6)
"""The order of what falls on one moment."""


class Ending(NamedTuple):
    """`order` among what falls on one moment. Without a cause it is the good end."""

    at: int
    order: int
    cause: Cause | None = None

    @property
    def follows_a_shift(self) -> bool:
        """Whether a shift of the same moment came first."""
        return self.order > SHIFT


@dataclass(frozen=True)
class Course:
    """`planned` are the shifts if nothing comes between, `shifts` those that there were, the rollback among them.

    `pre_us` and `post_us`: when a hook reports or is given up, if nothing comes between. `ended_us`: when CodeDeploy is done;
    None: after the horizon. `alarm` is what went off, if that is what ended it.
    """

    planned: tuple[Shift, ...]
    shifts: tuple[Shift, ...]
    pre_us: int
    post_us: int
    horizon_us: int
    ended_us: int | None
    ending: Ending
    alarm: Seen | None
    is_rolled_back: bool

    @property
    def status(self) -> str:
        if self.ended_us is None:
            return "running"
        if self.is_rolled_back:
            return "rolled back"
        if self.ending.cause is None:
            return "succeeded"
        return "failed" if self.ending.cause is Cause.FAILURE else "stopped"

    @property
    def forward(self) -> tuple[Shift, ...]:
        """The shifts to the new version."""
        return tuple(shift for shift in self.shifts if shift[1])


def follow(plan: Deployment, rulebook: Rulebook) -> Course:
    """Play a deployment to its end, or to the horizon."""
    pre = _report(plan.pre, rulebook)
    planned = shifts(plan.config, 0 if rulebook.pre_traffic_hook_sees_traffic else pre, rulebook)
    post = max(planned[-1][0], pre) + _report(plan.post, rulebook)
    horizon = plan.horizon_us or min(max(post, LEAST_WATCHED), MOST_WATCHED)
    seen = _alarm(plan, planned, horizon if rulebook.alarms_watched_for_ever else min(post, horizon), rulebook)
    ending = min(_endings(plan, pre, post, seen, rulebook))
    is_over = ending.at <= horizon
    took = [shift for shift in planned if shift[0] < ending.at + ending.follows_a_shift and shift[0] <= horizon]
    is_back = is_over and _rolls_back(plan, ending.cause, rulebook)
    if is_back and took:
        took.append((ending.at, 0))
    went_off = seen if is_over and ending.cause is Cause.ALARM else None
    ended = ending.at if is_over else None
    return Course(planned, tuple(took), pre, post, horizon, ended, ending, went_off, is_back)


def shifts(config: Config, begin: int, rulebook: Rulebook) -> tuple[Shift, ...]:
    """When which share of the traffic goes to the new version, if all goes well."""
    if config.share == MILLION:
        return ((begin, MILLION),)
    if config.is_canary and not rulebook.canary_goes_on_in_steps:
        return ((begin, config.share), (begin + config.interval_us, MILLION))
    first = begin if rulebook.linear_starts_at_once or config.is_canary else begin + config.interval_us
    steps = -(-MILLION // config.share)
    return tuple((first + step * config.interval_us, min((step + 1) * config.share, MILLION)) for step in range(steps))


def _report(hook: Hook | None, rulebook: Rulebook) -> int:
    """How long CodeDeploy waits for a hook."""
    if hook is None:
        return 0
    return rulebook.hook_time_limit if hook.result is Result.SILENT else min(hook.takes_us, rulebook.hook_time_limit)


def has_failed(hook: Hook | None, rulebook: Rulebook) -> bool:
    """A report that comes after the limit counts as none."""
    if hook is None:
        return False
    if is_silent(hook, rulebook):
        return not rulebook.silent_hook_has_succeeded
    return hook.result is Result.FAILED


def is_silent(hook: Hook, rulebook: Rulebook) -> bool:
    """Whether nothing was reported in time."""
    return hook.result is Result.SILENT or hook.takes_us > rulebook.hook_time_limit


def _alarm(plan: Deployment, planned: tuple[Shift, ...], until: int, rulebook: Rulebook) -> Seen | None:
    """Until it goes off traffic is as planned, so that is what it sees."""
    if plan.alarm is None:
        return None
    return goes_off(plan.alarm, Traffic(plan.requests, plan.old, plan.new, planned), until, rulebook)


def _endings(plan: Deployment, pre: int, post: int, seen: Seen | None, rulebook: Rulebook) -> Iterator[Ending]:
    """All that could end the deployment; the first of them does."""
    if not (seen and rulebook.alarms_watched_for_ever):
        yield Ending(post, END)
    if has_failed(plan.pre, rulebook):
        yield Ending(pre, PRE, Cause.FAILURE)
    if has_failed(plan.post, rulebook):
        yield Ending(post, POST, Cause.FAILURE)
    if plan.stopped_us is not None and plan.stopped_us <= post:
        yield Ending(plan.stopped_us, REQUEST, Cause.REQUEST)
    if seen is not None:
        yield Ending(seen.at, ALARM, Cause.ALARM)


def _rolls_back(plan: Deployment, cause: Cause | None, rulebook: Rulebook) -> bool:
    if cause not in plan.rollback_on or rulebook.rollback_needs_a_person:
        return False
    return not (cause is Cause.ALARM and rulebook.alarm_only_stops_the_shift)
