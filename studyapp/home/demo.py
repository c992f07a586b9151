"""Demo people: an instructor and six students with three weeks of answers, so that every page has something to show.

The answers are given through the same services as anybody's, at moments of the last three weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from secrets import token_urlsafe

from django.db import transaction

from studyapp.accounts import services as accounts
from studyapp.accounts.models import Role, User
from studyapp.attempts.tokens import Shown
from studyapp.content.models import Blueprint, Revision
from studyapp.drills import queries, services
from studyapp.drills.models import Drill, DrillKind
from studyapp.drills.queries import Place
from studyapp.drills.services import NothingToAsk, Scope
from studyapp.exams import services as exams
from studyapp.memory import goals
from studyapp.memory.models import Exam
from studyapp.questions.marking import mark
from studyapp.questions.variants import PAIRED, Variant, shuffled
from studyapp.scheduling.days import study_day

INSTRUCTOR = "Demo instructor"
# Name, chance of knowing an answer, share of evenings that they study.
STUDENTS = (
    ("Ana", 0.9, 0.8),
    ("Bo", 0.55, 0.5),
    ("Chen", 0.75, 0.95),
    ("Dara", 0.65, 0.35),
    ("Eli", 0.45, 0.6),
    ("Femi", 0.82, 0.45),
)
DAYS = 21
CANDIDATE, EXAM_IN_DAYS, MOCK_SIZE, MOCK_DAYS_AGO = "Chen", 18, 20, 5
"""Who has an exam before them, and has sat a mock."""


@dataclass(frozen=True)
class DemoPerson:
    name: str
    password: str


def exist() -> bool:
    return User.objects.named(INSTRUCTOR).exists()


def make(now: datetime) -> Iterator[DemoPerson]:
    """Make them one by one, each whole, with random passwords that are known to nobody else."""
    with transaction.atomic():
        instructor, password = _person(INSTRUCTOR, now - timedelta(days=DAYS))
        instructor.role = Role.INSTRUCTOR
        instructor.save(update_fields=["role"])
        yield DemoPerson(INSTRUCTOR, password)
    for name, knows, studies in STUDENTS:
        with transaction.atomic():
            student, password = _person(name, now - timedelta(days=DAYS))
            _study(student, knows, studies, now)
        yield DemoPerson(name, password)


def _person(name: str, since: datetime) -> tuple[User, str]:
    password = token_urlsafe(9)
    return accounts.claim(guest=None, name=name, password=password, now=since).user, password


def _study(student: User, knows: float, studies: float, now: datetime) -> None:
    lot = Random(f"demo {student.name}")  # noqa: S311 - a story, not a secret
    if student.name == CANDIDATE:
        on = study_day(now, student.zone) + timedelta(days=EXAM_IN_DAYS)
        goals.set_date(student=student, exam=Exam.DVA_C03, exam_on=on, now=now - timedelta(days=DAYS))
    for days_ago in range(DAYS, 0, -1):
        if lot.random() < studies:
            evening = now - timedelta(days=days_ago, minutes=lot.randint(0, 90))
            _drill(student, knows, evening, lot)
        if student.name == CANDIDATE and days_ago == MOCK_DAYS_AGO:
            _mock(student, knows, now - timedelta(days=days_ago, minutes=100), lot)


def _mock(student: User, knows: float, at: datetime, lot: Random) -> None:
    """A whole sitting, handed in with its last question open."""
    blueprint = Blueprint.objects.current().get()
    terms = exams.Terms(MOCK_SIZE, is_strict=True, time_factor=1)
    sitting = exams.begin(student=student, blueprint=blueprint, terms=terms, now=at)
    for place in sitting.items.select_related("revision").order_by("position")[: MOCK_SIZE - 1]:
        at += timedelta(seconds=lot.randint(20, 100))
        response = _response(place.revision.variant(place.seed), lot, knows=lot.random() < knows)
        draft = exams.Draft(response=tuple(response), is_sure=lot.random() < knows)
        exams.save(
            student=student,
            sitting_id=sitting.pk,
            position=place.position,
            draft=draft,
            turn_to=place.position + 1,
            now=at,
        )
    exams.hand_in(sitting_id=sitting.pk, now=at + timedelta(seconds=30))


def _drill(student: User, knows: float, at: datetime, lot: Random) -> None:
    scope = Scope(DrillKind.PLAN, "Today")
    try:
        drill = services.open_on(student=student, scope=scope, size=lot.randint(4, 12), now=at)
    except NothingToAsk:
        return
    plan = queries.plan(student, drill.pk)
    for place in plan.places if plan else ():
        at += timedelta(seconds=lot.randint(12, 75))
        _answer(student, drill, place, at, knows=lot.random() < knows, lot=lot)


def _answer(student: User, drill: Drill, place: Place, at: datetime, *, knows: bool, lot: Random) -> None:
    revision = queries.revision_of(place)
    services.answer(
        student=student,
        drill=drill,
        place=place,
        revision=revision,
        shown=_shown(student, drill, place, revision, at - timedelta(seconds=lot.randint(8, 60))),
        response=_response(revision.variant(place.seed), lot, knows=knows),
        is_sure=lot.random() < (0.6 if knows else 0.25),
        now=at,
    )


def _shown(student: User, drill: Drill, place: Place, revision: Revision, at: datetime) -> Shown:
    nonce = token_urlsafe(16)
    order = shuffled(revision.variant(place.seed), nonce)
    return Shown(revision.pk, place.seed, order, str(student.pk), at, nonce, drill=drill.pk, position=place.position)


def _response(variant: Variant, lot: Random, *, knows: bool) -> list[str]:
    """What somebody gives who knows the answer, or who makes one slip."""
    if variant.kind == "numeric":
        return [variant.key_text if knows else _wrong_number(variant, lot)]
    if knows:
        return sorted(variant.key)
    if variant.kind == "ordering":
        return _two_swapped(variant, lot)
    if variant.kind in PAIRED:
        return _one_mistaken(variant, lot)
    return lot.sample([option.id for option in variant.options if option.id not in variant.key], variant.choose)


def _wrong_number(variant: Variant, lot: Random) -> str:
    slips = [option.text for option in variant.options if option.id not in variant.key]
    others = [number for number in ("7", "8") if not mark(variant, [number]).is_right]
    return lot.choice(slips or others)


def _two_swapped(variant: Variant, lot: Random) -> list[str]:
    places, steps = zip(*(each.split(":") for each in sorted(variant.key)), strict=True)
    order = list(steps)
    one, other = lot.sample(range(len(order)), 2)
    order[one], order[other] = order[other], order[one]
    return [f"{place}:{step}" for place, step in zip(places, order, strict=True)]


def _one_mistaken(variant: Variant, lot: Random) -> list[str]:
    pairs = dict(each.split("=") for each in sorted(variant.key))
    line = lot.choice(list(pairs))
    pairs[line] = lot.choice([answer.id for answer in variant.answers if answer.id != pairs[line]])
    return [f"{line}={answer}" for line, answer in pairs.items()]
