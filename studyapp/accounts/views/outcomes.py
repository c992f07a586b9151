"""What several views end with: the page of a recovery code, and the page that says to wait."""

from datetime import datetime
from math import ceil
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from studyapp.accounts import services
from studyapp.accounts.http import next_url, remember_device

CODE_IN_SESSION = "recovery_code"


def to_code(request: HttpRequest, named: services.Named, *, typed: str) -> HttpResponse:
    """Sign the person in and show their new recovery code, which the session holds until they say that they have it."""
    services.enter(request, named.user)
    request.session[CODE_IN_SESSION] = named.recovery_code
    response = redirect(f"{resolve_url('accounts:recovery')}?{urlencode({'next': next_url(request)})}")
    remember_device(request, response, typed=typed)
    return response


def too_many(request: HttpRequest, until: datetime, now: datetime) -> HttpResponse:
    """Too many tries: when the next one is possible."""
    wait_s = max(1, ceil((until - now).total_seconds()))
    context = {"until": until, "minutes": ceil(wait_s / 60)}
    response = render(request, "accounts/too_many.html", context, status=429)
    response["Retry-After"] = str(wait_s)
    return response
