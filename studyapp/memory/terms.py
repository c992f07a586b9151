"""On what terms a student's cards come back: how much is to be left, and how full the coming days are.

Read once when a drill or a sitting opens and kept with it, so that an answer costs no query for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from studyapp.scheduling import fsrs6, workload
from studyapp.scheduling.fsrs6 import RETENTION, Memory, Rating


@dataclass(frozen=True)
class Terms:
    """`retention`: the chance of recall at which a fact comes back. `loads`: how many cards are due on each of the coming study
    days, 0 being the day on which this was read; days without an entry are empty. `off`: those of the days that are free."""

    retention: float = RETENTION
    loads: Mapping[int, int] = field(default_factory=dict)
    off: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        return {
            "retention": self.retention,
            "loads": {str(day): n for day, n in self.loads.items()},
            "off": sorted(self.off),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Terms:
        """What `as_json` made; the defaults for what an older drill did not keep."""
        return cls(
            kept.get("retention", RETENTION),
            {int(day): n for day, n in kept.get("loads", {}).items()},
            frozenset(kept.get("off", ())),
        )


DEFAULT = Terms()


def place(terms: Terms, memory: Memory | None, rating: Rating, fact_slug: str, now: datetime) -> float:
    """Where in FSRS's range of days a fact comes back, 0 to 1: by lot, emptier days likelier, days off only where there is no
    other. The lot hangs on fact and moment, so a page that is sent twice gives the same day."""
    days = fsrs6.spread(fsrs6.interval(memory, rating, now, retention=terms.retention))
    loads = [terms.loads.get(day, 0) for day in days]
    return workload.place(f"{fact_slug} {int(now.timestamp())}", loads, [day not in terms.off for day in days])
