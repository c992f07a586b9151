"""What happens to runs when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.lab.models import Job, Run


def merge(guest: User, user: User) -> None:
    """Of a run that both predicted, the person's own prediction stands."""
    Run.objects.of(guest).filter(key__in=Run.objects.of(user).values("key")).delete()
    Run.objects.of(guest).update(student=user)
    Job.objects.filter(asked_by=guest).update(asked_by=user)


def export(user: User) -> list[dict[str, Any]]:
    """Every run, oldest first."""
    fields = ("scenario__slug", "query", "rulebook", "asks", "predicted", "actual", "is_right", "metrics", "at")
    return list(Run.objects.of(user).order_by("at", "pk").values(*fields))


def erase(user: User) -> None:
    Run.objects.of(user).delete()
    Job.objects.filter(asked_by=user).update(asked_by=None)
