"""Versions, aliases and how traffic moves between them."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Releases:
    """Sources: Lambda versions and weighted aliases, CodeDeploy deployment configurations and hooks, CloudWatch alarms."""

    versions_are_fixed: bool = rule(
        True, "flag", "lambda.versions.immutable", says="no: a published version takes new code and settings"
    )
    publishing_needs_a_change: bool = rule(
        True, "flag", "lambda.versions.publish-needs-change", says="no: each publishing makes a version"
    )
    publishing_compares_with_deleted: bool = rule(
        False, "flag", values=("no", "yes"), bears_on="versions",
        says="whether a deleted version still counts as the last one when Lambda looks for a change",
    )  # fmt: skip
    version_numbers_come_back: bool = rule(
        False, "flag", "lambda.versions.numbers", says="(false) the number of a deleted version is given out again"
    )
    unqualified_means: str = rule(
        "$LATEST", "word", "lambda.versions.unqualified", choices=("$LATEST", "newest version"),
        says="what a name without version and alias runs",
    )  # fmt: skip
    alias_versions: int = rule(
        2, "count", "lambda.versions.alias-weights", least=1, says="the most that one alias divides traffic among"
    )
    latest_can_have_a_weight: bool = rule(
        False, "flag", "lambda.versions.alias-no-latest", says="yes: $LATEST can be one side of a weighted alias"
    )
    weighted_versions_share_a_role: bool = rule(True, "flag", "lambda.versions.alias-same")
    weighted_versions_share_a_dead_letter_queue: bool = rule(True, "flag", "lambda.versions.alias-same")
    weights_are_for_callers: bool = rule(
        False, "flag", "lambda.versions.weights-per-call", says="yes: a caller stays with the version first met"
    )
    alias_is_a_copy: bool = rule(
        False, "flag", "lambda.versions.alias", says="(false) an alias keeps what its version was when it was made"
    )
    aliases_follow_publishing: bool = rule(
        False, "flag", "lambda.versions.alias-stays", says="yes: an alias moves to each new version by itself"
    )
    aliased_version_can_be_deleted: bool = rule(
        False, "flag", "lambda.versions.delete-in-use", says="yes: a version can go although an alias points to it"
    )
    latest_can_be_provisioned: bool = rule(
        False, "flag", "lambda.concurrency.provisioned-scope", says="(false) $LATEST takes provisioned concurrency"
    )
    reserved_is_for_a_version: bool = rule(
        False, "flag", "lambda.versions.reserved-for-all", says="yes: each version has a reservation of its own"
    )
    canary_waits: str = rule(
        "5 10 15 30", "words", "lambda.versions.canary-waits", says="minutes, of the predefined canaries"
    )
    linear_intervals: str = rule(
        "1 2 3 10", "words", "lambda.versions.linear-intervals", says="minutes, of the predefined linear ones"
    )
    predefined_step: float = rule(
        0.1,
        "fraction",
        "lambda.versions.predefined-step",
        least=0.01,
        most=1,
        says="of traffic: a canary's first, each linear one",
    )
    linear_starts_at_once: bool = rule(
        True, "flag", values=("yes", "no"), bears_on="rollout",
        says="whether the first linear step comes at the start or after one interval: AWS's own example allows both",
    )  # fmt: skip
    hook_time_limit: int = rule(
        3_600 * SECOND, "time", "lambda.versions.hook-limit", says="a hook that has reported nothing by then has failed"
    )
    alarm_evaluated_every: int = rule(
        60 * SECOND,
        "time",
        "lambda.versions.alarm-every-minute",
        least=10 * SECOND,
        says="with periods of a minute or more",
    )
    alarm_reaches_codedeploy_after: int = rule(
        0, "time", values=("0 s", "60 s", "180 s"), bears_on="rollout", most=86_400 * SECOND,
        says="from the end of a period until the deployment stops: the metric's delay and how often CodeDeploy looks",
    )  # fmt: skip
    rollout_starts_into_the_minute: int = rule(
        0, "time", values=("0 s", "30 s"), bears_on="rollout", most=60 * SECOND,
        says="periods of an alarm follow the wall clock, and a deployment starts anywhere in them",
    )  # fmt: skip
    alarms_watched_for_ever: bool = rule(
        False,
        "flag",
        "lambda.versions.alarm-until-the-end",
        says="yes: alarms roll back also after the deployment's end",
    )
    alarm_only_stops_the_shift: bool = rule(
        False, "flag", "lambda.versions.rollback-at-once", says="(false) traffic that has moved stays where it is"
    )
    rollback_needs_a_person: bool = rule(
        False, "flag", "lambda.versions.rollback-alarm", says="(false) CodeDeploy waits until somebody deploys anew"
    )
    canary_goes_on_in_steps: bool = rule(
        False, "flag", "lambda.versions.canary", says="(false) a canary adds its first share again and again"
    )
    pre_traffic_hook_sees_traffic: bool = rule(
        False, "flag", "lambda.versions.pre-traffic-hook", says="(false) the first hook runs while the shift has begun"
    )
    silent_hook_has_succeeded: bool = rule(
        False, "flag", "lambda.versions.hook-limit", says="(false) a hook that reports nothing is taken for a success"
    )
