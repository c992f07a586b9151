"""Run one scenario, or one for each of several values, and print what came of it; or write the golden trace of every
scenario of the course."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content import files, golden, one_scenario, readouts, sweeping
from studyapp.content.progress import Bar
from studyapp.simulator import scenario
from studyapp.simulator.errors import ScenarioError, SimulatorError, one_line, shown

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
            help="print this metric alone, in whatever form; may be repeated")  # fmt: skip
        add("--seed", type=_whole, default=0, help="which lot is drawn, from 0")
        add("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")
        form = parser.add_mutually_exclusive_group()
        add = form.add_argument
        add("--table", action="store_const", const="table", dest="form", default="table", help="the numbers (default)")
        add("--trace", action="store_const", const="trace", dest="form", help="the numbers and every span")
        add("--json", action="store_const", const="json", dest="form", help="both, for a program")
        add("--golden", type=Path, metavar="FOLDER", help="write the trace of every scenario of the course there")

    def handle(self, *args: Any, **options: Any) -> None:
        _make_printable(options)
        try:
            if options["golden"] and options["scenario"]:
                raise CommandError("--golden is of every scenario of the course: name none")
            if options["golden"]:
                self._write_golden(options)
            else:
                self._simulate(options)
            self.stdout.flush()
        except files.BadContent as error:
            raise CommandError(_first(error)) from None
        except (SimulatorError, one_scenario.NotFound) as error:
            raise CommandError(str(error)) from None
        except BrokenPipeError:
            _print_no_more()  # whoever read the output has had enough
        except OSError as error:
            if error.filename is None:
                _print_no_more()
            raise CommandError(f"{one_line(str(error.filename or 'the output'))}: {error.strerror}") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped by Ctrl-C.", returncode=INTERRUPTED) from None

    def _simulate(self, options: dict[str, Any]) -> None:
        if not options["scenario"]:
            raise CommandError("name a scenario: a file, or an id of the course")
        seed = one_scenario.seed(options["seed"])
        found = one_scenario.find(options["scenario"], options["folder"])
        rulebook = one_scenario.world(options["beliefs"] or (), options["folder"])
        body = scenario.patch(found.body, one_scenario.changes(options["changes"]))
        asked = tuple(options["metrics"] or ())
        if options["sweeps"]:
            sweep = _sweep(options["sweeps"], options["form"])
            with Bar(len(sweep.values), is_shown=_is_watched(options)) as bar:
                rows, is_whole = _until_stopped(sweeping.rows(sweep, found, body, rulebook, seed, asked, bar))
            says = "" if is_whole else f"Stopped by Ctrl-C after {len(rows)} of {len(sweep.values)} values."
            self._print_rows(sweep.path, rows, options["form"], asked, says)
            return
        try:
            world = scenario.read(body, rulebook)
        except ScenarioError as error:
            raise CommandError(found.says(error, body)) from None
        with Bar(1, is_shown=_is_watched(options)) as bar:
            outcome, stopped = sweeping.run(world, rulebook, seed, bar)
        for piece in readouts.one(outcome, options["form"], asked, stopped):
            self.stdout.write(piece, ending="")
        if stopped:
            raise CommandError(f"{stopped} What is printed is what there was until then.", returncode=STOPPED)

    def _print_rows(
        self, path: str, rows: Sequence[readouts.Row], form: str, asked: Sequence[str], interrupted: str
    ) -> None:
        refused = [row.refused for row in rows if row.refused]
        if not interrupted and len(refused) == len(rows) and len(set(refused)) == 1:
            raise CommandError(refused[0])
        if rows:
            self.stdout.write(readouts.many(path, rows, form, asked, interrupted))
        if interrupted:
            raise CommandError(interrupted, returncode=INTERRUPTED)
        if len(refused) == len(rows):
            raise CommandError(f"No value of {path} can be run.")
        stopped = sum(bool(row.stopped) for row in rows)
        if stopped:
            raise CommandError(f"Stopped at max_events: {stopped} of {len(rows)} runs.", returncode=STOPPED)

    def _write_golden(self, options: dict[str, Any]) -> None:
        count = golden.write(one_scenario.course_in(options["folder"]), options["golden"])
        self.stdout.write(f"{count} traces written.")


def _print_no_more() -> None:
    """What is still held back would fail once more as the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _whole(text: str) -> int:
    """Raises ArgumentTypeError, which does not say a number of thousands of digits again."""
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"{shown(text)} is not a whole number") from None


def _make_printable(options: dict[str, Any]) -> None:
    """Raises CommandError if nothing can be printed. What the output's encoding lacks is printed as Python escapes it."""
    if sys.stdout is None and not options.get("stdout"):
        raise CommandError("the standard output is closed: there is nowhere to print to")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _sweep(said: Sequence[str], form: str) -> sweeping.Sweep:
    if len(said) > 1:
        raise CommandError("--sweep: one at a time")
    if form == "trace":
        raise CommandError("--trace is of one run; a sweep has --table and --json")
    return sweeping.read(said[0])


def _until_stopped(rows: Iterator[readouts.Row]) -> tuple[list[readouts.Row], bool]:
    """The rows, or those that there are when Ctrl-C is pressed; and whether they are all."""
    done: list[readouts.Row] = []
    try:
        for row in rows:
            done.append(row)  # noqa: PERF402 - what is there is kept, whatever ends the loop
    except KeyboardInterrupt:
        return done, False
    return done, True


def _is_watched(options: dict[str, Any]) -> bool:
    """Whether a person waits before a terminal: not where JSON goes on to a program."""
    is_piped = options["form"] == "json" and not sys.stdout.isatty()
    is_there = sys.stderr is not None and sys.stderr.isatty()
    return options["verbosity"] > 0 and is_there and not is_piped


def _first(error: files.BadContent) -> str:
    more = len(error.problems) - 1
    return f"{error.problems[0]}" + (f" (and {more} more of such)" if more else "")
