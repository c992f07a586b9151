from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from studyapp.accounts import services
from studyapp.accounts.http import user_of


class SeenMiddleware:
    """Notes once a day that a person was here, and lets their session last from that day on.

    Only after a request that may write: looking at a page changes nothing. After the view, so that a guest made by this
    request counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST":
            self._note(request)
        return response

    def _note(self, request: HttpRequest) -> None:
        user, now = user_of(request), timezone.now()
        if user is not None and user.seen_on != timezone.localdate(now):
            services.seen(user=user, now=now)
            request.session.modified = True


class ZoneMiddleware:
    """Shows times, and counts days, in the time zone of whoever asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        with timezone.override(user.zone if user else None):
            return self.get_response(request)
