"""Signing up, in and out, and getting back in with the recovery code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from studyapp.accounts import services
from studyapp.accounts.forms import RecoverForm, SignInForm, SignUpForm
from studyapp.accounts.http import guest_of, next_url, origin, remember_device, user_of
from studyapp.accounts.limits import TooManyTries
from studyapp.accounts.views.outcomes import to_code, too_many

WRONG_PASSWORD = "This name and this password do not belong together. Check both, or use your recovery code."  # noqa: S105
WRONG_CODE = "This name and this code do not belong together. Check both; a code works once."


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Give the guest, or somebody new, a name and a password."""
    user = user_of(request)
    if user is not None and not user.is_guest:
        return redirect(next_url(request))
    form = SignUpForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "sign_up", form, 200)
    if not form.is_valid():
        return _page(request, "sign_up", form)
    try:
        named = services.claim(guest=user, **form.cleaned_data, now=timezone.now())
    except services.Taken as error:
        form.say_taken(error.field)
        return _page(request, "sign_up", form)
    return to_code(request, named, typed=form.cleaned_data["name"])


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By name or e-mail address and password; what the guest on this device did becomes the person's."""
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "sign_in", form, 200)
    if not form.is_valid():
        return _page(request, "sign_in", form)
    guest, now = guest_of(request), timezone.now()
    try:
        user = services.sign_in(**form.cleaned_data, origin=origin(request), guest=guest, now=now)
    except services.WrongCredentials:
        form.add_error(None, WRONG_PASSWORD)
        return _page(request, "sign_in", form)
    except TooManyTries as error:
        return too_many(request, error.until, now)
    services.enter(request, user)
    if guest is not None:
        messages.success(request, "What you answered here before signing in is yours now.")
    response = redirect(next_url(request))
    remember_device(request, response, typed=form.cleaned_data["typed"])
    return response


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """A new password, and a new recovery code, for whoever has the code on paper."""
    form = RecoverForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "recover", form, 200)
    if not form.is_valid():
        return _page(request, "recover", form)
    now = timezone.now()
    try:
        named = services.recover(**form.cleaned_data, origin=origin(request), guest=guest_of(request), now=now)
    except services.WrongCredentials:
        form.add_error(None, WRONG_CODE)
        return _page(request, "recover", form)
    except TooManyTries as error:
        return too_many(request, error.until, now)
    return to_code(request, named, typed=form.cleaned_data["typed"])


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    services.leave(request)
    messages.success(request, "You are signed out.")
    return redirect(next_url(request))


@require_POST
def fresh(request: HttpRequest) -> HttpResponse:
    """Not the guest who was here before: leave their session. A person with a name has Sign out for that."""
    if guest_of(request):
        services.leave(request)
    return redirect(next_url(request))


def _page(request: HttpRequest, name: str, form: object, status: int = 422) -> HttpResponse:
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next") or ""}
    response = render(request, f"accounts/{name}.html", context, status=status)
    if status == 422:
        remember_device(request, response)
    return response
