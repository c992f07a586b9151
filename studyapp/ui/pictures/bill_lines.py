"""The lines of a bill: of a month, with what the free tier takes off each, or of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studyapp.simulator.models.bill import MonthlyBill
from studyapp.simulator.models.bill.account import account
from studyapp.simulator.models.bill.choices import Choices, choices
from studyapp.simulator.models.bill.paths import NAMES
from studyapp.simulator.outcome import Outcome, Path
from studyapp.ui.pictures import marks

LONGER = {"provisioned": "provisioned concurrency", "streaming": "streamed responses", "durable": "durable functions"}
OF_A_RUN = ("requests", "duration", "provisioned", "storage")
"""The lines of a run, each a metric that begins with `cost.`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """USD of one line. `free` is what it would cost more without the free tier. `mark` names the step that works it out."""

    name: str
    usd: float
    free: float = 0.0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A bill as it is drawn. `choices` are those of each function, by name; a run has none."""

    heading: str
    entries: tuple[Entry, ...]
    total: float
    is_month: bool
    choices: Mapping[str, tuple[Choices, int]]

    @property
    def free(self) -> float:
        return sum(each.free for each in self.entries)


def accounts(outcomes: Sequence[Outcome], headings: Sequence[str]) -> tuple[Account, ...]:
    """The bills of the runs, all of a month or all of a run; none where there is nothing to pay for."""
    plans = [_plan(each) for each in outcomes]
    if all(plans):
        found = [_month(*each) for each in zip(outcomes, headings, (plan for plan in plans if plan), strict=True)]
    elif any(plans):
        return ()
    else:
        found = [_run(*each) for each in zip(outcomes, headings, strict=True)]
    return _with_the_same_lines(found) if any(each.total or each.free for each in found) else ()


def _with_the_same_lines(found: Sequence[Account]) -> tuple[Account, ...]:
    """A line that one of two bills has stands in the other with nothing to pay."""
    names = dict.fromkeys(entry.name for bill in found for entry in bill.entries)
    own = [{entry.name: entry for entry in bill.entries} for bill in found]
    return tuple(
        replace(bill, entries=tuple(entries.get(name, Entry(name, 0.0)) for name in names))
        for bill, entries in zip(found, own, strict=True)
    )


def _plan(outcome: Outcome) -> MonthlyBill | None:
    return next((each for each in outcome.scenario.plans if isinstance(each, MonthlyBill)), None)


def _month(outcome: Outcome, heading: str, plan: MonthlyBill) -> Account:
    """What is free of a line is the difference to an account that has no free tier."""
    month, rulebook = plan.month, outcome.rulebook
    found = account(month, rulebook)
    whole = account(replace(month, has_free_tier=False), rulebook).bill._asdict() if month.has_free_tier else {}
    lines = found.bill._asdict()
    entries = tuple(
        Entry(LONGER.get(line, NAMES.get(line, line)), usd, max(whole.get(line, usd) - usd, 0.0), _mark(outcome, line))
        for line, usd in lines.items()
        if usd or whole.get(line)
    )
    chosen = {
        part.function.name: (choices(part.function, part.use, month.time_us, rulebook), part.use.memory)
        for part in found.parts
    }
    return Account(heading, entries, found.bill.total, True, chosen)


def _mark(outcome: Outcome, line: str) -> str:
    """The last step of the path that works the line out: that which names its price."""
    for number, path in enumerate(outcome.paths, 1):
        if _is_of(path, line):
            return marks.of_hop(number, len(path.hops))
    return ""


def _is_of(path: Path, line: str) -> bool:
    return path.kind == "bill" and path.target == line


def _run(outcome: Outcome, heading: str) -> Account:
    costs = {line: outcome.metrics.get(f"cost.{line}") for line in (*OF_A_RUN, "total")}
    found = {line: float(usd) for line, usd in costs.items() if isinstance(usd, int | float) and usd}
    entries = tuple(Entry(LONGER.get(line, NAMES.get(line, line)), found[line]) for line in OF_A_RUN if line in found)
    return Account(heading, entries, found.get("total", 0.0), False, {})
