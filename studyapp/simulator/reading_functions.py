"""Reads a function and checks it against its quotas."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.laws import NO_TIME
from studyapp.simulator.parts import Function
from studyapp.simulator.reading import Fields, bounded
from studyapp.simulator.reading_laws import read_failing, read_law
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import show_time

QUOTAS: Final = "Lambda quotas"
_ON_FAILURE: Final = ("none", "sqs", "sns", "lambda", "eventbridge", "s3")
_ON_SUCCESS: Final = ("none", "sqs", "sns", "lambda", "eventbridge")


def read_function(name: str, body: object, rulebook: Rulebook) -> Function:
    """One function from its mapping. Raises ScenarioError with the field, the value and the quota."""
    fields = Fields({} if body is None else body, f"functions.{name}")
    init = fields.raw("init")
    cold_total = fields.raw("cold_total")
    if init is not None and cold_total is not None:
        raise ScenarioError(fields.at("cold_total"), cold_total, "already holds init: give one of the two")
    function = Function(
        name=name,
        memory=_memory(fields, rulebook),
        architecture=fields.choice("architecture", ("x86_64", "arm64"), "x86_64"),
        runtime=str(fields.raw("runtime", "")),
        package=fields.choice("package", ("zip", "image"), "zip"),
        timeout=_timeout(fields, rulebook),
        tmp=_tmp(fields, rulebook),
        init=NO_TIME if init is None else read_law(fields.at("init"), init),
        duration=read_law(fields.at("duration"), fields.raw("duration", "100 ms")),
        cpu_time=fields.take("cpu_time", units.span, 0),
        cold_total=None if cold_total is None else read_law(fields.at("cold_total"), cold_total),
        fails=read_failing(fields.at("fails"), fields.raw("fails", "never")),
        reserved=fields.whole("reserved_concurrency", 0),
        provisioned=fields.whole("provisioned_concurrency", 0, default=0) or 0,
        provisioned_from_us=_provisioned_from(fields),
        async_retries=fields.whole("async_retries", rulebook.async_retries_min, rulebook.async_retries_max),
        async_max_age=_max_age(fields, rulebook),
        dead_letter_queue=fields.choice("dead_letter_queue", ("no", "yes", "denied"), "no"),
        on_failure=fields.choice("on_failure", _ON_FAILURE, "none"),
        on_success=fields.choice("on_success", _ON_SUCCESS, "none"),
        holds_connections=fields.whole("holds_connections", 0, 1_024, 0) or 0,
        first_run=fields.take("first_run", units.span, 0),
        record_time=fields.take("record_time", units.span, 0),
    )
    fields.done()
    return function


def check_concurrency(functions: tuple[Function, ...], account: int | None, rulebook: Rulebook) -> None:
    """Reservations leave the unreserved minimum; provisioned fits into reserved or what is unreserved.

    Source: Lambda quotas, configuring reserved and provisioned concurrency. Raises ScenarioError.
    """
    left = None if account is None else account
    for function in functions:
        where = f"functions.{function.name}"
        if function.reserved is not None and function.provisioned > function.reserved:
            raise ScenarioError(
                f"{where}.provisioned_concurrency", function.provisioned,
                f"is above the function's reserved concurrency of {function.reserved:,} ({QUOTAS})",
            )  # fmt: skip
        field = "reserved_concurrency" if function.reserved is not None else "provisioned_concurrency"
        wanted = function.provisioned if function.reserved is None else function.reserved
        if left is None or not wanted:
            continue
        most = max(left - rulebook.unreserved_minimum, 0)
        if wanted > most:
            raise ScenarioError(
                f"{where}.{field}", wanted,
                f"is above {most:,}: at least {rulebook.unreserved_minimum} of the account's {account:,} "
                f"must stay unreserved ({QUOTAS})",
            )  # fmt: skip
        left -= wanted


def _memory(fields: Fields, rulebook: Rulebook) -> int:
    value = fields.take("memory", units.memory, rulebook.memory_default)
    return bounded(fields.at("memory"), value, rulebook.memory_min, rulebook.memory_max, _mb, QUOTAS)


def _tmp(fields: Fields, rulebook: Rulebook) -> int:
    value = fields.take("tmp", units.memory, rulebook.tmp_min)
    return bounded(fields.at("tmp"), value, rulebook.tmp_min, rulebook.tmp_max, _mb, QUOTAS)


def _timeout(fields: Fields, rulebook: Rulebook) -> int:
    value = fields.take("timeout", units.whole_seconds, rulebook.timeout_default)
    return bounded(fields.at("timeout"), value, rulebook.timeout_min, rulebook.timeout_max, show_time, QUOTAS)


def _max_age(fields: Fields, rulebook: Rulebook) -> int | None:
    if fields.raw("async_max_age") is None:
        return None
    value = fields.need("async_max_age", units.whole_seconds)
    return bounded(fields.at("async_max_age"), value, rulebook.async_age_min, rulebook.async_age_max, show_time, QUOTAS)


def _provisioned_from(fields: Fields) -> int | None:
    value = fields.raw("provisioned_ready", default=True)
    if value in (True, "yes"):
        return None
    if not isinstance(value, Mapping):
        raise ScenarioError(fields.at("provisioned_ready"), value, "is not yes or {allocated_at: time}")
    inner = Fields(value, fields.at("provisioned_ready"))
    at = inner.need("allocated_at", units.span)
    inner.done()
    return at


def _mb(megabytes: int) -> str:
    return f"{megabytes} MB"
