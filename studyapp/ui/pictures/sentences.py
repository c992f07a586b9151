"""A picture in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures.runs import Panel, Run
from studyapp.ui.pictures.shapes import Kind, Route
from studyapp.ui.pictures.story import ENDS, end_of
from studyapp.ui.pictures.verbs import verb
from studyapp.ui.pictures.words import count, duration, seconds

TITLES: dict[Kind, tuple[str, str]] = {
    "lanes": ("Timeline of the run", "Timeline of two runs"),
    "story": ("What becomes of one {}", "What becomes of one {} in two runs"),
    "path": ("Step by step", "Step by step in two runs"),
    "readouts": ("Numbers of the run", "Numbers of two runs"),
}


def title(kind: Kind, runs: Sequence[Run]) -> str:
    """`{}` stands for what comes: a request, an event, a message, a record."""
    nouns = [run.noun for run in runs if run.noun]
    return TITLES[kind][len(runs) > 1].format(nouns[0] if nouns else "event")


def of_lanes(runs: Sequence[Run]) -> str:
    return " ".join(_headed(run.heading, _of_run(run)) for run in runs)


def _headed(heading: str, says: str) -> str:
    return f"{heading}: {says}" if heading else says


def _of_run(run: Run) -> str:
    if not run.panels:
        return "Nothing was invoked."
    return " ".join(_of_panel(panel, is_named=len(run.panels) > 1) for panel in run.panels)


def _of_panel(panel: Panel, *, is_named: bool) -> str:
    tally, limit = panel.tally, panel.busy.limit
    parts = [f"{count(tally.invocations, 'invocation')} over {duration(tally.end_us)}"]
    if tally.largest > 1:
        parts.append(f"in batches of up to {tally.largest:,} {tally.noun}s")
    parts.append(f"at most {count(panel.busy.peak, 'environment')} busy at once")
    if limit is not None:
        parts.append(f"under a limit of {limit:,}")
    if tally.starts:
        parts.append(count(tally.starts, "cold start", "cold starts"))
    if tally.throttled:
        parts.append(count(tally.throttled, "is throttled", "are throttled"))
    return (f"Function {panel.function}: " if is_named else "") + ", ".join(parts) + "."


def of_stories(runs: Sequence[Run], event: int) -> str:
    return " ".join(_headed(run.heading, _of_story(run.story(event).spans)) for run in runs)


def _of_story(spans: Iterable[Span]) -> str:
    parts = []
    for span in spans:
        if span.kind == "invoke":
            name = f"attempt {span.attempt}" if span.attempt else "a second delivery"
            parts.append(f"at {seconds(span.start_us)} {name} {verb(span.status)}")
        elif span.kind in ("throttled", "refused"):
            parts.append(f"at {seconds(span.start_us)} it is {span.kind}")
        elif span.kind == "visibility_wait":
            parts.append(f"until {seconds(span.end_us)} it is hidden in its queue")
        elif span.kind in ENDS:
            parts.append(f"at {seconds(span.end_us)}: {end_of(span)[1].lstrip('→✓✗ ')}")
    if len(parts) > 12:
        parts[6:-3] = [f"and so on, {len(parts) - 9} more times"]
    return "; ".join(parts) + "." if parts else "Nothing happened."


def of_routes(routes: Sequence[Route]) -> str:
    return " ".join(_headed(route.heading, _of_route(route)) for route in routes)


def _of_route(route: Route) -> str:
    if route.ok:
        return f"{route.target}: {route.verdict}."
    return f"{route.target}: {route.verdict}, {route.steps[-1].name} {route.stops}."
