"""What can be changed of a function, in the order in which the bench shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from studyapp.lab.controls.settings import Control, Setting, flag, megabytes, number, time, words
from studyapp.simulator.measured import runtimes
from studyapp.simulator.rulebook import TRUTH

Body = Mapping[str, object]

LAW: Final = "A time, {exp: 200 ms} or {lognormal: 200 ms, cv: 1}."
_DAY: Final = 86_400_000_000
_FAILS: Final = "never, always, 20 %, {first: 2}, {events: [3]}, {records: 5 %} or {from: 0 s, to: 10 s}."

SETTINGS: Final = (
    megabytes("memory", "Memory", least="memory_min", most="memory_max", usual="memory_default", is_simple=True),
    Setting("timeout", "Timeout", "number", "time", "s", "timeout_min", "timeout_max", "timeout_default", is_simple=True),
    time("duration", "Duration of a run", least=0, most=_DAY, usual="100 ms", says=LAW, is_simple=True),
    time("init", "Init", least=0, most=_DAY, usual="none, or as measured for the runtime", source="init_limit", says=LAW,
         is_simple=True),
    Setting("fails", "Failures", usual="never", says=_FAILS, is_simple=True),
    number("reserved_concurrency", "Reserved concurrency", least=0, usual="none", source="unreserved_minimum",
           is_simple=True, says=f"{TRUTH.unreserved_minimum} of the account's concurrency stay unreserved."),
    number("provisioned_concurrency", "Provisioned concurrency", least=0, usual="none", source="unreserved_minimum"),
    Setting("provisioned_ready", "Provisioned concurrency is ready", usual="yes", source="provisioned_alloc_rate",
            says="yes, or {allocated_at: 0 s}: asked for then."),
    words("architecture", "Architecture", ("x86_64", "arm64"), source="price_arm64_gb_s"),
    words("package", "Package", ("zip", "image")),
    words("runtime", "Runtime", ("", *runtimes()), says="Brings the measured init and first run of a small function."),
    time("cold_total", "Init and run of a cold start together", least=0, most=_DAY, says=f"Instead of init. {LAW}"),
    time("first_run", "What the first run takes longer", usual="none, or as measured for the runtime", says="In an environment."),
    time("cpu_time", "Work on one full vCPU", usual="0 s", source="vcpu_memory", says="Added to each run, less with more memory."),
    time("record_time", "Time for each further record", usual="0 s", says="Of a batch, after the first."),
    Setting("init_fails", "Failures of init", usual="never", says="never, always, 20 % or {from: 0 s, to: 10 s}."),
    Setting("system_errors", "Lambda's own errors", usual="none", says="{from: 0 s, to: 10 s}: it cannot run the function then."),
    time("background", "Work left running after the answer", usual="0 s", source="background_is_frozen",
         says="Frozen with its environment."),
    megabytes("memory_used", "Memory that a run needs", least=0, most="memory_max", usual="0 MB"),
    megabytes("memory_leak", "Memory that each run keeps", least=0, most="memory_max", usual="0 MB"),
    megabytes("tmp", "Storage (/tmp)", least="tmp_min", most="tmp_max", usual="tmp_min"),
    megabytes("tmp_left", "What a run leaves in /tmp", least=0, most="tmp_max", usual="0 MB"),
    Setting("response", "Size of an answer", reads="size", usual="1 KB", source="sync_response_max"),
    number("async_retries", "Retries of an event", least="async_retries_min", most="async_retries_max",
           usual="async_retries_default"),
    time("async_max_age", "Maximum age of an event", least="async_age_min", most="async_age_max", usual="async_age_default"),
    words("dead_letter_queue", "Dead-letter queue", ("no", "yes", "sns", "denied"), source="dlq_retries_events",
          says="sns: a topic, which takes less; denied: the function may not send there."),
    words("on_failure", "Destination on failure", ("none", "sqs", "sns", "lambda", "eventbridge", "s3", "denied")),
    words("on_success", "Destination on success", ("none", "sqs", "sns", "lambda", "eventbridge")),
    flag("vpc", "Attached to a VPC", source="vpc_interface_wait"),
)  # fmt: skip
_DATABASE: Final = words("database", "Database", ("",))
_HOLDS: Final = number(
    "holds_connections", "Connections of an environment", least=0, most=1_024, says="1 with a database."
)
_VERSION: Final = words(
    "version_of", "A version of", ("",), says="Shares that function's reservation and dead-letter queue."
)


def of_function(name: str, body: Body, functions: tuple[str, ...], databases: tuple[str, ...]) -> Iterator[Control]:
    """The controls of function `name`. `functions` and `databases` are the names that a field may have here."""
    path, group = f"functions.{name}", f"Function {name}"
    yield from (setting.control(f"{path}.{setting.key}", group, body.get(setting.key)) for setting in SETTINGS)
    names = ("", *databases)
    yield _DATABASE.control(f"{path}.database", group, body.get("database"), names)
    yield _HOLDS.control(f"{path}.holds_connections", group, body.get("holds_connections"))
    others = ("", *(each for each in functions if each != name))
    yield _VERSION.control(f"{path}.version_of", group, body.get("version_of"), others)
