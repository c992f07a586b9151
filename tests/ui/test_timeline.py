"""What `picture` chooses to draw, and that what it draws is true and stays in its frame."""

import pytest

from studyapp.ui.pictures.axis import GUTTER
from studyapp.ui.pictures.window import MARKS
from studyapp.ui.pictures.words import NBSP
from studyapp.ui.timeline import picture
from tests.ui.runs import CARDS, ORDERS, THUMBNAILS, UPLOADS, outcome

BUSY = {
    "functions__thumbnails__reserved_concurrency": 100,
    "sources__uploads__arrivals": {"poisson": "625 per 1 s", "for": "8 s"},
}
BURST = {
    "functions__thumbnails__reserved_concurrency": 1000,
    "account": {"concurrency": 2000},
    "sources__uploads__arrivals": {"burst": 5000, "at": "0 s"},
}
SCHEDULE = {"sources__uploads__arrivals": {"every": "300 s", "count": 288}}
NOTHING = {"sources__uploads__arrivals": {"at": []}}


def texts(one):
    """What is written on the chart, with plain spaces."""
    return [label.text.replace(NBSP, " ") for label in one.chart.labels]


def xs(chart):
    yield from (x for line in (*chart.grid, *chart.lines) for x in (line.x1, line.x2))
    yield from (x for bar in chart.bars for x in (bar.x, bar.x + bar.width))
    yield from (cross.x for cross in chart.crosses)
    for curve in chart.curves:
        numbers = curve.d.replace("M", " ").replace("L", " ").replace("Z", " ").split()
        yield from (float(x) for x in numbers[::2])


def ys(chart):
    yield from (y for line in (*chart.grid, *chart.lines) for y in (line.y1, line.y2))
    yield from (y for bar in chart.bars for y in (bar.y, bar.y + bar.height))
    yield from (cross.y for cross in chart.crosses)
    yield from (label.y for label in chart.labels)


class TestKind:
    def test_is_lanes_for_calls(self):
        assert picture(outcome()).kind == "lanes"

    def test_is_a_story_once_an_event_is_retried(self):
        assert picture(outcome(ORDERS)).kind == "story"

    def test_is_a_path_for_a_network(self):
        one = picture(outcome(CARDS))
        assert one.kind == "path"
        assert [(route.target, route.ok) for route in one.routes] == [("internet", True), ("orders", True)]

    def test_write_what_a_model_bills_as_money(self):
        bill = {"bill": {"functions": {"shop": {"requests": 3_000_000, "duration": "120 ms", "memory": "1536 MB"}}}}
        one = picture(outcome(bill), other=outcome(bill, bill__free_tier=True), asks="bill.total")
        assert (one.readouts[0].value, one.readouts[0].unit) == ("9.60", "USD")
        assert one.readouts[0].against.replace(NBSP, " ") == "your answer: 2.73 USD"

    def test_is_numbers_when_two_runs_differ_in_nothing_else(self):
        one = picture(outcome(), other=outcome(functions__thumbnails__architecture="arm64"))
        assert one.kind == "readouts"
        assert one.readouts[0].label == "Cost"
        assert "your answer" in one.readouts[0].against

    def test_is_the_one_run_when_a_change_changes_nothing(self):
        one = picture(outcome(), other=outcome(functions__thumbnails__tmp="512 MB"))
        assert one.kind == "lanes"
        assert one.says == "Both runs are the same from beginning to end."
        assert "The right answer" not in texts(one)


class TestPicture:
    @pytest.mark.parametrize(
        "changes", [{}, BUSY, BURST, SCHEDULE, NOTHING], ids=["plain", "busy", "burst", "long", "none"]
    )
    @pytest.mark.parametrize("body", [THUMBNAILS], ids=["calls"])
    def test_stays_in_its_frame(self, body, changes):
        for chart in (
            picture(outcome(body, **changes)).chart,
            picture(outcome(body), other=outcome(body, **changes)).chart,
            picture(outcome(body, **changes), width=920).chart,
        ):
            assert all(GUTTER <= x <= chart.width for x in xs(chart))
            assert all(0 <= y <= chart.height for y in ys(chart))

    @pytest.mark.parametrize("changes", [BUSY, BURST, SCHEDULE], ids=["busy", "burst", "long"])
    def test_holds_at_most_600_marks(self, changes):
        run, plain = outcome(**changes), outcome()
        assert picture(run).chart.marks <= MARKS
        assert picture(run, other=plain).chart.marks <= MARKS
        assert picture(plain, other=run).chart.marks <= MARKS

    def test_tells_what_a_window_leaves_out(self):
        one = outcome(**SCHEDULE, believing={"environment_lifetime": "none"})
        note = picture(one).note.replace(NBSP, " ")
        assert note == "The picture shows 0 s to 29,400 s of 86,100.65 s."

    def test_tells_how_many_environments_have_no_lane(self):
        assert "and 984 more environments" in texts(picture(outcome(**BURST)))

    def test_draws_nothing_after_the_horizon(self):
        assert "2 s" in texts(picture(outcome(), horizon_us=2_000_000))
        assert "5 s" not in texts(picture(outcome(), horizon_us=2_000_000))

    def test_says_when_nothing_happened(self):
        one = picture(outcome(**NOTHING))
        assert "Nothing was invoked in this run." in texts(one)
        assert one.desc == "Nothing was invoked."
        assert one.tables == ()

    def test_is_the_same_each_time(self):
        assert picture(outcome(**BUSY)) == picture(outcome(**BUSY))

    def test_puts_the_number_that_was_asked_for_first(self):
        one = picture(outcome(), other=outcome(functions__thumbnails__reserved_concurrency=3), asks="cold_starts")
        assert (one.readouts[0].label, one.readouts[0].value) == ("Cold starts", "5")
        assert one.readouts[0].against == "your answer: 3"

    def test_writes_large_numbers_in_full(self):
        one = picture(outcome(**BURST, functions__thumbnails__memory="10240 MB"), asks="billed_gb_s")
        assert (one.readouts[0].value, one.readouts[0].unit) == ("10,700", "GB-s")

    def test_tells_of_no_response_to_an_event(self):
        one = picture(outcome(ORDERS), other=outcome(ORDERS, functions__orders__duration="9 s"), asks="attempts")
        assert not [each.label for each in one.readouts if "response" in each.label]

    def test_parts_the_runs_where_the_function_that_is_asked_about_does(self):
        body = {
            "functions": {"f": {"reserved_concurrency": 1}, "g": {}},
            "sources": {
                "to-f": {"calls": "f", "arrivals": {"burst": 2}},
                "to-g": {"calls": "g", "arrivals": {"at": ["5 s"]}},
            },
        }
        changed = outcome(body, functions__f__reserved_concurrency=2, functions__g__reserved_concurrency=0)
        one = picture(outcome(body), other=changed, asks="g.throttles")
        assert one.says.startswith("Both runs are the same until 5 s: ")
        assert one.readouts[0].label == "Throttled, g"


class TestTwoRuns:
    def test_share_one_axis(self):
        """The same moment has the same x in both runs, whatever each is alone."""
        short, long = outcome(), outcome(functions__thumbnails__duration="9 s")
        chart = picture(short, other=long).chart
        first = [bar for bar in chart.bars if bar.look == "init"]
        by_text = {}
        for bar in first:
            by_text.setdefault(bar.says, set()).add(bar.x)
        shared = [places for says, places in by_text.items() if sum(bar.says == says for bar in first) == 2]
        assert shared
        assert all(len(places) == 1 for places in shared)

    def test_are_headed_and_parted_by_a_sentence(self):
        one = picture(
            outcome(), other=outcome(functions__thumbnails__reserved_concurrency=3), other_label="Your answer: 3"
        )
        assert {"The right answer", "Your answer: 3", "the runs part here"} <= set(texts(one))
        assert "in your answer's run it is throttled" in one.says

    def test_cut_a_heading_that_is_too_long(self):
        one = picture(
            outcome(), other=outcome(functions__thumbnails__reserved_concurrency=3), label="The right answer" * 9
        )
        heading = next(label.text for label in one.chart.labels if label.look == "heading")
        assert heading.endswith("…")
        assert len(heading) < 100

    def test_of_a_network_show_the_targets_that_differ(self):
        one = picture(outcome(CARDS), other=outcome(CARDS, network__function__subnets=["public-a"]))
        assert [(route.heading, route.ok) for route in one.routes] == [
            ("The right answer", True),
            ("Your answer", False),
        ]
        assert one.note == "orders: reached either way."
        assert one.routes[1].steps[-1].name == "Internet gateway"

    def test_say_how_a_decision_ends_in_its_own_words(self):
        one = picture(outcome(UPLOADS), other=outcome(UPLOADS, access__resources__resize__policy=[]))
        assert [(route.target, route.verdict) for route in one.routes] == [("upload", "allowed"), ("upload", "denied")]
        assert "in your answer's run upload is denied" in one.says.lower()

    def test_follow_the_event_whose_life_differs(self):
        kept, lost = outcome(ORDERS), outcome(ORDERS, functions__orders__dead_letter_queue=False)
        assert {"→ dead-letter queue", "✗ lost"} <= set(texts(picture(kept, other=lost)))

    def test_have_a_table_each(self):
        one = picture(outcome(), other=outcome(functions__thumbnails__reserved_concurrency=3))
        assert [table.heading for table in one.tables] == ["The right answer", "Your answer"]
