"""What the pages cost: CPU milliseconds a request, of the whole application as it is served, against a bare Django view.

One process, no network: requests go through Django's WSGI handler with the product's middleware, templates, compressed
static names and a database file as a server has them; the bare view says hello behind the middleware that a new Django
project begins with. Rounds are interleaved, so that a busy machine is busy for all of them; medians of five.
"""

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.TemporaryDirectory(prefix="coldstart-bench-")
os.environ |= {"DATA_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "studyapp.config.settings", "LOG_LEVEL": "WARNING"}
for name in ("PUBLIC_URL", "DATABASE_URL"):
    os.environ.pop(name, None)

import django  # noqa: E402, after the settings' environment

django.setup()

from django.conf import settings  # noqa: E402, after the set-up
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402

from studyapp.accounts.models import User  # noqa: E402
from studyapp.attempts.models import Attempt  # noqa: E402
from studyapp.config.settling import settle  # noqa: E402
from studyapp.content import running  # noqa: E402
from studyapp.content.models import Item  # noqa: E402
from studyapp.drills import screens  # noqa: E402
from studyapp.drills.models import Drill, DrillItem, DrillKind  # noqa: E402
from studyapp.home import demo  # noqa: E402
from tests.benchmarks import report  # noqa: E402
from tests.benchmarks.report import row  # noqa: E402
from tests.journeys.visitor import Answer  # noqa: E402

ROUNDS, BARE = 5, 200
STUDENT = "Ana"
HTMX = {"HTTP_HX_REQUEST": "true"}
PLAIN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def main() -> None:
    report.publish("What the pages cost", __doc__ or "", ROUNDS, lambda: measures(rounds()))


def rounds() -> list[dict[str, list[float]]]:
    """CPU seconds of each request, by measure, one mapping for each round. A first round warms up and is forgotten."""
    prepare()
    items = list(Item.objects.current().filter(kind__in=("fix", "predict")).order_by("pk").select_related("revision"))
    student = Desk(session_of(STUDENT))
    return [one_round(student, items) for _ in range(ROUNDS + 1)][1:]


def prepare() -> None:
    prepare_course()
    list(demo.make(timezone.now()))
    settle()


def prepare_course() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def one_round(student: "Desk", items: list[Item]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}

    def note(measure: str, spent: float) -> None:
        found.setdefault(measure, []).append(spent)

    note("bare", cpu(bare, BARE))
    drill = drill_of(items)
    for position in range(1, len(items) + 1):
        here = f"/drills/{drill.pk}/{position}/"
        question, spent = student.get(here, **HTMX)
        note("question", spent)
        fields = {"token": question.token, "response": question.options[0]}
        note("answer", student.post(f"{here}answer/", fields, **HTMX)[1])
        running._outcome.cache_clear()
        note("picture", cpu(lambda place=position: draw(drill, place), 1))
        running._outcome.cache_clear()
        note("run", student.get(f"{here}run/", **HTMX)[1])
        note("run again", student.get(f"{here}run/", **HTMX)[1])
        note("bare", cpu(bare, BARE))
        note("first", Desk().get("/")[1])
        note("today", student.get("/")[1])
    return found


def draw(drill: Drill, position: int) -> str:
    """The run of an answer, simulated, drawn and rendered, without the request around it."""
    attempt = Attempt.objects.select_related("revision").get(occasion=drill.occasion, position=position)
    return render_to_string("components/picture.html", screens.runs(attempt.revision, attempt))


def measures(found: list[dict[str, list[float]]]) -> list[dict[str, object]]:
    """The median over rounds of each round's median; of runs also of each round's slowest."""
    ms = {name: median(median(one[name]) for one in found) * 1000 for name in found[0]}
    slowest = median(max(one["picture"]) for one in found) * 1000
    lower = {"goal": None, "better": "lower"}
    return [
        row("an answered question, with its feedback (ms of CPU)", ms["answer"], **lower),
        row("a bare Django view (ms of CPU)", ms["bare"], **lower),
        row("an answered question against a bare view (times)", ms["answer"] / ms["bare"], **lower),
        row("the next question (ms of CPU)", ms["question"], **lower),
        row("the first page of a newcomer (ms of CPU)", ms["first"], **lower),
        row("Today, after three weeks of answers (ms of CPU)", ms["today"], **lower),
        row("a run with its picture: the median item (ms of CPU)", ms["picture"], 8, better="lower"),
        row("a run with its picture: the slowest item (ms of CPU)", slowest, **lower),
        row("See the run, the whole request (ms of CPU)", ms["run"], **lower),
        row("See the run, the whole request, simulated before (ms of CPU)", ms["run again"], **lower),
    ]


def drill_of(items: Iterable[Item]) -> Drill:
    """A drill of the demo student's that asks every item that can be run."""
    student = User.objects.get(name=STUDENT)
    drill = Drill.objects.create(student=student, kind=DrillKind.SECTION, title="A drill", opened_at=timezone.now())
    DrillItem.objects.bulk_create(
        DrillItem(drill=drill, position=position, revision=item.revision, seed=item.revision.body["seeds"][0]["seed"])
        for position, item in enumerate(items, start=1)
        if item.revision
    )
    return drill


def session_of(name: str) -> dict[str, str]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(name=name))
    return {key: morsel.value for key, morsel in client.cookies.items()}


@dataclass
class Desk:
    """A browser without a network: asks the application itself, and keeps cookies."""

    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **headers: str) -> tuple[Answer, float]:
        return self._ask("GET", address, b"", headers)

    def post(self, address: str, fields: Mapping[str, Any], **headers: str) -> tuple[Answer, float]:
        if "csrftoken" not in self.cookies:
            self.cookies["csrftoken"] = "a" * 32
        headers["HTTP_X_CSRFTOKEN"] = self.cookies["csrftoken"]
        return self._ask("POST", address, urlencode(fields, doseq=True).encode(), headers)

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> tuple[Answer, float]:
        path, _, query = address.partition("?")
        environ = environ_of(method, path, body) | {"QUERY_STRING": query} | headers
        if self.cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told: dict[str, Any] = {}
        begun = time.process_time()
        response = APPLICATION(environ, lambda status, headers: told.update(status=status, headers=headers))
        text = b"".join(response)
        response.close()
        spent = time.process_time() - begun
        text = gzip.decompress(text) if ("Content-Encoding", "gzip") in told["headers"] else text
        assert told["status"].startswith(("200", "302")), (address, told, text[:500])
        self._keep([value for name, value in told["headers"] if name == "Set-Cookie"])
        headers = {name.lower(): value for name, value in told["headers"]}
        return Answer(int(told["status"][:3]), headers, (), text.decode()), spent

    def _keep(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}


def environ_of(method: str, address: str, body: bytes = b"") -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
    }


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def bare() -> None:
    response = BARE_APPLICATION(environ_of("GET", "/bare/"), lambda status, headers: None)
    b"".join(response)
    response.close()


def cpu(act: Callable[[], None], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - begun) / times


settings.ROOT_URLCONF = (path("bare/", hello), path("", include("studyapp.config.urls")))
settings.STATIC_ROOT.mkdir()
APPLICATION = WSGIHandler()
with override_settings(MIDDLEWARE=PLAIN):
    BARE_APPLICATION = WSGIHandler()


if __name__ == "__main__":
    main()
