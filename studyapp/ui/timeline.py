"""An outcome becomes a picture: `picture` chooses what tells most and draws it; `components/picture.html` shows it.

What is drawn: the path of a network, the life of one asynchronous event, or lanes of environments under their busy
line; and when two runs differ in numbers alone, those numbers. The same is always there as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from studyapp.simulator.alike import are_alike
from studyapp.simulator.cloudwatch import ours
from studyapp.simulator.compare import Parting, parting
from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import bills, charts, decisions, networks, paths, queues, sentences, shards, sizes
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.long_runs import most_telling, run_of
from studyapp.ui.pictures.readouts import readouts
from studyapp.ui.pictures.runs import Run
from studyapp.ui.pictures.shapes import Kind, Picture, Readout

__all__ = ["Picture", "kept", "picture", "views"]

KEPT: Final = 32
"""Pictures that a process remembers: a quarter of a megabyte each, beside the outcomes that they show."""

VIEWS: Final[Mapping[Kind, Callable[[Sequence[Outcome], Sequence[str], Setting], Drawn | None]]] = {
    "queue": queues.picture_of,
    "shard": shards.picture_of,
    "network": networks.picture_of,
    "decision": decisions.picture_of,
    "package": sizes.picture_of,
    "bill": bills.picture_of,
}
"""The further pictures by kind, in the order in which they stand on a page; each is None for a run without its subject."""


def picture(
    outcome: Outcome,
    *,
    horizon_us: int | None = None,
    other: Outcome | None = None,
    label: str = "The right answer",
    other_label: str = "Your answer",
    names: tuple[str, str] = ("the right answer's run", "your answer's run"),
    asks: str = "",
    name: str = "run",
    width: int = 720,
) -> Picture:
    """One run, or two on one axis with the sentence on where they part.

    `label` and `other_label` head the two runs, and `names` stand for them in the sentence. `asks` is the metric that
    the question asks for. `name` makes ids: it must differ between the pictures of one page. `width` is that of the
    view box (720 suits a column of text, 920 a whole page). Nothing after `horizon_us` is drawn.
    """
    asks = asks if any(asks in answer.metrics for answer in outcome.answers) else ours(asks)
    parted = None if other is None else _parting(outcome, other, names, asks)
    is_alike = other is not None and _is_alike(outcome, other)
    is_bare = not outcome.scenario.sources and not outcome.paths
    numbers = _numbers(outcome, other, asks, other_label) if asks or is_alike or is_bare else ()
    pair = [outcome] if other is None or (is_alike and not numbers) else [outcome, other]
    headings = [label, other_label] if len(pair) > 1 else [""]
    runs = [run_of(heading, one) for heading, one in zip(headings, pair, strict=True)]
    kind: Kind = "readouts" if is_alike and numbers else _kind(pair, runs)
    drawn = _draw(kind, pair, runs, Setting(width, horizon_us, parted and parted.at_us))
    return replace(
        drawn,
        name=name,
        says=parted.says if parted else "",
        readouts=numbers,
        tables=tuple(run.table() for run in runs if not run.is_empty),
    )


@lru_cache(maxsize=KEPT)
def kept(outcome: Outcome, other: Outcome | None, asks: str) -> Picture:
    """The picture of an item's runs, drawn once in each process as long as those who ask have the same outcomes."""
    return picture(outcome, other=other, asks=asks)


def views(
    outcome: Outcome,
    *,
    horizon_us: int | None = None,
    other: Outcome | None = None,
    label: str = "",
    other_label: str = "",
    name: str = "view",
    width: int = 720,
) -> tuple[Picture, ...]:
    """The further pictures that a run deserves beside `picture`, of one run or of two.

    `label` and `other_label` head two runs; nothing after `horizon_us` is drawn. `name` makes ids, as in `picture`.
    """
    outcomes: tuple[Outcome, ...] = (outcome,)
    headings: tuple[str, ...] = ("",)
    if other is not None:
        outcomes, headings = (outcome, other), (label, other_label)
    setting = Setting(width, horizon_us)
    drawn = [(kind, picture_of(outcomes, headings, setting)) for kind, picture_of in VIEWS.items()]
    return tuple(_view(kind, f"{name}-{kind}", each) for kind, each in drawn if each is not None)


def _view(kind: Kind, name: str, drawn: Drawn) -> Picture:
    return Picture(kind, name, drawn.title, drawn.desc, note=drawn.note, chart=drawn.chart, grids=(drawn.twin,))


def _parting(outcome: Outcome, other: Outcome, names: tuple[str, str], asks: str) -> Parting:
    """Where the runs part; where they part for one function, if that alone is asked about."""
    for function in outcome.functions:
        if asks.startswith(f"{function.name}."):
            return parting(outcome.only(function.name), other.only(function.name), names)
    return parting(outcome, other, names)


def _is_alike(outcome: Outcome, other: Outcome) -> bool:
    """Whether a picture of both would show the same twice."""
    return outcome.paths == other.paths and are_alike(outcome, other)


def _numbers(outcome: Outcome, other: Outcome | None, asks: str, other_label: str) -> tuple[Readout, ...]:
    return readouts(outcome.metrics, None if other is None else other.metrics, asks, other_label)


def _kind(pair: Sequence[Outcome], runs: Sequence[Run]) -> Kind:
    if any(one.paths for one in pair) and (pair[0].paths != pair[-1].paths or all(run.is_empty for run in runs)):
        return "path"
    if all(run.is_empty for run in runs) and any(one.answers for one in pair):
        return "readouts"
    return "story" if any(run.is_about_retries() for run in runs) else "lanes"


def _draw(kind: Kind, pair: Sequence[Outcome], runs: Sequence[Run], setting: Setting) -> Picture:
    """The picture without its name, its sentence and its tables."""
    title = sentences.title(kind, runs)
    if kind == "path":
        ways = [one.paths for one in pair]
        twin = ways[1] if len(ways) > 1 else None
        routes = paths.routes(ways[0], twin, runs[0].heading, runs[-1].heading)
        return Picture(kind, "", title, sentences.of_routes(routes), note=paths.note(ways[0], twin), routes=routes)
    if kind == "readouts":
        return Picture(kind, "", title, "")
    if kind == "story":
        event = most_telling(runs)
        chart, note = charts.story_chart(runs, event, setting)
        return Picture(kind, "", title, sentences.of_stories(runs, event), note=note, chart=chart)
    chart, note = charts.lanes_chart(runs, setting)
    return Picture(kind, "", title, sentences.of_lanes(runs), note=note, chart=chart)
