"""Writes: a newcomer's first answer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac

from studyapp.accounts import services as accounts
from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import Shown
from studyapp.content.models import Revision
from studyapp.drills import services as drills
from studyapp.drills.models import Drill
from studyapp.drills.queries import Place


@dataclass(frozen=True)
class Begun:
    """A newcomer's row, their drill of five, and where in it they are."""

    student: User
    drill: Drill
    attempt: Attempt


def browser(request: HttpRequest) -> str:
    """The mark of an anonymous browser: the same as long as it keeps its CSRF cookie, and unknown to everybody else."""
    get_token(request)
    return "browser " + salted_hmac("home.first", request.META["CSRF_COOKIE"]).hexdigest()[:24]


@transaction.atomic
def begin(*, user: User | None, revision: Revision, shown: Shown, response: Collection[str], now: datetime) -> Begun:
    """Record the answer to the first question; make a guest for somebody without a row, and lay out four more questions.

    Raises BadResponse; AlreadyAnswered if this page was answered before. Then nothing is kept.
    """
    student = user or accounts.make_guest(now)
    drill = drills.open_newcomer(student=student, first=revision, seed=shown.seed, now=now)
    here = replace(shown, drill=drill.pk, position=1)
    place = Place(1, revision.pk, shown.seed, "todo")
    attempt, _ = drills.answer(
        student=student,
        drill=drill,
        place=place,
        revision=revision,
        shown=here,
        response=response,
        is_sure=False,
        now=now,
    )
    return Begun(student, drill, attempt)
