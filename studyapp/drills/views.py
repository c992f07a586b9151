"""Drills over HTTP."""

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts.http import SignedInRequest, person, signed_in, user_of
from studyapp.attempts import tokens
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Revision
from studyapp.drills import queries, screens, services
from studyapp.drills.forms import ResponseForm, StartForm
from studyapp.drills.queries import Place, Plan
from studyapp.memory import queries as memory_queries
from studyapp.memory.queries import After
from studyapp.questions.marking import BadResponse
from studyapp.ui.http import HtmxRequest, render

TEMPLATE = "drills/drill.html"


class Loaded(NamedTuple):
    """What an address of a place names: the student's own, or not found."""

    plan: Plan
    place: Place
    revision: Revision


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    context = {
        "shelves": queries.shelves(user_of(request), timezone.now()),
        "open": queries.open_drill(user_of(request)),
    }
    return render_page(request, "drills/index.html", context)


@require_POST
def start(request: HtmxRequest) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        return render_page(request, "drills/none.html", {"form": form}, status=422)
    now = timezone.now()
    student = person(request, now)
    try:
        drill = services.open_on(student=student, now=now, **form.cleaned_data)
    except services.NothingToAsk:
        return render_page(request, "drills/none.html", {"next_due_at": memory_queries.next_due_at(student)})
    return redirect("drills:question", drill.pk, 1)


@require_safe
@signed_in
def resume(request: SignedInRequest, drill_id: int) -> HttpResponse:
    """To the first place that is still to be answered, or to the end."""
    plan = queries.plan(request.user, drill_id)
    if plan is None:
        raise Http404("no such drill")
    place = plan.open_after(0)
    return redirect("drills:question", drill_id, place.position) if place else redirect("drills:done", drill_id)


@require_safe
@signed_in
def question(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    loaded = _load(request, drill_id, position)
    if loaded.place.state == "todo":
        context = screens.question(request.user, *loaded, now=timezone.now())
        return _push(render(request, TEMPLATE, "question", context), loaded)
    return _push(_feedback(request, loaded, _attempt_at(loaded)), loaded)


@require_POST
@signed_in
def answer(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    loaded = _load(request, drill_id, position)
    if loaded.place.state != "todo":  # the first response stands
        return _answered(request, loaded, _attempt_at(loaded))
    now = timezone.now()
    form = ResponseForm(request.POST, variant=loaded.revision.variant(loaded.place.seed))
    if not form.is_valid():
        return _ask_again(request, loaded, form)
    try:
        shown = tokens.read(form.cleaned_data["token"], person=str(request.user.pk))
        attempt, review = services.answer(
            student=request.user,
            drill=loaded.plan.drill,
            place=loaded.place,
            revision=loaded.revision,
            shown=shown,
            response=form.cleaned_data["response"],
            is_sure=form.cleaned_data["is_sure"],
            now=now,
        )
    except BadToken as error:
        form.add_error(None, str(error))
        return _ask_again(request, loaded, form)
    except BadResponse as error:
        form.refuse(str(error))
        return _ask_again(request, loaded, form)
    except services.AlreadyAnswered:
        return redirect("drills:question", drill_id, position)
    return _answered(request, _marked(loaded, attempt), attempt, After(review.card.due_at, is_guess=False))


@require_POST
@signed_in
def guess(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """I was guessing: said after a right answer, and once."""
    loaded = _load(request, drill_id, position)
    attempt = _attempt_at(loaded)
    if loaded.place.state == "wrong":
        raise Http404("a wrong answer is no lucky guess")
    if loaded.place.state == "right":
        with suppress(services.AlreadyLearnt):
            services.guessed(attempt=attempt, now=timezone.now())
    return _answered(request, loaded, attempt)


@require_POST
@signed_in
def undo(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    loaded = _load(request, drill_id, position)
    attempt = _attempt_at(loaded)
    with suppress(services.AlreadyLearnt):  # a double click takes back once
        services.take_back(drill=loaded.plan.drill, attempt=attempt, now=timezone.now())
    return redirect("drills:question", drill_id, position)


@require_safe
@signed_in
def run(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """The key's run and the run of the option chosen. Not found before the answer: it would give the key away."""
    loaded = _load(request, drill_id, position)
    attempt = _attempt_at(loaded)
    if not loaded.revision.body.get("scenario"):
        raise Http404("this question has no run")
    context = screens.feedback(
        request.user, *loaded, attempt=attempt, after=memory_queries.after(attempt), now=timezone.now()
    )
    return render(request, TEMPLATE, "run", {**context, **screens.runs(loaded.revision, attempt)})


@require_safe
@signed_in
def done(request: SignedInRequest, drill_id: int) -> HttpResponse:
    plan = queries.plan(request.user, drill_id)
    if plan is None:
        raise Http404("no such drill")
    context = screens.done(request.user, plan, timezone.now())
    return render(request, TEMPLATE, "done", context)


def _load(request: SignedInRequest, drill_id: int, position: int) -> Loaded:
    plan = queries.plan(request.user, drill_id)
    place = plan.at(position) if plan else None
    if plan is None or place is None:
        raise Http404("no such question")
    return Loaded(plan, place, queries.revision_of(place))


def _attempt_at(loaded: Loaded) -> Attempt:
    attempt = queries.attempt_at(loaded.plan.drill, loaded.place)
    if attempt is None:
        raise Http404("this question has not been answered")
    return attempt


def _marked(loaded: Loaded, attempt: Attempt) -> Loaded:
    """The same place after the answer, without reading the drill again."""
    place = replace(loaded.place, state="right" if attempt.is_right else "wrong")
    places = tuple(place if each.position == place.position else each for each in loaded.plan.places)
    return Loaded(replace(loaded.plan, places=places), place, loaded.revision)


def _answered(request: SignedInRequest, loaded: Loaded, attempt: Attempt, after: After | None = None) -> HttpResponse:
    """The feedback in place; without a script, by its own address, so that reloading posts nothing again."""
    if request.htmx:
        return _push(_feedback(request, loaded, attempt, after), loaded)
    return redirect("drills:question", loaded.plan.drill.pk, loaded.place.position)


def _feedback(request: SignedInRequest, loaded: Loaded, attempt: Attempt, after: After | None = None) -> HttpResponse:
    after = after or memory_queries.after(attempt)
    context = screens.feedback(request.user, *loaded, attempt=attempt, after=after, now=timezone.now())
    return render(request, TEMPLATE, "feedback", context)


def _ask_again(request: SignedInRequest, loaded: Loaded, form: ResponseForm) -> HttpResponse:
    """The question with what is wrong, and with what was given."""
    shown = _shown(request, loaded)
    context = screens.question(request.user, *loaded, now=timezone.now(), shown=shown, sent=form.sent)
    return render(request, TEMPLATE, "question", context, status=422)


def _shown(request: SignedInRequest, loaded: Loaded) -> Shown | None:
    """What the page showed, if it can be told: asked again, it keeps its order and the time at which it was first read."""
    try:
        shown = tokens.read(request.POST.get("token", ""), person=str(request.user.pk))
    except BadToken:
        return None
    return shown if services.is_of(shown, loaded.plan.drill, loaded.place) else None


def _push(response: HttpResponse, loaded: Loaded) -> HttpResponse:
    """Keep the address bar on the question shown."""
    response["HX-Push-Url"] = reverse("drills:question", args=[loaded.plan.drill.pk, loaded.place.position])
    return response
