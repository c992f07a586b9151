"""A run to take away: JSON, a CSV of its invocations, and its picture as a file that stands alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from studyapp.lab.running import Inputs
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import digest
from studyapp.simulator.trace import REASONS, STATUS
from studyapp.ui.pictures.shapes import Picture

MOST_SPANS = 5_000
COLUMNS = (
    "event", "source", "function", "arrived_s", "start_s", "init_ms", "duration_ms", "environment", "is_cold", "attempt", "outcome"
)  # fmt: skip
ROWS_AT_ONCE = 500
INK = {
    "paper": "#f7fbf9", "sheet": "#ffffff", "tint": "#eaf2ee", "line": "#cfd8d4", "edge": "#738485", "ink": "#161f2a",
    "ink-2": "#48525d", "pen": "#2d46ac", "pen-tint": "#e8eefe", "right": "#0f6a46", "right-tint": "#def5e8",
    "limit": "#bc291b", "limit-tint": "#feebe6", "cold": "#2d8ab8", "mark": "#f6ec8f",
    "text": "Atkinson Hyperlegible, system-ui, sans-serif",
}  # fmt: skip
"""The light tokens as hex (visual.md's table): programs that draw files know no oklch and no light-dark."""
_RULE = re.compile(r"\.timeline ([^{}]+)\{([^}]*)\}")


def as_json(inputs: Inputs, outcome: Outcome, address: str) -> str:
    """Everything that the run depends on, and what came of it. Times of spans are microseconds."""
    spans = outcome.spans[:MOST_SPANS] if len(outcome.trace.event) <= MOST_SPANS else ()
    said: dict[str, Any] = {
        "address": address,
        "scenario": inputs.body,
        "changes": inputs.changes,
        "rules_changed": inputs.patch,
        "seed": inputs.seed,
        "rulebook": digest(inputs.rulebook),
        "metrics": {name: outcome.metrics[name] for name in outcome.metrics.that_apply},
        "paths": [path._asdict() | {"hops": [hop._asdict() for hop in path.hops]} for path in outcome.paths],
        "spans": [span._asdict() for span in spans],
        "spans_left_out": len(outcome.trace.event) > MOST_SPANS,
    }
    return json.dumps(said, indent=1, ensure_ascii=False)


def as_csv(outcome: Outcome) -> Iterator[str]:
    """A line for each run of a handler, then one for each refusal; in pieces. A refusal has no environment and no duration."""
    yield _lines([COLUMNS])
    rows: list[tuple[object, ...]] = []
    for row in _invocations(outcome):
        rows.append(row)
        if len(rows) == ROWS_AT_ONCE:
            yield _lines(rows)
            rows = []
    yield _lines(rows)


def _invocations(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    trace, scenario = outcome.trace, outcome.scenario
    sources = [source.name for source in scenario.sources]
    functions = [function.name for function in scenario.functions]

    def event(number: int) -> tuple[object, ...]:
        return number + 1, sources[trace.source[number]], functions[trace.function[number]], trace.arrived[number] / 1e6

    for row, number in enumerate(trace.event):
        times = trace.start[row] / 1e6, trace.init[row] / 1e3, trace.run[row] / 1e3
        place = trace.environment[row] + 1, "yes" if trace.cold[row] == 1 else "no", trace.attempt[row]
        yield *event(number), *times, *place, STATUS[trace.status[row]]
    for number, at, reason in zip(trace.refused_event, trace.refused_at, trace.refused_reason, strict=True):
        yield *event(number), at / 1e6, "", "", "", "", "", f"refused: {REASONS[reason]}"


def _lines(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def as_svg(picture: Picture) -> str:
    """The chart of a picture with its own styles, in light colours: it needs nothing else to be seen."""
    drawn = render_to_string("components/timeline.svg", {"picture": picture})
    svg = drawn[drawn.index("<svg") : drawn.rindex("</svg>") + len("</svg>")]
    opening = '<svg xmlns="http://www.w3.org/2000/svg" class="timeline" '
    chart = picture.chart
    size = f'width="{chart.width}" height="{chart.height}" ' if chart else ""
    ground = f'<rect width="100%" height="100%" fill="{INK["sheet"]}"/>'
    whole = svg.replace("<svg ", f"{opening}{size}", 1)
    head, _, rest = whole.partition(">")
    return f"{head}>\n<style>\n{_style()}</style>\n{ground}{rest}\n"


@cache
def _style() -> str:
    """timeline.css as a file by itself can use it: no layers, no variables, each selector written out."""
    sheet = (settings.ROOT / "static" / "css" / "timeline.css").read_text()
    rules = [("text", "font-family: var(--text)"), *_RULE.findall(sheet)]
    lines = (f"{selector} {{ {_inked(body)} }}" for names, body in rules for selector in _spelled(names))
    return "\n".join(lines) + "\n"


def _spelled(selectors: str) -> Iterator[str]:
    """`:is(.a, .b) c` as `.a c` and `.b c`; what is about the frame is left out."""
    found = re.search(r":is\(([^)]*)\)", selectors)
    if found:
        for each in found[1].split(","):
            yield from _spelled(selectors.replace(found[0], each.strip(), 1))
    elif not selectors.strip().startswith("svg"):
        yield selectors.strip()


def _inked(body: str) -> str:
    return re.sub(r"var\(--([\w-]+)\)", lambda found: INK.get(found[1], "inherit"), body).strip().rstrip(";")


def name_of(slug: str, kind: str) -> str:
    """A file's name."""
    return f"{slug.removeprefix('lambda.').replace('.', '-')}.{kind}"


def headers(slug: str, kind: str) -> Mapping[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name_of(slug, kind)}"'}
