"""What fires at given times."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND

_DAY = 86_400 * SECOND


@dataclass(frozen=True)
class Schedules:
    """Rules of an event bus and EventBridge Scheduler. Sources: EventBridge Scheduler, schedule types, FlexibleTimeWindow
    and RetryPolicy; EventBridge, scheduled rules (legacy), retry policy."""

    schedule_precision: int = rule(60 * SECOND, "time", "lambda.triggers.schedule-precision", most=_DAY)
    schedule_interval_min: int = rule(60 * SECOND, "time", "lambda.triggers.schedule-shortest", most=_DAY)
    schedule_window_min: int = rule(60 * SECOND, "time", "lambda.triggers.flexible-window", most=_DAY)
    schedule_window_max: int = rule(_DAY, "time", "lambda.triggers.flexible-window", most=30 * _DAY)
    schedule_retries_max: int = rule(185, "count", "lambda.triggers.schedule-retries", most=1_000)
    schedule_retries_default: int = rule(185, "count", "lambda.triggers.schedule-retries", most=1_000)
    schedule_age_min: int = rule(60 * SECOND, "time", "lambda.triggers.schedule-event-age", most=_DAY)
    schedule_age_max: int = rule(_DAY, "time", "lambda.triggers.schedule-event-age", most=30 * _DAY)
    schedule_age_default: int = rule(_DAY, "time", "lambda.triggers.schedule-event-age", most=30 * _DAY)
    schedule_first_wait: int = rule(
        1 * SECOND, "time", least=1_000, most=_DAY,
        says="our reading: before the first retry of a call; each wait is twice the one before, without jitter",
    )  # fmt: skip
    schedule_longest_wait: int = rule(
        480 * SECOND, "time", least=1_000, most=_DAY,
        says="our reading: of these waits; with it 185 retries last about a day",
    )  # fmt: skip
    rules_follow_local_time: bool = rule(
        False, "flag", "lambda.triggers.rule-utc", says="(false) a rule follows the clocks of the people it works for"
    )
    rules_have_what_schedules_have: bool = rule(
        False, "flag", "lambda.triggers.rule-lacks", says="(false) time zone, one time, window, start and end"
    )
    skipped_times_fire_later: bool = rule(
        False, "flag", "lambda.triggers.schedule-skipped-time", says="(false) by as much as the clocks are put forward"
    )
    repeated_times_fire_twice: bool = rule(
        False, "flag", "lambda.triggers.schedule-repeated-time", says="(false) once before the shift and once after it"
    )
    cron_is_unix: bool = rule(
        False,
        "flag",
        "lambda.triggers.cron-weekdays",
        says="(false) five fields without ?, and Sunday is 0, as in a crontab",
    )
    rate_counts_from: str = rule(
        "creation", "word", "lambda.triggers.rate-start", choices=("creation", "hour", "midnight"),
        says="another than creation is (false): the first full hour, or the midnight before",
    )  # fmt: skip
    rate_days_follow_the_clock: bool = rule(
        False, "flag", "lambda.triggers.rate-plain-time", says="(false) a day is from one time on the clock to the same"
    )
    schedules_retry_failed_runs: bool = rule(
        False,
        "flag",
        "lambda.triggers.schedule-retries-calls",
        says="(false) its retries are for errors of the function",
    )
