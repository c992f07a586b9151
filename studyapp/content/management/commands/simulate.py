"""Run one scenario and print what came of it; or write the golden trace of every scenario of the course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content import files, one_scenario, traces
from studyapp.content.course import Course
from studyapp.simulator import scenario, simulate
from studyapp.simulator.errors import SimulatorError
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import TRUTH, Rulebook


class Command(BaseCommand):
    help = "Run a scenario: a file that holds one, or the id of a scenario or item of the course. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", nargs="?", metavar="FILE|ID")
        parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", dest="changes",
                            help="change a value, such as function.memory='512 MB'; may be repeated")  # fmt: skip
        parser.add_argument("--belief", metavar="ID", help="run it in the world of a belief")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")
        form = parser.add_mutually_exclusive_group()
        form.add_argument(
            "--table", action="store_const", const="table", dest="form", default="table", help="the numbers (default)"
        )
        form.add_argument(
            "--trace", action="store_const", const="trace", dest="form", help="the numbers and every span"
        )
        form.add_argument("--json", action="store_const", const="json", dest="form", help="both, for a program")
        form.add_argument(
            "--golden", type=Path, metavar="FOLDER", help="write the trace of every scenario of the course there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["golden"]:
                self._write_golden(files.read(options["folder"], needs_proofs=False), options["golden"])
                return
            self.stdout.write(_printed(_outcome(options), options["form"]))
        except (files.BadContent, SimulatorError, one_scenario.NotFound) as error:
            raise CommandError(str(error)) from None

    def _write_golden(self, course: Course, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for name, each in course.scenarios.items():
            text = traces.trace(simulate(scenario.read(each.body())))
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(course.scenarios)} traces written.")


def _outcome(options: dict[str, Any]) -> Outcome:
    if not options["scenario"]:
        raise CommandError("name a scenario: a file, or an id of the course")
    body = one_scenario.find(options["scenario"], options["folder"])
    changes = one_scenario.changes(options["changes"])
    rulebook = _rulebook(options["belief"], options["folder"])
    return simulate(scenario.read(scenario.patch(body, changes), rulebook), rulebook, options["seed"])


def _rulebook(belief_id: str | None, folder: Path) -> Rulebook:
    if belief_id is None:
        return TRUTH
    beliefs = files.read(folder, needs_proofs=False).beliefs
    if belief_id not in beliefs:
        raise CommandError(f"there is no belief {belief_id}; the beliefs are {', '.join(sorted(beliefs))}")
    belief = beliefs[belief_id]
    if not belief.patch:
        raise CommandError(f"{belief_id} does not change the rulebook, so there is no world of it to run")
    return TRUTH.believing(belief.patch)


def _printed(outcome: Outcome, form: str) -> str:
    if form == "json":
        spans = [span._asdict() for span in outcome.spans]
        paths = [
            {"target": path.target, "ok": path.ok, "hops": [hop._asdict() for hop in path.hops]}
            for path in outcome.paths
        ]
        return json.dumps({"metrics": dict(outcome.metrics), "paths": paths, "spans": spans}, indent=1)
    return (traces.trace(outcome) if form == "trace" else traces.table(outcome)).rstrip("\n")
