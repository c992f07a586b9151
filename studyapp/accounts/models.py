"""Who is here: people, the links and codes that let them in, and the sign-ins that failed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Role(models.TextChoices):
    STUDENT = "student", "student"
    INSTRUCTOR = "instructor", "instructor"
    OWNER = "owner", "owner"


def name_key(name: str) -> str:
    """What two spellings of one name have in common: "Ada", "ADA" and a full-width "Ada" are one person."""
    return unicodedata.normalize("NFKC", name).casefold()


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of this name; None where there is none, or where this machine's list has lost it."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


class UserQuerySet(models.QuerySet["User"]):
    def guests(self) -> UserQuerySet:
        return self.filter(name=None)

    def named(self, name: str) -> UserQuerySet:
        return self.filter(name_key=name_key(name))

    def known_as(self, text: str) -> UserQuerySet:
        """The person with this name or this e-mail address. At most one: a name has no @."""
        return self.filter(Q(name_key=name_key(text)) | Q(email=text.lower()))

    def instructors(self) -> UserQuerySet:
        return self.filter(role__in=(Role.INSTRUCTOR, Role.OWNER)).order_by("name_key")

    def not_seen_since(self, day: date) -> UserQuerySet:
        return self.filter(seen_on__lt=day)


class NameManager(BaseUserManager["User"]):
    """Finds a person by their name, however it is spelt, for Django's own sign-in and fixtures."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(name_key=name_key(username or ""))


UserManager = NameManager.from_queryset(UserQuerySet)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or a guest: somebody who answered before saying who they are. A guest has no name and no password."""

    name = models.CharField(max_length=40, null=True, blank=True, unique=True)
    name_key = models.CharField(
        max_length=120, null=True, blank=True, unique=True, editable=False, help_text="The name as names are compared."
    )
    email = models.EmailField(null=True, blank=True, unique=True, help_text="Lower case. Never verified, never needed.")
    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)
    created_at = models.DateTimeField(default=timezone.now)
    time_zone = models.CharField(
        max_length=60, blank=True, default="", help_text="A name such as Europe/Vienna; blank is the server's."
    )
    seen_on = models.DateField(default=timezone.localdate, help_text="The last day on which they changed anything.")

    objects = UserManager()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="name_and_key_come_together",
                condition=Q(name=None, name_key=None) | Q(name__isnull=False, name_key__isnull=False),
            ),
            models.CheckConstraint(
                name="guest_is_a_plain_student",
                condition=Q(name__isnull=False) | Q(role=Role.STUDENT, email=None, is_superuser=False),
            ),
            models.CheckConstraint(name="role_is_known", condition=Q(role__in=Role.values)),
        ]
        indexes = [models.Index(fields=["seen_on"], name="guests_by_last_visit", condition=Q(name=None))]

    def __str__(self) -> str:
        return self.name or "Guest"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.name_key = None if self.name is None else name_key(self.name)
        self.is_superuser = self.is_owner
        if update_fields is not None:
            follows = {"name": "name_key", "role": "is_superuser"}
            update_fields = {*update_fields, *(follows[field] for field in update_fields if field in follows)}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def zone(self) -> tzinfo:
        """In which the student's days begin: their own, or the server's."""
        return zone_of(self.time_zone) or timezone.get_default_timezone()

    @property
    def is_guest(self) -> bool:
        return self.name is None

    @property
    def is_instructor(self) -> bool:
        """May teach. An owner may do all that an instructor may."""
        return self.role in (Role.INSTRUCTOR, Role.OWNER)

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def is_staff(self) -> bool:
        """May open Django's admin."""
        return self.is_owner


class RecoveryCode(models.Model):
    """What a person has on paper to get back in without their password. Kept as a salted digest; used once."""

    user = models.OneToOneField(User, models.CASCADE, related_name="recovery_code")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, help_text="Hex of sha256(salt + code).")
    made_at = models.DateTimeField()


class TicketKind(models.TextChoices):
    DEVICE = "device", "continue on another device"
    SIGN_IN = "sign_in", "sign in once"
    INVITE = "invite", "become an instructor"


class TicketQuerySet(models.QuerySet["Ticket"]):
    def open(self, now: datetime) -> TicketQuerySet:
        return self.filter(used_at=None, expires_at__gt=now)

    def invites(self) -> TicketQuerySet:
        return self.filter(kind=TicketKind.INVITE)


class Ticket(models.Model):
    """A link that works once. The row keeps only a digest, so that the table alone lets nobody in."""

    kind = models.CharField(max_length=10, choices=TicketKind)
    digest = models.CharField(max_length=64, unique=True, help_text="Hex of sha256(token).")
    user = models.ForeignKey(
        User, models.CASCADE, related_name="tickets", help_text="Who it signs in; for an invite, who invites."
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="ticket_kind_is_known", condition=Q(kind__in=TicketKind.values))]


class Failure(models.Model):
    """A try to sign in that has not succeeded, under one of the keys that it counts against (see `limits`)."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="failures_by_key")]
