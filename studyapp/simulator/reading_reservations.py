"""Checks what functions claim of the account's concurrency, and which of them are versions of another."""

from dataclasses import replace
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Function
from studyapp.simulator.rulebook import Rulebook

QUOTAS: Final = "Lambda quotas"


def check_concurrency(functions: tuple[Function, ...], account: int | None, rulebook: Rulebook) -> None:
    """Reservations leave the unreserved minimum; provisioned fits into reserved or what is unreserved.

    Source: Lambda quotas, configuring reserved and provisioned concurrency. Raises ScenarioError.
    """
    left = None if account is None else account
    others: list[str] = []
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
                f"must stay unreserved ({QUOTAS}){_taken(others)}",
            )  # fmt: skip
        left -= wanted
        others.append(f"{function.name} {wanted:,}")


def _taken(others: list[str]) -> str:
    return f"; others have taken theirs: {', '.join(others)}" if others else ""


def joined(functions: tuple[Function, ...]) -> tuple[Function, ...]:
    """The functions, of which versions have the dead-letter queue of theirs. Raises ScenarioError.

    Source: Lambda, capturing records of asynchronous invocations: it is set on the function.
    """
    whole = {function.name: function for function in functions if not function.version_of}
    for function in functions:
        if function.version_of:
            _check_version(function, whole)
    return tuple(
        replace(each, dead_letter_queue=whole[each.version_of].dead_letter_queue) if each.version_of else each
        for each in functions
    )


def _check_version(function: Function, whole: dict[str, Function]) -> None:
    """A version names its function, which is no version itself, and leaves what is set for all of them to it."""
    where = f"functions.{function.name}"
    if function.version_of not in whole:
        raise ScenarioError(
            f"{where}.version_of", function.version_of,
            f"is not a function here that is itself no version: {', '.join(sorted(whole)) or 'none'}",
        )  # fmt: skip
    if function.reserved is not None:
        raise ScenarioError(
            f"{where}.reserved_concurrency", function.reserved,
            "is reserved for a function with all its versions, not for one of them (configuring reserved concurrency)",
        )  # fmt: skip
    if function.provisioned:
        raise ScenarioError(
            f"{where}.provisioned_concurrency", function.provisioned,
            f"belongs to functions.{function.version_of}: here one version has provisioned concurrency, not two",
        )  # fmt: skip
    if function.dead_letter_queue not in ("no", whole[function.version_of].dead_letter_queue):
        raise ScenarioError(
            f"{where}.dead_letter_queue", function.dead_letter_queue,
            f"is set on functions.{function.version_of}: all versions have the same (Lambda dead-letter queues)",
        )  # fmt: skip
