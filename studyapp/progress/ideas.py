"""Reads: clues, what was taken for what, and wrong ideas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Belief, Clue, Scenario
from studyapp.memory import daily
from studyapp.memory.counting import total
from studyapp.memory.queries import goal_of
from studyapp.progress import charts, guide, words
from studyapp.progress.queries import Held, held
from studyapp.progress.reading import confusions, convictions, recalls
from studyapp.progress.reading.confusions import Matrix, Phrase
from studyapp.progress.reading.convictions import Conviction
from studyapp.progress.reading.recalls import Recall
from studyapp.scheduling.days import begins, study_day
from studyapp.ui.pictures.dots import Dot

MOST_PAIRS = 6


@dataclass(frozen=True)
class ClueLine:
    """A clue: what would be recalled now of its fact and those that it rests on."""

    phrase: Phrase
    recall: Recall
    falls: str
    dot: Dot


@dataclass(frozen=True)
class Domain:
    """A domain of the exam's guide: how many of the course's clues name it, how many of these are met, their facts' recall."""

    code: str
    title: str
    weight: int
    clues: int
    met: int
    facts: tuple[str, ...]
    recall: Recall
    dot: Dot


@dataclass(frozen=True)
class Swapped:
    """Two facts that no clue stands for, one taken for the other. `times` in words."""

    asked: str
    given: str
    facts: tuple[str, str]
    times: str


@dataclass(frozen=True)
class Misled:
    """A wrong idea behind wrong answers at a clue."""

    clue: str
    phrase: str
    says: str
    times: str


@dataclass(frozen=True)
class CluesPage:
    """`exam` is the student's own, "" without one; `guide` the one by whose domains it is seen."""

    whole: Recall
    retention: str
    clues: tuple[ClueLine, ...]
    matrix: Matrix
    swapped: tuple[Swapped, ...]
    misled: tuple[Misled, ...]
    exam: str
    guide: str
    domains: tuple[Domain, ...]


def clues_page(student: User | None, now: datetime) -> CluesPage | None:
    """Eight queries; seven where no wrong idea was held at a clue."""
    if student is None:
        return None
    days, known = daily.part(student, now, "mistaken"), held(student)
    if not days and not any(known.memories.values()):
        return None
    phrases, goal = _phrases(), goal_of(student)
    today, retention = study_day(now, student.zone), goal.retention
    matrix = confusions.matrix(total(days.values(), ("mistaken",)).mistaken, phrases)
    facts = [slug for phrase in phrases for slug in phrase.facts]
    name, _ = guide.of(goal.exam)
    return CluesPage(
        whole=recalls.of(facts, known.memories, now, retention),
        retention=words.percent(retention),
        clues=tuple(_line(phrase, known, now, retention, today) for phrase in phrases),
        matrix=matrix,
        swapped=tuple(_swapped(matrix, known)),
        misled=_misled(student, phrases, today),
        exam=goal.exam,
        guide=name,
        domains=tuple(_domains(goal.exam, phrases, known, now, retention)),
    )


def _phrases() -> tuple[Phrase, ...]:
    """The clues in the order of the course. One query."""
    clues = Clue.objects.filter(retired_at=None).order_by("row__position")
    rows = clues.values_list("slug", "row__number", "phrase", "fact__slug", "rests_on", "objectives")
    return tuple(
        Phrase(slug, number, phrase, tuple(dict.fromkeys([fact, *rests_on])), tuple(objectives))
        for slug, number, phrase, fact, rests_on, objectives in rows
    )


def _line(phrase: Phrase, known: Held, now: datetime, retention: float, today: date) -> ClueLine:
    recall = recalls.of(phrase.facts, known.memories, now, retention)
    return ClueLine(phrase, recall, words.falls(recall.falls_in, today), charts.of_recall(recall, retention))


def _swapped(matrix: Matrix, known: Held) -> Iterable[Swapped]:
    pairs = [pair for pair in matrix.pairs if pair.asked in known.names and pair.given in known.names]
    for pair in pairs[:MOST_PAIRS]:
        yield Swapped(
            known.names[pair.asked], known.names[pair.given], (pair.asked, pair.given), words.times(pair.times)
        )


def _misled(student: User, phrases: Sequence[Phrase], today: date) -> tuple[Misled, ...]:
    """The wrong ideas behind the last year's wrong answers at clues, the most frequent first. Two queries; one if none."""
    since = begins(today - timedelta(days=daily.WINDOW - 1), student.zone)
    given = Attempt.objects.of(student).standing().filter(~Q(belief=""), answered_at__gte=since)
    at_clues = given.filter(revision__item__clue__isnull=False).order_by()
    counted = list(at_clues.values_list("revision__item__clue__slug", "belief").annotate(times=Count("pk")))
    says = dict(Belief.objects.filter(slug__in={row[1] for row in counted}).values_list("slug", "says"))
    names = {phrase.slug: phrase.phrase for phrase in phrases}
    known = [row for row in counted if row[0] in names and row[1] in says]
    known.sort(key=lambda row: (-row[2], row[0], row[1]))
    return tuple(Misled(clue, names[clue], says[idea], words.times(n)) for clue, idea, n in known[:MOST_PAIRS])


def _domains(exam: str, phrases: Sequence[Phrase], known: Held, now: datetime, retention: float) -> Iterable[Domain]:
    name, domains = guide.of(exam)
    for code, (title, weight) in domains.items():
        naming = [phrase for phrase in phrases if f"{name} {code}" in phrase.objectives]
        facts = tuple(dict.fromkeys(slug for phrase in naming for slug in phrase.facts if slug in known.memories))
        recall = recalls.of(facts, known.memories, now, retention)
        met = sum(known.memories.get(phrase.facts[0]) is not None for phrase in naming)
        dot = charts.of_recall(recall, retention)
        yield Domain(code, title, weight, len(naming), met, facts, recall, dot)


@dataclass(frozen=True)
class Run:
    """A demo of the lab that shows what would be so if a wrong idea were right."""

    slug: str
    title: str


@dataclass(frozen=True)
class Idea:
    """A wrong idea that was held. `facts`: slugs of those that refute it. `story`: how often it was held and resisted, and when."""

    slug: str
    says: str
    tempts: str
    conviction: Conviction
    facts: tuple[str, ...]
    run: Run | None
    story: str


@dataclass(frozen=True)
class BeliefsPage:
    held: tuple[Idea, ...]
    given_up: tuple[Idea, ...]


def beliefs_page(student: User | None, now: datetime) -> BeliefsPage | None:
    """Four queries; two where no wrong idea was ever held."""
    if student is None or not (days := daily.part(student, now, "beliefs")):
        return None
    today = study_day(now, student.zone)
    found = convictions.convictions(days)
    ideas = _ideas(found, today) if found else ()
    return BeliefsPage(
        held=tuple(idea for idea in ideas if not idea.conviction.is_given_up),
        given_up=tuple(idea for idea in ideas if idea.conviction.is_given_up),
    )


def _ideas(found: Sequence[Conviction], today: date) -> tuple[Idea, ...]:
    """In the order of `found`; what the course does not know any more is left out. Two queries."""
    beliefs = {belief.slug: belief for belief in Belief.objects.filter(slug__in=[each.belief for each in found])}
    runs = _runs()
    return tuple(
        Idea(
            slug=each.belief,
            says=beliefs[each.belief].says,
            tempts=beliefs[each.belief].tempts,
            conviction=each,
            facts=tuple(beliefs[each.belief].body.get("refuted_by") or ()),
            run=runs.get(each.belief) if beliefs[each.belief].body.get("patch") else None,
            story=_story(each, today),
        )
        for each in found
        if each.belief in beliefs
    )


def _story(each: Conviction, today: date) -> str:
    held = f"Held {words.times(each.held)}, last on {words.day(each.last, today)}."
    if not each.resisted:
        return f"{held} Not resisted since."
    resisted = f"{held} Resisted {words.times(each.resisted)} since"
    return (
        f"{resisted}, on a second day on {words.day(each.given_up_on, today)}." if each.given_up_on else f"{resisted}."
    )


def _runs() -> dict[str, Run]:
    """The first demo of the lab that is contrasted with each belief. One query."""
    demos = Scenario.objects.current().exclude(contrasts=[]).order_by("-position")
    rows = demos.values_list("slug", "title", "contrasts")
    return {belief: Run(slug, title) for slug, title, contrasts in rows for belief in contrasts}
