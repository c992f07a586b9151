"""What the page of people shows. Two queries."""

from dataclasses import dataclass
from datetime import datetime

from studyapp.accounts.models import Ticket, User


@dataclass(frozen=True)
class Staff:
    """Who teaches here, by name, and the invitations that nobody has taken up, the newest first."""

    people: tuple[User, ...]
    invites: tuple[Ticket, ...]


def staff(now: datetime) -> Staff:
    invites = Ticket.objects.invites().open(now).select_related("user").order_by("-made_at")
    return Staff(tuple(User.objects.instructors()), tuple(invites))
