"""Execution environments."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Environments:
    init_limit: int = rule(
        10 * SECOND,
        "time",
        "lambda.overview.init-limit",
        says="a longer init is cut off and repeated inside the invocation",
    )
    idle_lifetime: int | None = rule(
        600 * SECOND, "time", values=("600 s", "300 s", "3600 s"), may_be_none=True,
        says="how long an idle environment is kept; AWS gives no number",
    )  # fmt: skip
    routing: str = rule(
        "newest-idle", "word", values=("newest-idle", "oldest-idle", "random"),
        choices=("newest-idle", "oldest-idle", "random"), says="which idle environment gets the next request",
    )  # fmt: skip
    environment_lifetime: int | None = rule(
        4 * 3_600 * SECOND, "time", values=("4 h", "2 h", "none"), may_be_none=True,
        says="an environment is replaced after it, busy or not; AWS says every few hours",
    )  # fmt: skip
    timeout_resets_environment: bool = rule(True, "flag", says="the next use repeats init inside its duration")
    init_counts_as_busy: bool = rule(True, "flag", says="an environment in init takes up concurrency")
    requests_per_environment: int = rule(
        1, "count", "lambda.overview.one-at-a-time", says="how many requests one environment runs at a time"
    )
