"""What there is for each row of the reference tables: facts, scenarios with their claims, items; and what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content import one_scenario, proofs
from studyapp.content.counting import FEWEST_VARIANTS
from studyapp.content.coverage import Coverage, Covered, coverage
from studyapp.content.problems import BadContent
from studyapp.simulator.errors import shown

WIDTH = 130
INDENT = " " * 12


class Command(BaseCommand):
    help = "Print what there is for each row of the reference tables, and name what is missing. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add(
            "rows",
            nargs="*",
            metavar="ROW",
            help="these rows alone, such as 3.1; a section such as 10 means all of its rows",
        )
        add("--json", action="store_true", help="the counts, and what is missing, for a program")
        add("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"] and options["rows"]:
            raise CommandError("--json counts all rows: name none")
        try:
            found = coverage(one_scenario.course_in(options["folder"]), proofs.stored(options["folder"]))
        except BadContent as error:
            raise CommandError(f"{error}\nNothing was counted.") from None
        except one_scenario.NotFound as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            missing = {row.row: list(says) for row, says in found.empty}
            bank = {"facts_in_one_kind": found.bank.facts_in_one_kind, "clues_short": found.bank.clues_short}
            self.stdout.write(json.dumps({**found.numbers, "empty": missing, **bank}, indent=1))
            return
        for row in _chosen(found, options["rows"]):
            self.stdout.write("\n".join(_lines(row)))
        self.stdout.write("\n".join(_totals(found)))


def _chosen(found: Coverage, names: list[str]) -> list[Covered]:
    """The rows that are named, all without a name. Raises CommandError for a name that no row and no section has."""
    known = {row.row.row for row in found.rows}
    for name in names:
        if name not in known and not any(_is_in(each, name) for each in known):
            raise CommandError(
                f"there is no row {shown(name)}; the rows are {', '.join(row.row.row for row in found.rows)}"
            )
    return [row for row in found.rows if not names or any(_is_in(row.row.row, name) for name in names)]


def _is_in(row: str, name: str) -> bool:
    """5a.1 is in 5a.1, in 5a and in 5; and 10.1 is not in 1."""
    section = row.partition(".")[0]
    return name in (row, section, section.rstrip("ab"))


def _lines(covered: Covered) -> Iterator[str]:
    yield f"{covered.row.row:<5} {covered.row.label} ({covered.row.verdict})"
    yield from _wrapped("facts", covered.facts)
    for each in covered.shown:
        yield f"  scenario  {each.scenario}"
        yield from (f"    claim   {claim}" for claim in each.claims)
        yield from (f"    claim   {claim}: DOES NOT HOLD" for claim in each.broken)
    yield from _wrapped(f"items {len(covered.items)}", covered.items)
    yield from (f"  EMPTY     {says}" for says in covered.empty)
    yield ""


def _wrapped(heading: str, names: tuple[str, ...]) -> Iterator[str]:
    """Ids without what all of them begin with, over as many lines as they need."""
    line = f"  {heading:<10}"
    for place, name in enumerate(names):
        word = name.removeprefix("lambda.") + ("," if place + 1 < len(names) else "")
        if len(line) + len(word) + 1 > WIDTH:
            yield line.rstrip()
            line = INDENT
        line += f"{word} "
    yield line.rstrip()


def _totals(found: Coverage) -> Iterator[str]:
    numbers, rows = found.numbers, len(found.rows)
    yield (
        f"Of {rows} rows {numbers['rows_taught']} are taught, {numbers['rows_sourced']} sourced, "
        f"{numbers['rows_simulated']} simulated and {numbers['rows_asked']} asked."
    )
    yield (
        f"{numbers['facts']} facts, {numbers['clues']} clues, {numbers['beliefs']} beliefs "
        f"({numbers['beliefs_executable']} can be run), {numbers['scenarios']} scenarios with {numbers['claims']} claims and "
        f"{numbers['contrasts']} contrasts, {numbers['items']} items ({numbers['items_simulated']} by simulation)."
    )
    yield from _of_the_bank(found)
    lacking: dict[str, list[str]] = {}
    for row, all_says in found.empty:
        for says in all_says:
            lacking.setdefault(says, []).append(row.row)
    yield from (f"EMPTY: {says} in {', '.join(names)}." for says, names in lacking.items())
    if not lacking:
        yield "No cell is empty."


def _of_the_bank(found: Coverage) -> Iterator[str]:
    """Kinds, generators by name, and which facts and clues are asked too seldom."""
    bank, numbers = found.bank, found.numbers
    kinds = ", ".join(f"{count} {kind}" for kind, count in bank.kinds.items())
    yield f"Items by kind: {kinds}; {numbers['items_choose_two']} ask for two, {numbers['items_asking_for_a_view']} for a view."
    yield f"{len(bank.generators)} generators, of at least {FEWEST_VARIANTS} proved variants each:"
    yield from (f"  {count:>3}  {name}" for name, count in bank.generators.items())
    facts, clues = bank.facts_in_one_kind, bank.clues_short
    yield f"{numbers['facts_in_two_kinds']} of {numbers['facts']} facts are asked in two kinds of item or more" + _but(
        facts
    )
    yield f"{numbers['clues_in_two_settings']} of {numbers['clues']} clues stand in two settings or more" + _but(clues)


def _but(names: tuple[str, ...]) -> str:
    return f"; not {', '.join(names)}." if names else "."
