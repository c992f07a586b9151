"""The bill."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Bill:
    billing_step: int = rule(1_000, "time", "lambda.overview.billing-step", least=1)
    init_is_billed: bool = rule(True, "flag", "lambda.overview.init-billed")
    init_billed_for: str = rule(
        "all", "word", "lambda.overview.init-billed", choices=("all", "images and custom runtimes"),
        says="until August 2025 init was free for a zip package with a managed runtime",
    )  # fmt: skip
    price_request: float = rule(0.20e-6, "price", "lambda.overview.price-request")
    async_first_chunk: int = rule(
        256, "size", "lambda.overview.async-first-request", says="of an event's payload, billed as one request"
    )
    async_next_chunk: int = rule(
        64,
        "size",
        "lambda.overview.async-next-request",
        least=1,
        says="of an event's payload, billed as one more request",
    )
    price_x86_gb_s: float = rule(0.0000166667, "price", "lambda.configuration.price-x86")
    price_x86_gb_s_second: float = rule(
        0.0000150000, "price", "lambda.configuration.price-x86-second", says="in the second tier"
    )
    price_x86_gb_s_third: float = rule(
        0.0000133334, "price", "lambda.configuration.price-x86-third", says="in the third tier"
    )
    tier_x86_second: int = rule(
        6_000_000_000, "count", "lambda.configuration.tiers-x86", says="GB-s a month, from here on"
    )
    tier_x86_third: int = rule(
        15_000_000_000, "count", "lambda.configuration.tiers-x86", says="GB-s a month, from here on"
    )
    price_arm64_gb_s: float = rule(0.0000133334, "price", "lambda.configuration.price-arm64")
    price_arm64_gb_s_second: float = rule(
        0.0000120001, "price", "lambda.configuration.price-arm64-second", says="in the second tier"
    )
    price_arm64_gb_s_third: float = rule(
        0.0000106667, "price", "lambda.configuration.price-arm64-third", says="in the third tier"
    )
    tier_arm64_second: int = rule(
        7_500_000_000, "count", "lambda.configuration.tiers-arm64", says="GB-s a month, from here on"
    )
    tier_arm64_third: int = rule(
        18_750_000_000, "count", "lambda.configuration.tiers-arm64", says="GB-s a month, from here on"
    )
    price_tmp_gb_s: float = rule(
        0.0000000309, "price", "lambda.configuration.price-tmp", says="of /tmp above what is free"
    )
    tmp_free: int = rule(512, "memory", "lambda.configuration.tmp-included")
    price_x86_provisioned_gb_s: float = rule(
        0.0000041667, "price", "lambda.concurrency.provisioned-price-x86", says="configured, used or not"
    )
    price_x86_provisioned_run_gb_s: float = rule(
        0.0000097222, "price", "lambda.concurrency.provisioned-run-x86", says="run in provisioned concurrency"
    )
    price_arm64_provisioned_gb_s: float = rule(
        0.0000033334, "price", "lambda.concurrency.provisioned-price-arm64", says="configured, used or not"
    )
    price_arm64_provisioned_run_gb_s: float = rule(
        0.0000077778, "price", "lambda.concurrency.provisioned-run-arm64", says="run in provisioned concurrency"
    )
    provisioned_billing_step: int = rule(300 * SECOND, "time", "lambda.concurrency.provisioned-step", least=1)
    price_tenant_environment_x86_gb: float = rule(
        0.000166667, "price", "lambda.overview.tenant-environment-x86", says="for each new environment of a tenant"
    )
    price_tenant_environment_arm64_gb: float = rule(
        0.000133333, "price", "lambda.overview.tenant-environment-arm64", says="for each new environment of a tenant"
    )
    price_snapstart_cache_gb_s: float = rule(
        0.0000015046, "price", "lambda.concurrency.snapstart-cache-price", says="Python and .NET"
    )
    price_snapstart_restore_gb: float = rule(
        0.0001397998, "price", "lambda.concurrency.snapstart-restore-price", says="Python and .NET"
    )
    free_requests: int = rule(1_000_000, "count", "lambda.overview.free-requests", says="a month")
    free_gb_s: int = rule(
        400_000, "count", "lambda.overview.free-duration", says="a month; not for provisioned concurrency"
    )
    free_tier_reaches_provisioned: bool = rule(
        False, "flag", "lambda.concurrency.provisioned-no-free-tier", says="(false) yes: as it does functions without"
    )
    free_tier_per_function: bool = rule(
        False,
        "flag",
        "lambda.overview.free-tier-per-function",
        says="(false) yes: each function has a free tier of its own",
    )
    price_stream_gb: float = rule(0.008, "price", "lambda.overview.price-streaming", says="of streamed responses")
    stream_free_part: int = rule(6 * 1024, "size", "lambda.overview.streaming-included", says="of each response")
    free_stream: int = rule(100 * 1024**2, "size", "lambda.overview.free-streaming", says="a month, in the free tier")
    streamed_response_max: int = rule(200 * 1024, "size", "lambda.overview.streamed-response-max")
    price_durable_operation: float = rule(8.00e-6, "price", "lambda.overview.price-durable-operation")
    price_durable_written_gb: float = rule(0.25, "price", "lambda.overview.price-durable-written")
    price_durable_kept_gb_month: float = rule(0.15, "price", "lambda.overview.price-durable-kept")
    durable_waits_are_billed: bool = rule(
        False, "flag", "lambda.overview.durable-waits", says="(false) yes: a wait is billed as duration"
    )
    managed_instances_fee: float = rule(
        0.15, "fraction", "lambda.overview.managed-instances-fee", says="on top of the price of the EC2 instances"
    )
    managed_instances_pay_duration: bool = rule(
        False, "flag", "lambda.overview.managed-instances-duration", says="(false) yes: as on default compute"
    )
    price_sqs_poller_hour: float = rule(
        0.00925, "price", "lambda.overview.price-sqs-poller", says="in provisioned mode"
    )
    price_kafka_unit_hour: float = rule(0.185, "price", "lambda.overview.price-kafka-unit", says="in provisioned mode")
    snapstart_cache_minimum: int = rule(
        3 * 3_600 * SECOND, "time", "lambda.concurrency.snapstart-cache-minimum", says="for each version"
    )
    snapstart_free_runtimes: str = rule("java", "words", "lambda.concurrency.snapstart-java-free")
    idle_functions_cost: bool = rule(
        False, "flag", says="(false) yes: a function on demand is paid for all month, as a server is"
    )
    used_memory_is_billed: bool = rule(
        False, "flag", says="(false) yes: GB-s count the memory that the code used, not what is configured"
    )
    failed_runs_are_free: bool = rule(False, "flag", says="(false) yes: runs that fail are not billed")
