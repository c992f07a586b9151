"""Answering, one place of a drill at a time."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts.http import SignedInRequest, signed_in
from studyapp.attempts import tokens
from studyapp.attempts.tokens import BadToken
from studyapp.drills import ending, queries, screens, services
from studyapp.drills.beside import After
from studyapp.drills.forms import ResponseForm
from studyapp.drills.models import Feedback
from studyapp.drills.views.places import (
    TEMPLATE,
    Loaded,
    answered,
    ask,
    attempt_at,
    load,
    load_answered,
    marked,
    push,
    tell,
    to_place,
)
from studyapp.questions.marking import BadResponse
from studyapp.ui.http import render


@require_safe
@signed_in
def resume(request: SignedInRequest, drill_id: int) -> HttpResponse:
    """To the first place that is still to be answered, or to the end."""
    plan = queries.plan(request.user, drill_id)
    if plan is None:
        raise Http404("no such drill")
    place = plan.open_after(0)
    return to_place(drill_id, place.position) if place else redirect("drills:done", drill_id)


@require_safe
@signed_in
def question(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    loaded = load(request, drill_id, position)
    if loaded.place.state == "todo":
        return push(ask(request, loaded), loaded)
    return push(tell(request, loaded, attempt_at(loaded)), loaded)


@require_POST
@signed_in
def answer(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    loaded = load(request, drill_id, position)
    if loaded.place.state != "todo":  # the first response stands
        return answered(request, loaded, attempt_at(loaded))
    form = ResponseForm(request.POST, variant=loaded.revision.variant(loaded.place.seed))
    if not form.is_valid():
        return ask(request, loaded, form.sent, status=422)
    try:
        return _answer(request, loaded, form)
    except BadToken as error:
        form.add_error(None, str(error))
    except BadResponse as error:
        form.refuse(str(error))
    except services.AlreadyAnswered:
        return to_place(drill_id, position)
    return ask(request, loaded, form.sent, status=422)


@require_POST
@signed_in
def guess(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """I was guessing: said after a right answer, and once."""
    loaded, attempt = load_answered(request, drill_id, position)
    if loaded.place.state == "wrong":
        raise Http404("a wrong answer is no lucky guess")
    if loaded.place.state == "right":
        with suppress(services.AlreadyLearnt):
            services.guessed(attempt=attempt, now=timezone.now())
    return answered(request, loaded, attempt)


@require_POST
@signed_in
def undo(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    loaded = load(request, drill_id, position)
    attempt = attempt_at(loaded)
    with suppress(services.AlreadyLearnt):  # a double click takes back once
        services.take_back(drill=loaded.plan.drill, attempt=attempt, now=timezone.now())
    return to_place(drill_id, position)


@require_safe
@signed_in
def run(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """The key's run and the run of the option chosen. Not found before the answer: it would give the key away."""
    loaded, attempt = load_answered(request, drill_id, position)
    if not loaded.revision.body.get("scenario"):
        raise Http404("this question has no run")
    return tell(request, loaded, attempt, part="run", **screens.runs(loaded.revision, attempt))


@require_safe
@signed_in
def done(request: SignedInRequest, drill_id: int) -> HttpResponse:
    plan = queries.plan(request.user, drill_id)
    if plan is None:
        raise Http404("no such drill")
    response = render(request, TEMPLATE, "done", ending.done(request.user, plan, timezone.now()))
    response["HX-Push-Url"] = reverse("drills:done", args=[drill_id])
    return response


def _answer(request: SignedInRequest, loaded: Loaded, form: ResponseForm) -> HttpResponse:
    """Raises BadToken, BadResponse and AlreadyAnswered."""
    given = form.cleaned_data
    shown = tokens.read(given["token"], person=str(request.user.pk))
    attempt, review = services.answer(
        student=request.user,
        drill=loaded.plan.drill,
        place=loaded.place,
        revision=loaded.revision,
        shown=shown,
        response=given["response"],
        is_sure=given["is_sure"],
        struck=given["struck"],
        device_ms=given["device_ms"],
        now=timezone.now(),
    )
    loaded = marked(loaded, attempt)
    if loaded.plan.drill.feedback == Feedback.END and not loaded.plan.is_veiled:
        return redirect("drills:done", loaded.plan.drill.pk)
    return answered(request, loaded, attempt, After(review.card))
