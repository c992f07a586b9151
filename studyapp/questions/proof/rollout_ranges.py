"""Ranges of a deployment: how traffic shifts, what fails, and what watches it."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.questions.proof.range import Body, Range, found_at
from studyapp.questions.proof.scaling import longer, scaled, scaled_rate
from studyapp.simulator import units
from studyapp.simulator.models.rollout.plan import Cause, Missing, Result

_CONFIGS = ("LambdaAllAtOnce", "LambdaCanary10Percent5Minutes", "LambdaLinear10PercentEvery1Minute")
_CAUSES = ("none", *([cause.value] for cause in Cause), [cause.value for cause in Cause])


def _shares(path: str, body: Body) -> tuple[object, ...]:
    """No errors, or other shares of them; a share that holds for a time is moved by itself."""
    return ("0 %",) if isinstance(found_at(path, body), Mapping) else ("0 %", *_of_a_whole(path, body))


def _of_a_whole(path: str, body: Body) -> tuple[object, ...]:
    """Half and twice a share, where that is one."""
    return tuple(each for each in scaled(path, body) if units.number(each) <= 1)


def _thresholds(path: str, body: Body) -> tuple[object, ...]:
    return (0, *scaled(path, body))


def _errors(version: str) -> tuple[Range, ...]:
    return (
        Range(f"rollout.errors.{version}.share", _of_a_whole, "half as many and twice as many"),
        Range(f"rollout.errors.{version}.from", ("0 s", "3 min"), "from the start, or later"),
        Range(f"rollout.errors.{version}.to", longer, "they go on for longer"),
        Range(f"rollout.errors.{version}", _shares, "none; half as many and twice as many"),
    )


def _hook(name: str) -> tuple[Range, ...]:
    return (
        Range(f"rollout.{name}.takes", ("0 s", "10 min"), "at once, and long"),
        Range(f"rollout.{name}.result", tuple(result.value for result in Result), "whatever a hook may report"),
        Range(f"rollout.{name}", ("none",), "AWS's default is no hook"),
    )


RANGES: tuple[Range, ...] = (
    Range("rollout.config.canary", ("1 %", "10 %", "50 %"), "a small share, CodeDeploy's own, and half"),
    Range("rollout.config.after", ("1 min", "30 min"), "short, and CodeDeploy's longest"),
    Range("rollout.config.linear", ("1 %", "10 %", "50 %"), "a small share, CodeDeploy's own, and half"),
    Range("rollout.config.every", ("1 min", "10 min"), "both ends of what CodeDeploy has"),
    Range("rollout.config", _CONFIGS, "one of each kind that CodeDeploy has"),
    Range("rollout.requests", scaled_rate, "half as many and twice as many: no load is usual"),
    *_errors("old"),
    *_errors("new"),
    *_hook("pre_traffic"),
    *_hook("post_traffic"),
    Range("rollout.alarm.of", ("alias", "new version"), "either may be watched"),
    Range("rollout.alarm.metric", ("errors", "error rate"), "either may be watched"),
    Range("rollout.alarm.threshold", _thresholds, "none; half as many and twice as many"),
    Range("rollout.alarm.period", ("1 min", "5 min"), "the shortest, and a usual one"),
    Range("rollout.alarm.periods", (1, 3), "one, and several"),
    Range("rollout.alarm.datapoints", (1, 2), "one, and more"),
    Range("rollout.alarm.missing", tuple(each.value for each in Missing), "every value that CloudWatch has"),
    Range("rollout.alarm", ("none",), "a deployment has no alarm unless it is said"),
    Range("rollout.rollback_on", _CAUSES, "none, each, and all"),
    Range("rollout.stopped_at", (None,), "nobody stops a deployment unless it is said"),
    Range("rollout.first_deployment", ("no", "yes"), "there is a version to shift from unless it is said"),
    Range("rollout.horizon", longer, "the users are counted for longer; nothing more may come of it"),
)
