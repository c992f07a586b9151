"""Where a secret may be kept."""

from dataclasses import dataclass
from typing import Final

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND, Rate

PARAMETER_RATE: Final = Rate(40, SECOND)
STORE_RATE: Final = Rate(10_000, SECOND)
"""Of Secrets Manager, and of Parameter Store with higher throughput."""


@dataclass(frozen=True)
class Secrets:
    """Sources: Securing Lambda environment variables; Use Secrets Manager secrets in Lambda functions; the pricing pages of
    Secrets Manager, Systems Manager and KMS (us-east-1)."""

    variables_are_encrypted_at_rest: bool = rule(True, "flag", "lambda.configuration.env-at-rest")
    default_key_hides_variables: bool = rule(
        False,
        "flag",
        "lambda.configuration.env-default-key-viewers",
        says="(false) to those who read the configuration",
    )
    customer_key_guards_values: bool = rule(
        True,
        "flag",
        "lambda.configuration.env-customer-key",
        says="only those who may decrypt with it see what it encrypts",
    )
    helpers_are_undone_by_lambda: bool = rule(
        False,
        "flag",
        "lambda.security.encryption-helpers",
        says="(false) Lambda hands the code a plain value, whatever its role may do",
    )
    parameter_store_rotates: bool = rule(
        False, "flag", "lambda.security.rotation", says="(false) as Secrets Manager does"
    )
    key_rotation_changes_secrets: bool = rule(False, "flag", "lambda.security.key-rotation")
    rotation_needs_a_deployment: bool = rule(False, "flag", "lambda.security.rotation-without-deployment")
    rotation_min: int = rule(4 * 3_600 * SECOND, "time", "lambda.security.rotation-schedule")
    rotation_max: int = rule(1_000 * 86_400 * SECOND, "time", "lambda.security.rotation-schedule")
    secret_cache_ttl: int = rule(
        300 * SECOND, "time", "lambda.security.secret-cache", says="of the extension, unless set otherwise"
    )
    secret_cache_ttl_max: int = rule(300 * SECOND, "time", "lambda.security.secret-cache-max")
    secret_cache_is_shared: bool = rule(False, "flag", "lambda.security.secret-cache-scope")
    secret_cache_hears_of_changes: bool = rule(
        False,
        "flag",
        "lambda.security.secret-cache",
        says="(false) the extension drops a value as soon as it is changed",
    )
    secret_max: int = rule(64, "size", "lambda.security.secret-size")
    parameter_standard_max: int = rule(4, "size", "lambda.security.parameter-size")
    parameter_advanced_max: int = rule(8, "size", "lambda.security.parameter-size")
    parameter_rate: Rate = rule(  # noqa: RUF009, `rule` makes the field
        PARAMETER_RATE, "rate", "lambda.security.parameter-rate", says="of an account in a Region, for all parameters"
    )
    parameter_rate_high: Rate = rule(  # noqa: RUF009, `rule` makes the field
        STORE_RATE, "rate", "lambda.security.parameter-rate-high", says="with higher throughput"
    )
    secret_rate: Rate = rule(  # noqa: RUF009, `rule` makes the field
        STORE_RATE, "rate", "lambda.security.secret-rate", says="of an account in a Region, for all values"
    )
    secret_month: int = rule(30 * 86_400 * SECOND, "time", least=SECOND, says="our reading: a month has 30 days")
    price_secret: float = rule(0.40, "price", "lambda.security.price-secret", says="a month")
    price_secret_call: float = rule(0.05 / 10_000, "price", "lambda.security.price-secret-calls")
    price_parameter_standard: float = rule(0.0, "price", "lambda.security.price-parameter-standard", says="a month")
    price_parameter_advanced: float = rule(0.05, "price", "lambda.security.price-parameter-advanced", says="a month")
    price_parameter_call: float = rule(
        0.05 / 10_000,
        "price",
        "lambda.security.price-parameter-calls",
        says="of an advanced parameter, and of any with higher throughput",
    )
    price_kms_key: float = rule(
        1.0, "price", "lambda.security.price-kms-key", says="a month, of a customer managed key"
    )
    price_kms_request: float = rule(0.03 / 10_000, "price", "lambda.security.price-kms-requests")
    default_key_free_for: str = rule(
        "environment secrets-manager",
        "words",
        "lambda.security.default-key-requests",
        says="where requests to the AWS managed key are not billed",
    )
