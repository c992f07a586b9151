"""What can be taken from a run: files, the rules in force, and the picture on a wall."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from studyapp.accounts.http import absolute, user_of
from studyapp.lab import drawing, exporting, rules, screens, wall
from studyapp.lab.pace import TooFast
from studyapp.lab.screens import Bench
from studyapp.lab.views.loading import Loaded, load, running_for, too_fast, unreadable
from studyapp.ui.http import HtmxRequest, render

Make = Callable[[HtmxRequest, Bench], HttpResponseBase]


@require_safe
def as_json(request: HtmxRequest, slug: str) -> HttpResponseBase:
    return _taken(request, slug, _json)


@require_safe
def as_csv(request: HtmxRequest, slug: str) -> HttpResponseBase:
    return _taken(request, slug, _csv)


@require_safe
def as_svg(request: HtmxRequest, slug: str) -> HttpResponseBase:
    return _taken(request, slug, _svg)


@require_safe
def in_force(request: HtmxRequest, slug: str) -> HttpResponseBase:
    """Every rule that the run reads, with unit and source; what AWS leaves open can be changed."""
    return _taken(request, slug, _rules)


@require_safe
def on_a_wall(request: HtmxRequest, slug: str) -> HttpResponseBase:
    """The run at the projector. Those who teach need not predict first."""
    loaded = load(request, slug)
    text = request.GET.get("step", "")
    step = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    user = user_of(request)
    may_see = bool(user and user.is_instructor)
    try:
        with running_for(request, loaded, timezone.now()):
            if not loaded.problems:
                is_open = may_see or screens.is_open(user, loaded.bench)
                told = wall.steps(loaded.bench, step if is_open else wall.QUESTION)
                context = {"scenario": loaded.bench.scenario, "bench": loaded.bench, "is_open": is_open, **told}
                return render(request, "lab/wall.html", "step", context)
    except TooFast as error:
        return too_fast(request, error)
    return unreadable(request, loaded)


def _taken(request: HtmxRequest, slug: str, make: Make) -> HttpResponseBase:
    """What `make` makes of the run; only after a prediction, since it would give the answer away."""
    loaded = load(request, slug)
    try:
        with running_for(request, loaded, timezone.now()):
            if not loaded.problems:
                _refuse_unseen(request, loaded)
                return make(request, loaded.bench)
    except TooFast as error:
        return too_fast(request, error)
    return unreadable(request, loaded)


def _refuse_unseen(request: HtmxRequest, loaded: Loaded) -> None:
    user = user_of(request)
    may_see = bool(user and user.is_instructor)
    if not may_see and not screens.is_open(user, loaded.bench):
        raise Http404("nothing has been predicted yet")


def _json(request: HtmxRequest, bench: Bench) -> HttpResponseBase:
    text = exporting.as_json(bench.inputs, bench.ran.outcome, absolute(request, bench.address()))
    return HttpResponse(text, content_type="application/json", headers=exporting.headers(bench.slug, "json"))


def _csv(request: HtmxRequest, bench: Bench) -> HttpResponseBase:
    text = exporting.as_csv(bench.ran.outcome)
    return StreamingHttpResponse(
        text, content_type="text/csv; charset=utf-8", headers=exporting.headers(bench.slug, "csv")
    )


def _svg(request: HtmxRequest, bench: Bench) -> HttpResponseBase:
    drawn = drawing.alone(bench.ran).main
    if drawn.chart is None:
        raise Http404("this run has no picture of its own")
    text = exporting.as_svg(drawn)
    return HttpResponse(text, content_type="image/svg+xml", headers=exporting.headers(bench.slug, "svg"))


def _rules(request: HtmxRequest, bench: Bench) -> HttpResponseBase:
    return render(
        request, "lab/rules.html", "panel", {"scenario": bench.scenario, "bench": bench, **rules.in_force(bench)}
    )
