"""The lifecycle events of a deployment in order, as hops."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.simulator.models.rollout.course import Course, has_failed, is_silent
from studyapp.simulator.models.rollout.plan import Alarm, Cause, Deployment, Hook
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path
from studyapp.simulator.units import SECOND, show_time

BEFORE, ALLOW, AFTER = "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"


def path(plan: Deployment, course: Course, rulebook: Rulebook) -> Path:
    """How it went, up to what ended it."""
    return Path.along("rollout", _hops(plan, course, rulebook), "rollout")


def not_started() -> Path:
    """Of a function's first deployment."""
    says = "There is no version to shift from: the first deployment makes the alias, the next can shift."
    return Path("rollout", False, (Hop("Start", False, says),), "rollout")


def _hops(plan: Deployment, course: Course, rulebook: Rulebook) -> Iterator[Hop]:
    ended = course.ended_us
    is_over = ended is not None and course.ending.cause in (Cause.ALARM, Cause.REQUEST)
    yield Hop("Start", True, f"CodeDeploy deploys with {plan.config.name}.")
    moves = list(_shifts(course, rulebook))
    if rulebook.pre_traffic_hook_sees_traffic:
        yield from moves[:1]
    if plan.pre and (ended is None or course.pre_us <= ended):
        yield _hook(BEFORE, plan.pre, course.pre_us, course, rulebook)
    yield from moves[1:] if rulebook.pre_traffic_hook_sees_traffic else moves
    if is_over:
        yield _stopped(plan, course, rulebook)
    if ended is None:
        yield Hop("Horizon", False, f"At {show_time(course.horizon_us)} the deployment is still under way.")
    if plan.post:
        yield _hook(AFTER, plan.post, course.post_us, course, rulebook)
    watched = (
        "alarms go on being watched, if this were so"
        if rulebook.alarms_watched_for_ever
        else "alarms are no longer watched"
    )
    says = f"At {show_time(course.post_us)} the deployment has succeeded; {watched}."
    yield Hop("End", True, says, "alarms_watched_for_ever")


def _hook(name: str, hook: Hook, at: int, course: Course, rulebook: Rulebook) -> Hop:
    when = f"At {show_time(at)}"
    if has_failed(hook, rulebook):
        what = (
            "nothing has been reported, which is a failure" if is_silent(hook, rulebook) else "the hook reports failure"
        )
        return Hop(name, False, f"{when} {what}; {_traffic_now(course, rulebook)}.", "hook_time_limit")
    if is_silent(hook, rulebook):
        return Hop(name, True, f"{when} silence would count as success, if this were so.", "silent_hook_has_succeeded")
    return Hop(name, True, f"{when} the hook reports success.", "hook_time_limit")


def _shifts(course: Course, rulebook: Rulebook) -> Iterator[Hop]:
    """The first shift and the last."""
    forward = course.forward
    if not forward:
        return
    (at, share), (last, final) = forward[0], forward[-1]
    rule = "pre_traffic_hook_sees_traffic"
    early = ", before the check is done, if this were so" if rulebook.pre_traffic_hook_sees_traffic else ""
    yield Hop(ALLOW, True, f"At {show_time(at)} the new version gets {_percent(share)} of the traffic{early}.", rule)
    if len(forward) > 1:
        so = ", if this were so" if rulebook.canary_goes_on_in_steps else ""
        says = f"At {show_time(last)} it gets {_percent(final)}, after {len(forward)} steps{so}."
        yield Hop(ALLOW, True, says, "canary_goes_on_in_steps")


def _stopped(plan: Deployment, course: Course, rulebook: Rulebook) -> Hop:
    when = f"At {show_time(course.ending.at)}"
    if course.ending.cause is Cause.REQUEST:
        return Hop("Stop", False, f"{when} somebody stops the deployment; {_traffic_now(course, rulebook)}.")
    rule = "alarm_only_stops_the_shift"
    if rulebook.alarms_watched_for_ever and course.ending.at > course.post_us:
        rule = "alarms_watched_for_ever"
    return Hop(
        "Alarm", False, f"{when} the alarm is on{_saw(plan.alarm, course)}; {_traffic_now(course, rulebook)}.", rule
    )


def _saw(alarm: Alarm | None, course: Course) -> str:
    """What it found, in few words."""
    if alarm is None or course.alarm is None or course.alarm.value is None:
        return ", as no data counts as bad"
    found = course.alarm.value
    if alarm.is_rate:
        return f": {found * 100:.3g} % of the requests failed"
    return f": {found:,.6g} errors in {alarm.period_us // (60 * SECOND)} min"


def _traffic_now(course: Course, rulebook: Rulebook) -> str:
    if not course.forward:
        return "no traffic has moved"
    if course.is_rolled_back:
        return "all traffic goes back at once"
    if rulebook.rollback_needs_a_person:
        return "traffic waits for somebody, if this were so"
    if rulebook.alarm_only_stops_the_shift and course.ending.cause is Cause.ALARM:
        return "what has moved stays, if this were so"
    return "traffic stays as it is"


def _percent(share: int) -> str:
    return f"{share / 10_000:g} %"
