"""A demo over HTTP: the question, the run, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts import services as accounts
from studyapp.accounts.http import absolute, person, user_of
from studyapp.accounts.models import User
from studyapp.attempts import tokens
from studyapp.attempts.tokens import BadToken, Prompt
from studyapp.lab import asking, made, queries, screens, services, shelf
from studyapp.lab.asking import BadPrediction
from studyapp.lab.pace import TooFast
from studyapp.lab.views.loading import Loaded, load, running_for, too_fast
from studyapp.simulator.why import NoSuchMark
from studyapp.ui.http import HtmxRequest, render

TEMPLATE = "lab/demo.html"
SENT = "go"
"""The name of the form's button: a browser without a script sends every field, and is led to the short address."""
LONGEST = 80
"""Letters of a prediction."""


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    """Every scenario of the course, by section; those of clues first, and what was predicted lately."""
    shelves, clues = shelf.shelves()
    context = {"shelves": shelves, "clues": clues, "recent": queries.recent(user_of(request))}
    return render_page(request, "lab/index.html", context)


@require_safe
def demo(request: HtmxRequest, slug: str) -> HttpResponse:
    """The question until it has been answered, then the run in the state that the address holds."""
    loaded = load(request, slug)
    if SENT in request.GET and not request.htmx and not loaded.problems:
        return redirect(loaded.bench.address())
    part = "outcome" if request.htmx.target == "outcome" else "page"
    return _show(request, loaded, part)


@require_POST
def predict(request: HtmxRequest, slug: str) -> HttpResponse:
    """Keep what is predicted of the run in this state, and show it."""
    loaded, browser, now = load(request, slug), mark_of(request), timezone.now()
    try:
        given = _given(request)
        prompt = tokens.read_prompt(request.POST.get("token", ""), person=browser)
        with running_for(request, loaded, now):
            if not loaded.problems:
                _keep(request, loaded, given, prompt, now)
    except (BadToken, BadPrediction) as error:
        return _show(request, loaded, "page", problem=str(error))
    except TooFast as error:
        return too_fast(request, error)
    if loaded.problems or request.htmx:
        return _show(request, loaded, "page", is_told=True)
    return redirect(loaded.bench.address())


def _given(request: HtmxRequest) -> str:
    """What was predicted; blank for "I don't know". Raises BadPrediction."""
    given = request.POST.get("predicted", "").strip()[:LONGEST]
    if "unknown" in request.POST:
        return ""
    if not given:
        raise BadPrediction("Say what you expect first, or that you don't know.")
    return given


def _keep(request: HtmxRequest, loaded: Loaded, given: str, prompt: Prompt, now: datetime) -> None:
    """Raises BadPrediction, BadToken, and what a run raises."""
    bench = loaded.bench
    asked, fact = bench.question, next(iter(queries.facts(bench.scenario.facts[:1])), None)
    if asked is None or fact is None:
        raise Http404("nothing is asked of this run")
    if prompt.about != bench.inputs.key:
        raise BadToken("That was about another run. Here is this one.")
    marked = asking.mark(asked, bench.ran.outcome, given)
    is_new = user_of(request) is None
    student = person(request, now)
    try:
        services.predict(
            student=student,
            scenario=bench.scenario,
            fact=fact,
            state=bench.state,
            asked=asked,
            inputs=bench.inputs,
            ran=bench.ran,
            marked=marked,
            is_sure="is_sure" in request.POST,
            prompt=prompt,
            now=now,
        )
    except services.AlreadyPredicted:
        return  # the first prediction stands
    except services.AlreadyAnswered:
        if is_new:
            _join(request, student, prompt)


def _join(request: HtmxRequest, twin: User, prompt: Prompt) -> None:
    """A newcomer who sent one page twice is one guest: the one who has its prediction, not a `twin` with nothing."""
    first = queries.predicted_from(prompt.nonce)
    if first is not None and first.is_guest:
        accounts.enter(request, first)
        accounts.erase(twin)


@require_safe
def why(request: HtmxRequest, slug: str) -> HttpResponse:
    """Why one thing in the picture is as it is: `mark` names it."""
    loaded = load(request, slug)
    now = timezone.now()
    context: dict[str, Any] = {}
    try:
        with running_for(request, loaded, now):
            if not loaded.problems:
                if not screens.is_open(user_of(request), loaded.bench):
                    raise Http404("nothing has been predicted yet")
                context = screens.why(loaded.bench, request.GET.get("mark", "")[:80])
    except NoSuchMark as error:
        raise Http404(str(error)) from None
    except TooFast as error:
        return too_fast(request, error)
    if loaded.problems or not request.htmx:
        return _show(request, loaded, "page", **context)
    return render(request, TEMPLATE, "why", context)


def _show(request: HtmxRequest, loaded: Loaded, part: str, *, problem: str = "", **more: Any) -> HttpResponse:
    """The page, or what changes with the state; 422 where it cannot be run, or `problem` is wrong with a prediction."""
    now, bench = timezone.now(), loaded.bench
    context: dict[str, Any] = {"form": loaded.form, "is_open": True, "is_part": part == "outcome", "problem": problem}
    try:
        with running_for(request, loaded, now):
            if not loaded.problems:
                context |= screens.state(bench, user_of(request), mark_of(request), now)
    except TooFast as error:
        return too_fast(request, error)
    context["here_absolute"] = absolute(request, bench.address())
    context["made"] = made.made(bench.scenario.body, loaded.form.controls, bench.state, bench.believable)
    context |= screens.frame(bench, timezone.localdate(now), is_readable=not loaded.problems)
    user = user_of(request)
    if user and user.is_instructor and not loaded.problems:
        context |= {"teaches": True, "draft_fields": screens.drafted(bench)}
    if part == "page" and context["is_open"]:
        context |= screens.tryouts(bench)
    is_bad = bool(loaded.problems or problem)
    response = render(
        request, TEMPLATE, part, {**context, "problems": loaded.problems, **more}, status=422 if is_bad else 200
    )
    is_new = request.htmx.current_url_abs_path != bench.address()  # else a step back would show nothing
    if request.htmx and not is_bad and is_new:
        response["HX-Push-Url"] = bench.address()
    return response


def mark_of(request: HtmxRequest) -> str:
    """Whom a prompt is for: this browser, since a newcomer becomes somebody by answering it."""
    get_token(request)
    return "browser " + salted_hmac("lab.prompt", request.META["CSRF_COOKIE"]).hexdigest()[:24]
