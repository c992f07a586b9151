"""What the background has found, as pages show it: a sweep as a picture, a search as a change and its slider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studyapp.lab import addresses
from studyapp.lab.background.wishes import marked
from studyapp.lab.controls import controls
from studyapp.lab.models import Job, JobKind
from studyapp.lab.state import State
from studyapp.questions.filling import shown
from studyapp.simulator import scenario, units
from studyapp.ui.pictures import sweeps
from studyapp.ui.pictures.shapes import Picture
from studyapp.ui.pictures.sweeps import Point

WIDTH = 920


@dataclass(frozen=True)
class Moved:
    """One parameter moved: what it is called, from what to what, and the ends of its slider as plain numbers."""

    label: str
    was: str
    to: str
    low: str
    high: str
    at: str
    url: str


def context(job: Job) -> dict[str, Any]:
    """What a finished job shows; how far an unfinished one is."""
    said: dict[str, Any] = {"job": job, "is_sweep": job.kind == JobKind.SWEEP}
    if job.result is None:
        return said
    return {**said, **(_swept(job) if job.kind == JobKind.SWEEP else _searched(job))}


def _swept(job: Job) -> dict[str, Any]:
    asked = job.asked
    label, now = _named(asked)
    points = [_point(row) for row in job.result or ()]
    values = [point.text for point in points]
    drawn = sweeps.drawn(points, asked["metrics"], label, marked(values, now), WIDTH)
    if drawn is None:
        refused = next((point.says for point in points if point.says), "None of its values can be run.")
        return {"label": label, "refused": refused}
    picture = Picture(
        "readouts", f"sweep-{job.pk}", drawn.title, drawn.desc, note=drawn.note, chart=drawn.chart, grids=(drawn.twin,)
    )
    return {"label": label, "now": now, "picture": picture}


def _named(asked: Mapping[str, Any]) -> tuple[str, str]:
    """What the swept control is called, and where it stands."""
    found = next(
        each for each in controls(scenario.patch(asked["body"], asked["changes"])) if each.path == asked["path"]
    )
    return f"{found.label}, {found.group}", found.value or found.usual


def _point(row: Mapping[str, Any]) -> Point:
    says = row.get("refused") or row.get("stopped") or ""
    return Point(float(units.split(row["value"])[0]), row["value"], row.get("metrics") or {}, says)


def _searched(job: Job) -> dict[str, Any]:
    """The smallest change, and others that would do."""
    found: Mapping[str, Any] = job.result or {}
    moves = [_moved(each, job.asked) for each in (found["best"], *found["others"]) if each]
    return {"moves": moves, "runs": found["runs"], "is_complete": found["is_complete"]}


def _moved(change: Mapping[str, Any], asked: Mapping[str, Any]) -> Moved:
    patched = scenario.patch(asked["body"], asked["changes"])
    found = next((each for each in controls(patched) if each.path == change["path"]), None)
    label = f"{found.label}, {found.group}" if found else change["path"]
    low, high, at = (units.split(change[name])[0] for name in ("low", "high", "to"))
    return Moved(
        label, shown(change["from"]), shown(change["to"]), f"{low:f}", f"{high:f}", f"{at:f}", _url(change, asked)
    )


def _url(change: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """The run with the option and the change, beside that of the option alone; "" for a scenario that has no page."""
    if not asked.get("slug"):
        return ""
    beside = State(asked["changes"], seed=asked["seed"])
    moved = {**asked["changes"], change["path"]: change["to"]}
    return addresses.of(asked["slug"], State(moved, seed=asked["seed"], pinned=beside))
