"""Cases may be written in several ways: all of them become one form, and what has no meaning is refused by its name."""

from typing import Any

import pytest

from tests.simulator.answers import Case
from tests.simulator.answers.forms import plain
from tests.simulator.schema import UnknownKey

ONE_SECOND = {"kind": "det", "mean_s": 1}
QUEUE = {"event_source": "sqs", "batch_size": 1, "max_concurrency": 2}
STREAM = {"event_source": "kinesis", "shards": 2, "batch_size": 10, "duration": ONE_SECOND}
WAVE = {"kind": "wave", "base_per_s": 10, "amplitude_per_s": 5, "period_s": 60}


def case(inputs: dict[str, Any], expected: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    return {"inputs": inputs, "expected": expected or {"total": 1}, **rest}


def inputs_of(inputs: dict[str, Any], expected: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    return dict(plain(case(inputs, expected, **rest))["inputs"])


class TestACaseInItsPlainForm:
    @pytest.mark.parametrize(
        "source",
        [
            {"kind": "sqs", "batch_size": 1, "max_concurrency": 2},
            {"sqs": {"batch_size": 1, "max_concurrency": 2}},
            {"sqs": {"batch_size": 1, "max_concurrency": 2, "visibility_timeout_s": None}},
        ],
    )
    def test_has_the_event_source_s_keys_beside_it(self, source: dict[str, Any]) -> None:
        assert inputs_of({"event_source": source}) == inputs_of(QUEUE)

    def test_says_nothing_where_null_is_said(self) -> None:
        nulls = ("replications", "discard_first", "periods", "functions", "event_source", "cold", "horizon_s", "limit")
        duration = {"kind": "exp", "mean_s": 1, "cv": None}

        found = inputs_of({"duration": duration, **dict.fromkeys(nulls)})

        assert found == {"duration": {"kind": "exp", "mean_s": 1}}

    def test_has_no_dead_letter_queue_where_that_is_null(self) -> None:
        assert inputs_of({"invocation": "async", "dlq": None})["dlq"] is False

    def test_has_whole_numbers_as_such(self) -> None:
        found = plain(case({"invocation": "sync", "replications": 3.0}, n_invocations=1e5))

        assert repr(found["inputs"]["replications"]) == "3"
        assert repr(found["n_invocations"]) == "100000"

    def test_keeps_the_nulls_of_a_list(self) -> None:
        assert inputs_of({"runs_ms": [1, 2], "init_ms": [3, None]})["init_ms"] == [3, None]


class TestWhatACaseLeavesUnsaid:
    @pytest.mark.parametrize(
        ("said", "requests", "periods"),
        [({"horizon_s": 600}, None, 10), ({"run_s": 620}, None, 10), ({}, 12_000, 20), ({"periods": 4}, 12_000, 4)],
    )
    def test_the_periods_of_a_wave(self, said: dict[str, Any], requests: int | None, periods: int) -> None:
        assert inputs_of({"arrivals": WAVE, **said}, n_invocations=requests)["periods"] == periods

    @pytest.mark.parametrize(
        ("inputs", "asked", "events"),
        [
            ({"invocation": "async"}, "mean_attempts", 500),
            ({"invocation": "async"}, "attempt_starts_s", 1),
            (QUEUE, "dlq_fraction", 500),
            (QUEUE, "receives_at_s", 1),
        ],
    )
    def test_as_many_events_as_it_runs_unless_it_asks_about_one(
        self, inputs: dict[str, Any], asked: str, events: int
    ) -> None:
        assert inputs_of(inputs, {asked: 0}, n_invocations=500)["events"] == events

    @pytest.mark.parametrize(
        ("inputs", "asked", "backlog"),
        [
            (QUEUE, "max_concurrency_at_minutes", "infinite"),
            (STREAM | {"poison_index": 13}, "failed_invocations", 20),
            (STREAM, "capacity_records_per_s", 200),
            (STREAM | {"reserved_concurrency": 1}, "capacity_records_per_s", 100),
            (STREAM | {"records_per_s": 5}, "capacity_records_per_s", None),
        ],
    )
    def test_what_waits_at_the_beginning(self, inputs: dict[str, Any], asked: str, backlog: object) -> None:
        assert inputs_of(inputs, {asked: [5]}).get("backlog") == backlog


class TestWhatHasNoMeaning:
    @pytest.mark.parametrize(
        ("inputs", "says"),
        [
            ({"event_source": "rabbit"}, "event_source: rabbit"),
            ({"event_source": {"batch_size": 1, "shards": 2}}, "event_source: it names no kind"),
            ({"event_source": {"kind": "sqs", "batch_size": 1}, "batch_size": 2}, "event_source: batch_size is said"),
            ({"event_source": {"sqs": {"shards": 1}}}, "inputs: shards"),
            ({"arrivals": {"kind": "storm"}}, "arrivals.kind: storm"),
            ({"duration": {"kind": "logn", "mean_s": 1}}, "duration.cv: logn"),
            ({"duration": {"kind": "exp", "mean_s": 1, "cv": 2}}, "duration.cv: 2"),
            ({"duration": {"kind": "exp", "mean_s": 1000}}, "duration.mean_s: 1000 s is too long"),
            ({"duration": {"kind": "logn", "mean_s": 300, "cv": 2}}, "duration.mean_s: 300 s is too long"),
            ({"duration": ONE_SECOND, "cold": {"total_s": 5000}}, "cold.total_s: 5000 s is too long"),
            ({"cold": {"init_s": 5000}}, "cold.init_s: 5000 s is too long"),
            ({"functions": {"A": {"colour": 1}}}, "functions.A: colour"),
            ({"functions": {"A": {}}, "carve_out": {"B": 1}}, "carve_out: B"),
            (STREAM | {"records_per_s": 1, "arrivals": WAVE}, "records_per_s has no meaning beside arrivals"),
            (QUEUE | {"reserved_concurrency": 0}, "a queue is read"),
            ({"memory_mb": 128, "arch": "riscv"}, "arch: riscv"),
            ({"runs_ms": [1, 2], "init_ms": [3]}, "init_ms"),
        ],
    )
    def test_is_refused_by_its_name(self, inputs: dict[str, Any], says: str) -> None:
        with pytest.raises(UnknownKey, match=says):
            Case(case(inputs))

    def test_but_a_tolerance_of_what_is_not_asked_does_no_harm(self) -> None:
        Case(case(QUEUE, {"p_wait": 1}, tolerance={"p_wait": 0.1, "p95_wait_s": 0.1}))

    def test_nor_does_a_long_law_whose_runs_are_hardly_ever_cut(self) -> None:
        Case(case({"duration": {"kind": "exp", "mean_s": 500}}))
