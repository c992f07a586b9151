"""Facts whose source should be looked up again, by topic."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content import freshness, one_scenario
from studyapp.content.freshness import Due
from studyapp.content.problems import BadContent

MOST_DAYS = 3650


class Command(BaseCommand):
    help = "List facts past the day until which their check holds, with their sources. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=0, help="also those whose day comes within so many days")
        parser.add_argument("--json", action="store_true", help="for a program")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on this day, today unless given")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"--days: {options['days']} is not from 0 to {MOST_DAYS}")
        try:
            course = one_scenario.course_in(options["folder"])
        except BadContent as error:
            raise CommandError(f"{error}\nNothing was listed.") from None
        except one_scenario.NotFound as error:
            raise CommandError(str(error)) from None
        today = options["on"] or datetime.now(UTC).date()
        found = freshness.due(course.facts.values(), today, options["days"])
        if options["json"]:
            self.stdout.write(json.dumps([each.as_json() for each in found], indent=1, ensure_ascii=False))
            return
        self.stdout.write("\n".join([*_lines(found), _total(found, len(course.facts), options["days"])]))


def _lines(found: Iterable[Due]) -> Iterator[str]:
    for topic, facts in groupby(found, key=lambda each: each.fact.topic):
        yield topic
        for each in facts:
            source = each.fact.source
            was = "was due" if each.is_stale else "due"
            yield f"  {each.fact.id} ({each.kind}), checked {source.checked}, {was} {each.on}"
            yield f"    {source.title}: {source.url}"
        yield ""


def _total(found: list[Due], of: int, days: int) -> str:
    stale = sum(each.is_stale for each in found)
    soon = f", {len(found) - stale} more within {days} days" if days else ""
    return f"{stale} of {of} facts are due for a check{soon}."
