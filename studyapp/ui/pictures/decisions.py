"""Decisions on access, step by step: a ladder for each request, down to the verdict and the statement that decided."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator.models.network.names import listed
from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import rungs, walks
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.rungs import STATES, Rung
from studyapp.ui.pictures.shapes import Grid, Label, Sheet
from studyapp.ui.pictures.walks import Walk
from studyapp.ui.pictures.words import shortened

TOP, BETWEEN, MARGIN = 6, 30, 14
MOST = 8
"""Decisions that are drawn; the others are in the table alone."""


def picture_of(outcomes: Sequence[Outcome], headings: Sequence[str], setting: Setting) -> Drawn | None:
    """Each request; of two runs, the requests that tell them apart. None where nobody asks for anything."""
    found = walks.of(outcomes, headings, "access")
    if not found:
        return None
    ladders = [rungs.of(walk) for walk in found]
    sheet, y = Sheet(), float(TOP)
    for walk, ladder in list(zip(found, ladders, strict=True))[:MOST]:
        y = _draw(sheet, walk, ladder, y, setting.width) + BETWEEN
    differs = walks.difference(found)
    return Drawn(
        sheet.chart(setting.width, y - BETWEEN + TOP),
        "How each request is decided" if len(found) > 1 else f"How {found[0].path.target} is decided",
        " ".join(_says(walk, ladder) for walk, ladder in zip(found, ladders, strict=True)),
        " ".join(filter(None, (differs, walks.note(outcomes, "access"), walks.rest(found, MOST)))),
        _twin(found, ladders),
    )


def _draw(sheet: Sheet, walk: Walk, ladder: Sequence[Rung], y: float, width: int) -> float:
    """The name of the request, its ladder, and the verdict at the foot. Returns the y below."""
    sheet.labels.append(Label("heading", MARGIN, y + 15, shortened(walk.called, width - 2 * MARGIN, 15)))
    foot = rungs.draw(sheet, ladder, y + 28, MARGIN, width - MARGIN)
    look, mark = ("says-reached", "✓") if walk.path.ok else ("says-refuses", "✗")
    verdict = f"{mark} {walk.verdict}{decided(walk)}"
    sheet.labels.append(Label(f"verdict {look}", MARGIN, foot + 16, shortened(verdict, width - 2 * MARGIN, 14)))
    return foot + 20


def decided(walk: Walk) -> str:
    """By which statements, and what else the metrics say: ' by staff', ', as no statement allows kms:Decrypt'."""
    request, metrics = walk.path.target, walk.outcome.metrics
    by, missing, status = (metrics.get(f"{name}.{request}") for name in ("decided_by", "missing", "status"))
    told = f" by {by}" if by and by != rungs.NOBODY else ""
    if not walk.path.ok and by == rungs.NOBODY:
        told = (
            f", as no statement allows {listed(str(missing).split(', '))}" if missing else ", as no statement allows it"
        )
    return told + (f"; the caller sees {status}" if status else "")


def _says(walk: Walk, ladder: Sequence[Rung]) -> str:
    steps = "; ".join(f"{rung.name} {STATES[rung.state].lstrip('✓✗– ')}" for rung in ladder if rung.number)
    return f"{walk.called}: {steps}. It is {walk.verdict}{decided(walk)}."


def _twin(found: Sequence[Walk], ladders: Sequence[Sequence[Rung]]) -> Grid:
    rows = [
        (walk.called, str(rung.number or ""), rung.name, STATES[rung.state], rung.says)
        for walk, ladder in zip(found, ladders, strict=True)
        for rung in (*ladder, Rung(0, "Verdict", "verdict", f"{walk.verdict}{decided(walk)}".capitalize()))
    ]
    return Grid("Each decision, step by step", ("Request", "Step", "What is asked", "Answer", "Why"), tuple(rows))
