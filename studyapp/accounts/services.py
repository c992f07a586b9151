"""Coming, going and staying: guests, names and passwords, and what happens to a person's rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone

from studyapp.accounts import codes, limits, ownership, tickets
from studyapp.accounts.limits import Origin
from studyapp.accounts.models import Role, Ticket, User, UserQuerySet

GUEST_DAYS = 30
"""A guest who has not come for so long is erased."""


class Taken(ValueError):
    """Somebody else has this name or e-mail address. `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(f"this {field} is taken")
        self.field = field


class WrongCredentials(ValueError):
    """The name and the password, or the name and the code, do not belong together; nobody says which is wrong."""


class OwnerExists(ValueError):
    """There is an owner already."""


@dataclass(frozen=True)
class Named:
    """A person with the recovery code that is shown to them this once."""

    user: User
    recovery_code: str


def make_guest(now: datetime) -> User:
    """The row of somebody who has just answered without saying who they are."""
    guest = User(created_at=now, seen_on=timezone.localdate(now))
    guest.set_unusable_password()
    guest.save()
    return guest


def enter(request: HttpRequest, user: User) -> None:
    """Sign `user` in on this browser.

    Signing in changes the CSRF secret, so that one known from before is worth nothing. A guest keeps it: a guest's row
    is made by the first answer, and the page of that question, brought back by the back button, must still be able to
    post. Nothing is lost by that: a guest's session can do nothing that its maker could not do without it.
    """
    secret = request.META.get("CSRF_COOKIE")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if user.is_guest and secret:
        request.META["CSRF_COOKIE"] = secret


def leave(request: HttpRequest) -> None:
    """End this browser's session: a person signs out; a guest who is not the one before starts fresh.

    The CSRF secret goes too: with it, the back button would lead whoever comes next to what the one before was shown.
    """
    logout(request)
    rotate_token(request)


def claim(
    *,
    guest: User | None,
    name: str,
    password: str,
    email: str | None = None,
    now: datetime,
    invite: Ticket | None = None,
) -> Named:
    """Give the guest's own row a name and a password, or make a new row where nobody was here before.

    With an invite, the person is an instructor at once. Raises Taken or BadTicket; then nothing has changed.
    """
    hashed = make_password(password)
    try:
        with transaction.atomic():
            return _claim(guest, User(name=name, email=email or None, password=hashed), now, invite)
    except IntegrityError:
        raise Taken(_taken_field(name) or "email") from None


def _claim(guest: User | None, wanted: User, now: datetime, invite: Ticket | None) -> Named:
    user = User.objects.guests().select_for_update().filter(pk=guest.pk).first() if guest else None
    user = user or User(created_at=now, seen_on=timezone.localdate(now))
    user.name, user.email, user.password = wanted.name, wanted.email, wanted.password
    user.save()
    if invite is not None:
        tickets.accept_invite(ticket=invite, user=user, now=now)
    return Named(user, codes.issue(user, now=now))


def _taken_field(name: str) -> str | None:
    return "name" if User.objects.named(name).exists() else None


def sign_in(*, typed: str, password: str, origin: Origin, guest: User | None, now: datetime) -> User:
    """The person with this name or e-mail address and this password, who now owns what the guest did.

    Takes as long for a name that nobody has. Raises WrongCredentials, or TooManyTries before the password is looked at.
    """
    attempt = limits.begin(typed=typed, origin=origin, now=now)
    user = User.objects.known_as(typed).first()
    if user is None:
        make_password(password)  # as slow as a check
        raise WrongCredentials
    if not user.check_password(password):
        raise WrongCredentials
    limits.forgive(attempt)
    ownership.take_over(guest, user)
    return user


def recover(*, typed: str, code: str, password: str, origin: Origin, guest: User | None, now: datetime) -> Named:
    """A new password for the person whose recovery code this is, and a new code. Ends all their sessions and links.

    Raises WrongCredentials, or TooManyTries before the code is looked at.
    """
    attempt = limits.begin(typed=typed, origin=origin, now=now)
    hashed = make_password(password)
    with transaction.atomic():
        user = User.objects.known_as(typed).first()
        if not codes.use(user, code) or user is None:
            raise WrongCredentials
        named = _renew(user, hashed, now)
    limits.forgive(attempt)
    ownership.take_over(guest, user)
    return named


def confirm(*, user: User, password: str, origin: Origin, now: datetime) -> None:
    """That the person at the keys is still this user. Raises WrongCredentials, or TooManyTries."""
    attempt = limits.begin(typed=user.name or "", origin=origin, now=now)
    if not user.check_password(password):
        raise WrongCredentials
    limits.forgive(attempt)


def set_password(*, user: User, password: str, now: datetime) -> Named:
    """A new password and a new recovery code. Ends all their other sessions and the links that would sign them in."""
    hashed = make_password(password)
    with transaction.atomic():
        return _renew(user, hashed, now)


def renew_code(*, user: User, now: datetime) -> Named:
    """A new recovery code; the old one stops working."""
    return Named(user, codes.issue(user, now=now))


def _renew(user: User, hashed: str, now: datetime) -> Named:
    user.password = hashed
    user.save(update_fields=["password"])
    tickets.withdraw_all(user, now=now)
    return Named(user, codes.issue(user, now=now))


def seen(*, user: User, now: datetime) -> None:
    """Note that this person was here today."""
    User.objects.filter(pk=user.pk).update(seen_on=timezone.localdate(now))


@transaction.atomic
def create_owner(*, name: str, password: str, now: datetime, is_forced: bool = False) -> Named:
    """The person who runs the house. Raises OwnerExists unless forced, and Taken."""
    if not is_forced and User.objects.filter(role=Role.OWNER).exists():
        raise OwnerExists
    named = claim(guest=None, name=name, password=password, now=now)
    named.user.role = Role.OWNER
    named.user.save(update_fields=["role"])
    return named


def export(user: User) -> dict[str, Any]:
    """All that is kept about a person, as what JSON can hold: their own row, then each room's."""
    own = {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "time_zone": user.time_zone,
        "created_at": user.created_at.isoformat(),
        "seen_on": user.seen_on.isoformat(),
    }
    return {"account": own, **ownership.export(user)}


@transaction.atomic
def erase(user: User) -> None:
    """Take a person out of every room and delete their row: cards and reviews go, attempts stay without a name."""
    ownership.erase(user)
    user.delete()


def erase_old_guests(now: datetime) -> int:
    """Erase the guests without a visit for 30 days, each in a transaction of its own. Says how many."""
    day = timezone.localdate(now) - timedelta(days=GUEST_DAYS)
    old = User.objects.guests().not_seen_since(day)
    gone = sum(_erase_if_still(old.filter(pk=pk)) for pk in list(old.values_list("pk", flat=True)))
    Ticket.objects.filter(expires_at__lte=now).delete()
    return gone


@transaction.atomic
def _erase_if_still(one: UserQuerySet) -> bool:
    """Erase the user in `one`, unless they came back or took a name since the list was made."""
    user = one.select_for_update().first()
    if user is not None:
        erase(user)
    return user is not None
