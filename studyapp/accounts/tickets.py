"""Tickets: links that work once and not for long. Looking at one changes nothing; pressing its button uses it.

The token in the link has 160 bits, in signs that can be typed, and is kept as a digest only. The look-up is by digest,
so how long it takes says nothing about a token.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from studyapp.accounts import ownership
from studyapp.accounts.models import Role, Ticket, TicketKind, User

LIFETIMES = {
    TicketKind.DEVICE: timedelta(minutes=10),
    TicketKind.SIGN_IN: timedelta(hours=24),
    TicketKind.INVITE: timedelta(days=7),
}


class BadTicket(Exception):
    """A ticket that lets nobody in; `why` is used, expired or unknown."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this link is {why}")
        self.why = why


@transaction.atomic
def issue(*, kind: TicketKind, user: User, now: datetime) -> str:
    """The token of a new ticket. A newer device or sign-in link replaces the older ones of that person."""
    if kind != TicketKind.INVITE:
        user.tickets.open(now).filter(kind=kind).delete()
    token = secrets.token_hex(20)
    Ticket.objects.create(kind=kind, digest=_digest(token), user=user, made_at=now, expires_at=now + LIFETIMES[kind])
    return token


def read(token: str, *, now: datetime) -> Ticket:
    """The open ticket that this token names, with its user. Raises BadTicket."""
    digest = _digest(token)
    ticket = Ticket.objects.select_related("user").filter(digest=digest).first()
    if ticket is None or not hmac.compare_digest(ticket.digest, digest):
        raise BadTicket("unknown")
    if ticket.used_at:
        raise BadTicket("used")
    if ticket.expires_at <= now or (ticket.kind == TicketKind.INVITE and not ticket.user.is_owner):
        raise BadTicket("expired")
    return ticket


def use(ticket: Ticket, *, now: datetime) -> None:
    """Mark it used, inside the transaction of whatever it is used for. Raises BadTicket if somebody was faster."""
    if not Ticket.objects.open(now).filter(pk=ticket.pk).update(used_at=now):
        raise BadTicket("used")


@transaction.atomic
def enter_by(*, ticket: Ticket, guest: User | None, now: datetime) -> User:
    """Use a device or sign-in ticket: whom to sign in, with what the guest of this device did. Raises BadTicket."""
    use(ticket, now=now)
    ownership.take_over(guest, ticket.user)
    return ticket.user


@transaction.atomic
def accept_invite(*, ticket: Ticket, user: User, now: datetime) -> None:
    """Make a person with a name an instructor. An owner stays an owner. Raises BadTicket."""
    use(ticket, now=now)
    if not user.is_owner:
        user.role = Role.INSTRUCTOR
        user.save(update_fields=["role"])


def withdraw(ticket: Ticket) -> None:
    """Make its link unknown."""
    ticket.delete()


def withdraw_all(user: User, *, now: datetime) -> None:
    """End the links that would sign this person in: after a new password, an old link must not open the door."""
    user.tickets.open(now).exclude(kind=TicketKind.INVITE).delete()


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
