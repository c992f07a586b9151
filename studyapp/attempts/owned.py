"""What happens to attempts and reports when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Miss, Report

FIELDS = (
    "seed",
    "order",
    "response",
    "is_sure",
    "fraction",
    "maximum",
    "parts",
    "hints",
    "struck",
    "belief",
    "resisted",
    "mistaken",
    "characters",
    "source",
    "occasion",
    "position",
    "shown_at",
    "answered_at",
    "device_ms",
)


def merge(guest: User, user: User) -> None:
    """A reason why something was missed goes with its attempt."""
    Attempt.objects.filter(student=guest).update(student=user)
    Report.objects.filter(student=guest).update(student=user)


def export(user: User) -> dict[str, Any]:
    """`answers`: every attempt, oldest first, with its fact, and the item and its exact revision (null for a prediction in the
    lab), why it was missed and when it was taken back; `reports`: what was said of questions. Two queries."""
    return {"answers": _answers(user), "reports": _reports(user)}


def erase(user: User) -> None:
    """Unname them: the statistics of items stay right, and a flaw that was reported can still be mended. Why something was
    missed is the person's own judgement of themselves: it goes. What was typed about a question was meant for who mends it."""
    Miss.objects.filter(attempt__student=user).delete()
    Attempt.objects.filter(student=user).update(student=None)
    Report.objects.filter(student=user).update(student=None)


def _answers(user: User) -> list[dict[str, Any]]:
    names = {
        "fact": "fact__slug",
        "item": "revision__item__slug",
        "revision": "revision__digest",
        **dict(zip(FIELDS, FIELDS, strict=True)),
        "missed_because": "miss__reason",
        "taken_back_at": "withdrawal__at",
    }
    rows = Attempt.objects.filter(student=user).order_by("answered_at", "pk").values_list(*names.values())
    return [dict(zip(names, row, strict=True)) for row in rows]


def _reports(user: User) -> list[dict[str, Any]]:
    fields = ("seed", "order", "response", "flaw", "words", "at", "closed_at")
    rows = Report.objects.filter(student=user).order_by("at", "pk")
    return [
        {"item": item, "revision": digest, **dict(zip(fields, rest, strict=True))}
        for item, digest, *rest in rows.values_list("revision__item__slug", "revision__digest", *fields)
    ]
