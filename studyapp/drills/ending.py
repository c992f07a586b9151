"""What the end of a drill shows: what came of each question; with the reasons, where they were kept back until then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts import telling
from studyapp.attempts.models import Attempt
from studyapp.attempts.references import references
from studyapp.drills import beside, queries
from studyapp.drills.models import Feedback
from studyapp.drills.queries import Plan
from studyapp.drills.ruler import ticks
from studyapp.memory import queries as memory_queries


@dataclass(frozen=True)
class Line:
    """A place of a drill that is over: the fact that was asked, and what became of it. `told` is the question with its reasons,
    where they come at the end."""

    position: int
    name: str
    state: str
    told: Mapping[str, Any] | None = None


def done(student: User, plan: Plan, now: datetime) -> dict[str, Any]:
    """Context of the part `done`: what came of the drill, and when something is due again. Three queries, and one where the
    reasons come at the end."""
    names, ruler = queries.fact_names(plan), ticks(plan)
    told = _told_at_the_end(plan)
    return {
        "drill": plan.drill,
        "ticks": ruler,
        "is_veiled": plan.is_veiled,
        "right": plan.right,
        "answered": plan.answered,
        "todo": plan.states.count("todo"),
        "following": plan.open_after(0),
        "lines": [
            Line(place.position, names[place.revision_id], tick.state, told.get(place.position))
            for place, tick in zip(plan.places, ruler, strict=True)
        ],
        "back": queries.due_tomorrow(student, plan, now),
        "next_due_at": memory_queries.next_due_at(student),
        "offers_keeping": student.is_guest
        and not plan.is_veiled,  # it says when a fact comes back: what was missed, tomorrow
        "whole": "done",
        "now": now,
    }


def _told_at_the_end(plan: Plan) -> dict[int, Mapping[str, Any]]:
    """The answered questions of a drill that keeps its feedback back, by place. None before the last answer."""
    if plan.drill.feedback != Feedback.END or plan.is_veiled:
        return {}
    return {position: _told(attempt) for position, attempt in beside.answers_of(plan.drill).items()}


def _told(attempt: Attempt) -> dict[str, Any]:
    body, variant = attempt.asked.body, attempt.asked.variant(attempt.seed)
    told = {"stem": variant.stem, "references": references(body), "belief": telling.belief(body, variant, attempt)}
    return told | telling.told(variant, attempt)
