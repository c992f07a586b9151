"""Where the masthead leads."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

PLACES = (
    ("Today", "home:index"),
    ("Drill", "drills:index"),
    ("Exam", "exams:index"),
    ("Lab", "lab:index"),
    ("Reference", "reference:index"),
    ("Progress", "progress:index"),
)


@dataclass(frozen=True)
class Place:
    title: str
    url: str
    is_current: bool


def places(request: HttpRequest | None) -> tuple[Place, ...]:
    """The rooms that this house has, and which of them the request is in. Costs no query."""
    match = request.resolver_match if request else None
    here = match.namespace if match else ""
    found = []
    for title, name in PLACES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Place(title, url, is_current=_is_in(here, match.view_name if match else "", name)))
    return tuple(found)


def _is_in(namespace: str, view_name: str, place: str) -> bool:
    """Home holds more than Today (settings, for one), so there the view itself must match."""
    room = place.partition(":")[0]
    return view_name == place if room == "home" else namespace == room
