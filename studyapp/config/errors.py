"""What a person sees when a request cannot be served."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, or from elsewhere: nothing was stored; the page says to go back and reload."""
    return render(request, "403_csrf.html", status=403)
