"""Drafts over HTTP, for those who teach: to others with a name there are no such pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studyapp.accounts.http import SignedInRequest, instructor
from studyapp.accounts.models import User
from studyapp.attempts import services as attempts
from studyapp.attempts.models import Report
from studyapp.authoring import queries, services
from studyapp.authoring.course import course
from studyapp.authoring.forms import FromRunForm, WordsForm
from studyapp.authoring.models import Draft
from studyapp.authoring.reports import open_reports
from studyapp.content.models import Scenario
from studyapp.simulator import scenario as scenarios
from studyapp.simulator.errors import ClaimError, SimulatorError, shown
from studyapp.simulator.rulebook import TRUTH


@require_safe
@instructor
def index(request: SignedInRequest) -> HttpResponse:
    return render(request, "authoring/index.html", {"drafts": Draft.objects.of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@instructor
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft; POST gives it other words."""
    found = get_object_or_404(Draft.objects.of(request.user), pk=pk)
    try:
        known = set(course().facts) if request.method == "POST" else set()
        form = WordsForm(request.POST if request.method == "POST" else None, draft=found, known=known)
        if form.is_bound and form.is_valid():
            services.rewrite(draft=found, stem=form.cleaned_data["stem"], whys=form.whys, now=timezone.now())
            return redirect("authoring:draft", found.pk)
    except services.CourseUnreadable as error:
        return _refused(request, [str(error)], found.from_address, status=503)
    context = {"page": queries.page(found), "form": form}
    return render(request, "authoring/draft.html", context, status=422 if form.is_bound else 200)


@require_safe
@instructor
def yaml(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Draft.objects.of(request.user), pk=pk)
    name = found.slug.rpartition(".")[0].rpartition(".")[2]
    return HttpResponse(
        queries.page(found).yaml,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'},
    )


@require_POST
@instructor
def from_run(request: SignedInRequest) -> HttpResponse:
    """Make a draft of a run as it stands in the lab."""
    form = FromRunForm(request.POST)
    if not form.is_valid():
        return _refused(request, form.problems, "")
    run = form.cleaned_data
    scenario = get_object_or_404(Scenario.objects.current(), slug=run["scenario"])
    try:
        made = _made(request.user, scenario, run)
    except (services.NoDraft, services.TooSlow, services.CourseUnreadable, SimulatorError) as error:
        return _refused(request, _reasons(error, run["asks"]), run["address"])
    return redirect("authoring:draft", made.pk)


@require_safe
@instructor
def reports(request: SignedInRequest) -> HttpResponse:
    """What students say is wrong with questions."""
    newest, total = open_reports()
    return render(request, "authoring/reports.html", {"reports": newest, "total": total})


@require_POST
@instructor
def close_report(request: SignedInRequest, pk: int) -> HttpResponse:
    attempts.close(report=get_object_or_404(Report, pk=pk), now=timezone.now())
    return redirect("authoring:reports")


def _made(author: User, scenario: Scenario, run: Mapping[str, Any]) -> Draft:
    """Raises what `services.draft_from` raises, and RulebookError for rules that cannot be."""
    TRUTH.believing(run["patch"])
    return services.draft_from(
        author=author,
        body=scenarios.patch(scenario.body, run["changes"]),
        facts=tuple(scenario.facts),
        seed=run["seed"],
        asks=run["asks"],
        title=scenario.title,
        address=run["address"],
        now=timezone.now(),
        left_out=tuple(run["patch"]),
    )


def _reasons(error: Exception, asks: str | None) -> Sequence[str]:
    """Why there is no draft, in sentences."""
    match error:
        case services.NoDraft():
            return error.reasons
        case services.TooSlow():
            return [f"The question took longer than {services.LONGEST_S:.0f} s to make. A shorter run takes less."]
        case ClaimError():
            return [f"asks: {shown(asks)} is no metric of this run."]
    return [str(error)]


def _refused(request: HttpRequest, reasons: Sequence[str], address: str, status: int = 422) -> HttpResponse:
    context = {"reasons": reasons, "address": address}
    return render(request, "authoring/refused.html", context, status=status)
