"""Reads: what can be drilled, with how many facts there are of it and how long a drill takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from studyapp.accounts.models import User
from studyapp.content.sections import SECTIONS
from studyapp.drills.clues import Ground, grounds, objectives, spoken
from studyapp.drills.models import Drill, DrillKind
from studyapp.drills.queries import open_drill
from studyapp.drills.scopes import SIZE, Scope, confused, in_scope
from studyapp.memory import daily
from studyapp.memory.confusions import WINDOW, Confusion, confusions
from studyapp.memory.desk import Desk, Standing, lay
from studyapp.memory.leeches import Leech, leeches
from studyapp.memory.tempo import Tempo, tempo_of


@dataclass(frozen=True)
class Choice:
    """A row to choose: what it sends (`field`, `value`), and what it is. `facts`: how many there are; of these `asked` make the
    first drill, which takes `time`; `due`, `new`: how many of all."""

    field: str
    value: str
    title: str
    says: str
    facts: int
    asked: int
    time: timedelta
    due: int = 0
    new: int = 0


@dataclass(frozen=True)
class Choices:
    """`own`: by how the student stands with facts; the others by what facts are about. `suspended`: what is asked no more."""

    own: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    clues: tuple[Choice, ...]
    objectives: tuple[Choice, ...]
    leeches: Sequence[Leech]
    suspended: tuple[Standing, ...]
    open: Drill | None


def choices(student: User | None, now: datetime) -> Choices:
    """At most nine queries; two for somebody without a row."""
    desk, clues = lay(student, now), grounds()
    days = daily.days(student, now, window=WINDOW) if student else {}
    tempo = tempo_of(days, now)
    return Choices(
        own=_own(desk, clues, confusions(desk, days, now), tempo),
        sections=tuple(
            _about(desk, Scope(DrillKind.SECTION, title, sections=(number,)), str(number), clues, tempo)
            for number, title in SECTIONS.items()
        ),
        clues=tuple(
            _about(desk, Scope(DrillKind.CLUE, clue.phrase, clue=clue.slug), clue.slug, clues, tempo) for clue in clues
        ),
        objectives=tuple(
            _about(desk, Scope(DrillKind.OBJECTIVE, spoken(name), objective=name), name, clues, tempo)
            for name in objectives(clues)
        ),
        leeches=leeches(desk),
        suspended=desk.suspended,
        open=open_drill(student),
    )


def _own(desk: Desk, clues: Sequence[Ground], found: Sequence[Confusion], tempo: Tempo) -> tuple[Choice, ...]:
    def choice(kind: DrillKind, title: str, says: str) -> Choice:
        scope = Scope(kind, title)
        facts = confused(desk, clues, found) if kind == DrillKind.CONFUSED else in_scope(desk, scope, clues)
        return _choice("kind", kind.value, title, says, facts, tempo)

    first = f"Such as: {found[0].name}" if found else "Facts that you took for one another, and their rivals"
    return (
        choice(DrillKind.DUE, "Due", "What you are losing, the most forgotten first"),
        choice(DrillKind.NEW, "New", "What you have not met, sections in turn"),
        choice(DrillKind.MISSED, "Missed", "Wrong when last asked"),
        choice(DrillKind.WEAK, "Weak", "What you have met, the lowest recall first, due or not"),
        choice(DrillKind.CONFUSED, "Confused", first),
        choice(DrillKind.FLAGGED, "Flagged", "What you marked for later"),
    )


def _about(desk: Desk, scope: Scope, value: str, clues: Sequence[Ground], tempo: Tempo) -> Choice:
    return _choice(scope.kind.value, value, scope.title, "", in_scope(desk, scope, clues), tempo, desk.now)


def _choice(
    field: str, value: str, title: str, says: str, facts: Sequence[Standing], tempo: Tempo, now: datetime | None = None
) -> Choice:
    """With `now`: how many are due, and how many were never met."""
    asked = facts[:SIZE]
    return Choice(
        field,
        value,
        title,
        says,
        facts=len(facts),
        asked=len(asked),
        time=tempo.all(asked),
        due=sum(fact.is_due(now) for fact in facts) if now else 0,
        new=sum(fact.card is None for fact in facts) if now else 0,
    )
