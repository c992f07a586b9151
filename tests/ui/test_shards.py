"""The picture of a shard that is held up: its records in line, the batches that were tried, and how it ended."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from studyapp.ui.pictures.blocked import blocked
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.line_box import MOST_TRIES
from studyapp.ui.pictures.shards import picture_of
from studyapp.ui.pictures.words import NBSP
from studyapp.ui.timeline import picture, views
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, drawing, is_within, texts
from tests.ui.runs import THUMBNAILS, outcome

BODY = {"timeout": "10 s", "duration": "1 s", "init": "300 ms"}
LONG = "a-name-of-sixty-letters-that-somebody-has-chosen-to-be-sure"


def world(source, name="readings", **function):
    stream = {"kind": "kinesis", "shards": 1, "calls": "f", "starting_position": "trim-horizon", **source}
    return {"functions": {"f": {**BODY, **function}}, "sources": {name: stream}, "warm": {"f": 1}}


BAD = {"events": [6]}
BISECT = world({"batch_size": 8, "bisect": True, "retry_attempts": 2, "on_failure": "sqs", "backlog": 8}, fails=BAD)
WHOLE = world({"batch_size": 8, "retry_attempts": 2, "backlog": 8}, fails=BAD)
STUCK = {"horizon": "30 min"} | world({"batch_size": 8, "backlog": 20}, fails=BAD)
PARTIAL = world({"batch_size": 8, "retry_attempts": 1, "partial_batch_responses": True, "backlog": 20}, fails=BAD)
AGED = world({"batch_size": 1, "maximum_record_age": "60 s", "backlog": 8}, fails=BAD)
LANES = world({"kind": "dynamodb", "shards": 2, "parallelization_factor": 3, "batch_size": 5, "retry_attempts": 1,
               "backlog": 90}, fails={"events": [40]})  # fmt: skip
PAUSE = world({"batch_size": 5, "arrivals": {"even": "5 per 1 s", "for": "10 s"}}, fails={"from": "3 s", "to": "7 s"})
LARGE = world({"shards": 2, "batch_size": 100, "bisect": True, "retry_attempts": 2, "backlog": 5000},
              LONG, fails={"events": [2500]})  # fmt: skip
ALL = {"bisect": BISECT, "whole": WHOLE, "stuck": STUCK, "partial": PARTIAL, "aged": AGED, "lanes": LANES, "pause": PAUSE,
       "large": LARGE}  # fmt: skip


GOES = "goes to the on-failure destination at 11 s, after 6 failed tries: its retries are used up"


def plain(text):
    return text.replace(NBSP, " ")


def rows(body):
    """The rows of the table, without the age."""
    return [tuple(plain(cell) for cell in row[:3]) for row in drawing(picture_of, outcome(body)).twin.rows]


@pytest.mark.parametrize("body", ALL.values(), ids=ALL.keys())
class TestEveryShard:
    def test_stays_on_its_sheet(self, body):
        assert is_within(drawing(picture_of, outcome(body)))
        assert is_within(drawing(picture_of, outcome(body), outcome(BISECT)))

    def test_is_small_and_has_no_inline_style(self, body):
        drawn = drawing(picture_of, outcome(body))
        markup = render_to_string("components/timeline.svg", {"picture": as_picture("shard", drawn)})
        assert drawn.chart.marks <= 24 + 2 * MOST_TRIES
        assert "style=" not in markup
        assert len(markup) < 60_000

    def test_names_spans_of_the_run(self, body):
        one = outcome(body)
        spans = {f"{span.kind}-{span.event}-{span.start_us}" for span in one.spans}
        assert {bar.mark for bar in drawing(picture_of, one).chart.bars if bar.mark} <= spans

    def test_has_the_age_that_the_series_has(self, body):
        one = outcome(body)
        found = blocked(one)
        assert found is not None
        assert set(found.ages) <= {*one.series("iterator_age"), *found.ages[:1]}

    def test_has_all_records_of_its_line_in_order(self, body):
        found = blocked(outcome(body))
        assert found is not None
        assert list(found.records) == sorted(found.records)
        assert [*range(len(found.records))][found.blocking[0]] == found.blocking[0]


class TestShard:
    def test_is_nothing_where_no_batch_of_a_stream_fails(self):
        good = world({"batch_size": 8, "backlog": 8})
        assert picture_of([outcome(THUMBNAILS)], [""], Setting(720)) is None
        assert picture_of([outcome(good)], [""], Setting(720)) is None
        drawn = drawing(picture_of, outcome(good), outcome(BISECT))
        assert "No batch of a stream fails in this run." in texts(drawn)

    def test_splits_a_batch_until_the_bad_record_is_alone(self):
        assert rows(BISECT) == [
            ("0 s", "records 1 to 8", "✗ fails, split in two"),
            ("1 s", "records 1 to 4", "✓ done"),
            ("2 s", "records 5 to 8", "✗ fails, split in two"),
            ("3 s", "records 5 to 6", "✗ fails, split in two"),
            ("4 s", "record 5", "✓ done"),
            ("5 s", "record 6", "✗ fails, again after 1 s"),
            ("7 s", "record 6", "✗ fails, again after 2 s"),
            ("10 s", "record 6", "✗ fails, given up"),
            ("11 s", "records 7 to 8", "✓ done"),
            ("11 s", "record 6", f"→ Record 6 {GOES}"),
        ]

    def test_shows_what_blocks_and_what_waits_behind(self):
        drawn = drawing(picture_of, outcome(BISECT))
        assert texts(drawn, "sign") == ["✓"] * 5 + ["→"] + ["✓"] * 2
        assert bars(drawn, "bad") == ["record 6, which blocks: sent to the on-failure destination"]
        assert "2 records wait behind" in texts(drawn)
        assert f"held up for 11{NBSP}s" in texts(drawn, "limit")

    def test_loses_the_whole_batch_without_a_split(self):
        drawn = drawing(picture_of, outcome(WHOLE))
        assert texts(drawn, "sign") == ["✗"] * 8
        assert (
            "Record 6 is given up at 6 s, after 3 failed tries: its retries are used up, and nothing keeps it."
            in plain(drawn.desc)
        )

    def test_may_still_be_held_up_at_the_end(self):
        drawn = drawing(picture_of, outcome(STUCK))
        assert texts(drawn, "sign") == ["…"] * 5 + ["✗"] + ["…"] * 14
        assert texts(drawn, "end-lost")[0].startswith("✗ Record 6 still blocks the shard at the end of the run")
        assert "14 records wait behind" in texts(drawn)
        assert any(text.startswith("… and ") and text.endswith(" more tries") for text in texts(drawn))

    def test_cuts_a_batch_at_the_first_record_that_is_reported(self):
        assert rows(PARTIAL)[:3] == [
            ("0 s", "records 1 to 8", "✗ given back in part, again after 1 s"),
            ("2 s", "records 6 to 8", "✗ given back, given up"),
            ("3 s", "records 9 to 16", "✓ done"),
        ]
        looks = [bar.look for bar in drawing(picture_of, outcome(PARTIAL)).chart.bars if "cell" not in bar.look]
        assert looks == ["invoke", "failed", "failed", "invoke"]

    def test_gives_up_what_is_too_old(self):
        assert "it is older than the maximum age, and nothing keeps it" in drawing(picture_of, outcome(AGED)).desc

    def test_follows_one_lane_where_a_shard_has_several(self):
        drawn = drawing(picture_of, outcome(LANES))
        assert "Shard 2, lane 2 of 3, of readings: its records in order" in texts(drawn, "title")
        found = blocked(outcome(LANES))
        assert found is not None
        assert set(found.records) == set(range(4, 91, 6))

    def test_blames_the_batch_where_no_record_is_known_to_fail(self):
        drawn = drawing(picture_of, outcome(PAUSE))
        assert bars(drawn, "bad") == []
        assert texts(drawn, "end-succeeded")[0].startswith("✓ Records ")
        assert "got through" in drawn.desc

    def test_says_how_long_a_batch_is_that_goes_on_beyond_the_picture(self):
        drawn = drawing(picture_of, outcome(LARGE))
        said = [plain(text) for text in texts(drawn)]
        assert "✗ fails, split in two, 100 records" in said
        assert [text for text in said if text.startswith("← 25 records, 2,402 to 2,450: ✓ done")]
        assert drawn.note.endswith("of the 2,500 records of the shard.")

    def test_is_one_of_the_views_of_a_run(self):
        assert "shard" in [view.kind for view in views(outcome(BISECT))]


class TestGolden:
    def test_of_a_shard_that_is_split(self):
        split = golden.course("lambda.errors.poison-record")
        whole = golden.course("lambda.errors.poison-record", source__bisect="no")
        golden.matches("shard-bisect", as_picture("shard", drawing(picture_of, split, whole)))

    def test_of_a_shard_that_stands_still(self):
        golden.matches(
            "shard-stuck", as_picture("shard", drawing(picture_of, golden.course("lambda.errors.stuck-shard")))
        )

    def test_of_lanes_under_a_limit(self):
        golden.matches("lanes-half-refused", picture(golden.course("lambda.concurrency.half-refused")))

    def test_of_the_retries_of_one_message(self):
        one = golden.course("lambda.errors.queue-decides")
        other = golden.course("lambda.errors.queue-decides", source__max_receive_count=2)
        golden.matches("story-queue-decides", picture(one, other=other))
