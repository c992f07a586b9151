"""What is worked out in the background: asked for, and looked at while it grows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts.http import origin, user_of
from studyapp.content.one_scenario import NotFound
from studyapp.lab import queries, screens
from studyapp.lab.background import found, jobs
from studyapp.lab.background import wishes as asking_jobs
from studyapp.lab.background.searching import BadSearch
from studyapp.lab.background.sweeping import BadSweep
from studyapp.lab.background.wishes import NothingToFind
from studyapp.lab.models import Job, JobKind
from studyapp.lab.pace import TooFast
from studyapp.lab.views.loading import load, running_for, too_fast, unreadable
from studyapp.questions.variants import UnprovedSeed
from studyapp.ui.http import HtmxRequest, render

TEMPLATE = "lab/job.html"
LOOK_AGAIN_S = 1


@require_POST
def sweep(request: HtmxRequest, slug: str) -> HttpResponse:
    """A metric over the whole range of the control that `path` names."""
    loaded, now = load(request, slug, request.POST), timezone.now()
    user = user_of(request)
    try:
        with running_for(request, loaded, now):
            if not loaded.problems:
                if not screens.is_open(user, loaded.bench):
                    raise Http404("nothing has been predicted yet")
                bench, path = loaded.bench, request.POST.get("path", "")[:200]
                made = asking_jobs.sweep(bench.inputs, bench.demo, path, bench.ran.outcome, bench.question)
                if made is None:
                    raise Http404("no such control")
                job = jobs.ask(kind=JobKind.SWEEP, asked=made.as_json(), by=user, device=_device(request), now=now)
                return _asked(request, job)
    except TooFast as error:
        return too_fast(request, error)
    except (jobs.TooManyJobs, NotFound, BadSweep) as error:
        return _refused(request, str(error))
    return unreadable(request, loaded)


@require_POST
def smallest(request: HtmxRequest, revision: int, seed: int, option: str) -> HttpResponse:
    """The smallest change that would make an option right that is wrong; for who has answered the question, or teaches."""
    user = user_of(request)
    asked = queries.answered(user, revision)
    if user is None or asked is None:
        raise Http404("no such question")
    try:
        variant = asked.variant(seed)
    except UnprovedSeed:
        raise Http404("no such variant") from None
    wrong = next((each for each in variant.options if each.id == option and each.id not in variant.key), None)
    if wrong is None or not asked.body["scenario"] or variant.kind not in ("fix", "predict"):
        raise Http404("no such wrong option")
    try:
        search = asking_jobs.search(asked, variant, wrong)
        job = jobs.ask(kind=JobKind.SEARCH, asked=search.as_json(), by=user, now=timezone.now())
    except (NothingToFind, BadSearch, jobs.TooManyJobs) as error:
        return _refused(request, str(error))
    return _asked(request, job)


@require_safe
def progress(request: HtmxRequest, key: str) -> HttpResponse:
    """How far a job is, or what it found. Asks to be looked at again until then."""
    return _show(request, get_object_or_404(Job, key=key))


def _asked(request: HtmxRequest, job: Job) -> HttpResponse:
    return _show(request, job) if request.htmx else redirect("lab:job", job.key)


def _show(request: HtmxRequest, job: Job) -> HttpResponse:
    response = render(request, TEMPLATE, "job", found.context(job))
    if not job.is_over and not request.htmx:
        response["Refresh"] = str(LOOK_AGAIN_S)
    return response


def _refused(request: HtmxRequest, says: str) -> HttpResponse:
    if request.htmx:
        return render(request, TEMPLATE, "refused", {"says": says}, status=422)
    return render_page(request, "lab/refused.html", {"says": says}, status=429)


def _device(request: HttpRequest) -> str:
    """Whom somebody without a row is counted as."""
    return origin(request).address
