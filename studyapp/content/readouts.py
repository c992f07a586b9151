"""What came of a run, or of a sweep, as the command prints it: a table, a trace or JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from textwrap import indent

from studyapp.content import traces
from studyapp.content.one_scenario import NotFound
from studyapp.simulator.errors import shown
from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.spans import Span

FIRST = (
    "requests", "delivered", "throttles", "errors", "cold_starts", "events_lost", "dead_letters", "async_age_max",
    "iterator_age_max", "oldest_message_age_max", "response_p95", "duration_p95", "peak_concurrency", "cost.total",
)  # fmt: skip
"""Of the metrics that vary in a sweep, those to show before others."""
FEWEST_SHOWN, MOST_SHOWN = 4, 7
SPANS_AT_ONCE = 1_000
"""Written in one piece as JSON: all spans of a long run as one text would take gigabytes."""


@dataclass(frozen=True)
class Row:
    """One value of a sweep: its metrics by name; or why it is refused; or, beside metrics, that its run was stopped."""

    value: str
    metrics: Mapping[str, Value]
    refused: str = ""
    stopped: str = ""


def metrics(outcome: Outcome, names: Collection[str]) -> dict[str, Value]:
    """Raises NotFound for a metric that there is not."""
    for name in names:
        if name not in outcome.metrics:
            close = get_close_matches(name, list(outcome.metrics), n=3)
            hint = f"did you mean {' or '.join(close)}?" if close else "--table lists what there is"
            raise NotFound(f"there is no metric {shown(name)} here; {hint}")
    return {name: outcome.metrics[name] for name in names}


def one(outcome: Outcome, form: str, asked: Sequence[str], stopped: str = "") -> Iterator[str]:
    """In pieces. `form` is table, trace or json; with `asked`, these metrics alone. Raises NotFound."""
    chosen = metrics(outcome, asked)
    if form == "json":
        yield from _json(outcome, chosen, stopped)
    elif form == "trace" and not asked:
        yield traces.trace(outcome)
    else:
        yield f"{traces.table(outcome, asked)}\n"


def many(path: str, rows: Sequence[Row], form: str, asked: Sequence[str], stopped: str = "") -> str:
    """A line for each value, with the metrics that are asked for, or with some that vary; as JSON with all."""
    if form == "json":
        said = {"sweep": path, "values": [_said(row) for row in rows]}
        return json.dumps({"stopped": stopped, **said} if stopped else said, indent=1)
    names = asked or _varying(rows)
    lines = [[path, *names], *([row.value, *(_cell(row, name) for name in names)] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    notes = ["", *(f"  refused: {row.refused}" if row.refused else _note(row) for row in rows)]
    return "\n".join(map(_line, lines, [widths] * len(lines), notes))


def _json(outcome: Outcome, chosen: Mapping[str, Value], stopped: str) -> Iterator[str]:
    """The chosen metrics alone; with none chosen all of them, the paths, the models' series (moments in microseconds) and
    the spans."""
    said: dict[str, object] = {"stopped": stopped} if stopped else {}
    if chosen:
        yield json.dumps({**said, "metrics": chosen}, indent=1) + "\n"
        return
    said["metrics"] = dict(outcome.metrics)
    said["paths"] = [path._asdict() | {"hops": [hop._asdict() for hop in path.hops]} for path in outcome.paths]
    said["series"] = {name: steps for answer in outcome.answers for name, steps in answer.series.items()}
    yield json.dumps(said, indent=1).removesuffix("\n}")
    yield from _spans(outcome.spans)
    yield "\n}\n"


def _spans(spans: Sequence[Span]) -> Iterator[str]:
    """The last field of the JSON, as json.dumps would write it, piece by piece."""
    yield ',\n "spans": ['
    for first in range(0, len(spans), SPANS_AT_ONCE):
        some = spans[first : first + SPANS_AT_ONCE]
        texts = ",\n".join(indent(json.dumps(span._asdict(), indent=1), "  ") for span in some)
        yield f"{',' if first else ''}\n{texts}"
    yield "\n ]" if spans else "]"


def _said(row: Row) -> dict[str, object]:
    """Only what there is to say of it."""
    said = {"value": row.value, "metrics": dict(row.metrics), "refused": row.refused, "stopped": row.stopped}
    return {name: value for name, value in said.items() if value}


def _varying(rows: Sequence[Row]) -> list[str]:
    """Some metrics that are not the same in all rows, FIRST first; where none varies, some that there are."""
    ran = [row.metrics for row in rows if row.metrics]
    there = dict.fromkeys(name for each in ran for name in each)
    vary = [name for name in there if len({each.get(name) for each in ran}) > 1]
    first = [name for name in FIRST if name in vary]
    others = [name for name in vary if name not in first]
    return [*first[:MOST_SHOWN], *others[: max(FEWEST_SHOWN - len(first), 0)]] or list(there)[:FEWEST_SHOWN]


def _cell(row: Row, name: str) -> str:
    value = row.metrics.get(name)
    if not row.metrics:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else traces.shown(value)


def _note(row: Row) -> str:
    return f"  {row.stopped.partition('. ')[0]}" if row.stopped else ""


def _line(cells: Sequence[str], widths: Sequence[int], note: str) -> str:
    """The value at the left, numbers at the right of their columns."""
    first, *others = cells
    return "  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]).rstrip() + note
