"""What the drill's pages show: a question's options in the order shown, or the answered ones with their verdicts."""

from collections.abc import Iterable, Mapping
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
from studyapp.drills import queries
from studyapp.drills.queries import Place, Plan
from studyapp.memory import queries as memory_queries
from studyapp.memory.queries import After
from studyapp.questions.variants import Shown as Option
from studyapp.questions.variants import Variant, shuffled
from studyapp.ui.timeline import picture


@dataclass(frozen=True)
class Answered:
    """An option after the answer. `verdict`: key, miss, other, or hit for the key when it was chosen."""

    id: str
    text: str
    why: str
    verdict: str
    letter: str


def question(
    student: User, plan: Plan, place: Place, revision: Revision, *, now: datetime, shown: Shown | None = None
) -> dict[str, Any]:
    """Context of the part `question`: the variant with a fresh token, or as it was `shown` before."""
    variant = revision.variant(place.seed)
    if shown is None:
        nonce = tokens.new_nonce()
        here = {"drill": plan.drill.pk, "position": place.position}
        shown = Shown(revision.pk, place.seed, shuffled(variant, nonce), str(student.pk), now, nonce, **here)
    return {**_frame(plan, place, revision), **asked(variant, shown)}


def asked(variant: Variant, shown: Shown) -> dict[str, Any]:
    """Stem and options of a variant in the order shown, and the token that says so."""
    by_id = {option.id: option for option in variant.options}
    return {
        "token": tokens.write(shown),
        "stem": variant.stem,
        "options": [by_id[each] for each in shown.order],
        "choose": variant.choose,
        "is_many": variant.choose > 1,
    }


def feedback(
    student: User, plan: Plan, place: Place, revision: Revision, *, attempt: Attempt, after: After | None, now: datetime
) -> dict[str, Any]:
    """Context of the part `feedback`: verdict, a reason for every option, the facts in play. One query, for a guest's last."""
    variant = revision.variant(attempt.seed)
    by_id = {option.id: option for option in variant.options}
    options = [
        _answered(by_id[each], letter, variant, attempt)
        for each, letter in zip(attempt.order, "ABCDEFGH", strict=False)
    ]
    offers_keeping = student.is_guest and plan.open_after(0) is None
    return {
        **_frame(plan, place, revision),
        "stem": variant.stem,
        "options": options,
        "is_right": attempt.is_right,
        "says": _says(options, revision.body["item"]),
        "belief": _belief(revision.body, by_id, attempt),
        "can_run": bool(revision.body.get("scenario")),
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
    drawn = picture(told.key, other=told.chosen, asks=told.asks)
    return {"picture": drawn, "note": told.note}


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


def problems(texts: Iterable[str]) -> list[dict[str, str]]:
    """What the summary of errors lists; each entry leads to the options."""
    return [{"text": text, "id": "options"} for text in texts]


def references(body: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What `{{ fact }}` in a reason stands for, and where its source is shown."""
    return {slug: {"text": fact["value_text"], "url": fact_url(slug)} for slug, fact in body["facts"].items()}


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


def _answered(option: Option, letter: str, variant: Variant, attempt: Attempt) -> Answered:
    is_key, is_chosen = option.id in variant.key, option.id in attempt.response
    verdict = ("hit" if is_chosen else "key") if is_key else ("miss" if is_chosen else "other")
    return Answered(option.id, option.text, option.why, verdict, letter)


def _says(options: Iterable[Answered], item: Mapping[str, Any]) -> str:
    """After Right or Not quite: where to look."""
    keys = [option.letter for option in options if option.verdict in ("key", "hit")]
    if any(option.verdict == "miss" for option in options):
        return f"The answer is {' and '.join(keys)}."
    return "Checked by simulation." if item["kind"] in ("fix", "predict") else ""


def _belief(body: Mapping[str, Any], by_id: Mapping[str, Option], attempt: Attempt) -> Mapping[str, Any] | None:
    """The wrong idea behind the option chosen, if it names one."""
    for each in attempt.response:
        slug = by_id[each].belief
        if slug and not attempt.is_right:
            belief: Mapping[str, Any] | None = body["beliefs"].get(slug)
            return belief
    return None
