"""Look for flaws of questions: what gives keys away, misleads, or leans on nothing."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content.linting import Desk, desk, items_named
from studyapp.content.problems import BadContent
from studyapp.questions.lint import LEVELS, RULES, Finding
from studyapp.simulator.errors import shown


class Command(BaseCommand):
    help = "Lint items: E blocks, W needs a reason under `accepts:`, I informs. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add(
            "names",
            nargs="*",
            metavar="ITEM|TOPIC",
            help="these alone: ids of items, facts or topics; all unless given",
        )
        add("--rules", action="store_true", help="print every rule with its level and where it comes from")
        add("--level", choices=LEVELS, default="W", help="print findings from this level up (W)")
        add("--form", nargs="+", metavar="ID", help="items asked together: does one tell another's answer?")
        add("--json", action="store_true", help="all findings, for a program")
        add("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rules"]:
            self.stdout.write(
                "\n".join(f"{rule.level} {rule.slug:<20} {rule.says} ({rule.source})" for rule in RULES.values())
            )
            return
        course = _read(options["folder"])
        found = (
            course.form(_form(course, options))
            if options["form"]
            else course.findings(_chosen(course, options["names"]))
        )
        if options["json"]:
            self.stdout.write(json.dumps(_for_a_program(course, found), indent=1, ensure_ascii=False))
        else:
            self._print(course, found, options["level"])
        counts = Counter(finding.level for finding in found)
        if counts["E"] or counts["W"]:
            raise CommandError(
                f"{_count(counts['E'], 'error')} and {_count(counts['W'], 'warning')}: mend them, or say why under accepts"
            )

    def _print(self, course: Desk, found: list[Finding], level: str) -> None:
        told = [finding for finding in found if LEVELS.index(finding.level) <= LEVELS.index(level)]
        for problem in sorted(map(course.place, told)):
            self.stdout.write(str(problem))
        for (at, rule), count in sorted(Counter((finding.level, finding.rule) for finding in found).items()):
            self.stdout.write(f"{count:>4} {at} {rule:<20} {RULES[rule].says}")
        hidden = f", {len(found) - len(told)} not listed" if len(found) > len(told) else ""
        items = _count(len(course.course.items), "item")
        self.stdout.write(f"{_count(len(found), 'finding')} in {items}{hidden}.")


def _read(folder: Path) -> Desk:
    try:
        return desk(folder, today=datetime.now(UTC).date())
    except BadContent as error:
        raise CommandError(f"{error}\nNothing was linted.") from None


def _chosen(course: Desk, names: list[str]) -> set[str]:
    """The items that are named; none means all. Raises CommandError for a name that means none."""
    chosen, unknown = items_named(course.course, names)
    if unknown:
        close = get_close_matches(unknown[0], [item.id for item in course.course.items], n=1)
        raise CommandError(
            f"there is no item, fact or topic {shown(unknown[0])}" + (f"; did you mean {close[0]}?" if close else "")
        )
    return chosen


def _form(course: Desk, options: dict[str, Any]) -> list[str]:
    """The ids of a form. Raises CommandError for fewer than two, or an id of no proved item."""
    if options["names"]:
        raise CommandError("--form names its items itself: name none before it")
    ids = list(dict.fromkeys(options["form"]))
    if missing := [name for name in ids if name not in course.variants]:
        raise CommandError(f"there is no item {shown(missing[0])} that could be asked")
    if len(ids) < 2:
        raise CommandError("--form: name at least two items that are asked together")
    return ids


def _for_a_program(course: Desk, found: list[Finding]) -> dict[str, Any]:
    places = [(finding, course.place(finding)) for finding in found]
    return {
        "items": len(course.course.items),
        "counts": dict(Counter(finding.rule for finding in found)),
        "findings": [
            {
                "rule": finding.rule, "level": finding.level, "item": finding.item,
                "file": place.file, "line": place.line, "says": finding.says,
            }
            for finding, place in places
        ],
    }  # fmt: skip


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
