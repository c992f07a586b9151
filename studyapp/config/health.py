"""`/healthz`: 200 when the process answers and the database does; for whoever watches the server."""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse


class HealthMiddleware:
    """Answers before hosts, sessions and redirects are looked at, so that a probe by bare address works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/healthz":
            return self.get_response(request)
        return healthz()


def healthz() -> HttpResponse:
    """By a connection of its own: one that is open goes on answering from a database file that is gone."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    finally:
        connection.close()
    return JsonResponse({"status": "ok"})
