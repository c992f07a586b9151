"""What an address of a place names, and the parts of the page that show it."""

from dataclasses import replace
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from studyapp.accounts.http import SignedInRequest
from studyapp.attempts import tokens
from studyapp.attempts.asking import NOTHING, Sent
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Revision
from studyapp.drills import beside as reads
from studyapp.drills import queries, screens, services
from studyapp.drills.beside import After, Beside
from studyapp.drills.forms import ResponseForm
from studyapp.drills.queries import Place, Plan
from studyapp.ui.http import render

TEMPLATE = "drills/drill.html"


class Loaded(NamedTuple):
    """What an address of a place names: the student's own, or not found."""

    plan: Plan
    place: Place
    revision: Revision
    beside: Beside


def load(request: SignedInRequest, drill_id: int, position: int) -> Loaded:
    plan = queries.plan(request.user, drill_id)
    place = plan.at(position) if plan else None
    if plan is None or place is None:
        raise Http404("no such question")
    return Loaded(plan, place, *reads.asked_at(request.user, place))


def load_answered(request: SignedInRequest, drill_id: int, position: int) -> tuple[Loaded, Attempt]:
    """A place of whose answer all may be said."""
    loaded = load(request, drill_id, position)
    if loaded.plan.is_veiled:
        raise Http404("nothing is said of an answer of this drill before the last one is given")
    return loaded, attempt_at(loaded)


def attempt_at(loaded: Loaded) -> Attempt:
    attempt = queries.attempt_at(loaded.plan.drill, loaded.place)
    if attempt is None:
        raise Http404("this question has not been answered")
    return attempt


def marked(loaded: Loaded, attempt: Attempt) -> Loaded:
    """The same place after the answer, without reading the drill again."""
    place = replace(loaded.place, state="right" if attempt.is_right else "wrong")
    places = tuple(place if each.position == place.position else each for each in loaded.plan.places)
    return loaded._replace(plan=replace(loaded.plan, places=places), place=place)


def ask(
    request: SignedInRequest,
    loaded: Loaded,
    sent: Sent = NOTHING,
    *,
    part: str = "question",
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    """The question, or the one `part` of its page, with what was `sent` and in the order in which the page showed it."""
    context = screens.question(
        request.user, *loaded, now=timezone.now(), shown=shown_before(request, loaded), sent=sent, **said
    )
    return render(request, TEMPLATE, part, context, status=status)


def given(request: SignedInRequest, loaded: Loaded) -> Sent:
    """What stands in the form of the question: nothing of it is lost while a hint or a report goes its way."""
    return ResponseForm(request.POST, variant=loaded.revision.variant(loaded.place.seed)).given


def tell(
    request: SignedInRequest,
    loaded: Loaded,
    attempt: Attempt,
    after: After | None = None,
    *,
    part: str = "feedback",
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    """What is said of an answer, or the one `part` of it. As long as the drill keeps it back: that the answer is kept."""
    if loaded.plan.is_veiled:
        part = part if part in ("report", "flag") else "kept"
        return render(request, TEMPLATE, part, screens.veiled(*loaded, **said), status=status)
    context = screens.feedback(
        request.user, *loaded, attempt=attempt, after=after or reads.after(attempt), now=timezone.now(), **said
    )
    return render(request, TEMPLATE, part, context, status=status)


def answered(request: SignedInRequest, loaded: Loaded, attempt: Attempt, after: After | None = None) -> HttpResponse:
    """The feedback in place; without a script, by its own address, so that reloading posts nothing again."""
    if request.htmx:
        return push(tell(request, loaded, attempt, after), loaded)
    return to_place(loaded.plan.drill.pk, loaded.place.position)


def to_place(drill_id: int, position: int) -> HttpResponse:
    return redirect("drills:question", drill_id, position)


def shown_before(request: SignedInRequest, loaded: Loaded) -> Shown | None:
    """What the page showed, if it can be told: asked again, it keeps its order and the time at which it was first read."""
    try:
        shown = tokens.read(request.POST.get("token", ""), person=str(request.user.pk))
    except BadToken:
        return None
    return shown if services.is_of(shown, loaded.plan.drill, loaded.place) else None


def push(response: HttpResponse, loaded: Loaded) -> HttpResponse:
    """Keep the address bar on the question shown."""
    response["HX-Push-Url"] = reverse("drills:question", args=[loaded.plan.drill.pk, loaded.place.position])
    return response
