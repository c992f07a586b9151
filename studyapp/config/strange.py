"""Requests that no browser sends, answered before anything is looked up for them."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

_CHARSET = re.compile(r";\s*charset\*?\s*=[^;]*", re.IGNORECASE)


class StrangeMiddleware:
    """A NUL in the path is not found and one in a cookie is a bad request: PostgreSQL can be asked for neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("a cookie holds a NUL")
        return self.get_response(request)


def in_utf8(application: Callable[..., Any]) -> Callable[..., Any]:
    """A WSGI application that is told no charset.

    Our forms are UTF-8; Django decodes by whatever codec a request names, `hex` too, before it can answer with an error.
    """

    def told(environ: dict[str, Any], start_response: Any) -> Any:
        environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return told
