"""Writes: an answer is recorded once, and can be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from studyapp.accounts.models import User
from studyapp.attempts.ideas import behind
from studyapp.attempts.models import Attempt, Flaw, Miss, Reason, Report, Source, Withdrawal
from studyapp.attempts.tokens import Prompt, Shown
from studyapp.content.models import Fact, Revision
from studyapp.questions.marking import mark
from studyapp.questions.variants import Variant


class AlreadyAnswered(ValueError):
    """The first response stands."""


class AlreadyWithdrawn(ValueError):
    """The attempt has been taken back before."""


class NotMissed(ValueError):
    """A right answer has no reason why it was missed."""


@dataclass(frozen=True)
class Extras:
    """What went on before an answer: hints taken, option ids struck out, and the browser's own measure of the time."""

    hints: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    device_ms: int | None = None


NOTHING_ELSE = Extras()


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
    extras: Extras = NOTHING_ELSE,
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
        fact=revision.item.fact,
        seed=shown.seed,
        order=list(shown.order),
        response=sorted(set(response)),
        is_sure=is_sure,
        fraction=marked.fraction,
        parts=dict(marked.facts),
        hints=list(extras.hints),
        struck=sorted(set(extras.struck) & {option.id for option in variant.options}),
        device_ms=extras.device_ms,
        **behind(variant, response, is_right=marked.is_right),
        characters=characters(variant),
        shown_id=shown.nonce,
        shown_at=min(shown.at, now),
        answered_at=now,
        **where,
    )
    return _kept(attempt, f"place {where['position']} of {where['occasion']} has its response")


def record_prediction(
    *,
    student: User,
    fact: Fact,
    question: str,
    predicted: str,
    is_sure: bool,
    is_right: bool,
    seed: int,
    shown: Prompt,
    now: datetime,
) -> Attempt:
    """Keep what somebody predicted of a run, and whether it came so. `predicted` is empty for "I don't know".

    Raises AlreadyAnswered if `shown` has its prediction. One query.
    """
    attempt = Attempt(
        student=student,
        fact=fact,
        seed=seed,
        order=[],
        response=[predicted] if predicted else [],
        is_sure=is_sure,
        fraction=float(is_right),
        characters=len(question),
        source=Source.LAB,
        occasion=uuid4(),
        position=1,
        shown_id=shown.nonce,
        shown_at=min(shown.at, now),
        answered_at=now,
    )
    return _kept(attempt, f"{shown.nonce} has its prediction")


def _kept(attempt: Attempt, otherwise: str) -> Attempt:
    """Saved once. Raises AlreadyAnswered, which says `otherwise`."""
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAnswered(otherwise) from None
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
    Miss.objects.filter(attempt=attempt).delete()
    return withdrawal


def explain(*, attempt: Attempt, reason: Reason, now: datetime) -> Miss:
    """Keep why the student says they missed it; said again, the new reason stands. Raises NotMissed for a right answer."""
    if attempt.is_right:
        raise NotMissed(f"attempt {attempt.pk} is right")
    miss, _ = Miss.objects.update_or_create(attempt=attempt, defaults={"reason": reason, "at": now})
    return miss


def report(
    *,
    student: User,
    revision: Revision,
    seed: int,
    order: Sequence[str],
    response: Collection[str] | None,
    flaw: Flaw,
    words: str = "",
    now: datetime,
) -> Report:
    """Keep what a student says is wrong with a question: `response` is what they gave, None before the answer. One query."""
    return Report.objects.create(
        student=student,
        revision=revision,
        seed=seed,
        order=list(order),
        response=None if response is None else sorted(response),
        flaw=flaw,
        words=words.strip(),
        at=now,
    )


def close(*, report: Report, now: datetime) -> Report:
    """Somebody who writes questions has seen to it. Closed again, the first time stands."""
    if report.closed_at is None:
        report.closed_at = now
        report.save(update_fields=["closed_at"])
    return report
