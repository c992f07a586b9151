"""Whose concurrency a function draws on: its reservation, with all its versions, or the pool that the others share."""

from collections.abc import Sequence
from typing import NamedTuple

from studyapp.simulator.parts import Function
from studyapp.simulator.why_case import Case


class Share(NamedTuple):
    """Functions, by number, that draw on the same concurrency; `whole` is the function that has reserved it, if one has."""

    members: frozenset[int]
    whole: Function | None


def share_of(case: Case) -> Share:
    """Whose concurrency the function of the event draws on: its reservation with all its versions, or the shared pool."""
    functions = case.scenario.functions
    roots = [root(function, functions) for function in functions]
    whole = roots[case.number]
    counts = case.rulebook.reserved_counts == "executions"
    if whole.reserved is not None and counts:
        return Share(frozenset(number for number, root in enumerate(roots) if root is whole), whole)
    shared = (number for number, root in enumerate(roots) if root.reserved is None or not counts)
    return Share(frozenset(shared), None)


def root(function: Function, functions: Sequence[Function]) -> Function:
    return next((each for each in functions if each.name == function.version_of), function)
