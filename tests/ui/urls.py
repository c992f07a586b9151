"""The addresses that base.html knows, without the rooms behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def room(name: str, *pages: str) -> tuple[list[object], str]:
    return [path(f"{page}/" if page != "index" else "", nothing, name=page) for page in pages], name


urlpatterns = [
    path("", include(room("home", "index", "settings"))),
    path("drills/", include(room("drills", "index"))),
    path("reference/", include(room("reference", "index"))),
    path("people/", include(room("accounts", "sign_in", "sign_out", "sign_up", "people", "fresh"))),
]
