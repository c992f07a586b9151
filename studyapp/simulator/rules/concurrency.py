"""Concurrency."""

from dataclasses import dataclass
from typing import Final

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND, Rate

SCALING_RATE: Final = Rate(1_000, 10 * SECOND)
ALLOCATION_RATE: Final = Rate(6_000, 60 * SECOND)


@dataclass(frozen=True)
class Concurrency:
    account_concurrency: int | None = rule(1_000, "count", "lambda.concurrency.account-quota", may_be_none=True)
    unreserved_minimum: int = rule(100, "count", "lambda.concurrency.unreserved-minimum")
    scaling_rate: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        SCALING_RATE, "rate", "lambda.concurrency.scaling-rate", may_be_none=True,
        says="new environments; refilled continuously, never saved up. AWS also names 10,000 requests a second, not looked at",
    )  # fmt: skip
    first_burst: int | None = rule(None, "count", may_be_none=True, says="(false) environments at once before the rate")
    scaling_scope: str = rule(
        "function", "word", "lambda.concurrency.scaling-scope", choices=("function", "account"),
        says="what the scaling rate counts",
    )  # fmt: skip
    request_rate_factor: int | None = rule(
        10, "count", "lambda.concurrency.request-rate", may_be_none=True, most=1_000_000,
        says="synchronous requests per second for one unit of concurrency, in total",
    )  # fmt: skip
    reserved_is_a_ceiling: bool = rule(
        True, "flag", "lambda.concurrency.reserved", says="no: a full reservation borrows from the shared pool"
    )
    reserved_is_kept_warm: bool = rule(
        False,
        "flag",
        "lambda.concurrency.reserved-not-warm",
        says="(false) reserved environments are initialised in advance",
    )
    reserved_counts: str = rule(
        "executions", "word", "lambda.concurrency.reserved-is-not-a-rate",
        choices=("executions", "requests per second"), says="what a reservation limits",
    )  # fmt: skip
    reserved_leaves_the_pool: bool = rule(
        True,
        "flag",
        "lambda.concurrency.reserved-leaves-pool",
        says="reserved concurrency is taken from the shared pool",
    )
    provisioned_spills_over: bool = rule(
        True, "flag", "lambda.concurrency.provisioned-spillover",
        says="no: what finds provisioned concurrency full is throttled",
    )  # fmt: skip
    provisioned_alloc_rate: Rate = rule(  # noqa: RUF009, `rule` makes the field
        ALLOCATION_RATE, "rate", "lambda.concurrency.provisioned-alloc-rate", least=1
    )
    provisioned_alloc_delay: int = rule(
        90 * SECOND, "time", "lambda.concurrency.provisioned-warm-up", values=("90 s", "60 s", "120 s"),
        says="before the first environment is allocated",
    )  # fmt: skip
    provisioned_claims_from: str = rule(
        "ready", "word", values=("ready", "asked"), choices=("ready", "asked"), bears_on="provisioned_ready",
        says="since when provisioned concurrency is missing in its pool; AWS does not say",
    )  # fmt: skip
    throttled_sync_calls_wait: bool = rule(
        False,
        "flag",
        "lambda.concurrency.throttled-sync",
        says="(false) synchronous calls queue for a free environment",
    )
