"""What the drill's pages show: a question's options in the order shown, or the answered ones with their verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.attempts import tokens
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import Shown
from studyapp.content import services as content
from studyapp.content.models import Revision
from studyapp.content.sections import SECTIONS
from studyapp.drills import queries, telling
from studyapp.drills.asking import NOTHING, Sent, asked, problems
from studyapp.drills.onward import onward
from studyapp.drills.queries import Place, Plan
from studyapp.drills.words import offered
from studyapp.memory import queries as memory_queries
from studyapp.memory.queries import After
from studyapp.questions.bodies import read_terms
from studyapp.questions.variants import shuffled
from studyapp.ui.meanings import Meanings
from studyapp.ui.timeline import kept

__all__ = ["asked", "done", "feedback", "offered", "problems", "question", "references", "runs"]


def question(
    student: User,
    plan: Plan,
    place: Place,
    revision: Revision,
    *,
    now: datetime,
    shown: Shown | None = None,
    sent: Sent = NOTHING,
) -> dict[str, Any]:
    """Context of the part `question`: the variant with a fresh token; or as it was `shown` before, with what was `sent`."""
    variant = revision.variant(place.seed)
    if shown is None:
        nonce = tokens.new_nonce()
        here = {"drill": plan.drill.pk, "position": place.position}
        shown = Shown(revision.pk, place.seed, shuffled(variant, nonce), str(student.pk), now, nonce, **here)
    return {**_frame(plan, place, revision), **asked(variant, shown, sent), "words": offered(revision.body, variant)}


def feedback(
    student: User, plan: Plan, place: Place, revision: Revision, *, attempt: Attempt, after: After | None, now: datetime
) -> dict[str, Any]:
    """Context of the part `feedback`: verdict, a reason for every option, the facts in play. One query, for a guest's last."""
    variant = revision.variant(attempt.seed)
    is_run = bool(revision.body.get("scenario"))
    told = telling.told(variant, attempt)
    offers_keeping = student.is_guest and plan.open_after(0) is None
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
        "after": after,
        "now": now,
        "today": timezone.localdate(now),
        "following": plan.open_after(place.position),
        "offers_keeping": offers_keeping,
        "next_due_at": memory_queries.next_due_at(student) if offers_keeping else None,
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
class Line:
    """A place of a drill that is over: the fact that was asked, and what became of it."""

    position: int
    name: str
    state: str


def done(student: User, plan: Plan, now: datetime) -> dict[str, Any]:
    """Context of the part `done`: what came of the drill, and when something is due again. Three queries."""
    names = queries.fact_names(plan)
    return {
        "drill": plan.drill,
        "states": plan.states,
        "right": plan.right,
        "answered": plan.answered,
        "todo": plan.states.count("todo"),
        "following": plan.open_after(0),
        "lines": [Line(place.position, names[place.revision_id], place.state) for place in plan.places],
        "back": queries.due_tomorrow(student, plan, now),
        "next_due_at": memory_queries.next_due_at(student),
        "offers_keeping": student.is_guest,
        "now": now,
    }


def plates(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The facts that an item rests on, the one whose memory it moves first, each with the address of its page."""
    facts = body["facts"]
    return [{"fact": facts[slug], "url": fact_url(slug)} for slug in body["item"]["facts"]]


def references(body: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What `{{ fact }}` in a reason stands for, and where its source is shown."""
    return {slug: {"text": fact["value_text"], "url": fact_url(slug)} for slug, fact in body["facts"].items()}


def meanings(body: Mapping[str, Any]) -> Meanings:
    """The references, and the words of the glossary that what is shown after the answer may mark."""
    return Meanings(references(body), read_terms(body.get("terms", {})), fact_url)


def fact_url(slug: str) -> str:
    return reverse("reference:fact", args=[slug])


def _frame(plan: Plan, place: Place, revision: Revision) -> dict[str, Any]:
    return {
        "drill": plan.drill,
        "place": place,
        "states": plan.states,
        "topic": SECTIONS[revision.item.section],
        "references": references(revision.body),
    }
