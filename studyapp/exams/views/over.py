"""After an exam: handing in, the report, and each question's run."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts.http import SignedInRequest, signed_in
from studyapp.exams import screens, services
from studyapp.exams.views.loading import answered, at, load


@require_POST
@signed_in
def end(request: SignedInRequest, sitting_id: int) -> HttpResponse:
    """Hand in. Twice is once."""
    sitting = load(request, sitting_id).sitting
    services.hand_in(sitting_id=sitting.pk, now=timezone.now())
    return redirect("exams:report", sitting_id)


@require_safe
@signed_in
def report(request: SignedInRequest, sitting_id: int) -> HttpResponse:
    paper = load(request, sitting_id)
    if not paper.sitting.submitted_at:
        return redirect("exams:resume", sitting_id)
    return render(request, "exams/report.html", screens.told(paper, request.GET.get("show", "all")))


@require_safe
@signed_in
def run(request: SignedInRequest, sitting_id: int, position: int) -> HttpResponse:
    """The run behind a question. Not found before all is handed in: it would give the key away."""
    paper = load(request, sitting_id)
    if not paper.sitting.submitted_at:
        raise Http404("the exam is not over")
    return answered(request, paper, at(paper, position), "run")
