"""While the clock runs: questions, drafts, the overview, pauses."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from studyapp.accounts.http import SignedInRequest, signed_in
from studyapp.exams import queries, screens, services
from studyapp.exams.drafts import is_shown
from studyapp.exams.forms import DraftForm, TurnForm
from studyapp.exams.models import Sitting, SittingItem
from studyapp.exams.queries import Paper
from studyapp.exams.views.loading import answered, at, load, to
from studyapp.ui.http import render

TEMPLATE = "exams/sitting.html"
REFUSED = (services.TimeIsUp, services.IsPaused, services.IsOver)


@require_safe
@signed_in
def resume(request: SignedInRequest, sitting_id: int) -> HttpResponse:
    """To the place that was being read, to the overview, or to the report."""
    sitting = load(request, sitting_id).sitting
    if sitting.submitted_at:
        return redirect("exams:report", sitting_id)
    return (
        redirect("exams:question", sitting_id, sitting.here) if sitting.here else redirect("exams:overview", sitting_id)
    )


@require_safe
@signed_in
def question(request: SignedInRequest, sitting_id: int, position: int) -> HttpResponse:
    """The question as it stands; with its reasons, once all is handed in."""
    paper = load(request, sitting_id)
    place = at(paper, position)
    if paper.sitting.submitted_at:
        return answered(request, paper, place, "feedback")
    return _running(request, paper, lambda: _question(request, paper, place))


@require_POST
@signed_in
def save(request: SignedInRequest, sitting_id: int, position: int) -> HttpResponse:
    """Keep the draft; then stay, turn to another place, or pause."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, sitting_id, position, form.problems)
    now, go = timezone.now(), form.cleaned_data["go"]
    try:
        paper = _keep(request, sitting_id, position, form, now)
    except REFUSED as error:
        return _refused(request, sitting_id, position, error)
    except services.BadDraft as error:
        return _ask_again(request, sitting_id, position, [str(error)])
    except services.NeverPauses:
        return to(sitting_id, position)
    except LookupError:
        raise Http404("no such question") from None
    if request.htmx and form.stays:
        return _saved(request, paper, at(paper, position), form, now)
    return to(sitting_id, position if go is None else go)


@require_POST
@signed_in
def turn(request: SignedInRequest, sitting_id: int) -> HttpResponse:
    """From the overview to a question."""
    form = TurnForm(request.POST)
    if not form.is_valid():
        return redirect("exams:overview", sitting_id)
    position = form.cleaned_data["go"]
    try:
        services.turn(student=request.user, sitting_id=sitting_id, position=position, now=timezone.now())
    except REFUSED as error:
        return _refused(request, sitting_id, position, error)
    except LookupError:
        raise Http404("no such question") from None
    return to(sitting_id, position)


@require_safe
@signed_in
def overview(request: SignedInRequest, sitting_id: int) -> HttpResponse:
    paper = load(request, sitting_id)
    if paper.sitting.submitted_at:
        return redirect("exams:report", sitting_id)
    context = screens.overview(paper, timezone.now())
    return _running(request, paper, lambda: _push(render(request, TEMPLATE, "overview", context), sitting_id, 0))


@require_POST
@signed_in
def go_on(request: SignedInRequest, sitting_id: int) -> HttpResponse:
    try:
        sitting = services.go_on(student=request.user, sitting_id=sitting_id, now=timezone.now())
    except REFUSED as error:
        return _refused(request, sitting_id, 1, error)
    except LookupError:
        raise Http404("no such sitting") from None
    return to(sitting_id, sitting.here or 0)


def _keep(request: SignedInRequest, sitting_id: int, position: int, form: DraftForm, now: datetime) -> Paper:
    given = form.cleaned_data
    where = {
        "student": request.user,
        "sitting_id": sitting_id,
        "position": position,
        "draft": given["draft"],
        "now": now,
    }
    if given["pause"]:
        return services.save_and_pause(**where)
    return services.save(**where, turn_to=given["go"])


def _saved(request: SignedInRequest, paper: Paper, place: SittingItem, form: DraftForm, now: datetime) -> HttpResponse:
    """That it is kept; the whole question where another page has changed it since this one was shown."""
    if is_shown(place, form.cleaned_data["draft"]):
        return render(request, TEMPLATE, "saved", screens.saved(paper, place, now=now))
    return _in_place(request, paper, place)


def _running(request: SignedInRequest, paper: Paper, show: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, while the clock runs; else that it stands, or that time is up. Reading hands nothing in."""
    now = timezone.now()
    if paper.sitting.is_over(now):
        return render(request, TEMPLATE, "over", screens.halted(paper, now))
    if paper.sitting.paused_at:
        return render(request, TEMPLATE, "paused", screens.halted(paper, now))
    return show()


def _question(request: SignedInRequest, paper: Paper, place: SittingItem) -> HttpResponse:
    context = screens.question(paper, place, queries.revision_of(place), now=timezone.now())
    return _push(render(request, TEMPLATE, "question", context), paper.sitting.pk, place.position)


def _ask_again(request: SignedInRequest, sitting_id: int, position: int, problems: Sequence[str]) -> HttpResponse:
    """The question as it stands, with what is wrong; in place of the whole page, whatever asked."""
    paper = load(request, sitting_id)
    return _in_place(request, paper, at(paper, position), problems)


def _in_place(request: SignedInRequest, paper: Paper, place: SittingItem, problems: Sequence[str] = ()) -> HttpResponse:
    context = screens.question(paper, place, queries.revision_of(place), now=timezone.now(), problems=problems)
    response = render(request, TEMPLATE, "question", context, status=422 if problems else 200)
    response["HX-Retarget"], response["HX-Reswap"] = "#main", "innerHTML"
    return response


def _refused(request: SignedInRequest, sitting_id: int, position: int, error: Exception) -> HttpResponse:
    """What came too late is not kept, and what was saved is handed in; a pause shows that it is one."""
    if isinstance(error, services.TimeIsUp):
        sitting = services.hand_in(sitting_id=sitting_id, now=timezone.now())
        messages.info(request, _time_was_up(sitting))
    address = (
        ("exams:question", sitting_id, position)
        if isinstance(error, services.IsPaused)
        else ("exams:report", sitting_id)
    )
    url = resolve_url(*address)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _time_was_up(sitting: Sitting) -> str:
    at = timezone.localtime(sitting.submitted_at)
    return f"Time was up at {at:%H:%M:%S}. What was saved by then is handed in; what came later is not."


def _push(response: HttpResponse, sitting_id: int, position: int) -> HttpResponse:
    """Keep the address bar on what is shown."""
    name = ("exams:question", [sitting_id, position]) if position else ("exams:overview", [sitting_id])
    response["HX-Push-Url"] = reverse(name[0], args=name[1])
    return response
