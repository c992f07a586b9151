"""The goal: the exam and its day, the days without study, and how it went."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from studyapp.accounts.http import SignedInRequest, signed_in
from studyapp.home import screens
from studyapp.home.goal_forms import DateForm, GoalForm, WentForm
from studyapp.memory import forecasts, goals
from studyapp.memory.queries import goal_of
from studyapp.scheduling.days import study_day


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    form = GoalForm(request.POST or None, goal=goal_of(request.user), today=study_day(now, request.user.zone))
    if request.method != "POST" or not form.is_valid():
        return render_page(request, "home/goal.html", {"form": form}, status=422 if form.is_bound else 200)
    goals.set_goal(student=request.user, aim=form.aim, now=now)
    return redirect("home:index")


@require_POST
@signed_in
def date(request: SignedInRequest) -> HttpResponse:
    """When the exam is, said on Today."""
    now = timezone.now()
    form = DateForm(request.POST, today=study_day(now, request.user.zone))
    if not form.is_valid():
        return screens.today(request, request.user, now, date_form=form)
    goals.set_date(student=request.user, now=now, **form.cleaned_data)
    return redirect("home:index")


@require_POST
@signed_in
def no_time(request: SignedInRequest) -> HttpResponse:
    """No time today: what is due moves on."""
    now = timezone.now()
    goals.take_off(student=request.user, day=study_day(now, request.user.zone), now=now)
    return redirect("home:index")


@require_POST
@signed_in
def time_after_all(request: SignedInRequest) -> HttpResponse:
    goals.put_back(student=request.user, day=study_day(timezone.now(), request.user.zone))
    return redirect("home:index")


@require_POST
@signed_in
def went(request: SignedInRequest) -> HttpResponse:
    """How the exam went, or that the student would rather not say. Said twice, the first stands."""
    now = timezone.now()
    form = WentForm(request.POST)
    if not form.is_valid():
        return screens.today(request, request.user, now, went_form=form)
    forecasts.score_exam(request.user, form.cleaned_data["of_ten"], now)
    return redirect("home:index")
