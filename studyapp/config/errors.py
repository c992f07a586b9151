"""What a person sees when a request cannot be served."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

PLAIN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Our mistake · Coldstart</title></head>
<body><main id="main"><h1 tabindex="-1">Something went wrong on our side</h1>
<p>Nothing that you had answered is lost. Try again in a moment.</p>
<p><a href="/">Go to the first page</a></p></main></body></html>
"""
"""The page for when a page cannot be made, for instance because its style sheets have not been collected."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, or from elsewhere: nothing was stored; the page says to go back and reload."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our mistake, said without asking the database who is here: it may be what failed."""
    try:
        page: str = render_to_string("500.html")
    except Exception:
        logger.exception("the page of an error could not be made")
        page = PLAIN
    return HttpResponse(page, status=500)
