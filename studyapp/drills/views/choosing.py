"""Choosing what to drill, and what not to be asked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts.http import SignedInRequest, person, signed_in, user_of
from studyapp.drills import choices, opening, queries, services
from studyapp.drills.services import Said
from studyapp.drills.wishes import StartForm
from studyapp.memory import queries as memory_queries
from studyapp.ui.http import HtmxRequest


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    now = timezone.now()
    return render_page(request, "drills/index.html", {"choices": choices.choices(user_of(request), now), "now": now})


@require_POST
def start(request: HtmxRequest) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        return render_page(request, "drills/none.html", {"form": form}, status=422)
    now = timezone.now()
    student = person(request, now)
    try:
        drill = opening.open_on(student=student, now=now, **form.cleaned_data)
    except opening.NothingToAsk as error:
        context = {"says": str(error), "next_due_at": memory_queries.next_due_at(student), "now": now}
        return render_page(request, "drills/none.html", context)
    return redirect("drills:question", drill.pk, 1)


@require_safe
@signed_in
def place(request: SignedInRequest, occasion: UUID, position: int) -> HttpResponse:
    """The place of a drill that an answer names."""
    drill_id = queries.drill_at(request.user, occasion)
    if drill_id is None:
        raise Http404("no such drill")
    return redirect("drills:question", drill_id, position)


@require_POST
@signed_in
def suspend(request: SignedInRequest) -> HttpResponse:
    """Ask a fact no more, from the list of those that do not stick."""
    return _say(request, Said.SUSPEND)


@require_POST
@signed_in
def resume(request: SignedInRequest) -> HttpResponse:
    """Ask it again."""
    return _say(request, Said.RESUME)


def _say(request: SignedInRequest, do: Said) -> HttpResponse:
    fact = queries.fact_named(request.POST.get("fact", ""))
    if fact is None:
        raise Http404("no such fact")
    services.say(student=request.user, fact=fact, do=do, now=timezone.now())
    return redirect("drills:index")
