"""Writes: an answer is recorded once, and can be taken back."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Source, Withdrawal
from studyapp.attempts.tokens import Shown
from studyapp.content.models import Revision
from studyapp.questions.marking import mark
from studyapp.questions.variants import Variant


class AlreadyAnswered(ValueError):
    """The first response stands."""


class AlreadyWithdrawn(ValueError):
    """The attempt has been taken back before."""


class Occasion(TypedDict):
    """Where an answer was given: the asking room's id, the place in it, and its kind."""

    occasion: UUID
    position: int
    source: Source


def record(
    *,
    student: User,
    revision: Revision,
    shown: Shown,
    response: Collection[str],
    is_sure: bool,
    where: Occasion,
    now: datetime,
) -> Attempt:
    """Mark `response` to what `shown` showed, and keep it.

    Raises BadResponse for a response that the variant cannot have, AlreadyAnswered if this place has its response. One query.
    """
    variant = revision.variant(shown.seed)
    marked = mark(variant, response)
    attempt = Attempt(
        student=student,
        revision=revision,
        fact_id=revision.item.fact_id,
        seed=shown.seed,
        order=list(shown.order),
        response=sorted(set(response)),
        is_sure=is_sure,
        fraction=marked.fraction,
        parts=dict(marked.facts),
        characters=characters(variant),
        shown_id=shown.nonce,
        shown_at=min(shown.at, now),
        answered_at=now,
        **where,
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAnswered(f"place {where['position']} of {where['occasion']} has its response") from None
    return attempt


def characters(variant: Variant) -> int:
    """How much there is to read before answering."""
    texts = [variant.stem, *(option.text for option in variant.options), *(answer.text for answer in variant.answers)]
    return sum(map(len, texts))


@transaction.atomic
def withdraw(*, attempt: Attempt, now: datetime) -> Withdrawal:
    """Take an answer back. Raises AlreadyWithdrawn."""
    withdrawal, is_new = Withdrawal.objects.get_or_create(attempt=attempt, defaults={"at": now})
    if not is_new:
        raise AlreadyWithdrawn(f"attempt {attempt.pk} was withdrawn at {withdrawal.at:%Y-%m-%d %H:%M}")
    return withdrawal
