"""Execution environments."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import LONGEST_RUN, rule
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Environments:
    init_limit: int = rule(
        10 * SECOND,
        "time",
        "lambda.overview.init-limit",
        most=LONGEST_RUN,
        says="a longer init is cut off and repeated inside the invocation",
    )
    provisioned_init_limit: int = rule(
        130 * SECOND,
        "time",
        "lambda.overview.init-limit-provisioned",
        most=LONGEST_RUN,
        says="or the function's timeout, if that is longer",
    )
    idle_lifetime: int | None = rule(
        600 * SECOND, "time", "lambda.overview.idle-lifetime", values=("600 s", "300 s", "3600 s"), may_be_none=True,
        says="how long an idle environment is kept; AWS gives no number",
    )  # fmt: skip
    routing: str = rule(
        "newest-idle", "word", values=("newest-idle", "oldest-idle", "random"),
        choices=("newest-idle", "oldest-idle", "random"), says="which idle environment gets the next request",
    )  # fmt: skip
    environment_lifetime: int | None = rule(
        4 * 3_600 * SECOND, "time", "lambda.overview.recycled", values=("4 h", "2 h", "none"), may_be_none=True,
        bears_on="functions secrets",
        says="an older environment gets no further request, busy as it may be; AWS says every few hours",
    )  # fmt: skip
    background_is_frozen: bool = rule(
        True, "flag", "lambda.overview.freeze", says="no: what a handler leaves running goes on after its answer"
    )
    timeout_resets_environment: bool = rule(
        True, "flag", "lambda.overview.reset", says="the next use repeats init inside its duration"
    )
    init_counts_as_busy: bool = rule(
        True, "flag", "lambda.concurrency.init-counts", says="an environment in init takes up concurrency"
    )
    requests_per_environment: int = rule(
        1,
        "count",
        "lambda.overview.one-at-a-time",
        least=1,
        most=10_000,
        says="how many requests one environment runs at a time",
    )
