"""Run one scenario, or one for each of several values, and print what came of it; or write the golden trace of every
scenario of the course."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content import files, one_scenario, readouts, sweeping, traces
from studyapp.content.course import Course
from studyapp.content.progress import Bar
from studyapp.simulator import scenario, simulate
from studyapp.simulator.errors import ScenarioError, SimulatorError

STOPPED = 3
"""How the command ends when a run was stopped at max_events: it printed what it had."""
INTERRUPTED = 130
"""How a shell counts a program that Ctrl-C has ended."""


class Command(BaseCommand):
    help = "Run a scenario: a file that holds one, or the id of a scenario or item of the course. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("scenario", nargs="?", metavar="FILE|ID")
        add("--set", action="append", default=[], metavar="PATH=VALUE", dest="changes",
            help="change a value, such as function.memory='512 MB'; may be repeated")  # fmt: skip
        add("--belief", action="append", metavar="ID", dest="beliefs",
            help="run it in the world of a belief; may be repeated")  # fmt: skip
        add("--sweep", action="append", metavar="PATH=A:B:N", dest="sweeps",
            help="a line for each of N values from A to B, such as function.memory='128 MB:1769 MB:8'")  # fmt: skip
        add("--metric", action="append", metavar="NAME", dest="metrics",
            help="print this metric alone; may be repeated")  # fmt: skip
        add("--seed", type=int, default=0)
        add("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")
        form = parser.add_mutually_exclusive_group()
        add = form.add_argument
        add("--table", action="store_const", const="table", dest="form", default="table", help="the numbers (default)")
        add("--trace", action="store_const", const="trace", dest="form", help="the numbers and every span")
        add("--json", action="store_const", const="json", dest="form", help="both, for a program")
        add("--golden", type=Path, metavar="FOLDER", help="write the trace of every scenario of the course there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["golden"]:
                self._write_golden(files.read(options["folder"], needs_proofs=False), options["golden"])
            else:
                self._simulate(options)
            self.stdout.flush()
        except files.BadContent as error:
            raise CommandError(_first(error)) from None
        except (SimulatorError, one_scenario.NotFound) as error:
            raise CommandError(str(error)) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read the output has had enough
        except OSError as error:
            raise CommandError(f"{error.filename or options['scenario']}: {error.strerror}") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped by Ctrl-C.", returncode=INTERRUPTED) from None

    def _simulate(self, options: dict[str, Any]) -> None:
        if not options["scenario"]:
            raise CommandError("name a scenario: a file, or an id of the course")
        found = one_scenario.find(options["scenario"], options["folder"])
        rulebook = one_scenario.world(options["beliefs"] or (), options["folder"])
        body = scenario.patch(found.body, one_scenario.changes(options["changes"]))
        asked = tuple(options["metrics"] or ())
        if options["sweeps"]:
            sweep = _sweep(options["sweeps"], options["form"])
            with Bar(len(sweep.values), is_shown=_is_watched(options)) as bar:
                rows = list(sweeping.rows(sweep, found, body, rulebook, options["seed"], asked, bar))
            self._print_rows(sweep.path, rows, options["form"], asked)
            return
        try:
            world = scenario.read(body, rulebook)
        except ScenarioError as error:
            raise CommandError(found.says(error, body)) from None
        with Bar(1, is_shown=_is_watched(options)) as bar:
            outcome, stopped = sweeping.run(world, rulebook, options["seed"], bar)
        self.stdout.write(readouts.one(outcome, options["form"], asked, stopped))
        if stopped:
            raise CommandError(f"{stopped} What is printed is what there was until then.", returncode=STOPPED)

    def _print_rows(self, path: str, rows: Sequence[readouts.Row], form: str, asked: Sequence[str]) -> None:
        refused = [row.refused for row in rows if row.refused]
        if len(refused) == len(rows) and len(set(refused)) == 1:
            raise CommandError(refused[0])
        self.stdout.write(readouts.many(path, rows, form, asked))
        if len(refused) == len(rows):
            raise CommandError(f"No value of {path} can be run.")
        stopped = sum(bool(row.stopped) for row in rows)
        if stopped:
            raise CommandError(f"Stopped at max_events: {stopped} of {len(rows)} runs.", returncode=STOPPED)

    def _write_golden(self, course: Course, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for name, each in course.scenarios.items():
            text = traces.trace(simulate(scenario.read(each.body())))
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(course.scenarios)} traces written.")


def _sweep(said: Sequence[str], form: str) -> sweeping.Sweep:
    if len(said) > 1:
        raise CommandError("--sweep: one at a time")
    if form == "trace":
        raise CommandError("--trace is of one run; a sweep has --table and --json")
    return sweeping.read(said[0])


def _is_watched(options: dict[str, Any]) -> bool:
    """Whether a person waits before a terminal: not where JSON goes on to a program."""
    is_piped = options["form"] == "json" and not sys.stdout.isatty()
    return options["verbosity"] > 0 and sys.stderr.isatty() and not is_piped


def _first(error: files.BadContent) -> str:
    more = len(error.problems) - 1
    return f"{error.problems[0]}" + (f" (and {more} more of such)" if more else "")
