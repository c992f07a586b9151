"""Reads: what would be recalled now, and what was done and comes due on which days.

Every page of Progress reads daily counts, never a history; None for who has nothing yet. See also `ideas` and `results`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from studyapp.accounts.models import User
from studyapp.content.models import Fact
from studyapp.content.sections import SECTIONS
from studyapp.memory import daily
from studyapp.memory.counting import total
from studyapp.memory.held import memories_of
from studyapp.memory.models import Card, Forecast
from studyapp.memory.queries import goal_of
from studyapp.progress import charts, words
from studyapp.progress.reading import diary, recalls
from studyapp.progress.reading.diary import Diary, Pace
from studyapp.progress.reading.recalls import Recall
from studyapp.scheduling.days import study_day
from studyapp.scheduling.fsrs6 import Memory
from studyapp.ui.pictures.dots import Dot
from studyapp.ui.pictures.shapes import Picture

MOST_FADING = 6


@dataclass(frozen=True)
class Held:
    """The course's facts in one mind: section, name and memory of each, by slug."""

    sections: dict[str, int]
    names: dict[str, str]
    memories: dict[str, Memory | None]


def held(student: User) -> Held:
    """Two queries."""
    cards = memories_of(student)
    facts = list(Fact.objects.current().order_by("section", "position").values_list("pk", "slug", "name", "section"))
    return Held(
        sections={slug: section for _, slug, _, section in facts},
        names={slug: name for _, slug, name, _ in facts},
        memories={slug: cards.get(pk) for pk, slug, _, _ in facts},
    )


@dataclass(frozen=True)
class Shelf:
    """A section: what would be recalled of it now, and when it falls below the retention."""

    number: int
    title: str
    recall: Recall
    falls: str
    dot: Dot


@dataclass(frozen=True)
class Fading:
    """A fact that has fallen below the retention."""

    slug: str
    name: str
    percent: str


@dataclass(frozen=True)
class RecallPage:
    """`retention`: the chance of recall at which a fact comes back, as "90 %". `score`: today's or the latest forecast."""

    whole: Recall
    retention: str
    shelves: tuple[Shelf, ...]
    fading: tuple[Fading, ...]
    score: Forecast | None
    today: date

    @property
    def score_text(self) -> str:
        return words.percent(self.score.now_share) if self.score else ""

    @property
    def score_against(self) -> str:
        """Its interval, and how many answers it rests on. "" without one."""
        if self.score is None:
            return ""
        return f"{words.span(self.score.now_low, self.score.now_high)}, {self.score.answers:,} answers"


def recall_page(student: User | None, now: datetime) -> RecallPage | None:
    """Four queries."""
    if student is None or not (known := held(student)).memories:
        return None
    retention, today = goal_of(student).retention, study_day(now, student.zone)
    whole = recalls.recall(known.memories.values(), now, retention)
    if not whole.met:
        return None
    fading = recalls.fading(known.memories, now, retention, MOST_FADING)
    return RecallPage(
        whole=whole,
        retention=words.percent(retention),
        shelves=tuple(_shelves(known, now, retention, today)),
        fading=tuple(Fading(slug, known.names[slug], words.fallen_to(share)) for slug, share in fading),
        score=Forecast.objects.of(student).filter(occasion=None).order_by("-made_at").first(),
        today=today,
    )


def _shelves(known: Held, now: datetime, retention: float, today: date) -> Iterable[Shelf]:
    by_section: dict[int, list[Memory | None]] = {}
    for slug, memory in known.memories.items():
        by_section.setdefault(known.sections[slug], []).append(memory)
    for number, title in SECTIONS.items():
        if facts := by_section.get(number):
            recall = recalls.recall(facts, now, retention)
            falls = words.falls(recall.falls_in, today)
            yield Shelf(number, title, recall, falls, charts.of_recall(recall, retention))


@dataclass(frozen=True)
class Timed:
    """How long a section's questions took. No dot under ten answers."""

    title: str
    pace: Pace
    dot: Dot | None


@dataclass(frozen=True)
class DaysPage:
    diary: Diary
    calendar: Picture
    due: int
    ahead: Picture
    times: tuple[Timed, ...]


def days_page(student: User | None, now: datetime) -> DaysPage | None:
    """Three queries."""
    if student is None:
        return None
    days, today = daily.days(student, now), study_day(now, student.zone)
    loads = diary.coming(_due(student), today)
    if not days and not any(loads):
        return None
    paces = diary.paces(total(days.values(), ("sections",)).sections)
    return DaysPage(
        diary=diary.diary(days, today, daily.WINDOW),
        calendar=charts.calendar(days, today),
        due=sum(loads),
        ahead=charts.ahead(loads, today),
        times=tuple(Timed(SECTIONS[pace.section], pace, charts.of_pace(pace)) for pace in paces),
    )


def _due(student: User) -> Iterable[date]:
    """The study day on which each card that is in play may be asked again. One query."""
    cards = Card.objects.of(student).filter(is_suspended=False, fact__retired_at=None)
    zone = student.zone
    for due_at, buried_until in cards.values_list("due_at", "buried_until"):
        yield study_day(max(due_at, buried_until or due_at), zone)
