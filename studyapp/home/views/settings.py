"""The settings, and what belongs to a person: to take along, and to delete."""

from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studyapp.accounts import services as accounts
from studyapp.accounts.http import SignedInRequest, absolute, signed_in, user_of
from studyapp.home import exporting, feed
from studyapp.home.forms import EraseForm, ThemeForm
from studyapp.memory import goals
from studyapp.memory.queries import goal_of
from studyapp.ui.http import HtmxRequest

YEAR_S = 60 * 60 * 24 * 365


@require_safe
def settings(request: HtmxRequest) -> HttpResponse:
    return _settings(request, ThemeForm(initial={"theme": request.COOKIES.get("theme", "")}))


@require_POST
def theme(request: HtmxRequest) -> HttpResponse:
    """Keep the theme on this browser."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return _settings(request, form, status=422)
    response = redirect("home:settings")
    if chosen := form.cleaned_data["theme"]:
        response.set_cookie("theme", chosen, max_age=YEAR_S, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response


@require_safe
@signed_in
def export(request: SignedInRequest) -> HttpResponse:
    """Everything that is kept about this person, as one JSON file."""
    response = JsonResponse(accounts.export(request.user), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="coldstart.json"'
    return response


@require_safe
@signed_in
def export_tables(request: SignedInRequest) -> HttpResponseBase:
    """The same as an archive of CSV files."""
    file = exporting.archive(accounts.export(request.user))
    return FileResponse(file, as_attachment=True, filename="coldstart.zip", content_type="application/zip")


@require_http_methods(["GET", "POST"])
@signed_in
def erase(request: SignedInRequest) -> HttpResponse:
    """Delete the person and what they remember. Their answers stay without a name."""
    form = EraseForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return render_page(request, "home/erase.html", {"form": form}, status=422 if form.is_bound else 200)
    user = request.user
    accounts.leave(request)
    accounts.erase(user)
    return redirect("home:index")


@require_POST
@signed_in
def open_feed(request: SignedInRequest) -> HttpResponse:
    """Make the address of the calendar, or a new one in place of it."""
    goals.open_feed(student=request.user)
    return redirect(f"{reverse('home:settings')}#calendar")


@require_POST
@signed_in
def close_feed(request: SignedInRequest) -> HttpResponse:
    goals.close_feed(student=request.user)
    return redirect(f"{reverse('home:settings')}#calendar")


@require_safe
def calendar(request: HtmxRequest, key: str) -> HttpResponse:
    """The calendar at its secret address, for a program that signs nobody in."""
    goal = feed.goal_at(key)
    if goal is None:
        return HttpResponse("There is no calendar here.\n", status=404, content_type="text/plain; charset=utf-8")
    text = feed.text(goal, absolute(request, reverse("home:index")), timezone.now())
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, max-age=3600"}
    )


def _settings(request: HtmxRequest, form: ThemeForm, status: int = 200) -> HttpResponse:
    user = user_of(request)
    goal = goal_of(user) if user else None
    key = goal.feed_key if goal else None
    address = absolute(request, reverse("home:calendar", args=[key])) if key else None
    return render_page(request, "home/settings.html", {"form": form, "goal": goal, "address": address}, status=status)
