"""Slips of arithmetic: the right thing counted wrongly at the last step, whatever was asked for.

Each takes the true outcome and the metric that was asked for, as those of `misreadings` do; what is no number stays as it is.
"""

from collections.abc import Callable
from typing import Final, TypeGuard

from studyapp.simulator.outcome import Outcome, Value


def one_too_many(outcome: Outcome, asked: str) -> Value:
    """Counts one more than there are."""
    value = outcome.value(asked)
    return value + 1 if _is_count(value) else value


def one_too_few(outcome: Outcome, asked: str) -> Value:
    """Leaves one out of a count."""
    value = outcome.value(asked)
    return value - 1 if _is_count(value) and value else value


def twice_as_much(outcome: Outcome, asked: str) -> Value:
    """Counts everything twice."""
    value = outcome.value(asked)
    return value * 2 if _is_number(value) else value


def half_as_much(outcome: Outcome, asked: str) -> Value:
    """Takes half of what there is; of an odd count the smaller half."""
    value = outcome.value(asked)
    return value // 2 if _is_count(value) else value / 2 if _is_number(value) else value


def ten_times_as_much(outcome: Outcome, asked: str) -> Value:
    """Puts the decimal point one place too far to the right."""
    value = outcome.value(asked)
    return value * 10 if _is_number(value) else value


def a_tenth_as_much(outcome: Outcome, asked: str) -> Value:
    """Puts the decimal point one place too far to the left; of a count what is left of it."""
    value = outcome.value(asked)
    return value // 10 if _is_count(value) else value / 10 if _is_number(value) else value


READINGS: Final[tuple[Callable[[Outcome, str], Value], ...]] = (
    one_too_many,
    one_too_few,
    twice_as_much,
    half_as_much,
    ten_times_as_much,
    a_tenth_as_much,
)


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Value) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
