"""Prove the items that are drawn by simulation, and keep the proofs beside the content."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from studyapp.content import files, proofs
from studyapp.content.course import Course
from studyapp.content.proving import Refusal, prove_all
from studyapp.questions.items import Item
from studyapp.questions.proof import Proof, digest


class Command(BaseCommand):
    help = "Prove items and write content/proofs/. Without names: those whose proof is missing or stale. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("items", nargs="*", metavar="ITEM", help="ids of items to prove, whatever their proof")
        parser.add_argument("--all", action="store_true", help="prove every item again")
        parser.add_argument("--seeds", type=int, default=50, help="about how many variants to look for (50)")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT, help="the files, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if options["seeds"] < 3:
            raise CommandError(f"--seeds: {options['seeds']} is below 3, the fewest variants that an item needs")
        try:
            course = files.read(folder, needs_proofs=False)
        except files.BadContent as error:
            raise CommandError(f"{error}\nNothing was proved.") from None
        kept = proofs.stored(folder)
        chosen = _chosen(course, kept, options["items"], is_all=options["all"])
        quiet = options["verbosity"] == 0 or not sys.stderr.isatty()
        done = list(
            tqdm(prove_all(chosen, course.world, options["seeds"]), total=len(chosen), unit="item", disable=quiet)
        )
        refused = [each for each in done if isinstance(each, Refusal)]
        proved = {each.item: each for each in done if isinstance(each, Proof)}
        again = {item.id for item in chosen}
        proofs.write(folder, course, {name: proof for name, proof in kept.items() if name not in again} | proved)
        if options["verbosity"]:
            self._report(course, proved, refused)
        if refused:
            lines = [f"{each.item}: {problem}" for each in refused for problem in each.problems]
            raise CommandError("\n".join(["Refused:", *lines]))

    def _report(self, course: Course, proved: dict[str, Proof], refused: list[Refusal]) -> None:
        simulated = sum(item.scenario is not None for item in course.items)
        fresh = simulated - len(proved) - len(refused)
        self.stdout.write(f"{len(proved)} proved, {len(refused)} refused, {fresh} left as they were.")


def _chosen(course: Course, kept: dict[str, Proof], named: list[str], *, is_all: bool) -> list[Item]:
    """The items to prove. Raises CommandError for a name that no item has."""
    simulated = {item.id: item for item in course.items if item.scenario}
    for name in named:
        if name not in simulated:
            close = get_close_matches(name, simulated, n=1)
            raise CommandError(
                f"there is no item {name} with a scenario" + (f"; did you mean {close[0]}?" if close else "")
            )
    if named:
        return [simulated[name] for name in dict.fromkeys(named)]
    world = course.world
    return [
        item
        for item in simulated.values()
        if is_all or item.id not in kept or kept[item.id].digest != digest(item, world, kept[item.id].rules)
    ]
