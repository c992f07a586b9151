"""What becomes of a firing: whether Lambda takes the event, after how many calls, and how often the function runs.

Scheduler (and an event bus) calls Lambda asynchronously: once Lambda has taken the event, what the function does with it is
no matter to the caller. Its retries are for calls that Lambda's API refuses.
"""

from typing import NamedTuple

from studyapp.simulator.models.schedules.timetable import Failure, Timetable
from studyapp.simulator.rulebook import Rulebook

TAKEN, KEPT, LOST = "taken", "dead-lettered", "dropped"


class Delivery(NamedTuple):
    """`calls` of Lambda's API, `runs` of the function, and how it ends: taken (by Lambda), dead-lettered or dropped."""

    calls: int
    runs: int
    end: str
    target: str


def deliver(table: Timetable, rulebook: Rulebook) -> Delivery | None:
    """Of the first firing; None when there is none, or the schedule says nothing of its target."""
    failure = table.planned.failure
    if failure is None or not table.listed:
        return None
    if failure.target == "unavailable":
        return _called_again(failure, rulebook)
    if failure.target == "function-fails":
        return _failed(failure, rulebook)
    return Delivery(1, 1, TAKEN, failure.target)


def _called_again(failure: Failure, rulebook: Rulebook) -> Delivery:
    """Until the outage is over, the retries are used up, or the event is too old."""
    passed, wait, calls = 0, rulebook.schedule_first_wait, 1
    while passed < failure.outage:
        if calls > failure.retries or passed + wait > failure.maximum_age:
            return Delivery(calls, 0, KEPT if failure.has_queue else LOST, failure.target)
        passed, wait, calls = passed + wait, min(2 * wait, rulebook.schedule_longest_wait), calls + 1
    return Delivery(calls, 1, TAKEN, failure.target)


def _failed(failure: Failure, rulebook: Rulebook) -> Delivery:
    """The function fails each time. In a world that does not exist the schedule tries again instead of Lambda."""
    if rulebook.schedules_retry_failed_runs:
        end = KEPT if failure.has_queue else LOST
        return Delivery(1 + failure.retries, 1 + failure.retries, end, failure.target)
    return Delivery(1, 1 + rulebook.async_retries_default, TAKEN, failure.target)
