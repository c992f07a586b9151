"""Links that work once."""

from datetime import timedelta

import pytest

from studyapp.accounts import tickets
from studyapp.accounts.models import Ticket, TicketKind
from tests.accounts.factories import NOW, GuestFactory, InstructorFactory, OwnerFactory, UserFactory

pytestmark = pytest.mark.django_db


def issue(kind=TicketKind.DEVICE, user=None):
    return tickets.issue(kind=kind, user=user or UserFactory(), now=NOW)


def why(token, now=NOW):
    with pytest.raises(tickets.BadTicket) as error:
        tickets.read(token, now=now)
    return error.value.why


class TestTicket:
    def test_lets_its_person_in_once(self):
        person = UserFactory()
        ticket = tickets.read(issue(user=person), now=NOW)

        assert tickets.enter_by(ticket=ticket, guest=None, now=NOW) == person
        with pytest.raises(tickets.BadTicket):
            tickets.enter_by(ticket=ticket, guest=None, now=NOW)

    def test_is_kept_as_a_digest_only(self):
        token = issue()

        assert token not in Ticket.objects.get().digest

    def test_that_was_used_says_so(self):
        token = issue()
        tickets.enter_by(ticket=tickets.read(token, now=NOW), guest=None, now=NOW)

        assert why(token) == "used"

    @pytest.mark.parametrize(
        ("kind", "lives"),
        [
            (TicketKind.DEVICE, timedelta(minutes=10)),
            (TicketKind.SIGN_IN, timedelta(hours=24)),
            (TicketKind.INVITE, timedelta(days=7)),
        ],
    )
    def test_expires_in_its_time(self, kind, lives):
        token = issue(kind, OwnerFactory())

        assert tickets.read(token, now=NOW + lives - timedelta(seconds=1)).kind == kind
        assert why(token, NOW + lives) == "expired"

    @pytest.mark.parametrize("token", ["", "x", "ünicode", "a" * 5000])
    def test_that_nobody_made_is_unknown(self, token):
        assert why(token) == "unknown"

    def test_replaces_an_older_one_of_its_kind(self):
        person = UserFactory()
        older, newer = issue(user=person), issue(user=person)

        assert why(older) == "unknown"
        assert tickets.read(newer, now=NOW).user == person

    def test_adds_what_this_devices_guest_did(self, rooms):
        person, guest = GuestFactory(), GuestFactory()
        ticket = tickets.read(issue(user=person), now=NOW)

        tickets.enter_by(ticket=ticket, guest=guest, now=NOW)

        assert [what for what, *_ in rooms] == ["merge", "merge", "erase", "erase"]

    def test_opened_on_the_same_device_moves_nothing(self, rooms):
        guest = GuestFactory()
        ticket = tickets.read(issue(user=guest), now=NOW)

        assert tickets.enter_by(ticket=ticket, guest=guest, now=NOW) == guest
        assert rooms == []


class TestInvitation:
    def accept(self, person, owner=None):
        ticket = tickets.read(issue(TicketKind.INVITE, owner or OwnerFactory()), now=NOW)
        tickets.accept_invite(ticket=ticket, user=person, now=NOW)
        person.refresh_from_db()
        return person.role

    @pytest.mark.parametrize(
        ("factory", "role"), [(UserFactory, "instructor"), (InstructorFactory, "instructor"), (OwnerFactory, "owner")]
    )
    def test_makes_an_instructor_and_takes_nothing_away(self, factory, role):
        assert self.accept(factory()) == role

    def test_stands_beside_others(self):
        owner = OwnerFactory()
        first, second = issue(TicketKind.INVITE, owner), issue(TicketKind.INVITE, owner)

        assert tickets.read(first, now=NOW) != tickets.read(second, now=NOW)

    def test_ends_with_the_owners_role(self):
        owner = OwnerFactory()
        token = issue(TicketKind.INVITE, owner)
        owner.role = "student"
        owner.save()

        assert why(token) == "expired"
