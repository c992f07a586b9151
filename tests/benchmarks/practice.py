"""What a student's pages cost in a school's database against an almost empty one: CPU milliseconds a request, and queries.

Full: 1,000 students with a year each, 5 million answers and as many reviews (`crowded.py`). Empty: the course, and one student
after the first evening. The same requests go to both in turn, in one process and without a network, as in `web.py`; a page's
figure is the median of its rounds, and the ratio that of the medians. STUDENTS=50 tries it smaller.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from tests.benchmarks import crowded, report
from tests.benchmarks.report import Row, row

STUDENTS = int(os.environ.get("STUDENTS", "1000"))
ROUNDS, REPEATS = 5, 3
BRACKETS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
LIMITS = {"the next question": 4, "an answer": 8, "Today": 12, "Progress": 12}
"""The most queries that a page may ask."""


@dataclass
class Spent:
    """Of one page in one database: CPU seconds of each request, and the queries of the last."""

    seconds: list[float] = field(default_factory=list)
    queries: int = 0


def main() -> None:
    report.publish("What a student's pages cost in a full database", __doc__ or "", ROUNDS, measures)


def measures() -> list[Row]:
    empty, full = prepare()
    found: dict[str, dict[str, Spent]] = {"empty": {}, "full": {}}
    for number in range(ROUNDS + 1):
        for name, database in (("empty", empty), ("full", full)):
            _use(database)
            visit(found[name] if number else {})
    return list(_rows(found["empty"], found["full"]))


def prepare() -> tuple[Path, Path]:
    """Two databases of one course, and whoever is asked about in both."""
    web.prepare_course()
    full = Path(connections["default"].settings_dict["NAME"])
    empty = full.with_name("empty.sqlite3")
    student = User.objects.create(name=web.STUDENT)
    connections["default"].close()
    shutil.copyfile(full, empty)
    _use(empty)
    crowded.a_year(student, timezone.now(), days=1)
    _use(full)
    crowded.a_year(student, timezone.now())
    crowded.copies(student, STUDENTS - 1)
    settle()
    return empty, full


def visit(found: dict[str, Spent]) -> None:
    """One round of all pages."""
    desk = Reader(web.session_of(web.STUDENT), found)
    for _ in range(REPEATS):
        for name, address in _PAGES.items():
            desk.see(name, address)
        _drill(desk)
        _sit(desk)


_PAGES = {
    "Today": "/",
    "what to drill": "/drills/",
    "the lobby of exams": "/exams/",
    "Progress": "/progress/",
    "the reference": "/reference/",
    "a section": "/reference/8/",
    "a fact": reverse("reference:fact", args=["lambda.concurrency.scaling-rate"]),
    "a search": "/reference/?q=concurrency",
    "the lab": "/lab/",
    "the settings": "/settings/",
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


def _rows(empty: dict[str, Spent], full: dict[str, Spent]) -> Iterator[Row]:
    for name, spent in full.items():
        ms, alone = (1000 * median(each.seconds) for each in (spent, empty[name]))
        yield row(f"{name} (ms of CPU)", ms, None, better="lower")
        yield row(f"{name}, against an empty database (times)", ms / alone, 1.3, better="lower")
        yield row(f"{name} (queries)", spent.queries, LIMITS.get(name), better="lower")


LOT = Random("practice")

if __name__ == "__main__":
    main()
