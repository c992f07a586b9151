"""The picture of a queue: what waits, what is in flight, how old the oldest is, and one batch taken apart."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from studyapp.ui.pictures.anatomy import most_telling
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.queues import picture_of
from studyapp.ui.pictures.window import MARKS
from studyapp.ui.pictures.words import NBSP
from studyapp.ui.timeline import views
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, drawing, is_within, texts
from tests.ui.runs import SECOND, THUMBNAILS, outcome

BODY = {"timeout": "10 s", "duration": "2 s", "init": "300 ms"}
LONG = "a-name-of-sixty-letters-that-somebody-has-chosen-to-be-sure"
FLOW = {"even": "100 per 1 s", "for": "50 s"}


def world(source, name="orders", **function):
    return {"functions": {"f": {**BODY, **function}}, "sources": {name: {"kind": "sqs", "calls": "f", **source}}}


POISON = world({"batch_size": 5, "max_receive_count": 2, "arrivals": {"burst": 5}}, fails={"events": [3]})
LAST = world({"batch_size": 5, "max_receive_count": 1, "arrivals": {"burst": 5}}, fails={"events": [3]})
WINDOW = world({"batch_size": 100, "batch_window": "20 s", "arrivals": {"even": "2 per 1 s", "for": "15 s"}})
ENDLESS = {"horizon": "100 s"} | world({"batch_size": 1, "arrivals": {"burst": 3}}, fails={"events": [3]})
LARGE = world({"batch_size": 10, "maximum_concurrency": 10, "arrivals": FLOW}, fails="5 %")
FIFO = world(
    {
        "kind": "sqs-fifo",
        "batch_size": 4,
        "partial_batch_responses": True,
        "max_receive_count": 2,
        "arrivals": {"burst": 4},
    },
    fails={"events": [2]},
)
TWO = {
    "functions": {"f": BODY, "g": BODY},
    "sources": {
        "first": {"kind": "sqs", "calls": "f", "arrivals": {"burst": 20}},
        "second": {"kind": "sqs", "calls": "g", "arrivals": {"burst": 30}},
    },
}
ALL = {
    "poison": POISON,
    "last": LAST,
    "window": WINDOW,
    "endless": ENDLESS,
    "large": LARGE,
    "fifo": FIFO,
    "two": TWO,
    "long": world({"batch_size": 10, "arrivals": {"burst": 25}}, LONG),
}


def plain(text):
    return text.replace(NBSP, " ")


def says(*outcomes):
    return plain(drawing(picture_of, *outcomes).desc)


@pytest.mark.parametrize("body", ALL.values(), ids=ALL.keys())
class TestEveryQueue:
    def test_stays_on_its_sheet(self, body):
        assert is_within(drawing(picture_of, outcome(body)))
        assert is_within(drawing(picture_of, outcome(body), outcome(POISON)))

    def test_is_small_and_has_no_inline_style(self, body):
        drawn = drawing(picture_of, outcome(body))
        markup = render_to_string("components/timeline.svg", {"picture": as_picture("queue", drawn)})
        assert drawn.chart.marks <= MARKS / 10
        assert "style=" not in markup
        assert len(markup) < 60_000

    def test_has_a_row_of_its_table_for_each_moment(self, body):
        grid = drawing(picture_of, outcome(body)).twin
        assert len(grid.rows) >= 3
        assert {len(row) for row in grid.rows} == {len(grid.head)}

    def test_names_spans_of_the_run(self, body):
        one = outcome(body)
        spans = {f"{span.kind}-{span.event}-{span.start_us}" for span in one.spans}
        assert {bar.mark for bar in drawing(picture_of, one).chart.bars} <= spans


class TestQueue:
    def test_is_nothing_where_no_queue_is_polled(self):
        assert picture_of([outcome(THUMBNAILS)], [""], Setting(720)) is None
        assert drawing(picture_of, outcome(THUMBNAILS), outcome(POISON)).desc.startswith(
            "Here: no queue is polled. There: "
        )

    def test_shows_the_numbers_that_the_metrics_have(self):
        one = outcome(LARGE)
        ticks = [plain(text) for text in texts(drawing(picture_of, one), "tick")]
        assert f"{one.value('messages_waiting_max'):,}" in ticks
        assert f"{one.value('oldest_message_age_max'):g} s" in ticks

    def test_keeps_what_is_left_when_a_run_is_cut_off(self):
        drawn = drawing(picture_of, outcome(ENDLESS))
        assert "1 left at the end" in drawn.desc
        assert [plain(cell) for cell in drawn.twin.rows[-1][:4]] == ["100 s", "0", "1", "100 s"]
        held = next(curve for curve in drawn.chart.curves if curve.look == "held-line")
        foot = max(float(y) for y in held.d.replace("M", "").replace("L", "").split()[1::2])
        assert float(held.d.split()[-1]) < foot + 64

    def test_draws_nothing_after_the_horizon(self):
        drawn = picture_of([outcome(POISON)], [""], Setting(720, 20 * SECOND))
        assert drawn is not None
        ruler = [plain(label.text) for label in drawn.chart.labels if label.look == "tick" and label.anchor == "middle"]
        assert ruler[:5] == ["0 s", "5 s", "10 s", "15 s", "20 s"]

    def test_is_named_where_there_are_several(self):
        drawn = drawing(picture_of, outcome(TWO))
        assert "Messages waiting in second (dashed: in flight)" in texts(drawn, "title")
        assert any(row[-1].startswith("second: ") for row in drawn.twin.rows)

    def test_stands_above_another_on_one_axis_and_one_scale(self):
        drawn = drawing(picture_of, outcome(POISON), outcome(LAST))
        assert [label.text for label in drawn.chart.labels if label.look == "heading"] == ["Here", "There"] * 2
        assert drawn.twin.head[0] == "Run"
        assert {row[0] for row in drawn.twin.rows} == {"Here", "There"}

    def test_is_one_of_the_views_of_a_run(self, draw):
        [view] = [each for each in views(outcome(POISON)) if each.kind == "queue"]
        page = draw("components/picture.html", picture=view)
        assert page.one("summary").text == "The same as a table"
        assert [cell.text for cell in page.all("th", scope="col")] == list(view.grids[0].head)


class TestBatch:
    def test_is_one_with_a_message_that_was_given_back_if_there_is_one(self):
        batch = most_telling(
            outcome(world({"batch_size": 5, "arrivals": {"burst": 40}, "max_receive_count": 2}, fails={"events": [33]}))
        )
        assert batch is not None
        assert 33 in [message.event for message in batch.messages]
        assert [message.event for message in batch.messages if message.is_bad] == [33]

    def test_goes_back_as_a_whole_without_partial_responses(self):
        drawn = drawing(picture_of, outcome(POISON))
        assert texts(drawn, "sign") == ["✗"] * 5
        assert bars(drawn, "bad") == [f"message 3, the one that fails: back in the queue, visible again at 30{NBSP}s"]
        assert "Message 3 fails; without partial batch responses the whole batch goes back." in texts(drawn)

    def test_goes_back_in_part_with_them(self):
        drawn = drawing(picture_of, outcome(POISON, sources__orders__partial_batch_responses=True))
        assert texts(drawn, "sign") == ["✓", "✓", "✗", "✓", "✓"]
        assert "The function reports what failed (partial batch responses), so the rest is done." in texts(drawn)

    def test_takes_what_comes_behind_with_it_in_a_fifo_queue(self):
        drawn = drawing(picture_of, outcome(FIFO))
        assert texts(drawn, "sign") == ["✓", "✗", "✗", "✗"]
        assert len(bars(drawn, "bad")) == 1
        assert "what comes behind it goes back, too" in drawn.desc

    def test_is_moved_when_it_has_been_received_often_enough(self):
        drawn = drawing(picture_of, outcome(LAST))
        assert texts(drawn, "sign") == ["→"] * 5
        assert "messages 1 to 5: moved to the dead-letter queue at 30 s." in plain(drawn.desc)
        assert "→ 5 to the dead-letter queue" in texts(drawn)
        assert "5 messages moved to the dead-letter queue" in drawn.twin.rows[-1][-1]

    def test_is_held_for_its_window(self):
        drawn = drawing(picture_of, outcome(WINDOW))
        assert f"held 20{NBSP}s, the window is 20{NBSP}s" in texts(drawn, "aside")
        assert [line for line in drawn.chart.lines if line.look == "bracket"]
        assert texts(drawn, "sign") == ["✓"] * 30

    def test_says_what_one_failure_would_do(self):
        assert "Without partial batch responses one that fails would take the whole batch back." in says(
            outcome(WINDOW)
        )

    def test_says_what_is_not_drawn_of_a_large_one(self):
        large = outcome(
            world(
                {"batch_size": 200, "batch_window": "1 s", "max_receive_count": 1, "arrivals": {"burst": 200}},
                fails={"events": [150]},
            )
        )
        drawn = drawing(picture_of, large)
        assert drawn.note == "39 of the batch's 200 messages are drawn."
        assert "and 161 more →" in texts(drawn)


class TestGolden:
    def test_of_a_batch_with_a_bad_order(self):
        whole = golden.course("lambda.errors.nine-good-orders")
        parts = golden.course("lambda.errors.nine-good-orders", source__partial_batch_responses="yes")
        golden.matches("queue-bad-order", as_picture("queue", drawing(picture_of, whole, parts)))

    def test_of_a_batch_that_gathers(self):
        gathers = golden.course("lambda.triggers.slow-shelf")
        golden.matches("queue-window", as_picture("queue", drawing(picture_of, gathers)))
