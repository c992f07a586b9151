"""What a student's pages cost in a school's database against almost empty ones: CPU milliseconds a request, and queries.

Full: 1,000 students with a year each, 5 million answers and as many reviews (`crowded.py`). Alone: the course, and one student
who knows as many facts and has as many due, but of whose answers the log holds the last three weeks, so that the ratio shows what
grows with history and with the school. First evening: the course, and one student with 20 answers, who has no forecast yet and
few facts to plan with, so that this ratio shows what grows with the course's size, too; it has no goal. All have an exam in 30
days. The same requests go to each in turn, in one process and without a network, as in `web.py`; a page's figure is the median of
its rounds, and the ratio that of the medians. STUDENTS=50 tries it smaller.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import web  # first, since it sets Django up

# isort: split
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.config.settling import settle
from studyapp.memory.models import Goal
from studyapp.scheduling import planning, prospects
from tests.benchmarks import crowded, report
from tests.benchmarks.report import Row, row

STUDENTS = int(os.environ.get("STUDENTS", "1000"))
ROUNDS, REPEATS = 5, 3
BRACKETS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
LIMITS = {"the next question": 4, "an answer": 8, "Today": 12, "Progress": 12}
"""The most queries that a page may ask."""
LATELY = timedelta(days=21)
GROWS = ("the export",)
"""What holds all of a history is as long as it."""
FEED = "a-calendar-to-subscribe-to-once-"


@dataclass
class Spent:
    """Of one page in one database: CPU seconds of each request, and the queries of the last."""

    seconds: list[float] = field(default_factory=list)
    queries: int = 0


def main() -> None:
    report.publish("What a student's pages cost in a full database", __doc__ or "", ROUNDS, measures)


def measures() -> list[Row]:
    databases = prepare()
    found: dict[str, dict[str, Spent]] = {name: {} for name in databases}
    for number in range(ROUNDS + 1):
        for name, database in databases.items():
            _use(database)
            visit(found[name] if number else {})
    return list(_rows(**found))


def prepare() -> dict[str, Path]:
    """Three databases of one course, and whoever is asked about in all."""
    web.prepare_course()
    full = Path(connections["default"].settings_dict["NAME"])
    databases = {"full": full} | {name: full.with_name(f"{name}.sqlite3") for name in ("alone", "first")}
    now = timezone.now()
    student = User.objects.create(name=web.STUDENT)
    exam = {"exam": "DVA-C02", "exam_on": (now + timedelta(days=30)).date(), "feed_key": FEED}
    Goal.objects.create(student=student, **exam)
    _copy(full, databases["first"])
    crowded.a_year(student, now)
    _copy(full, databases["alone"])
    crowded.copies(student, STUDENTS - 1)
    settle()
    _use(databases["alone"])
    crowded.forget(student, now - LATELY)
    settle()
    _use(databases["first"])
    crowded.a_year(student, now, days=1)
    settle()
    return databases


def _copy(database: Path, to: Path) -> None:
    connections["default"].close()
    shutil.copyfile(database, to)


def visit(found: dict[str, Spent]) -> None:
    """One round of all pages."""
    desk = Reader(web.session_of(web.STUDENT), found)
    for _ in range(REPEATS):
        for name, address in _PAGES.items():
            desk.see(name, address)
        _plan_anew(desk)
        _drill(desk)
        _sit(desk)


_PAGES = {
    "Today": "/",
    "what to drill": "/drills/",
    "the lobby of exams": "/exams/",
    "Progress": "/progress/",
    "Progress: clues": "/progress/clues/",
    "Progress: beliefs": "/progress/beliefs/",
    "Progress: days": "/progress/days/",
    "Progress: calibration": "/progress/calibration/",
    "Progress: the score": "/progress/score/",
    "the reference": "/reference/",
    "a section": "/reference/8/",
    "a fact": reverse("reference:fact", args=["lambda.concurrency.scaling-rate"]),
    "a search": "/reference/?q=concurrency",
    "the lab": "/lab/",
    "the settings": "/settings/",
    "the goal": "/settings/goal/",
    "the calendar": f"/calendar/{FEED}.ics",
    "the export": "/settings/export/",
}


class Reader(web.Desk):
    """A browser that notes what each page costs, and follows no redirect."""

    def __init__(self, cookies: dict[str, str], found: dict[str, Spent]) -> None:
        super().__init__(cookies)
        self._found = found

    def see(self, name: str, address: str, **headers: str) -> Any:
        return self._note(name, lambda: self.get(address, **headers))

    def send(self, name: str, address: str, fields: dict[str, Any], **headers: str) -> Any:
        return self._note(name, lambda: self.post(address, fields, **headers))

    def _note(self, name: str, act: Callable[[], tuple[Any, float]]) -> Any:
        asked: list[str] = []

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return execute(sql, params, many, context)

        with connections["default"].execute_wrapper(count):
            answer, spent = act()
        noted = self._found.setdefault(name, Spent())
        noted.seconds.append(spent)
        noted.queries = sum(not sql.startswith(BRACKETS) for sql in asked)
        return answer


def _plan_anew(desk: Reader) -> None:
    """Today as the process sees it that has reckoned nothing of this student on this day."""
    for remembered in (prospects._futures, prospects._leads, planning._rise):
        remembered.cache_clear()
    desk.see("Today, the first of a day", "/")


def _drill(desk: Reader) -> None:
    """Open a drill, answer its first question, and look at what came of it."""
    begun = desk.send("opening a drill", "/drills/start/", {"section": "8"})
    here = begun.location
    drill = here.rstrip("/").rpartition("/")[0]
    page = desk.see("the next question", here, **web.HTMX)
    fields = {"token": page.token, **page.response(LOT)}
    desk.send("an answer", f"{here}answer/", fields, **web.HTMX)
    desk.see("an answered question", here, **web.HTMX)
    desk.send("an undo", f"{here}undo/", {})
    desk.see("the end of a drill", f"{drill}/done/")


def _sit(desk: Reader) -> None:
    """Sit a mock of five: begin, answer one question, hand in, read the report."""
    here = desk.send("beginning a mock", "/exams/begin/", {"size": "5", "mode": "strict", "extra": "1"}).location
    sitting = here.rstrip("/").rpartition("/")[0]
    page = desk.see("a question of a mock", here, **web.HTMX)
    desk.send("a saved response", f"{here}save/", {"response": page.options[0]}, **web.HTMX)
    desk.send("handing a mock in", f"{sitting}/end/", {"confirm": "yes"})
    desk.see("the report of a mock", f"{sitting}/report/")


def _use(database: Path) -> None:
    """Ask this database from now on."""
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)


def _rows(full: dict[str, Spent], alone: dict[str, Spent], first: dict[str, Spent]) -> Iterator[Row]:
    for name, spent in full.items():
        ms, alone_ms, first_ms = (1000 * median(each.seconds) for each in (spent, alone[name], first[name]))
        goal = None if name in GROWS else 1.3
        yield row(f"{name} (ms of CPU)", ms, None, better="lower")
        yield row(f"{name}, against a student alone (times)", ms / alone_ms, goal, better="lower")
        yield row(f"{name}, against the first evening (times)", ms / first_ms, None, better="lower")
        yield row(f"{name} (queries)", spent.queries, LIMITS.get(name), better="lower")


LOT = Random("practice")

if __name__ == "__main__":
    main()
