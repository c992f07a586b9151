from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from studyapp.memory.models import Card
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn

pytestmark = pytest.mark.django_db


def rebuild(*names: str) -> str:
    out = StringIO()
    call_command("rebuild_cards", *names, stdout=out)
    return out.getvalue()


def spoil() -> None:
    Card.objects.update(stability=1, difficulty=1, reviewed_at=NOW, due_at=NOW)


class TestRebuildCards:
    def test_mends_everybodys_guests_included(self):
        for student in (UserFactory(), GuestFactory()):
            learn(student, a_fact())
        kept = list(Card.objects.order_by("pk").values())
        spoil()

        assert "2 card(s) of 2 person(s)" in rebuild()
        assert list(Card.objects.order_by("pk").values()) == kept

    def test_mends_one_persons_and_leaves_the_others(self):
        one, other = UserFactory(), UserFactory()
        for student in (one, other):
            learn(student, a_fact())
        spoil()

        assert "1 card(s) of 1 person(s)" in rebuild(one.name)
        assert Card.objects.get(student=other).stability == 1

    def test_mends_those_from_before_lapses_were_counted(self):
        older, newer = UserFactory(), UserFactory()
        for student in (older, newer):
            learn(student, a_fact())
            learn(student, a_fact("lambda.vpc.internet"))
        kept = list(Card.objects.filter(student=older).order_by("pk").values())
        Card.objects.filter(student=older).update(answers=0, was_right=None)

        assert "2 card(s) of 1 person(s)" in rebuild("--older")
        assert list(Card.objects.filter(student=older).order_by("pk").values()) == kept
        assert "0 card(s) of 0 person(s)" in rebuild("--older")

    def test_says_when_there_is_nobody_of_that_name(self):
        with pytest.raises(CommandError, match="nobody called Zed"):
            rebuild("Zed")
