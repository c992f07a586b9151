"""What the exam's pages show: a question as it stands, the overview, the report, and a question with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from studyapp.attempts import telling
from studyapp.attempts.models import Attempt
from studyapp.attempts.references import meanings, plates, references
from studyapp.content import services as content
from studyapp.content.models import Revision
from studyapp.content.sections import SECTIONS
from studyapp.exams import queries
from studyapp.exams.clock import clock
from studyapp.exams.drafts import base_of
from studyapp.exams.models import SittingItem
from studyapp.exams.queries import Paper
from studyapp.exams.reporting import SHOWS, Line, Report, chosen, report
from studyapp.exams.spans import spoken
from studyapp.ui.timeline import kept

USUAL_S = 120
"""Two minutes a question: 130 for 65."""
WORDS = {"answered": "answered", "begun": "begun", "skipped": "skipped", "unseen": "not seen"}
FILTERS = {
    "all": "All",
    "wrong": "Wrong or open",
    "marked": "Marked",
    "unsure": "Not sure",
    "slow": "Over 2:00",
    "changed": "Changed",
}


@dataclass(frozen=True)
class Cell:
    """A place as the navigator shows it. `words` say its state in full."""

    position: int
    state: str
    is_marked: bool
    is_here: bool

    @property
    def words(self) -> str:
        is_open = self.is_here and self.state == "skipped"
        said = [
            "open" if is_open else WORDS[self.state],
            "marked" if self.is_marked else "",
            "you are here" if self.is_here else "",
        ]
        return ", ".join(each for each in said if each)


def question(
    paper: Paper, place: SittingItem, revision: Revision, *, now: datetime, problems: Sequence[str] = ()
) -> dict[str, Any]:
    """Context of the part `question`."""
    variant = revision.variant(place.seed)
    by_id = {option.id: option for option in variant.options}
    return {
        **saved(paper, place, now=now),
        "saved_at": place.answered_at,
        "cells": cells(paper, place.position),
        "stem": variant.stem,
        "references": references(revision.body),
        "options": [by_id[each] for each in place.order],
        "is_many": place.choose > 1,
        "problems": [{"text": text, "id": "options"} for text in problems],
        "back": place.position - 1,
        "following": place.position + 1 if place.position < len(paper.places) else 0,
    }


def saved(paper: Paper, place: SittingItem, *, now: datetime) -> dict[str, Any]:
    """Context of the part `saved`: what changes on the page of a question when its draft is kept."""
    return {
        "sitting": paper.sitting,
        "place": place,
        "paper": paper,
        "cell": _cell(place, place.position),
        "counts": _counts(paper, place.position),
        "clock": clock(paper.sitting, paper.answered, now),
        "saved_at": now,
        "base": base_of(place),
    }


def overview(paper: Paper, now: datetime) -> dict[str, Any]:
    """Context of the part `overview`: what is open and what is marked first."""
    return {
        "sitting": paper.sitting,
        "paper": paper,
        "cells": cells(paper, 0),
        "open": [_cell(place, 0) for place in paper.open],
        "marked": [_cell(place, 0) for place in paper.places if place.is_marked],
        "clock": clock(paper.sitting, paper.answered, now),
    }


def halted(paper: Paper, now: datetime) -> dict[str, Any]:
    """Context of the parts `paused` and `over`."""
    return {"sitting": paper.sitting, "paper": paper, "clock": clock(paper.sitting, paper.answered, now)}


def cells(paper: Paper, here: int) -> list[Cell]:
    return [_cell(place, here) for place in paper.places]


def told(paper: Paper, show: str) -> dict[str, Any]:
    """Context of the report; `show` is one of reporting.SHOWS. Two queries."""
    lines = _lines(paper)
    found = report(lines, USUAL_S)
    return {
        "sitting": paper.sitting,
        "report": found,
        "sections": [(SECTIONS[number], share) for number, share in found.sections.items()],
        "has_shares": any(share.interval for share in found.sections.values()),
        "spent": spoken(paper.sitting.spent(paper.sitting.submitted_at or paper.sitting.started_at).total_seconds()),
        "readouts": _readouts(found),
        "show": show,
        "filters": [(each, FILTERS[each], len(chosen(lines, each))) for each in SHOWS],
        "lines": chosen(lines, show),
        "drill_size": min(30, len(found.misses)),
    }


def answered(
    paper: Paper, place: SittingItem, revision: Revision, attempt: Attempt | None, now: datetime
) -> dict[str, Any]:
    """Context of a question of a sitting that is over: its options with their reasons."""
    variant = revision.variant(place.seed)
    given = attempt or _nothing(place)
    return {
        "sitting": paper.sitting,
        "place": place,
        "size": len(paper.places),
        "topic": SECTIONS[revision.item.section],
        "stem": variant.stem,
        "references": meanings(revision.body),
        **telling.told(variant, given),
        "is_right": given.is_right,
        "is_open": attempt is None,
        "left": _left(place),
        "belief": telling.belief(revision.body, variant, given),
        "can_run": bool(revision.body.get("scenario")),
        "plates": plates(revision.body),
        "today": timezone.localdate(now),
        "took": spoken(place.seconds),
        "back": place.position - 1,
        "following": place.position + 1 if place.position < len(paper.places) else 0,
    }


def run(revision: Revision, place: SittingItem) -> dict[str, Any]:
    """Context of the part `run`: the key's run, and that of what was chosen where it is another one."""
    found = content.runs(revision, place.seed, place.response)
    if found is None:
        return {
            "picture": None,
            "note": "This question is from before a change of the simulator: its run cannot be shown.",
        }
    return {"picture": kept(found.key, found.chosen, found.asks), "note": found.note}


def _cell(place: SittingItem, here: int) -> Cell:
    return Cell(place.position, place.state, place.is_marked, place.position == here)


def _counts(paper: Paper, here: int) -> str:
    skipped = sum(place.is_seen and not place.is_answered and place.position != here for place in paper.places)
    said = [f"{paper.answered} answered", f"{paper.marked} marked", f"{skipped} skipped"]
    return ", ".join(said)


def _lines(paper: Paper) -> list[Line]:
    names, attempts = queries.names(paper.places), queries.attempts(paper.sitting)
    return [_line(place, names[place.revision_id], attempts.get(place.position)) for place in paper.places]


def _line(place: SittingItem, named: queries.Named, attempt: Attempt | None) -> Line:
    return Line(
        position=place.position,
        section=named.section,
        name=named.name,
        fact=named.fact,
        is_right=attempt.is_right if attempt else None,
        is_sure=place.is_sure,
        is_marked=place.is_marked,
        seconds=place.seconds,
        is_changed=place.is_changed,
        was_right=place.is_first_right,
        is_slow=place.seconds > USUAL_S,
    )


def _readouts(found: Report) -> list[dict[str, Any]]:
    """What a sitting came to, each figure with what it is against."""
    whole, times = found.whole, found.times
    between = whole.interval
    middle = spoken(times.median) if times.median else "none"
    return [
        {
            "label": "Right",
            "value": f"{whole.percent}\u00a0%" if whole.percent is not None else f"{whole.right}",
            "against": f"90 % interval {between[0]} to {between[1]}\u00a0%, {whole.of} questions"
            if between
            else f"of {whole.of}",
        },
        {"label": "Median time", "value": middle, "against": f"a question, against {spoken(times.usual)}"},
        {"label": "Sure", "value": f"{found.sure.right}", "against": f"right, of {found.sure.of} you were sure of"},
        {
            "label": "Changed",
            "value": f"{found.changes.total}",
            "against": f"answers, {found.changes.wrong_to_right} to right",
        },
    ]


def _left(place: SittingItem) -> str:
    """How a question without a whole response stood at the end."""
    if not place.response:
        return "You left it open."
    return f"You had chosen {len(place.response)} where {place.choose} were asked for: it counts as open."


def _nothing(place: SittingItem) -> Attempt:
    """What an unanswered place shows with: no response. It is not saved."""
    return Attempt(seed=place.seed, order=place.order, response=[], fraction=0)
