"""Progress over HTTP. Every page is the student's own and only reads; who has nothing yet sees what will be there."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from studyapp.accounts.http import user_of
from studyapp.accounts.models import User
from studyapp.progress import ideas, queries, results
from studyapp.ui.http import HtmxRequest


def _page(name: str, read: Callable[[User | None, datetime], object]) -> Callable[[HtmxRequest], HttpResponse]:
    @require_safe
    def view(request: HtmxRequest) -> HttpResponse:
        return render(request, f"progress/{name}.html", {"page": read(user_of(request), timezone.now())})

    return view


index = _page("recall", queries.recall_page)
days = _page("days", queries.days_page)
calibration = _page("calibration", results.calibration_page)
score = _page("score", results.score_page)
clues = _page("clues", ideas.clues_page)
beliefs = _page("beliefs", ideas.beliefs_page)
