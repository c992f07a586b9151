"""What a function may be given."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import LONGEST_RUN, rule
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Functions:
    timeout_default: int = rule(3 * SECOND, "time", "lambda.configuration.timeout-default")
    timeout_min: int = rule(1 * SECOND, "time", "lambda.configuration.timeout-min")
    timeout_max: int = rule(900 * SECOND, "time", "lambda.configuration.timeout-max", most=LONGEST_RUN)
    memory_min: int = rule(128, "memory", "lambda.configuration.memory", least=1)
    memory_max: int = rule(10_240, "memory", "lambda.configuration.memory", least=1)
    memory_step: int = rule(1, "memory", "lambda.configuration.memory", least=1)
    memory_default: int = rule(128, "memory", "lambda.configuration.memory", least=1)
    vcpu_memory: int = rule(1_769, "memory", "lambda.configuration.vcpu-memory", least=1)
    memory_moves_cpu: bool = rule(
        True,
        "flag",
        "lambda.configuration.cpu-follows-memory",
        says="work for the processor goes faster with more memory",
    )
    tmp_min: int = rule(512, "memory", "lambda.configuration.tmp")
    tmp_max: int = rule(10_240, "memory", "lambda.configuration.tmp")
    sync_payload_max: int = rule(6 * 1024, "size", "lambda.triggers.payload-sync")
    async_payload_max: int = rule(1024, "size", "lambda.triggers.payload-async")
