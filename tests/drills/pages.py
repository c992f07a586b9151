"""The drill's pages as a test sees them, and an answer given in one."""

from html.parser import HTMLParser

from django.urls import reverse

from studyapp.drills import queries
from studyapp.drills.models import Drill
from tests.drills.factories import response_to

HTMX = {"HTTP_HX_REQUEST": "true"}


class Fields(HTMLParser):
    """What a form of the page would send, and the verdicts it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.token = ""
        self.options: list[str] = []
        self.kinds: set[str] = set()
        self.checked: list[str] = []
        self.verdicts: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("name") == "token":
            self.token = given["value"] or ""
        if given.get("name") == "response":
            self.options.append(given["value"] or "")
            self.kinds.add(given.get("type") or "")
        if "checked" in given and given.get("id") != "keys-on":
            self.checked.append(given.get("value") or given["name"] or "")
        if tag == "li" and "data-verdict" in given:
            self.verdicts.append(given["data-verdict"] or "")


def fields(response) -> Fields:
    found = Fields()
    found.feed(response.content.decode())
    return found


def url(name: str, drill: Drill, position: int = 1) -> str:
    return reverse(f"drills:{name}", args=[drill.pk] if name in ("done", "resume") else [drill.pk, position])


def place_of(student, drill, position: int = 1):
    return queries.plan(student, drill.pk).places[position - 1]


def post(client, student, drill, position: int = 1, *, right: bool = True, **more):
    token = fields(client.get(url("question", drill, position))).token
    given = {"token": token, "response": list(response_to(place_of(student, drill, position), right=right))} | more
    return client.post(url("answer", drill, position), given, **HTMX)


def seen(response) -> str:
    return response.content.decode()
