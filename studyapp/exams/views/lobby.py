"""Before an exam: the terms, what can be gone on with, and what former ones came to."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts.http import person, user_of
from studyapp.exams import queries, services
from studyapp.exams.forms import TermsForm
from studyapp.ui.http import HtmxRequest


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    return _lobby(request)


@require_POST
def begin(request: HtmxRequest) -> HttpResponse:
    blueprint = queries.blueprint()
    if blueprint is None:
        return _lobby(request, status=422)
    form = TermsForm(request.POST, blueprint=blueprint)
    if not form.is_valid():
        return _lobby(request, form, status=422)
    now = timezone.now()
    student = person(request, now)
    try:
        sitting = services.begin(student=student, blueprint=blueprint, terms=form.cleaned_data["terms"], now=now)
    except services.StillSitting as error:
        return redirect("exams:resume", error.sitting.pk)
    except services.NothingToAsk:
        return _lobby(request, status=422)
    return redirect("exams:question", sitting.pk, 1)


def _lobby(request: HtmxRequest, form: TermsForm | None = None, status: int = 200) -> HttpResponse:
    """Before an exam, and after the last one. Four queries; one for somebody without a row."""
    blueprint, student, now = queries.blueprint(), user_of(request), timezone.now()
    context = {
        "blueprint": blueprint,
        "form": form or (TermsForm(blueprint=blueprint) if blueprint else None),
        "open": [(sitting, sitting.is_over(now)) for sitting in queries.open_sittings(student)],
        "former": queries.former(student),
    }
    return render(request, "exams/index.html", context, status=status)
