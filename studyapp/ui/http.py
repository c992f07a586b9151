"""How a request becomes a page or a part of one. The only module that looks at htmx headers."""

from collections.abc import Mapping
from typing import Any

from django import shortcuts
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request that has passed `django_htmx.middleware.HtmxMiddleware`."""

    htmx: HtmxDetails


def render(
    request: HtmxRequest, template: str, part: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The named part of `template` alone for htmx; the whole page, showing that part, for everyone else.

    A boosted link and a restored history entry replace the whole body, so they get the whole page too.
    The context gains `part` (its name) and `part_template` (what base.html includes in a whole page).
    Raises TemplateDoesNotExist if `template` defines no such part.
    """
    part_template = f"{template}#{part}"
    name = part_template if _swaps_a_part(request) else template
    full = {**(context or {}), "part": part, "part_template": part_template}
    response = shortcuts.render(request, name, full, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _swaps_a_part(request: HtmxRequest) -> bool:
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
