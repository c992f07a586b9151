"""Who invokes a function and waits for it."""

from dataclasses import dataclass
from typing import Final

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND, Rate

API_RATE: Final = Rate(10_000, SECOND)


@dataclass(frozen=True)
class Callers:
    """Sources: API Gateway quotas, ALB Lambda targets, CodePipeline quotas, the retry behaviour of the AWS SDKs."""

    sync_retries: int = rule(
        0,
        "count",
        "lambda.errors.sync-retry",
        most=100,
        says="how often Lambda itself repeats a synchronous call that failed",
    )
    api_rest_timeout: int = rule(29 * SECOND, "time", "lambda.triggers.api-rest-timeout")
    api_http_timeout: int = rule(30 * SECOND, "time", "lambda.triggers.api-http-timeout")
    api_timeout_min: int = rule(50_000, "time", "lambda.triggers.api-timeout-min", says="of a REST or an HTTP API")
    api_rate: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        API_RATE, "rate", "lambda.triggers.api-rate", may_be_none=True,
        says="requests that API Gateway lets through, an account and Region",
    )  # fmt: skip
    api_burst: int = rule(
        5_000, "count", "lambda.triggers.api-burst", says="requests that API Gateway lets through at once"
    )
    api_payload_max: int = rule(
        10 * 1024, "size", "lambda.triggers.api-payload", says="REST and HTTP APIs; the function takes less"
    )
    alb_payload_max: int = rule(
        1024, "size", "lambda.triggers.alb-payload", says="each way, for a function behind a load balancer"
    )
    sync_response_max: int = rule(
        6 * 1024, "size", "lambda.triggers.payload-sync", says="what a function may answer; a load balancer takes less"
    )
    sdk_tries: int = rule(
        3,
        "count",
        "lambda.errors.sdk-tries",
        least=1,
        most=100,
        says="of a caller that retries, the first try included",
    )
    sdk_backoff: int = rule(1 * SECOND, "time", values=("1 s", "100 ms"), bears_on="retries",
                            says="before the first retry of a caller; it doubles, and differs between SDKs")  # fmt: skip
    sdk_backoff_max: int = rule(
        20 * SECOND, "time", "lambda.errors.sdk-backoff-max", says="the longest wait of a caller between two tries"
    )
    pipeline_reply_limit: int = rule(
        1_200 * SECOND, "time", "lambda.triggers.codepipeline-reply",
        says="a CodePipeline job whose function has reported nothing by then has timed out",
    )  # fmt: skip
    pipeline_job_max: int = rule(
        86_400 * SECOND, "time", "lambda.triggers.codepipeline-longest",
        says="the longest that a Lambda action of CodePipeline lasts",
    )  # fmt: skip
