"""What the drill's pages show: a question's options in the order shown, or the answered ones with their verdicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.attempts import hints, telling, tokens
from studyapp.attempts.asking import NOTHING, Sent, asked, problems
from studyapp.attempts.models import Attempt, Flaw, Reason
from studyapp.attempts.references import meanings, plates, references
from studyapp.attempts.tokens import Shown
from studyapp.attempts.words import offered
from studyapp.content import services as content
from studyapp.content.models import Revision
from studyapp.content.sections import SECTIONS
from studyapp.drills import beside as reads
from studyapp.drills.beside import After, Beside
from studyapp.drills.onward import onward
from studyapp.drills.queries import Place, Plan
from studyapp.drills.ruler import ticks
from studyapp.drills.services import Said
from studyapp.memory import queries as memory_queries
from studyapp.memory.by_hand import FURTHEST_DAYS
from studyapp.questions.variants import Variant, shuffled
from studyapp.scheduling.days import study_day
from studyapp.ui.timeline import kept

__all__ = [
    "asked",
    "feedback",
    "moved",
    "offered",
    "offers",
    "problems",
    "question",
    "references",
    "reporting",
    "runs",
    "veiled",
]


def question(
    student: User,
    plan: Plan,
    place: Place,
    revision: Revision,
    beside: Beside,
    *,
    now: datetime,
    shown: Shown | None = None,
    sent: Sent = NOTHING,
    **said: Any,
) -> dict[str, Any]:
    """Context of the part `question`: the variant with a fresh token; or as it was `shown` before, with what was `sent`.

    `said` is what came of something that was pressed on it: `fresh`, the name of the hint just taken, `report`, `is_flagged`.
    Two queries where the row of its fact has been taken as a hint.
    """
    variant = revision.variant(place.seed)
    if shown is None:
        nonce = tokens.new_nonce()
        here = {"drill": plan.drill.pk, "position": place.position}
        shown = Shown(revision.pk, place.seed, shuffled(variant, nonce), str(student.pk), now, nonce, **here)
    left = [name for name in offers(place, revision, beside) if name not in place.hints]
    return {
        **_frame(plan, place, revision),
        **asked(variant, shown, sent),
        "words": offered(revision.body, variant),
        "hints": _hints(place, revision, beside, variant),
        "next_hint": left[0] if left else "",
        "is_flagged": beside.is_flagged,
        "report": reporting(),
        "whole": "question",
        **said,
    }


def offers(place: Place, revision: Revision, beside: Beside) -> tuple[str, ...]:
    """The names of the hints that the question at `place` has."""
    has_row = beside.row_id is not None
    return hints.offered(revision.body, revision.variant(place.seed), clue=beside.clue, has_row=has_row)


def reporting(given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Of the part `report`: what there is to choose from, and what was `given`."""
    return {"flaws": Flaw.choices, "wrong": {}, **(given or {})}


MOVED = {
    Said.BURY: "Put off until tomorrow. The day on which it is due has not moved.",
    Said.SUSPEND: "It is not asked any more, until you say otherwise.",
    Said.RESUME: "It is asked again.",
    Said.FORGET: "Forgotten, as if you had never met it. What you answered is still kept.",
}


def moved(do: Said, on: date | None) -> str:
    """What has become of a fact, in words."""
    return MOVED.get(do) or f"It comes back on {on:%Y-%m-%d}."


def veiled(plan: Plan, place: Place, revision: Revision, beside: Beside, **said: Any) -> dict[str, Any]:
    """Context of the part `kept`: an answer of which nothing is said before the last one is given."""
    variant = revision.variant(place.seed)
    return {
        **_frame(plan, place, revision),
        "view": variant.view,
        "stem": variant.stem,
        "is_flagged": beside.is_flagged,
        "following": plan.open_after(place.position),
        "report": reporting(),
        "whole": "kept",
        **said,
    }


def feedback(
    student: User,
    plan: Plan,
    place: Place,
    revision: Revision,
    beside: Beside,
    *,
    attempt: Attempt,
    after: After | None,
    now: datetime,
    **said: Any,
) -> dict[str, Any]:
    """Context of the part `feedback`: verdict, a reason for every option, the facts in play. One query, for a guest's last.

    `said` is what came of something that was pressed on it: `moved` or `wrong_day` of the fact, `nothing` of another question,
    `missed` of the reason, `report`, `is_flagged`; or what the part `run` shows.
    """
    variant = revision.variant(attempt.seed)
    is_run = bool(revision.body.get("scenario"))
    told = telling.told(variant, attempt)
    offers_keeping = student.is_guest and plan.open_after(0) is None
    today = study_day(now, student.zone)
    return {
        **_frame(plan, place, revision),
        "references": meanings(revision.body),
        "kind": variant.kind,
        "view": variant.view,
        "stem": variant.stem,
        **told,
        "is_right": attempt.is_right,
        "says": told["says"] or ("Checked by simulation." if is_run else ""),
        "sides": telling.sides(variant),
        "belief": telling.belief(revision.body, variant, attempt),
        "can_run": is_run,
        "plates": plates(revision.body),
        "hints_taken": len(attempt.hints),
        "after": after,
        "reasons": () if attempt.is_right else Reason.choices,
        "fact_name": revision.item.fact.name,
        "is_flagged": after.card.is_flagged if after else beside.is_flagged,
        "is_put_off": bool(after and after.card.buried_until and after.card.buried_until > now),
        "days": {"first": today, "last": today + timedelta(days=FURTHEST_DAYS)},
        "report": reporting(),
        "whole": "feedback",
        "now": now,
        "today": timezone.localdate(now),
        "following": plan.open_after(place.position),
        "offers_keeping": offers_keeping,
        "next_due_at": memory_queries.next_due_at(student) if offers_keeping else None,
        **said,
    }


def runs(revision: Revision, attempt: Attempt) -> dict[str, Any]:
    """Context of the part `run`: the key's run, and that of the option chosen where it is another one.

    Without a picture where today's simulator cannot read what the question ran when it was asked.
    """
    told = content.runs(revision, attempt.seed, attempt.response)
    if told is None:
        return {
            "picture": None,
            "note": "This question is from before a change of the simulator: its run cannot be shown.",
        }
    drawn = kept(told.key, told.chosen, told.asks)
    return {"picture": drawn, "note": told.note, **onward(revision, attempt)}


@dataclass(frozen=True)
class Hint:
    """A hint that was taken. `word`: parts of the stem; `row`: its label and what it says; `run`: a picture, or None where the
    simulator cannot draw it any more."""

    name: str
    words: Iterable[str] = ()
    label: str = ""
    says: str = ""
    picture: object = None


def _hints(place: Place, revision: Revision, beside: Beside, variant: Variant) -> list[Hint]:
    return [_hint(name, revision, beside, variant) for name in place.hints]


def _hint(name: str, revision: Revision, beside: Beside, variant: Variant) -> Hint:
    if name == "row" and beside.row_id is not None:
        row, values = reads.row_of(beside.row_id)
        return Hint(name, label=row.label, says=hints.row(row, values, revision.body, variant))
    if name == "run":
        found = hints.run(revision.body, variant)
        return Hint(name, picture=kept(found[0], None, found[1]) if found else None)
    return Hint(name, words=hints.word(revision.body, variant, clue=beside.clue))


def _frame(plan: Plan, place: Place, revision: Revision) -> dict[str, Any]:
    return {
        "drill": plan.drill,
        "place": place,
        "ticks": ticks(plan, place.position),
        "skip_to": _skip_to(plan, place),
        "topic": SECTIONS[revision.item.section],
        "references": references(revision.body),
    }


def _skip_to(plan: Plan, place: Place) -> Place | None:
    """Another question that is open, for who leaves this one for later."""
    following = plan.open_after(place.position)
    return following if following and following.position != place.position else None
