"""Every limit, delay, price and behaviour in force. The defaults are AWS as it is today (us-east-1 prices).

A field's metadata: `unit` (how its value is written), `fact` (the id of the fact that states it, or None), `assumption`
(AWS leaves it open) and `values` (for an assumption: what a proof tries). A field whose default may be None takes
`none` for "no such limit". Fields marked (false) hold an AWS that does not exist, for beliefs to switch on; they are
read while a run is set up, never inside its loop.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, Final, NamedTuple

from studyapp.simulator import units
from studyapp.simulator.errors import RulebookError
from studyapp.simulator.units import SECOND, Rate

SCALING_RATE: Final = Rate(1_000, 10 * SECOND)
ALLOCATION_RATE: Final = Rate(6_000, 60 * SECOND)


class Assumption(NamedTuple):
    """A rule that AWS leaves open, and the values that a proof must hold for (at least two, the default first)."""

    field: str
    values: tuple[object, ...]


def rule(default: object, unit: str, fact: str | None = None, **more: object) -> Any:
    """A field of the rulebook. `more`: says (text), values (makes it an assumption), choices, may_be_none."""
    return field(default=default, metadata={"unit": unit, "fact": fact, "assumption": "values" in more, **more})


@dataclass(frozen=True)
class Rulebook:
    """The rules of one world. Time in microseconds, memory in MB, sizes in KB, prices in USD for one unit."""

    # What a function may be given
    timeout_default: int = rule(3 * SECOND, "time", "lambda.configuration.timeout-default")
    timeout_min: int = rule(1 * SECOND, "time")
    timeout_max: int = rule(900 * SECOND, "time", "lambda.configuration.timeout-max")
    memory_min: int = rule(128, "memory", "lambda.configuration.memory")
    memory_max: int = rule(10_240, "memory", "lambda.configuration.memory")
    memory_step: int = rule(1, "memory", "lambda.configuration.memory")
    memory_default: int = rule(128, "memory", "lambda.configuration.memory")
    vcpu_memory: int = rule(1_769, "memory", "lambda.configuration.vcpu-memory")
    memory_moves_cpu: bool = rule(True, "flag", says="work for the processor goes faster with more memory")
    tmp_min: int = rule(512, "memory", "lambda.configuration.tmp")
    tmp_max: int = rule(10_240, "memory", "lambda.configuration.tmp")
    env_vars_max: int = rule(4, "size", "lambda.configuration.env-total")
    layers_max: int = rule(5, "count", "lambda.packaging.layers-max")
    zip_direct_max: int = rule(50, "memory", "lambda.packaging.zip-direct")
    unzipped_max: int = rule(250, "memory", "lambda.packaging.unzipped")
    image_max: int = rule(10_240, "memory", "lambda.packaging.image-max")
    sync_payload_max: int = rule(6 * 1024, "size", "lambda.triggers.payload-sync")
    async_payload_max: int = rule(1024, "size", "lambda.triggers.payload-async")

    # Execution environments
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
    timeout_resets_environment: bool = rule(True, "flag", says="the next use repeats init inside its duration")
    init_counts_as_busy: bool = rule(True, "flag", says="an environment in init takes up concurrency")
    requests_per_environment: int = rule(
        1, "count", "lambda.overview.one-at-a-time", says="how many requests one environment runs at a time"
    )

    # Concurrency
    account_concurrency: int | None = rule(1_000, "count", "lambda.concurrency.account-quota", may_be_none=True)
    unreserved_minimum: int = rule(100, "count", "lambda.concurrency.unreserved-minimum")
    scaling_rate: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        SCALING_RATE, "rate", "lambda.concurrency.scaling-rate", may_be_none=True,
        says="new environments; refilled continuously, never saved up",
    )  # fmt: skip
    first_burst: int | None = rule(None, "count", may_be_none=True, says="(false) environments at once before the rate")
    scaling_scope: str = rule("function", "word", choices=("function", "account"), says="what the scaling rate counts")
    request_rate_factor: int | None = rule(
        10, "count", "lambda.concurrency.request-rate", may_be_none=True,
        says="synchronous requests per second for one unit of concurrency, in total",
    )  # fmt: skip
    reserved_is_a_ceiling: bool = rule(True, "flag", says="no: a full reservation borrows from the shared pool")
    reserved_is_kept_warm: bool = rule(
        False,
        "flag",
        "lambda.concurrency.reserved-not-warm",
        says="(false) reserved environments are initialised in advance",
    )
    reserved_counts: str = rule(
        "executions", "word", choices=("executions", "requests per second"), says="what a reservation limits"
    )
    reserved_leaves_the_pool: bool = rule(True, "flag", says="reserved concurrency is taken from the shared pool")
    provisioned_spills_over: bool = rule(True, "flag", says="no: what finds provisioned concurrency full is throttled")
    provisioned_alloc_rate: Rate = rule(  # noqa: RUF009, `rule` makes the field
        ALLOCATION_RATE, "rate", "lambda.concurrency.provisioned-alloc-rate"
    )
    provisioned_alloc_delay: int = rule(
        90 * SECOND, "time", values=("90 s", "60 s", "120 s"), says="before the first environment is allocated"
    )
    throttled_sync_calls_wait: bool = rule(False, "flag", says="(false) synchronous calls queue for a free environment")

    # Asynchronous events
    async_retries_min: int = rule(0, "count", "lambda.errors.async-retries")
    async_retries_max: int = rule(2, "count", "lambda.errors.async-retries")
    async_retries_default: int = rule(2, "count", "lambda.errors.async-retries")
    async_first_wait: int = rule(60 * SECOND, "time", "lambda.errors.async-first-wait")
    async_second_wait: int = rule(120 * SECOND, "time", "lambda.errors.async-second-wait")
    async_waits_from: str = rule("end", "word", choices=("end", "start"), says="of the failed run")
    async_age_min: int = rule(60 * SECOND, "time", "lambda.errors.async-age")
    async_age_max: int = rule(21_600 * SECOND, "time", "lambda.errors.async-age")
    async_age_default: int = rule(21_600 * SECOND, "time", "lambda.errors.async-age")
    throttle_backoff_min: int = rule(1 * SECOND, "time", "lambda.errors.throttle-backoff")
    throttle_backoff_max: int = rule(300 * SECOND, "time", "lambda.errors.throttle-backoff")
    throttle_backoff_factor: float = rule(
        2.0, "number", values=("2", "1.5"), says="AWS says exponential, without a base"
    )
    throttles_use_up_retries: bool = rule(
        False, "flag", "lambda.errors.throttled-async", says="(false) a throttled try counts as a retry"
    )
    timeouts_use_up_retries: bool = rule(True, "flag", says="no: a run that timed out is repeated until it is too old")
    dlq_retries_events: bool = rule(
        False,
        "flag",
        "lambda.errors.dlq-does-not-retry",
        says="(false) a dead-letter queue hands the event back for one run",
    )
    reserved_zero_keeps_events: bool = rule(False, "flag", says="(false) events wait while reserved concurrency is 0")

    # Synchronous callers
    sync_retries: int = rule(0, "count", says="how often Lambda itself repeats a synchronous call that failed")
    api_rest_timeout: int = rule(29 * SECOND, "time", "lambda.triggers.api-rest-timeout")
    api_http_timeout: int = rule(30 * SECOND, "time", "lambda.triggers.api-http-timeout")

    # The bill
    billing_step: int = rule(1_000, "time", "lambda.overview.billing-step")
    init_is_billed: bool = rule(True, "flag", "lambda.overview.init-billed")
    price_request: float = rule(0.20e-6, "price", "lambda.overview.price-request")
    async_first_chunk: int = rule(256, "size", says="of an event's payload, billed as one request")
    async_next_chunk: int = rule(64, "size", says="of an event's payload, billed as one more request")
    price_x86_gb_s: float = rule(0.0000166667, "price", "lambda.configuration.price-x86")
    price_x86_gb_s_second: float = rule(0.0000150000, "price", says="from 6 billion GB-s a month")
    price_x86_gb_s_third: float = rule(0.0000133334, "price", says="from 15 billion GB-s a month")
    price_arm64_gb_s: float = rule(0.0000133334, "price", "lambda.configuration.price-arm64")
    price_arm64_gb_s_second: float = rule(0.0000120001, "price", says="from 7.5 billion GB-s a month")
    price_arm64_gb_s_third: float = rule(0.0000106667, "price", says="from 18.75 billion GB-s a month")
    price_tmp_gb_s: float = rule(0.0000000309, "price", says="of /tmp above what is free")
    tmp_free: int = rule(512, "memory", "lambda.configuration.tmp-included")
    price_x86_provisioned_gb_s: float = rule(0.0000041667, "price", says="configured, used or not")
    price_x86_provisioned_run_gb_s: float = rule(0.0000097222, "price", says="run in provisioned concurrency")
    price_arm64_provisioned_gb_s: float = rule(0.0000033334, "price", says="configured, used or not")
    price_arm64_provisioned_run_gb_s: float = rule(0.0000077778, "price", says="run in provisioned concurrency")
    provisioned_billing_step: int = rule(300 * SECOND, "time")
    price_tenant_environment_x86_gb: float = rule(0.000166667, "price", says="for each new environment of a tenant")
    price_tenant_environment_arm64_gb: float = rule(0.000133333, "price", says="for each new environment of a tenant")
    price_snapstart_cache_gb_s: float = rule(0.0000015046, "price", says="Python and .NET")
    price_snapstart_restore_gb: float = rule(0.0001397998, "price", says="Python and .NET")
    free_requests: int = rule(1_000_000, "count", says="a month")
    free_gb_s: int = rule(400_000, "count", says="a month; not for provisioned concurrency")

    # Networks
    function_interfaces_have_public_addresses: bool = rule(
        False, "flag", "lambda.vpc.public-subnet", says="(false) a public subnet gives the function a public address"
    )
    vpc_attachment_keeps_internet: bool = rule(False, "flag", says="(false) a function in a VPC keeps its own internet")
    vpc_functions_reach_aws_apis: bool = rule(False, "flag", says="(false) AWS services need no route and no endpoint")
    unattached_functions_reach_the_vpc: bool = rule(False, "flag", says="(false) private targets need no attachment")
    nat_works_from_a_private_subnet: bool = rule(
        False, "flag", says="(false) where the NAT gateway stands is no matter"
    )
    gateway_endpoints_reach_internet: bool = rule(False, "flag", says="(false) an endpoint leads to the whole internet")
    gateway_endpoint_services: str = rule(
        "s3 dynamodb", "words", "lambda.vpc.gateway-endpoint", says="services that have a gateway endpoint"
    )
    security_groups_need_return_rules: bool = rule(False, "flag", says="(false) answers need a rule of their own")
    security_groups_are_checked: bool = rule(True, "flag", says="no: routes alone decide")
    same_vpc_is_enough: bool = rule(False, "flag", says="(false) inside one VPC no security group refuses")
    egress_only_gateway_carries_ipv4: bool = rule(False, "flag", says="(false) an egress-only gateway serves IPv4 too")
    iam_permissions_open_the_network: bool = rule(False, "flag", says="(false) a permission replaces a route")

    def believing(self, patch: Mapping[str, object]) -> "Rulebook":
        """This rulebook with some rules changed. Texts with units are read: {"scaling_rate": "500 per 60 s"}.

        Raises RulebookError for a rule that does not exist or a value that it cannot have.
        """
        return replace(self, **{name: read_rule(name, value) for name, value in patch.items()})


def read_rule(name: str, value: object) -> Any:
    """The value of rule `name` from what a person wrote. Raises RulebookError."""
    known = _metadata()
    if name not in known:
        raise RulebookError(f"{name}: there is no such rule")
    about = known[name]
    if value is None or (isinstance(value, str) and value.strip().lower() == "none"):
        if about.get("may_be_none"):
            return None
        raise RulebookError(f"{name}: it cannot be none")
    if isinstance(value, Rate):
        return value
    try:
        read = units.READERS[about["unit"]](value)
    except units.UnitError as error:
        raise RulebookError(f"{name}: {value!r} {error}") from None
    if "choices" in about and read not in about["choices"]:
        raise RulebookError(f"{name}: {value!r} is none of {', '.join(about['choices'])}")
    return read


def digest(rulebook: Rulebook) -> str:
    """A short fingerprint of all the rules: equal rulebooks have equal digests."""
    text = "\n".join(f"{f.name}={getattr(rulebook, f.name)!r}" for f in fields(rulebook))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def assumptions() -> tuple[Assumption, ...]:
    """What AWS leaves open, each with the values that a proof tries."""
    known = _metadata()
    return tuple(
        Assumption(name, tuple(read_rule(name, value) for value in about["values"]))
        for name, about in known.items()
        if about["assumption"]
    )


@cache
def _metadata() -> dict[str, Mapping[str, Any]]:
    return {f.name: f.metadata for f in fields(Rulebook)}


TRUTH: Final = Rulebook()
