"""When does it fire, on whose clocks, and is that when it is wanted?

Each schedule is a rule of an event bus (the older form, in UTC) or a schedule of EventBridge Scheduler, with a cron, a
rate or one time. The answer names the next firings in UTC and on the clocks of the people it is for, the date from which
they are no longer at the time that is wanted, how many there are, how the expression was read, field by field, and what
becomes of a firing whose target fails.

On purpose: a firing has no seconds (AWS calls within the minute, `delay_max` says how late). A rate fires first as soon as it
is made, or on its start date. A firing on the end date itself does not take place: AWS says "before". A time that a
one-time schedule names and that clocks skip is refused, as AWS says nothing of it. A call that fails is tried again after
waits that double; AWS says so without numbers. Left out: groups, encryption, what a call that is denied does, throttling of
Scheduler itself, that a call may come twice.

Why the cron is our own: no library does all of AWS's six fields and time zones (croniter 7.0 and cronsim 2.8 are Unix crons
without L-3 and with Monday as 1; APScheduler 3.11 has neither W nor ?, and begins on Monday with 0; pyawscron 1.0.7 and
aws-croniter 2.1.1 know UTC alone and fail at LW, L for Saturday or a fifth Sunday in February).

Sources, read on 2026-11-28:
https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
"""

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.schedules.delivery import deliver
from studyapp.simulator.models.schedules.metrics import metrics, steps
from studyapp.simulator.models.schedules.reading import read
from studyapp.simulator.models.schedules.timetable import Planned, timetable
from studyapp.simulator.models.schedules.walk import walk
from studyapp.simulator.rulebook import Rulebook

__all__ = ["Planned", "Schedules", "plan", "read"]


@dataclass(frozen=True)
class Schedules:
    """Schedules to be looked up."""

    planned: tuple[Planned, ...]

    def answer(self, rulebook: Rulebook) -> Answer:
        """The firings of each schedule, whether they are wanted then, and how its expression was read."""
        tables = [timetable(each, rulebook) for each in self.planned]
        deliveries = [deliver(table, rulebook) for table in tables]
        found = {
            name: value
            for table, delivery in zip(tables, deliveries, strict=True)
            for name, value in metrics(table, delivery, rulebook).items()
        }
        paths = tuple(walk(table, delivery, rulebook) for table, delivery in zip(tables, deliveries, strict=True))
        return Answer(found, paths, {f"fires.{table.planned.name}": steps(table) for table in tables})


def plan(data: object, rulebook: Rulebook) -> Schedules:
    """The schedules of a scenario. Raises ScenarioError."""
    return Schedules(read(data, rulebook))
