"""What fires at given times."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Schedules:
    pass
