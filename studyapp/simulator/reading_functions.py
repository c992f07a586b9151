"""Reads a function and checks it against its quotas."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.engine.provisioning import init_limit
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.laws import NO_TIME, Failing, Law
from studyapp.simulator.measured import Measured, measured, runtimes
from studyapp.simulator.parts import Database, Function
from studyapp.simulator.reading import Fields, bounded, named
from studyapp.simulator.reading_laws import read_failing, read_law
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import show_time

QUOTAS: Final = "Lambda quotas"
ASYNC: Final = "Lambda API, PutFunctionEventInvokeConfig"
MEASURED: Final = "maxday/lambda-perf, August 2026"
_ON_FAILURE: Final = ("none", "sqs", "sns", "lambda", "eventbridge", "s3", "denied")
_ON_SUCCESS: Final = ("none", "sqs", "sns", "lambda", "eventbridge")


def read_function(name: str, body: object, databases: tuple[Database, ...], rulebook: Rulebook) -> Function:
    """One function from its mapping. Raises ScenarioError with the field, the value and the quota."""
    fields = Fields({} if body is None else body, f"functions.{name}")
    runtime, package, architecture, memory = _code(fields, rulebook)
    init, cold_total, first_run = _start(fields, runtime, package, architecture, memory)
    database = _database(fields, databases)
    function = Function(
        name=name,
        memory=memory,
        architecture=architecture,
        runtime=runtime,
        package=package,
        timeout=_timeout(fields, rulebook),
        tmp=_tmp(fields, rulebook),
        init=init,
        duration=read_law(fields.at("duration"), fields.raw("duration", "100 ms")),
        cpu_time=fields.take("cpu_time", units.span, 0),
        cold_total=cold_total,
        fails=read_failing(fields.at("fails"), fields.raw("fails", "never")),
        reserved=fields.whole("reserved_concurrency", 0),
        provisioned=fields.whole("provisioned_concurrency", 0, default=0) or 0,
        provisioned_from_us=_provisioned_from(fields),
        async_retries=fields.whole(
            "async_retries", rulebook.async_retries_min, rulebook.async_retries_max, source=ASYNC
        ),
        async_max_age=_max_age(fields, rulebook),
        dead_letter_queue=fields.choice("dead_letter_queue", ("no", "yes", "sns", "denied"), "no"),
        on_failure=fields.choice("on_failure", _ON_FAILURE, "none"),
        on_success=fields.choice("on_success", _ON_SUCCESS, "none"),
        holds_connections=_holds(fields, database),
        background_us=fields.take("background", units.span, 0),
        first_run=first_run,
        record_time=fields.take("record_time", units.span, 0),
        memory_used=_megabytes(fields, "memory_used", rulebook.memory_max),
        memory_leak=_megabytes(fields, "memory_leak", rulebook.memory_max),
        tmp_left=_megabytes(fields, "tmp_left", rulebook.tmp_max),
        database=database.name if database else "",
        response=fields.take("response", units.payload, 1),
        in_vpc=fields.take("vpc", units.flag, default=False),
        init_fails=_init_fails(fields),
        system_errors=_system_errors(fields),
        version_of=fields.name("version_of"),
    )
    fields.done()
    _check_provisioned_init(fields, function, rulebook)
    return function


def _code(fields: Fields, rulebook: Rulebook) -> tuple[str, str, str, int]:
    """(runtime, package, architecture, memory)."""
    runtime = fields.name("runtime")
    if runtime and runtime not in runtimes():
        raise ScenarioError(
            fields.at("runtime"), runtime, f"has not been measured; known are {', '.join(runtimes())} ({MEASURED})"
        )
    package = fields.choice("package", ("zip", "image"), "zip")
    return runtime, package, fields.choice("architecture", ("x86_64", "arm64"), "x86_64"), _memory(fields, rulebook)


def _start(fields: Fields, runtime: str, package: str, architecture: str, memory: int) -> tuple[Law, Law | None, int]:
    """(init, cold total or None, what the first run takes longer). What a runtime's init takes is as measured, unless
    the scenario says it."""
    init, cold_total = fields.raw("init"), fields.raw("cold_total")
    if init is not None and cold_total is not None:
        raise ScenarioError(fields.at("cold_total"), cold_total, "already holds init: give one of the two")
    usual = Measured(NO_TIME, 0)
    if runtime and init is None and cold_total is None:
        usual = measured(runtime, package, architecture, memory)
    return (
        usual.init if init is None else read_law(fields.at("init"), init),
        None if cold_total is None else read_law(fields.at("cold_total"), cold_total),
        fields.take("first_run", units.span, usual.first_run),
    )


def _init_fails(fields: Fields) -> Failing:
    failing = read_failing(fields.at("init_fails"), fields.raw("init_fails", "never"))
    if failing.kind not in ("never", "always", "probability", "window"):
        raise ScenarioError(
            fields.at("init_fails"), named(fields.raw("init_fails")),
            "is not never, always, a share or {from: time, to: time}: init knows no events",
        )  # fmt: skip
    return failing


def _system_errors(fields: Fields) -> Failing:
    failing = read_failing(fields.at("system_errors"), fields.raw("system_errors", "never"))
    if failing.kind not in ("never", "window"):
        raise ScenarioError(
            fields.at("system_errors"), named(fields.raw("system_errors")), "is not never or {from: time, to: time}"
        )
    return failing


def _check_provisioned_init(fields: Fields, function: Function, rulebook: Rulebook) -> None:
    """Source: Lambda execution environment; PutProvisionedConcurrencyConfig (an allocation that cannot be done fails)."""
    if function.provisioned and function.init_fails.kind == "always":
        raise ScenarioError(
            fields.at("init_fails"), "always",
            "lets no provisioned concurrency be allocated: its status stays FAILED (Lambda provisioned concurrency)",
        )  # fmt: skip
    most = init_limit(function, rulebook)
    if function.provisioned and function.init.mean_us > most:
        raise ScenarioError(
            fields.at("init"), show_time(round(function.init.mean_us)),
            f"is above {show_time(most)}, in which a provisioned environment must be ready: the longer of "
            f"{show_time(rulebook.provisioned_init_limit)} and the function's timeout (Lambda execution environment)",
        )  # fmt: skip


def _database(fields: Fields, databases: tuple[Database, ...]) -> Database | None:
    raw = fields.raw("database")
    if raw is None:
        return None
    known = {database.name: database for database in databases}
    if str(raw) not in known:
        raise ScenarioError(fields.at("database"), raw, f"is not a database here: {', '.join(known) or 'none'}")
    return known[str(raw)]


def _holds(fields: Fields, database: Database | None) -> int:
    holds = fields.whole("holds_connections", 0, 1_024, 1 if database else 0) or 0
    if database and database.connections is not None and holds > database.connections:
        raise ScenarioError(
            fields.at("holds_connections"), holds,
            f"is above {database.connections:,}, all the connections that databases.{database.name} has",
        )  # fmt: skip
    return holds


def _megabytes(fields: Fields, key: str, most: int) -> int:
    return fields.within(key, units.memory, 0, 0, most, _mb, QUOTAS)


def _memory(fields: Fields, rulebook: Rulebook) -> int:
    usual, low, high = rulebook.memory_default, rulebook.memory_min, rulebook.memory_max
    value = fields.within("memory", units.memory, usual, low, high, _mb, QUOTAS)
    if (value - low) % rulebook.memory_step:
        limit = f"is not a whole number of steps of {_mb(rulebook.memory_step)} ({QUOTAS})"
        raise ScenarioError(fields.at("memory"), _mb(value), limit)
    return value


def _tmp(fields: Fields, rulebook: Rulebook) -> int:
    return fields.within("tmp", units.memory, rulebook.tmp_min, rulebook.tmp_min, rulebook.tmp_max, _mb, QUOTAS)


def _timeout(fields: Fields, rulebook: Rulebook) -> int:
    usual, low, high = rulebook.timeout_default, rulebook.timeout_min, rulebook.timeout_max
    return fields.within("timeout", units.whole_seconds, usual, low, high, show_time, QUOTAS)


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
    at = inner.need("allocated_at", units.span, "is missing: it is {allocated_at: time}")
    inner.done()
    return at


def _mb(megabytes: int) -> str:
    return f"{megabytes} MB"
