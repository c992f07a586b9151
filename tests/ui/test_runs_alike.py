"""A run that is drawn from columns is drawn as from its spans, whatever happens in it."""

from __future__ import annotations

from operator import add
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings

from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import charts, long_runs, sentences
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.long_runs import MiddlingRun, most_telling, run_of
from studyapp.ui.pictures.runs import Run
from studyapp.ui.timeline import picture
from tests.simulator import mixed_worlds, worlds
from tests.ui.test_timeline_long import SOURCES, ran


def told(outcome: Outcome) -> Run:
    """From its spans alone."""
    one = run_of("", outcome)
    return Run("", outcome.spans, one.limits, one.idle_us, one.sharing)


def middling(outcome: Outcome) -> Run:
    """The same with only those lives told that something happens to."""
    with patch.multiple(long_runs, MIDDLING=0, LONG=10**9):
        return run_of("", outcome)


def is_alike(one: Run, other: Run) -> None:
    assert charts.lanes_chart([one], Setting(720)) == charts.lanes_chart([other], Setting(720))
    assert sentences.of_lanes([one]) == sentences.of_lanes([other])
    assert one.table() == other.table()
    assert (one.noun, one.events, one.end_us) == (other.noun, other.events, other.end_us)
    assert one.is_about_retries() == other.is_about_retries()
    assert most_telling([one]) == most_telling([other])
    for event in range(1, one.events + 1, 7):
        assert one.story(event) == other.story(event)


def is_told_apart(outcome: Outcome) -> bool:
    """Whether no two runs begin at one moment in one environment: such runs last no time, and spans tell them as one batch."""
    trace = outcome.trace
    return len(set(zip(trace.environment, map(add, trace.start, trace.init), strict=True))) == len(trace.event)


@pytest.mark.parametrize("arrivals", [{"poisson": "60 per 1 s", "for": "20 s"}, {"burst": 300}], ids=["flow", "burst"])
@pytest.mark.parametrize("kind", sorted({*SOURCES} - {"again"}))
@pytest.mark.parametrize(
    "function", [{}, {"reserved_concurrency": 12}, {"fails": "20 %"}], ids=["plain", "throttled", "failing"]
)
def test_of_one_kind(kind: str, function: dict[str, Any], arrivals: dict[str, Any]) -> None:
    outcome = ran(kind, arrivals, **function)
    one = middling(outcome)

    assert isinstance(one, MiddlingRun)
    is_alike(one, told(outcome))


@settings(max_examples=40, deadline=None)
@given(mixed_worlds.worlds(), worlds.rules)
def test_of_several_kinds(data: worlds.Data, belief: worlds.Data) -> None:
    outcome = worlds.run({**data, "horizon": "90 s"}, belief=belief)
    one = middling(outcome)
    assume(isinstance(one, MiddlingRun) and outcome.spans and is_told_apart(outcome))

    is_alike(one, told(outcome))


@settings(max_examples=40, deadline=None)
@given(worlds.scenarios(), worlds.rules)
def test_of_callers_and_events(data: worlds.Data, belief: worlds.Data) -> None:
    outcome = worlds.run(data, belief=belief)
    one = middling(outcome)
    assume(isinstance(one, MiddlingRun) and is_told_apart(outcome))

    is_alike(one, told(outcome))


def test_of_callers_who_are_believed_to_wait() -> None:
    one = {"account": {"concurrency": 110}, "functions": {"f": {"duration": "1 s"}}}
    outcome = worlds.run(
        {**one, "sources": {"s": {"calls": "f", "arrivals": {"burst": 150}}}},
        belief={"throttled_sync_calls_wait": True},
    )
    assert any(span.kind == "queued" for span in outcome.spans)

    is_alike(middling(outcome), told(outcome))


@pytest.mark.parametrize("kind", SOURCES)
def test_of_two_that_differ(kind: str) -> None:
    outcomes = [ran(kind, {"poisson": "20 per 1 s", "for": "10 s"}, fails=share) for share in ("10 %", "30 %")]
    with patch.object(long_runs, "MIDDLING", 10**9):
        before = picture(outcomes[0], other=outcomes[1])

    assert picture(outcomes[0], other=outcomes[1]) == before
