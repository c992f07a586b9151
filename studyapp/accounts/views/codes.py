"""The recovery code, shown until it is kept, and changing the password."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from studyapp.accounts import services
from studyapp.accounts.forms import ConfirmForm, PasswordForm
from studyapp.accounts.http import SignedInRequest, member, next_url, origin
from studyapp.accounts.limits import TooManyTries
from studyapp.accounts.views.outcomes import CODE_IN_SESSION, to_code, too_many

CAME_BY_LINK = "came_by_link"
"""In the session of a person whom a sign-in link let in: they have no password to confirm."""
NOT_THE_PASSWORD = "This is not your password."  # noqa: S105 - a message, not a password


@member
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: SignedInRequest) -> HttpResponse:
    """The new code, to be printed or written down. POST: the person has it, so the session forgets it."""
    if request.method == "POST":
        request.session.pop(CODE_IN_SESSION, None)
        return redirect(next_url(request))
    code = request.session.get(CODE_IN_SESSION)
    if code is None:
        return redirect("accounts:new_code")
    return render(request, "accounts/recovery.html", {"code": code, "next": next_url(request)})


@sensitive_post_parameters("password")
@member
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: SignedInRequest) -> HttpResponse:
    """A new recovery code in place of a lost one, for whoever knows the password."""
    form = ConfirmForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "new_code", form)
    now = timezone.now()
    try:
        services.confirm(user=request.user, **form.cleaned_data, origin=origin(request), now=now)
    except services.WrongCredentials:
        form.add_error("password", NOT_THE_PASSWORD)
        return _page(request, "new_code", form)
    except TooManyTries as error:
        return too_many(request, error.until, now)
    return to_code(request, services.renew_code(user=request.user, now=now), typed=request.user.get_username())


@sensitive_post_parameters("current", "password")
@member
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """A new password. Ends the person's other sessions."""
    by_link, now = bool(request.session.get(CAME_BY_LINK)), timezone.now()
    form = PasswordForm(request.POST or None, user=request.user, is_by_link=by_link)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "password", form)
    try:
        if not by_link:
            services.confirm(user=request.user, password=form.cleaned_data["current"], origin=origin(request), now=now)
    except services.WrongCredentials:
        form.add_error("current", NOT_THE_PASSWORD)
        return _page(request, "password", form)
    except TooManyTries as error:
        return too_many(request, error.until, now)
    named = services.set_password(user=request.user, password=form.cleaned_data["password"], now=now)
    messages.success(request, "Your password is changed. Other devices have been signed out.")
    return to_code(request, named, typed=request.user.get_username())


def _page(request: SignedInRequest, name: str, form: ConfirmForm | PasswordForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"accounts/{name}.html", {"form": form, "next": next_url(request)}, status=status)
