"""Today, as more than one view shows it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page

from studyapp.accounts.models import User
from studyapp.home import queries
from studyapp.home.goal_forms import DateForm, WentForm
from studyapp.scheduling.days import study_day


def today(
    request: HttpRequest,
    student: User,
    now: datetime,
    *,
    date_form: DateForm | None = None,
    went_form: WentForm | None = None,
) -> HttpResponse:
    """The page; 422 with a form that needs another look. For the queries see `queries.today`."""
    context = {
        "today": queries.today(student, now),
        "date_form": date_form or DateForm(today=study_day(now, student.zone)),
        "went_form": went_form or WentForm(),
        "refused": date_form or went_form,
    }
    return render_page(request, "home/today.html", context, status=422 if date_form or went_form else 200)
