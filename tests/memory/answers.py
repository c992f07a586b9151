"""Attempts on the real course, as any room makes them, without the room."""

from datetime import datetime, timedelta
from uuid import uuid4

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Source
from studyapp.attempts.services import Extras, Occasion, record
from studyapp.attempts.tokens import Shown, new_nonce
from studyapp.content.models import Fact, Item
from studyapp.questions.variants import shuffled
from tests.conftest import NOW
from tests.drills.responses import response_of


def an_attempt(
    student: User,
    fact: Fact,
    *,
    is_right: bool = True,
    is_sure: bool = False,
    hints: tuple[str, ...] = (),
    source: Source = Source.DRILL,
    took: timedelta = timedelta(seconds=20),
    now: datetime = NOW,
) -> Attempt:
    """An answer to the fact's first question of its own, recorded and not yet learnt."""
    item = Item.objects.current().filter(fact=fact, kind__in=("recall", "fix", "predict")).order_by("pk").first()
    assert item is not None
    revision = item.revision
    assert revision is not None
    variant = revision.variant(revision.seeds[0])
    nonce = new_nonce()
    shown = Shown(revision.pk, variant.seed, shuffled(variant, nonce), str(student.pk), now - took, nonce)
    return record(
        student=student,
        revision=revision,
        shown=shown,
        response=response_of(variant, right=is_right),
        is_sure=is_sure,
        where=Occasion(occasion=uuid4(), position=1, source=source),
        extras=Extras(hints=hints),
        now=now,
    )
