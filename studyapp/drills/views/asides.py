"""What can be done beside a question: look at a hint, flag its fact, report it; and after the answer, say why it was missed, say
what becomes of its fact, and ask for another one."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from studyapp.accounts.http import SignedInRequest, signed_in
from studyapp.attempts import services as attempts
from studyapp.attempts.models import Attempt
from studyapp.drills import beside as reads
from studyapp.drills import opening, screens, services
from studyapp.drills.asides import CardForm, FlagForm, HintForm, LikeForm, ReasonForm, ReportForm
from studyapp.drills.services import Said
from studyapp.drills.views.places import (
    Loaded,
    ask,
    attempt_at,
    given,
    load,
    load_answered,
    shown_before,
    tell,
    to_place,
)


@require_POST
@signed_in
def hint(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """The question with one hint more; what was chosen stays."""
    loaded = load(request, drill_id, position)
    if loaded.place.state != "todo":  # too late for a hint
        return to_place(drill_id, position)
    sent = given(request, loaded)
    form = HintForm(request.POST, offered=screens.offers(*loaded[1:]))
    if not form.is_valid():
        return ask(request, loaded, replace(sent, problems=(form.problem,)), status=422)
    name = form.cleaned_data["hint"]
    try:
        taken = services.take_hint(drill=loaded.plan.drill, place=loaded.place, name=name)
    except services.AlreadyAnswered:
        return to_place(drill_id, position)
    loaded = loaded._replace(place=replace(loaded.place, hints=tuple(taken.hints)))
    return ask(request, loaded, sent, fresh=name)


@require_POST
@signed_in
def flag(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """Flag the fact of a question, or take the flag away: before the answer and after."""
    loaded = load(request, drill_id, position)
    form = FlagForm(request.POST)
    is_flagged = form.is_valid() and form.cleaned_data["is_flagged"]
    _say(request, loaded, Said.FLAG if is_flagged else Said.UNFLAG)
    if loaded.place.state == "todo":
        return ask(request, loaded, given(request, loaded), part="flag", is_flagged=is_flagged)
    return tell(request, loaded, attempt_at(loaded), part="flag", is_flagged=is_flagged)


@require_POST
@signed_in
def report(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """What is wrong with a question, with what the student saw and gave: before the answer and after."""
    loaded = load(request, drill_id, position)
    is_open = loaded.place.state == "todo"
    attempt = None if is_open else attempt_at(loaded)
    form = ReportForm(request.POST)
    if form.is_valid():
        shown = shown_before(request, loaded) if is_open else None
        attempts.report(
            student=request.user,
            revision=loaded.revision,
            seed=loaded.place.seed,
            order=attempt.order if attempt else shown.order if shown else (),
            response=attempt.response if attempt else None,
            now=timezone.now(),
            **form.cleaned_data,
        )
    status, told = (200 if form.is_valid() else 422), screens.reporting(form.given)
    if attempt is None:
        return ask(request, loaded, given(request, loaded), part="report", status=status, report=told)
    return tell(request, loaded, attempt, part="report", status=status, report=told)


@require_POST
@signed_in
def explain(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """Why an answer was missed; said again, the new reason stands."""
    loaded, attempt = load_answered(request, drill_id, position)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return tell(request, loaded, attempt, part="missed", status=422, missed=form.problem)
    try:
        miss = attempts.explain(attempt=attempt, reason=form.cleaned_data["reason"], now=timezone.now())
    except attempts.NotMissed:
        raise Http404("a right answer was not missed") from None
    after = reads.after(attempt)
    return tell(request, loaded, attempt, after and replace(after, reason=miss.reason), part="missed")


@require_POST
@signed_in
def card(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """What becomes of the fact: put off, suspended, forgotten, or given a day."""
    loaded, attempt = load_answered(request, drill_id, position)
    form = CardForm(request.POST)
    if not form.is_valid():
        return _unmoved(request, loaded, attempt, form)
    do = form.cleaned_data["do"]
    try:
        services.say(
            student=request.user, fact=loaded.revision.item.fact, do=do, on=form.cleaned_data["on"], now=timezone.now()
        )
    except services.NotADay as error:
        form.add_error("on", str(error))
        return _unmoved(request, loaded, attempt, form)
    return tell(request, loaded, attempt, part="fact", moved=screens.moved(do, form.cleaned_data["on"]))


@require_POST
@signed_in
def another(request: SignedInRequest, drill_id: int, position: int) -> HttpResponse:
    """Another question: like this one, harder, or on what it is confused with. Where there is none, the page says so."""
    loaded, attempt = load_answered(request, drill_id, position)
    form = LikeForm(request.POST)
    if not form.is_valid():
        return tell(request, loaded, attempt, nothing=form.problem, status=422)
    how = form.cleaned_data["how"]
    try:
        found = opening.another(drill=loaded.plan.drill, after=attempt, how=how, now=timezone.now())
    except opening.NothingToAsk as error:
        return tell(request, loaded, attempt, nothing=str(error))
    return to_place(found.drill_id, found.position)


def _say(request: SignedInRequest, loaded: Loaded, do: Said) -> None:
    services.say(student=request.user, fact=loaded.revision.item.fact, do=do, now=timezone.now())


def _unmoved(request: SignedInRequest, loaded: Loaded, attempt: Attempt, form: CardForm) -> HttpResponse:
    wrong = {"text": form.problem, "on": form.data.get("on", "")}
    return tell(request, loaded, attempt, part="fact", status=422, wrong_day=wrong)
