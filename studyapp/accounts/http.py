"""Requests of people: who may see a view, where to go next, and which device asks."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from ipaddress import ip_address
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from studyapp.accounts import services
from studyapp.accounts.limits import Origin, account_id
from studyapp.accounts.models import User
from studyapp.ui.http import HtmxRequest

P = ParamSpec("P")
DEVICE_COOKIE = "device"
DEVICE_DAYS = 180
LONGEST_NEXT = 2000  # characters; what is longer is nobody's place to go back to
DEVICE_ACCOUNTS = 40  # a shared computer in a classroom; 40 ids of 16 letters stay well under a cookie's 4 KB


class SignedInRequest(HtmxRequest):
    """A request of a person with a row, guests included."""

    user: User


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def signed_in(view: SignedInView[P]) -> View[P]:
    """For people and guests; anybody else is asked to sign in and comes back."""
    return _only(view, lambda user: user is not None)


def member(view: SignedInView[P]) -> View[P]:
    """For people with a name; anybody else, a guest too, is asked to sign in and comes back."""
    return _only(view, lambda user: user is not None and not user.is_guest)


def instructor(view: SignedInView[P]) -> View[P]:
    """For those who teach. To other people with a name there is no such page; anybody else is asked to sign in."""

    @wraps(view)
    def checked(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_instructor:
            raise Http404("there is no such page")
        return view(request, *args, **kwargs)

    return member(checked)


def owner(view: SignedInView[P]) -> View[P]:
    """For owners. To other people with a name there is no such page; anybody else is asked to sign in."""

    @wraps(view)
    def checked(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_owner:
            raise Http404
        return view(request, *args, **kwargs)

    return member(checked)


def _only(view: SignedInView[P], may: Callable[[User | None], bool]) -> View[P]:
    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if may(user_of(request)):
            return view(cast("SignedInRequest", request), *args, **kwargs)
        return _to_sign_in(cast("HtmxRequest", request))

    return checked


def user_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def guest_of(request: HttpRequest) -> User | None:
    user = user_of(request)
    return user if user and user.is_guest else None


def person(request: HttpRequest, now: datetime) -> User:
    """Whoever asks; somebody without a row becomes a guest now and is signed in as that. For views that write."""
    user = user_of(request)
    if user is None:
        user = services.make_guest(now)
        services.enter(request, user)
    return user


def _to_sign_in(request: HtmxRequest) -> HttpResponse:
    """To the sign-in page and back to the page that the person was on, which for a part is the page around it."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    if request.htmx:
        back = _page_around(request)
    back = back if len(back) <= LONGEST_NEXT else ""
    address = resolve_url("accounts:sign_in") + (f"?{urlencode({'next': back})}" if back else "")
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _page_around(request: HtmxRequest) -> str:
    """The path of the page that asked for a part; nothing if what the browser says cannot be read."""
    try:
        return urlsplit(request.htmx.current_url_abs_path or "")._replace(fragment="").geturl()
    except ValueError:
        return ""


def next_url(request: HttpRequest) -> str:
    """Where the person wanted to go, a path of this host; the first page otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_path = wanted.startswith("/") and len(wanted) <= LONGEST_NEXT
    if is_path and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def absolute(request: HttpRequest, path: str) -> str:
    """A link for another device: at PUBLIC_URL where there is one, else at the host that this request asked for."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def is_own_computer(request: HttpRequest) -> bool:
    """Whether this page was asked for at a loopback address, which no other device can reach."""
    host = urlsplit(absolute(request, "/")).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def origin(request: HttpRequest) -> Origin:
    """The device by its signed cookie (a new name without one), and the address."""
    device, accounts = _device(request)
    return Origin(device, _address(request), frozenset(accounts))


def remember_device(request: HttpRequest, response: HttpResponse, *, typed: str | None = None) -> None:
    """Give the browser its device cookie, which from now on knows the account that was `typed`."""
    device, accounts = _device(request)
    if typed is not None:
        accounts = [account_id(typed), *(account for account in accounts if account != account_id(typed))]
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps([device, *accounts[:DEVICE_ACCOUNTS]], salt="accounts.device"),
        max_age=DEVICE_DAYS * 24 * 60 * 60,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _device(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, *accounts = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt="accounts.device")
    except signing.BadSignature:
        return secrets.token_hex(8), []
    return device, accounts


def _address(request: HttpRequest) -> str:
    """The peer's address; behind the proxy that an https PUBLIC_URL promises, the one that it saw (its last)."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
        if seen:
            return seen
    return request.META.get("REMOTE_ADDR") or ""
