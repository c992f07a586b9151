"""The parts of a picture: ruler, busy line, lanes, story, table, words."""

import pytest

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures import axis, busy, charts, story, tables, words
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.charts import Setting
from tests.ui.runs import ORDERS, SECOND, THUMBNAILS, invoke, outcome, run, throttled

SETTING = Setting(720)


def lanes_of(*runs):
    return charts.lanes_chart(runs, SETTING)[0]


def texts(chart, look=""):
    return [label.text for label in chart.labels if look in label.look]


class TestRuler:
    @pytest.mark.parametrize(
        ("length_s", "step_s"),
        [
            (0.004, 0.0005),
            (0.5, 0.1),
            (1, 0.2),
            (7.5, 1),
            (8, 1),
            (9, 2),
            (20, 5),
            (187, 50),
            (3600, 500),
            (86_400, 20_000),
        ],
    )
    def test_has_ticks_at_1_2_or_5_times_a_power_of_ten(self, length_s, step_s):
        assert axis.step_us(round(length_s * SECOND)) == round(step_s * SECOND)

    @pytest.mark.parametrize("length_us", [1, 9, 1_000, 123_456, 8_000_000, 86_400_000_000, 31_536_000_000_000])
    def test_never_has_more_than_nine_ticks(self, length_us):
        assert len(axis.ticks(Axis(0, length_us, 720))) <= 9

    def test_begins_at_a_round_time_in_a_window(self):
        assert axis.ticks(Axis(2_300_000, 7_300_000, 720))[0] == 3_000_000

    @pytest.mark.parametrize(
        ("end", "rounded"), [(0, SECOND), (7_550_000, 8_000_000), (8_000_000, 8_000_000), (8_700_000, 9_000_000)]
    )
    def test_ends_soon_after_the_run(self, end, rounded):
        assert axis.round_up(end) == rounded

    @pytest.mark.parametrize(
        ("at", "label"), [(0, "0 s"), (500_000, "0.5 s"), (20_000_000_000, "20,000 s"), (1_500, "0.0015 s")]
    )
    def test_is_labelled_in_seconds(self, at, label):
        assert axis.tick_label(at) == label.replace(" ", words.NBSP)


class TestBusyLine:
    def test_counts_environments_that_start_or_run(self):
        init = Span("init", 0, SECOND, 1, "f", 1, 1)
        one = busy.busy([init, invoke(1), invoke(1.5, environment=2)], None)
        assert one.held.steps(0, 3 * SECOND) == [(0, 1), (1_500_000, 2), (2_000_000, 1), (2_500_000, 0)]
        assert one.peak == 2

    def test_agrees_with_the_simulator(self):
        one = outcome()
        assert busy.busy(one.spans, 6).peak == one.value("peak_concurrency")
        assert len(busy.busy(one.spans, 6).refused.moments) == one.value("throttles")

    def test_keeps_a_spike_that_is_narrower_than_a_pixel(self):
        chart = lanes_of(run(invoke(0, 1), invoke(500, 0.001, environment=2), invoke(999, 1, environment=3)))
        line = next(curve.d for curve in chart.curves if curve.look == "busy-line")
        levels = {point.split()[1] for point in line.replace("M", "L").split("L") if " " in point}
        assert len(line.split()) >= 8
        assert levels

    def test_has_a_cross_for_each_throttled_invocation(self):
        chart = lanes_of(run(invoke(0), throttled(0.2, 2), throttled(0.7, 3), limit=1))
        assert [cross.count for cross in chart.crosses] == [1, 1]
        assert texts(chart, "limit") == ["limit 1", "2 throttled"]

    def test_joins_crosses_that_would_touch(self):
        chart = lanes_of(run(invoke(0), *[throttled(0.5, event) for event in range(2, 502)], limit=1))
        assert [cross.count for cross in chart.crosses] == [500]
        assert "500 throttled" in texts(chart)

    def test_flags_a_limit_that_is_far_above_without_its_line(self):
        chart = lanes_of(run(invoke(0), limit=1000))
        assert "↑ limit 1,000" in texts(chart)
        assert not any(line.look == "limit-line" for line in chart.lines)

    def test_has_no_flag_without_a_limit(self):
        assert not texts(lanes_of(run(invoke(0))), "limit")


class TestLanes:
    def test_hold_a_bar_for_each_span_of_an_environment(self):
        one = outcome()
        chart = charts.lanes_chart([run(*one.spans, limit=6)], SETTING)[0]
        spans = [span for span in one.spans if span.kind in ("init", "invoke")]
        assert len(chart.bars) == len(spans)
        assert {bar.look for bar in chart.bars} == {"init", "invoke"}

    def test_name_each_look_once(self):
        chart = lanes_of(run(Span("init", 0, 5 * SECOND, 1, "f", 1, 1), invoke(5, 5), invoke(11, 5, status="error")))
        named = [text for text in texts(chart) if text in ("start", "invocation", "failed")]
        assert sorted(named) == ["failed", "invocation", "start"]

    def test_end_a_run_that_timed_out_at_a_wall(self):
        chart = lanes_of(run(invoke(0, 3, status="timeout")))
        assert [line.look for line in chart.lines if line.look == "wall"] == ["wall"]
        assert "timed out" in texts(chart)

    def test_rest_until_the_environment_is_gone(self):
        spans = [invoke(0), invoke(20, environment=2)]
        kept = [line.x2 for line in lanes_of(run(*spans)).lines if line.look == "rest"]
        gone = [line.x2 for line in lanes_of(run(*spans, idle_us=5 * SECOND)).lines if line.look == "rest"]
        assert min(gone) < min(kept)

    def test_show_several_functions_apart(self):
        chart = lanes_of(run(invoke(0), invoke(1, function="g", environment=2)))
        assert {"Environments busy: f", "Environments busy: g"} <= set(texts(chart))


class TestStory:
    def test_tells_attempts_waits_and_end(self):
        chart = charts.story_chart([run(*outcome(ORDERS).spans)], 1, SETTING)[0]
        waits = ["waits 60 s".replace(" s", f"{words.NBSP}s"), "waits 120 s".replace(" s", f"{words.NBSP}s")]
        assert [text for text in texts(chart) if text.startswith("waits")] == waits
        assert [text for text in texts(chart) if text.startswith("attempt")] == [
            f"attempt {n} fails" for n in (1, 2, 3)
        ]
        assert "→ dead-letter queue" in texts(chart)

    def test_joins_the_names_of_attempts_that_stand_close(self):
        quick = outcome(ORDERS, believing={"async_first_wait": "1 s", "async_second_wait": "1 s"})
        runs = [run(*outcome(ORDERS).spans), run(*quick.spans)]
        assert "attempts 1 to 3 fail" in texts(charts.story_chart(runs, 1, SETTING)[0])

    def test_follows_the_event_that_was_tried_most(self):
        spans = [
            invoke(0, event=1),
            invoke(1, event=2, status="error"),
            Span("retry_wait", 2 * SECOND, 3 * SECOND, 2, "f", None, 1),
            invoke(3, event=2, attempt=2),
        ]
        assert story.most_telling(spans, None) == 2

    def test_says_which_event_it_is(self):
        note = charts.story_chart([run(invoke(0, event=1), invoke(1, event=5))], 5, SETTING)[1]
        assert note == "The picture follows event 5 of 5."


class TestTable:
    @pytest.mark.parametrize("body", [THUMBNAILS, ORDERS], ids=["calls", "events"])
    def test_equals_the_trace(self, body):
        one = outcome(body)
        rows = tables.table(one.spans, "").rows
        happened = [span for span in one.spans if span.kind not in ("init", "delivered")]
        assert len(rows) == len(happened)
        starts = {(span.event, span.attempt): span.start_us for span in one.spans if span.kind == "init"}
        expected = [
            starts.get((span.event, span.attempt), span.start_us) if span.kind == "invoke" else span.start_us
            for span in happened
        ]
        assert sorted(row.start for row in rows) == sorted(words.seconds(us) for us in expected)

    def test_says_why(self):
        rows = tables.table(outcome(functions__thumbnails__reserved_concurrency=3).spans, "").rows
        assert "No idle environment" in rows[0].why
        assert "start 420 ms; invocation 650 ms".replace(" ms", f"{words.NBSP}ms") in rows[0].why
        assert (
            next(row for row in rows if "throttled" in row.what).why == "The function's reserved concurrency is used up"
        )

    def test_counts_what_it_leaves_out(self):
        table = tables.table([invoke(second, event=second) for second in range(50)], "", most=20)
        assert (len(table.rows), table.left_out) == (20, 30)


class TestWords:
    @pytest.mark.parametrize(
        ("us", "text"),
        [
            (80, "80 µs"),
            (420_000, "420 ms"),
            (1_070_000, "1.07 s"),
            (120_000_000, "120 s"),
            (900_000_000, "15 min"),
            (21_600_000_000, "6 h"),
            (5_400_000_000, "1 h 30 min"),
        ],
    )
    def test_give_a_duration_the_unit_that_reads_best(self, us, text):
        assert words.duration(us).replace(words.NBSP, " ") == text

    def test_count(self):
        assert words.count(1, "request") == "1 request"
        assert words.count(1200, "request") == "1,200 requests"
        assert words.listing(["a", "b", "c"]) == "a, b and c"
