"""What the addresses name: the student's own, or not found; and the answers that several views give."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from studyapp.accounts.http import SignedInRequest
from studyapp.exams import queries, screens
from studyapp.exams.models import SittingItem
from studyapp.exams.queries import Paper
from studyapp.ui.http import render

ANSWERED = "exams/answered.html"


def load(request: SignedInRequest, sitting_id: int) -> Paper:
    paper = queries.paper(request.user, sitting_id)
    if paper is None:
        raise Http404("no such sitting")
    return paper


def at(paper: Paper, position: int) -> SittingItem:
    place = paper.at(position)
    if place is None:
        raise Http404("no such question")
    return place


def to(sitting_id: int, position: int) -> HttpResponse:
    """A question by its own address, so that reloading posts nothing again; 0 is the overview."""
    return redirect("exams:question", sitting_id, position) if position else redirect("exams:overview", sitting_id)


def answered(request: SignedInRequest, paper: Paper, place: SittingItem, part: str) -> HttpResponse:
    revision = queries.revision_of(place)
    attempt = queries.attempt_at(paper.sitting, place.position)
    context = screens.answered(paper, place, revision, attempt, timezone.now())
    if part == "run":
        if not context["can_run"]:
            raise Http404("this question has no run")
        context |= screens.run(revision, place)
    return render(request, ANSWERED, part, context)
