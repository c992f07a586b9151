"""Runs that are drawn from columns: the same picture as from spans, and long ones within their bounds."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator.run import simulate
from studyapp.simulator.scenario import read
from studyapp.ui.pictures import charts, long_runs, sentences
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.long_runs import LongRun, run_of
from studyapp.ui.pictures.runs import ColumnRun, Run
from studyapp.ui.pictures.tables import MOST_ROWS
from studyapp.ui.pictures.window import MARKS
from studyapp.ui.timeline import kept, picture
from tests.ui.test_timeline import texts

SETTINGS = {"duration": {"exp": "400 ms"}, "init": "1 s", "timeout": "10 s"}
STEADY = {"poisson": "60 per 1 s", "for": "20 s"}
MUCH = {"poisson": "100 per 1 s", "for": "50 s"}
SOURCES: dict[str, dict[str, Any]] = {
    "calls": {"kind": "sync"},
    "again": {"kind": "sync", "retries": {"tries": 3}},
    "events": {"kind": "async"},
    "messages": {"kind": "sqs", "batch_size": 5},
    "records": {"kind": "kinesis", "shards": 4, "batch_size": 20},
}


def ran(kind: str, arrivals: dict[str, Any] = STEADY, horizon: str = "60 s", **function: Any) -> Any:
    source = {**SOURCES[kind], "calls": "f", "arrivals": arrivals}
    body = {"functions": {"f": {**SETTINGS, **function}}, "sources": {"s": source}, "horizon": horizon}
    return simulate(read(body), seed=2)


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize(
    "function", [{}, {"reserved_concurrency": 12}, {"fails": "20 %"}], ids=["plain", "throttled", "failing"]
)
class TestRunByColumns:
    def test_is_drawn_as_from_its_spans(self, kind: str, function: dict[str, Any]) -> None:
        outcome = ran(kind, **function)
        told = Run("", outcome.spans, outcome.limits, outcome.rulebook.idle_lifetime)
        by_columns = ColumnRun("", outcome.spans, outcome.limits, outcome.rulebook.idle_lifetime, frozenset(), outcome)

        assert charts.lanes_chart([by_columns], Setting(720)) == charts.lanes_chart([told], Setting(720))
        assert sentences.of_lanes([by_columns]) == sentences.of_lanes([told])

    def test_is_drawn_alike_when_it_is_long(self, kind: str, function: dict[str, Any], monkeypatch: Any) -> None:
        outcome = ran(kind, **function)
        told = run_of("", outcome)
        monkeypatch.setattr(long_runs, "LONG", 100)
        long = run_of("", outcome)

        assert isinstance(long, LongRun)
        assert charts.lanes_chart([long], Setting(720)) == charts.lanes_chart([told], Setting(720))
        assert sentences.of_lanes([long]) == sentences.of_lanes([told])
        assert long.table().rows == told.table().rows
        assert (long.noun, long.end_us) == (told.noun, told.end_us)
        assert long.is_about_retries() == told.is_about_retries()


@pytest.mark.parametrize("kind", SOURCES)
class TestLongRun:
    def test_keeps_within_its_marks_and_rows(self, kind: str) -> None:
        one = picture(ran(kind, MUCH, fails="10 %"))

        assert one.chart is not None
        assert 0 < one.chart.marks <= MARKS
        assert len(one.tables[0].rows) == MOST_ROWS
        assert one.tables[0].left_out is None

    def test_tells_no_span_of_all_events(self, kind: str) -> None:
        outcome = ran(kind, MUCH, fails="10 %")
        picture(outcome)

        assert "_all_spans" not in vars(outcome)

    def test_stands_beside_a_short_one(self, kind: str) -> None:
        one = picture(ran(kind, MUCH), other=ran(kind))

        assert {"The right answer", "Your answer"} <= set(texts(one))
        assert [len(table.rows) for table in one.tables] == [MOST_ROWS, MOST_ROWS]


def test_follows_the_event_that_is_tried_most_often() -> None:
    outcome = ran("events", MUCH, "1 h", fails="10 %")
    one = picture(outcome)
    event = int(one.note.split()[4].replace(",", ""))

    tries = [sum(span.kind == "invoke" and span.event == number for span in outcome.spans) for number in (event, 1)]
    assert one.kind == "story"
    assert tries[0] == 3


def test_a_picture_is_kept_for_the_same_outcomes() -> None:
    outcome = ran("calls")

    assert kept(outcome, None, "") is kept(outcome, None, "")
    assert kept(outcome, None, "") == picture(outcome)
