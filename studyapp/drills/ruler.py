"""The ruler of a drill: a tick for each place."""

from dataclasses import dataclass

from django.urls import reverse

from studyapp.drills.queries import Place, Plan

MOST_LINKS = 14
"""So many ticks lead somewhere: more would stand too close on a phone to be hit."""


@dataclass(frozen=True)
class Tick:
    """A place on the ruler. `state`: right, wrong, withdrawn or todo; `given` where nothing is said of an answer yet. `url` leads
    to one that was answered, and to the one before."""

    state: str
    url: str = ""
    keys: str = ""


def ticks(plan: Plan, current: int = 0) -> list[Tick]:
    return [_tick(plan, place, current) for place in plan.places]


def _tick(plan: Plan, place: Place, current: int) -> Tick:
    state = "given" if plan.is_veiled and place.state in ("right", "wrong") else place.state
    is_before = place.position == current - 1
    leads = is_before or (place.state != "todo" and len(plan.places) <= MOST_LINKS)
    if place.position == current or not leads:
        return Tick(state)
    url = reverse("drills:question", args=[plan.drill.pk, place.position])
    return Tick(state, url, "P" if is_before else "")
