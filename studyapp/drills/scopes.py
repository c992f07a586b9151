"""What a drill is on, and which facts that is, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from studyapp.accounts.models import User
from studyapp.drills.clues import Ground, facts_of_objective
from studyapp.drills.models import DrillKind
from studyapp.memory import daily
from studyapp.memory.confusions import WINDOW, Confusion, confusions
from studyapp.memory.desk import Desk, Standing, lay
from studyapp.memory.outlook import known
from studyapp.memory.queue import upcoming
from studyapp.memory.tempo import Tempo, tempo_of

SIZE = 12
MOST = 30
"""Questions of one drill: what the ruler has room for. A plan of more goes on in the next."""


class NothingToAsk(ValueError):
    """No fact of what was asked for has an item. Says so in a sentence for the student."""


@dataclass(frozen=True)
class Scope:
    """What to drill. `sections` by number, `facts` and `clue` by slug, `objective` by name: whatever the kind needs."""

    kind: DrillKind
    title: str
    sections: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()
    clue: str = ""
    objective: str = ""


@dataclass(frozen=True)
class Wish:
    """How much of a scope: at most `size` questions, or as many as fit into `minutes`; the plan knows by itself."""

    size: int | None = None
    minutes: int | None = None


def wanted(student: User, scope: Scope, wish: Wish, clues: Sequence[Ground], now: datetime) -> list[int]:
    """Ids of the facts to ask, the most urgent first, at most `MOST`. Two to five queries; eight for the plan.

    What is suspended or put off is asked in a drill of named facts alone. Of more facts than there is room for, the due ones are
    asked, then new ones.
    """
    if scope.kind == DrillKind.PLAN:
        return _planned(student, wish, now)
    desk = lay(student, now)
    needs_days = wish.minutes or scope.kind == DrillKind.CONFUSED
    days = daily.days(student, now, window=WINDOW) if needs_days else {}
    is_confused = scope.kind == DrillKind.CONFUSED
    facts = confused(desk, clues, confusions(desk, days, now)) if is_confused else in_scope(desk, scope, clues)
    return _ids(_fitting(facts, wish, tempo_of(days, now)))


def in_scope(desk: Desk, scope: Scope, clues: Sequence[Ground]) -> Sequence[Standing]:
    """All that a scope holds, the most urgent first, but for the plan and confusions."""
    match scope.kind:
        case DrillKind.NEW:
            return desk.new
        case DrillKind.WEAK:
            return desk.weak
        case DrillKind.MISSED:
            return desk.missed
        case DrillKind.FLAGGED:
            return desk.flagged
        case DrillKind.SECTION:
            return desk.in_sections(scope.sections).all
        case DrillKind.CLUE:
            facts = next((clue.facts for clue in clues if clue.slug == scope.clue), ())
            return _among(desk, facts).all
        case DrillKind.OBJECTIVE:
            return _among(desk, facts_of_objective(clues, scope.objective)).all
        case DrillKind.FACT:
            return _named(desk, scope.facts)
        case _:
            return desk.due


def confused(desk: Desk, clues: Sequence[Ground], found: Sequence[Confusion]) -> list[Standing]:
    """The facts of each confusion, then each clue that was missed with its nearest rival."""
    facts = [fact for confusion in found for fact in confusion.facts]
    own = {clue.slug: desk.by_slug.get(clue.facts[0]) for clue in clues}
    for clue in clues:
        fact = own[clue.slug]
        if fact and fact.card and fact.card.was_right is False:
            rival = own.get(clue.rivals[0]) if clue.rivals else None
            facts += [each for each in (fact, rival) if each]
    return [fact for fact in dict.fromkeys(facts) if fact.may_be_asked]


def nothing(kind: DrillKind) -> str:
    """Why a drill of this kind has no question, in a sentence; for the plan and what is due the page says until when."""
    return {
        DrillKind.NEW: "You have met every fact.",
        DrillKind.WEAK: "You have not met a fact yet.",
        DrillKind.MISSED: "Nothing you answered was wrong when last asked.",
        DrillKind.CONFUSED: "No two facts are confused in what you answered.",
        DrillKind.FLAGGED: "You have flagged nothing.",
        DrillKind.DUE: "Nothing is due.",
        DrillKind.PLAN: "Nothing is due.",
    }.get(kind, "There is no question for this yet.")


def _planned(student: User, wish: Wish, now: datetime) -> list[int]:
    read = known(student, now)
    found = upcoming(read, lay(student, now, cards=read.cards))
    if wish.size or wish.minutes:
        return _ids(_fitting(found.facts, wish, found.tempo))
    return _ids(found.facts[: min(found.planned or SIZE, MOST)])


def _fitting(facts: Sequence[Standing], wish: Wish, tempo: Tempo) -> Sequence[Standing]:
    """As many of the first as were wished for; one at least, however short the time."""
    most = min(wish.size or (MOST if wish.minutes else SIZE), MOST)
    if wish.minutes is None:
        return facts[:most]
    left, number = timedelta(minutes=wish.minutes), 0
    for fact in facts[:most]:
        left -= tempo.of(fact)
        if left < timedelta(0) and number:
            break
        number += 1
    return facts[:number]


def _among(desk: Desk, slugs: Sequence[str]) -> Desk:
    return desk.of({desk.by_slug[slug].pk for slug in slugs if slug in desk.by_slug})


def _named(desk: Desk, slugs: Sequence[str]) -> Sequence[Standing]:
    """What is suspended or put off comes last: it was named all the same."""
    own = _among(desk, slugs)
    return own.all + tuple(fact for fact in own.facts if not fact.may_be_asked)


def _ids(facts: Sequence[Standing]) -> list[int]:
    return [fact.pk for fact in facts]
