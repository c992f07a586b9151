"""The first page: a question for who is new, Today for who has been here."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from studyapp.accounts import services as accounts
from studyapp.accounts.http import user_of
from studyapp.attempts import tokens
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Revision
from studyapp.drills import screens
from studyapp.drills.forms import ResponseForm
from studyapp.drills.services import AlreadyAnswered
from studyapp.home import queries, services
from studyapp.home import screens as home_screens
from studyapp.questions.marking import BadResponse
from studyapp.questions.variants import shuffled
from studyapp.ui.http import HtmxRequest, render


@require_safe
@ensure_csrf_cookie
def index(request: HtmxRequest) -> HttpResponse:
    """A question for a newcomer; Today for everyone else."""
    user, now = user_of(request), timezone.now()
    if user is not None:
        return home_screens.today(request, user, now)
    return _ask_any(request)


@require_POST
def first(request: HtmxRequest) -> HttpResponse:
    """The first answer: makes the guest and the drill; the drill's page shows the feedback."""
    try:
        shown = tokens.read(request.POST.get("token", ""), person=services.browser(request))
        revision = queries.revision_of(shown)
    except BadToken as error:
        return _ask_any(request, problems=[str(error)])
    form = ResponseForm(request.POST, variant=revision.variant(shown.seed))
    if not form.is_valid():
        return _ask(request, revision, shown.seed, problems=form.problems)
    try:
        begun = services.begin(
            user=user_of(request),
            revision=revision,
            shown=shown,
            response=form.cleaned_data["response"],
            now=timezone.now(),
        )
    except BadResponse as error:
        return _ask(request, revision, shown.seed, problems=[str(error)])
    except AlreadyAnswered:
        return _shown_before(request, shown)
    if user_of(request) is None:
        accounts.enter(request, begun.student)
    return redirect("drills:question", begun.drill.pk, 1)


def _ask_any(request: HtmxRequest, problems: Sequence[str] = ()) -> HttpResponse:
    """A first question by lot; with the reason, where the page that was answered cannot be told any more."""
    try:
        revision, seed = queries.first_revision(tokens.new_nonce())
    except queries.NoCourse:
        return render_page(request, "home/empty.html", status=503)
    return _ask(request, revision, seed, problems)


def _ask(request: HtmxRequest, revision: Revision, seed: int, problems: Sequence[str] = ()) -> HttpResponse:
    """The question with a fresh token for this browser; 422 when it is asked again because of `problems`."""
    variant = revision.variant(seed)
    nonce = tokens.new_nonce()
    shown = Shown(revision.pk, seed, shuffled(variant, nonce), services.browser(request), timezone.now(), nonce)
    context: dict[str, Any] = {
        **screens.asked(variant, shown),
        "references": screens.references(revision.body),
        "words": screens.offered(revision.body, variant),
        "problems": screens.problems(problems),
    }
    return render(request, "home/first.html", "question", context, status=422 if problems else 200)


def _shown_before(request: HtmxRequest, shown: Shown) -> HttpResponse:
    """The first response to this page stands: show it to the browser that gave it, if it is still a guest's or their own."""
    given = queries.given_to(shown.nonce)
    user = user_of(request)
    if given is None or given.student is None:
        raise Http404("this answer is gone")
    if user is None and given.student.is_guest:
        accounts.enter(request, given.student)
    elif user != given.student:
        return redirect("accounts:sign_in")
    return redirect("drills:question", given.drill_id, 1)
