"""Pictures of queues, streams and callers that try again."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from studyapp.simulator.outcome import Span
from studyapp.simulator.trace import STATUS
from studyapp.ui.pictures import batches, levels, story, tables, verbs
from studyapp.ui.pictures.axis import GUTTER
from studyapp.ui.pictures.readouts import readouts
from studyapp.ui.pictures.window import MARKS
from studyapp.ui.pictures.words import NBSP
from studyapp.ui.timeline import picture
from tests.ui.runs import SECOND, outcome
from tests.ui.test_timeline import texts, xs, ys

BODY = {"timeout": "10 s", "duration": "2 s", "init": "300 ms"}


def world(source, **function):
    return {"functions": {"f": {**BODY, **function}}, "sources": {"source": {"calls": "f", **source}}}


BACKLOG = world({"kind": "sqs", "maximum_concurrency": 2, "batch_size": 10, "arrivals": {"burst": 100}})
POISON = world(
    {"kind": "sqs", "batch_size": 3, "visibility_timeout": "30 s", "max_receive_count": 2, "arrivals": {"burst": 5}},
    fails={"events": [3]},
)
REPORTING = world(
    {
        "kind": "sqs",
        "batch_size": 10,
        "partial_batch_responses": True,
        "max_receive_count": 2,
        "arrivals": {"burst": 40},
    },
    fails={"events": [3]},
)
SHARD = world(
    {"kind": "kinesis", "shards": 1, "batch_size": 4, "bisect": True, "retry_attempts": 2, "on_failure": "sqs",
     "arrivals": {"burst": 20}},
    fails={"events": [3]},
)  # fmt: skip
STORM = world(
    {
        "kind": "sync",
        "retries": {"tries": 5, "backoff": "200 ms", "jitter": False},
        "arrivals": {"burst": 60, "at": "1 s"},
    },
    reserved_concurrency=5,
)
BUSY = world({"kind": "sqs", "arrivals": {"even": "200 per 1 s", "for": "30 s"}}, fails="5 %")
ALL = {"backlog": BACKLOG, "poison": POISON, "reporting": REPORTING, "shard": SHARD, "storm": STORM, "busy": BUSY}


def plain(text):
    return text.replace(NBSP, " ")


@pytest.mark.parametrize("body", ALL.values(), ids=ALL.keys())
class TestEveryPicture:
    def test_stays_in_its_frame(self, body):
        for chart in (picture(outcome(body)).chart, picture(outcome(body), other=outcome(BACKLOG)).chart):
            assert all(GUTTER <= x <= chart.width for x in xs(chart))
            assert all(0 <= y <= chart.height for y in ys(chart))

    def test_holds_at_most_600_marks(self, body):
        assert picture(outcome(body)).chart.marks <= MARKS

    def test_has_no_inline_style(self, body):
        assert "style=" not in render_to_string("components/picture.html", {"picture": picture(outcome(body))})


class TestBatch:
    def test_is_one_bar_in_its_environment(self):
        one = outcome(BACKLOG)
        runs = [bar for bar in picture(one).chart.bars if bar.look == "invoke"]
        assert len(runs) == one.value("invocations") == 10
        assert plain(runs[0].says) == "0.3 s, messages 1 to 10: invocation with a batch of 10, 2 s"

    def test_says_how_many_it_holds(self):
        assert texts(picture(outcome(BACKLOG))).count("10 messages") == 10

    def test_says_how_many_were_given_back(self):
        """Drawn as lanes: more than a few messages, all of which got through in the end."""
        one = picture(outcome(REPORTING, functions__f__fails={"first": 1}, sources__source__max_receive_count=9))
        assert one.kind == "lanes"
        given = batches.once([_invoke(1, "given back"), _invoke(2, "ok"), _invoke(3, "ok")])
        assert [(each.status, each.given_back) for each in given] == [("given back", 1)]

    def test_that_several_requests_of_one_environment_do_not_make(self):
        spans = [_invoke(1, "ok", batch=1), _invoke(2, "ok", batch=1)]
        assert len(batches.runs(spans)) == 2

    def test_is_one_row_of_the_table(self):
        rows = picture(outcome(POISON)).tables[0].rows
        assert [plain(row.what) for row in rows[:3]] == [
            "Messages 1 to 3 fail",
            "Messages 4 to 5 succeed",
            "Messages 1 to 3 are hidden in the queue",
        ]
        assert "a batch of 3" in rows[0].why

    def test_is_described(self):
        desc = plain(picture(outcome(BACKLOG)).desc)
        assert desc.startswith(
            "10 invocations over 10.3 s, in batches of up to 10 messages, at most 2 environments busy"
        )


class TestWaiting:
    def test_is_drawn_for_a_queue(self):
        assert {"Messages waiting", "80"} <= set(texts(picture(outcome(BACKLOG))))

    def test_is_not_drawn_where_nothing_waits(self):
        assert "Messages waiting" not in texts(picture(outcome(BACKLOG, sources__source__arrivals={"burst": 10})))

    def test_of_records_counts_those_behind_a_failed_batch(self):
        one = picture(outcome(SHARD, functions__f__fails={"first": 1}))
        assert one.kind == "lanes"
        assert "Records waiting" in texts(one)


class TestStorm:
    def test_is_told_by_all_its_requests(self):
        one = picture(outcome(STORM))
        assert one.kind == "lanes"
        assert "Requests a second (dashed: first tries)" in texts(one)
        assert [curve.look for curve in one.chart.curves].count("first-line") == 1

    def test_counts_tries_and_first_tries(self):
        (level,) = levels.of(outcome(STORM).spans)
        assert max(level for _, level in level.below) == 60
        assert level.peak > 150

    def test_of_one_request_is_its_story(self):
        assert (
            picture(outcome(STORM, sources__source__arrivals={"at": ["1 s"]}, functions__f__fails="always")).kind
            == "lanes"
        )
        alone = picture(outcome(STORM, sources__source__arrivals={"at": ["1 s"]}, functions__f__reserved_concurrency=0))
        assert (alone.kind, alone.title) == ("story", "What becomes of one request")

    def test_puts_requests_that_fare_alike_into_one_row(self):
        rows = picture(outcome(STORM)).tables[0].rows
        assert "Requests 6 to 60 are throttled" in [plain(row.what) for row in rows]


class TestStoryOfAMessage:
    def test_shows_receives_and_hidden_times(self):
        one = picture(outcome(POISON))
        assert (one.kind, one.title) == ("story", "What becomes of one message")
        assert {"received", "receive 2", "hidden 27.7 s", "hidden 28 s", "→ dead-letter queue"} <= set(texts(one))
        assert [line.look for line in one.chart.lines].count("receive") == 2

    def test_is_described(self):
        desc = plain(picture(outcome(POISON)).desc)
        assert desc.startswith(
            "at 0.3 s attempt 1 fails; until 30 s it is hidden in its queue; at 30 s attempt 2 fails;"
        )

    def test_is_of_the_poison_record_of_a_stream(self):
        one = picture(outcome(SHARD))
        assert one.note == "The picture follows record 3 of 20."
        assert "→ destination" in texts(one)

    def test_counts_a_receive_once_though_its_batch_is_throttled(self):
        spans = (
            _span("batch_window", 0, 1), _span("throttled", 1, 1), _span("retry_wait", 1, 3), _invoke(1, "ok", 3),
        )  # fmt: skip
        assert story.Story(1, spans).receives == [0]

    def test_tells_a_second_delivery(self):
        body = world({"kind": "async", "duplicates": "100 %", "arrivals": {"at": ["0 s"]}}, fails="always")
        assert "a second delivery" in plain(picture(outcome(body)).desc)


class TestWords:
    def test_are_there_for_every_end_of_a_run(self):
        assert set(verbs.VERBS) == {*STATUS, "given back"}

    def test_are_there_for_every_kind_of_span(self):
        kinds = {span.kind for body in ALL.values() for span in outcome(body).spans} - {"init", "invoke", "delivered"}
        assert kinds <= set(tables.POINTS) | set(tables.STRETCHES)
        assert set(story.TELLING) <= set(story.ENDS) | set(story.WAITS)

    @pytest.mark.parametrize(
        ("events", "text"),
        [
            ([3], "record 3"),
            ([1, 2, 3], "records 1 to 3"),
            ([1, 3, 5, 6], "records 1, 3 and 5 to 6"),
            ([1, 3, 5, 7, 9], "records 1, 3, 5, …"),
            ([1_000, 1_001], "records 1,000 to 1,001"),
        ],
    )
    def test_name_several_events(self, events, text):
        assert verbs.called("record", events) == text

    @pytest.mark.parametrize(
        ("status", "look"), [("ok", "invoke"), ("out of memory", "failed"), ("given back", "partial"), ("", "invoke")]
    )
    def test_have_a_look(self, status, look):
        assert verbs.look(status) == look


class TestReadouts:
    def test_of_a_queue_are_about_messages(self):
        quick = outcome(BACKLOG, sources__source__maximum_concurrency=5)
        found = {
            each.label: (each.value, each.unit)
            for each in readouts(outcome(BACKLOG).metrics, quick.metrics, "drained_at", "")
        }
        assert found["Worked off at"] == ("10.3", "s")
        assert "Slowest response" not in found

    def test_know_cloudwatchs_names(self):
        one = picture(outcome(STORM), asks="Throttles")
        assert (one.readouts[0].label, one.readouts[0].value) == ("Throttled", "270")


def _span(kind, start, end):
    return Span(kind, start * SECOND, end * SECOND, 1, "f", noun="message")


def _invoke(event, status, start=0, batch=3):
    return Span("invoke", start * SECOND, (start + 2) * SECOND, event, "f", 1, 1, "warm", status, batch, "message")
