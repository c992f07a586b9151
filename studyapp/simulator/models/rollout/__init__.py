"""Who gets the new version when, how many errors do users see, and does it roll back?

One deployment by CodeDeploy, on the clock from its start: hooks, shifts, an alarm of CloudWatch, the rollback. There is no
chance: counts of requests and errors are means (rate x share x time), exact; real counts scatter around them, above all in a
small canary. `unseen.` is the chance that so many requests show no error at all, each failing by itself.

Left out on purpose: cold starts and throttles of the new version (the engine), several alarms at once (the first to go off
decides), retries of callers, how long a rollback's own deployment takes (traffic is back at once), and alarms that look back
more than three hours.

Sources, read on 2026-11-23, hooks and alarms on 2026-11-28:
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.rollout.course import Course, follow
from studyapp.simulator.models.rollout.plan import MILLION, Deployment
from studyapp.simulator.models.rollout.reading import read
from studyapp.simulator.models.rollout.story import not_started, path
from studyapp.simulator.models.rollout.traffic import Traffic
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Value
from studyapp.simulator.units import SECOND

__all__ = ["Rollout", "plan"]


@dataclass(frozen=True)
class Rollout:
    """A deployment to be followed."""

    deployment: Deployment

    def answer(self, rulebook: Rulebook) -> Answer:
        """`rollout.`, `shift.`, `alarm.`, `traffic.`, `users.` and `unseen.`; times in seconds. One path and two series."""
        deployment = self.deployment
        if deployment.is_first:
            return Answer(
                {"rollout.status": "not started", "rollout.steps": 0, "traffic.new_at_end": 0}, (not_started(),)
            )
        course = follow(deployment, rulebook)
        traffic = _traffic(deployment, course.shifts)
        metrics = {
            **dict(_rollout(course)),
            **_users(traffic, course.horizon_us),
            **_unseen(deployment, course),
        }
        return Answer(metrics, (path(deployment, course, rulebook),), _series(traffic, course.horizon_us))


def plan(data: object, rulebook: Rulebook) -> Rollout:
    """The deployment of a scenario. Raises ScenarioError."""
    return Rollout(read(data, rulebook))


def _traffic(deployment: Deployment, shifts: Sequence[tuple[int, int]]) -> Traffic:
    return Traffic(deployment.requests, deployment.old, deployment.new, shifts)


def _rollout(course: Course) -> Iterator[tuple[str, Value]]:
    ended, forward = course.ended_us, course.forward
    yield "rollout.status", course.status
    yield "rollout.ends_at", None if ended is None else _seconds(ended)
    yield "rollout.rolled_back_at", _seconds(course.ending.at) if course.is_rolled_back else None
    yield "rollout.deployments", 2 if course.is_rolled_back else 1
    yield "rollout.steps", len(forward)
    took_place = {number: _seconds(at) for number, (at, _) in enumerate(forward, 1)}
    yield from ((f"shift.{number}", took_place.get(number)) for number in range(1, len(course.planned) + 1))
    yield "rollout.shifting", _seconds(forward[-1][0] - forward[0][0]) if len(forward) == len(course.planned) else None
    yield "alarm.at", None if course.alarm is None else _seconds(course.alarm.at)
    yield "alarm.saw", None if course.alarm is None else course.alarm.value
    yield "traffic.new_at_end", _share(course.shifts[-1][1] if course.shifts else 0)
    yield "traffic.new_most", _share(max((share for _, share in forward), default=0))


def _users(traffic: Traffic, horizon: int) -> dict[str, Value]:
    """What users met from the start to the horizon."""
    counts, unit = traffic.counts(0, horizon), traffic.unit
    return {
        "users.requests": _ratio(counts.requests, unit),
        "users.requests_new": _ratio(counts.requests_new, unit),
        "users.errors": _ratio(counts.errors_old + counts.errors_new, unit),
        "users.errors_old": _ratio(counts.errors_old, unit),
        "users.errors_new": _ratio(counts.errors_new, unit),
    }


def _unseen(deployment: Deployment, course: Course) -> dict[str, Value]:
    """The chance that the new version shows no error in its first step, and until the deployment's end."""
    traffic, failing = _traffic(deployment, course.planned), deployment.new.share
    start = course.planned[0][0]
    until = {
        "unseen.first_step": course.planned[1][0] if len(course.planned) > 1 else course.post_us,
        "unseen.deployment": course.post_us,
    }
    found: dict[str, Value] = {}
    for name, stop in until.items():
        requests = traffic.counts(start, stop).errors_new / (failing * traffic.unit / MILLION) if failing else 0
        found[name] = (1 - failing / MILLION) ** requests
    return found


def _series(traffic: Traffic, horizon: int) -> dict[str, Sequence[tuple[int, float]]]:
    """The share of the new version, and the mean errors of a second."""
    shares = {0: 0.0, **{at: _share(share) for at, share in traffic.shifts}}
    edges = {each for errors in (traffic.old, traffic.new) for each in (errors.from_us, errors.to_us)}
    moments = sorted({*shares, *(each for each in edges if each is not None and each < horizon)})
    rates = [(at, _errors_a_second(traffic, at)) for at in moments]
    return {"traffic.new": _changes(sorted(shares.items())), "users.errors_per_s": _changes(rates)}


def _changes(steps: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Those of the steps that change the value."""
    before = [None, *(value for _, value in steps)]
    return [step for step, last in zip(steps, before, strict=False) if step[1] != last]


def _errors_a_second(traffic: Traffic, at: int) -> float:
    counts = traffic.a_microsecond(at)
    return (counts.errors_old + counts.errors_new) * SECOND / traffic.unit


def _seconds(us: int) -> int | float:
    return _ratio(us, SECOND)


def _share(millionths: int) -> int | float:
    return _ratio(millionths, MILLION)


def _ratio(number: int, unit: int) -> int | float:
    whole, rest = divmod(number, unit)
    return number / unit if rest else whole
