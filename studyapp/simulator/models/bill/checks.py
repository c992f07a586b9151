"""What of a function cannot be at once. Each contradiction is a ScenarioError that names the field to change."""

import re
from typing import Final, NoReturn

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.bill.curve import duration_us
from studyapp.simulator.models.bill.parts import Function, Ready
from studyapp.simulator.models.bill.reading_values import mb
from studyapp.simulator.models.bill.use import is_among
from studyapp.simulator.reading import Fields
from studyapp.simulator.rulebook import Rulebook

_RUNTIME: Final = re.compile(r"([a-z]+)(\d{1,4})(?:\.(\d{1,4}))?")


def check(fields: Fields, function: Function, rulebook: Rulebook) -> None:
    """Raise ScenarioError for what contradicts itself, or what Lambda does not offer together."""
    pays_init = function.ready or function.snapshot or fields.raw("cold_share") is not None
    if function.init_us and not pays_init:
        _refuse(fields, "init", "is paid for at cold starts: give cold_share too")
    if function.snapshot:
        _check_snapshot(fields, function, rulebook)
    if function.ready:
        _check_ready(fields, function, function.ready, rulebook)
    if function.instances:
        _check_instances(fields, function)


def _check_snapshot(fields: Fields, function: Function, rulebook: Rulebook) -> None:
    """Sources: Lambda SnapStart, Lambda tenant isolation."""
    if function.ready:
        _refuse(fields, "snapstart", "cannot be had with provisioned concurrency (Lambda SnapStart)")
    if function.tenant_environments:
        _refuse(fields, "snapstart", "cannot be had with tenant isolation (Lambda tenant isolation)")
    if function.tmp > rulebook.tmp_min:
        _refuse(fields, "tmp", f"is above {mb(rulebook.tmp_min)}, the most with SnapStart (Lambda SnapStart)")
    if not function.runtime:
        raise ScenarioError(fields.at("runtime"), None, "is missing: what SnapStart costs depends on it")
    if not _is_supported(function.runtime, rulebook.snapstart_runtimes):
        least = ", ".join(rulebook.snapstart_runtimes.split())
        _refuse(fields, "runtime", f"has no SnapStart; {least} and newer ones have it (Lambda SnapStart)")


def _check_ready(fields: Fields, function: Function, ready: Ready, rulebook: Rulebook) -> None:
    """Provisioned environments cannot run more than they have time for."""
    if function.tenant_environments:
        _refuse(fields, "provisioned_concurrency", "cannot be had with tenant isolation (Lambda tenant isolation)")
    run_us = duration_us(function.curve, function.memory, rulebook)
    wanted = int(function.requests * ready.share) * run_us
    room = ready.count * ready.periods * ready.time_us * rulebook.requests_per_environment
    if wanted > room:
        fit = f"while they are ready {room * 100 // (function.requests * run_us)} % of all requests fit into them"
        if fields.has("provisioned_share"):
            _refuse(fields, "provisioned_share", f"is more than these environments can run: {fit}")
        _refuse(fields, "provisioned_concurrency", f"is too few for all requests: {fit}; say which share is meant")


def _check_instances(fields: Fields, function: Function) -> None:
    taken = {
        "provisioned_concurrency": function.ready,
        "snapstart": function.snapshot,
        "tenant_environments": function.tenant_environments,
    }
    for key, value in taken.items():
        if value:
            _refuse(fields, key, "is of default compute: Managed Instances have none (Lambda Managed Instances)")


def _is_supported(runtime: str, least: str) -> bool:
    """`python3.13` by `java11 python3.12 dotnet8`."""
    return any(
        is_among(runtime, _letters(name)) and _version(name) <= _version(runtime) for name in least.split()
    ) and bool(_RUNTIME.fullmatch(runtime))


def _letters(runtime: str) -> str:
    return runtime.rstrip("0123456789.")


def _version(runtime: str) -> tuple[int, int]:
    found = _RUNTIME.fullmatch(runtime)
    return (int(found[2]), int(found[3] or 0)) if found else (-1, 0)


def _refuse(fields: Fields, key: str, limit: str) -> NoReturn:
    raise ScenarioError(fields.at(key), fields.raw(key), limit)
