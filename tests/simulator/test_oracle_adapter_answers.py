"""Small cases that can be reckoned in the head, one for each form in which something may be asked."""

from typing import Any

import pytest

from tests.simulator.answers import Case
from tests.simulator.test_oracles import assert_near, tolerance


def det(mean_s: float) -> dict[str, Any]:
    return {"kind": "det", "mean_s": mean_s}


def at(*counts: tuple[float, int]) -> dict[str, Any]:
    return {"kind": "at", "counts": [list(each) for each in counts]}


def agrees(inputs: dict[str, Any], expected: dict[str, Any], within: object = 0, requests: int | None = None) -> None:
    case = {"inputs": inputs, "expected": expected, "tolerance": within, "n_invocations": requests}
    run = Case(case)
    for name, wanted in expected.items():
        assert_near(run.answer(name), wanted, tolerance(case, name), name)


STREAM = {"event_source": "kinesis", "shards": 4, "batch_size": 100, "duration": det(0.5)}
QUEUE = {"event_source": "sqs", "batch_size": 1, "duration": det(1)}
POLLERS = {"event_source": "sqs", "batch_size": 1, "duration": det(30)}
FAILING = {"invocation": "async", "duration": det(3), "error_probability": 1, "maximum_retry_attempts": 1}
THROTTLED = {"invocation": "async", "always_throttled": True, "maximum_event_age_s": 60}


class TestACapacity:
    def test_is_known_though_no_batch_is_full(self) -> None:
        agrees(STREAM | {"records_per_s": 100, "run_s": 60}, {"capacity_records_per_s": 800})

    def test_is_that_of_warm_lanes(self) -> None:
        agrees(STREAM | {"backlog": 8000, "cold": {"init_s": 2}}, {"capacity_records_per_s": 800})

    def test_is_bounded_by_reserved_concurrency(self) -> None:
        inputs = STREAM | {"backlog": 8000, "reserved_concurrency": 3}
        agrees(inputs, {"capacity_records_per_s": 600, "max_concurrency": 3})


class TestADrainTime:
    @pytest.mark.parametrize(
        ("inputs", "fluid", "within"),
        [
            ({"records_per_s": 300, "backlog": 50_000, "batch_window_s": 1}, 100, 1),
            ({"records_per_s": 760, "backlog": 4000}, 100, 1),
            ({"records_per_s": 300, "backlog": 50_000, "duration": {"kind": "exp", "mean_s": 0.5}}, 100, 25),
            ({"arrivals": {"kind": "poisson", "rate_per_s": 300}, "backlog": 50_000, "run_s": 300}, 100, 5),
            ({"shards": 2, "batch_size": 1, "records_per_s": 3, "backlog": 100}, 100, 2),
        ],
    )
    def test_is_the_backlog_by_what_is_left_of_the_capacity(
        self, inputs: dict[str, Any], fluid: float, within: float
    ) -> None:
        agrees(STREAM | inputs, {"drain_time_s": fluid}, within)

    @pytest.mark.parametrize(("counts", "end"), [([(0, 4000)], 5), ([(0, 4000), (2, 4000)], 10), ([(0, 50)], 0.5)])
    def test_is_the_last_end_where_nothing_more_comes(self, counts: list[tuple[float, int]], end: float) -> None:
        agrees(STREAM | {"arrivals": at(*counts)}, {"drain_time_s": end})

    def test_is_null_where_more_comes_than_goes(self) -> None:
        agrees(STREAM | {"records_per_s": 900, "backlog": 1000, "run_s": 60}, {"drain_time_s": None})


class TestAQueue:
    def test_has_no_more_pollers_than_may_run(self) -> None:
        inputs = QUEUE | {"arrivals": at((0, 10)), "reserved_concurrency": 2, "max_concurrency": 5}
        agrees(inputs, {"mean_wait_s": 2, "max_concurrency": 2})

    @pytest.mark.parametrize(
        ("limits", "bounds"),
        [({"account_concurrency": 500}, [5, 305, 500, 500]), ({"reserved_concurrency": 100}, {"0": 5, "1": 100})],
    )
    def test_has_pollers_that_grow_to_that(self, limits: dict[str, Any], bounds: object) -> None:
        agrees(POLLERS | limits, {"max_concurrency_at_minutes": bounds})

    def test_may_share_its_limit_with_another(self) -> None:
        functions = {name: {"arrivals": at((0, 12))} for name in "AB"}
        agrees(QUEUE | {"account_concurrency": 6, "functions": functions}, {"total": {"A": 12, "B": 12}})

    def test_may_begin_late_and_say_that_it_has_a_dead_letter_queue(self) -> None:
        failing = {
            "error_probability": 1,
            "max_receive_count": 2,
            "visibility_timeout_s": 60,
            "start_s": 7,
            "dlq": True,
        }
        agrees(QUEUE | failing, {"receives_at_s": [7, 67], "moved_to_dlq_at_s": 127, "sent_to_dlq": True})


class TestAnEvent:
    @pytest.mark.parametrize(
        ("inputs", "expected"),
        [
            (FAILING | {"start_s": 10}, {"attempt_starts_s": [10, 73], "sent_to_dlq_at_s": 76, "retries": 1}),
            (THROTTLED, {"attempts": 6, "mean_attempts": 6, "retries": 5}),
            (THROTTLED | {"events": 10}, {"mean_attempts": 6, "retries": 50, "dlq_fraction": 1}),
            (FAILING, {"discarded": True, "sent_to_dlq": True}),
            (FAILING | {"dlq": True}, {"discarded": False, "sent_to_dlq": True}),
            (FAILING | {"dlq": False}, {"discarded": True, "sent_to_dlq": False}),
        ],
    )
    def test_is_counted_from_its_start_with_the_tries_that_the_case_counts(
        self, inputs: dict[str, Any], expected: dict[str, Any]
    ) -> None:
        agrees(inputs, expected)

    def test_is_one_of_as_many_as_the_case_runs(self) -> None:
        inputs = {"invocation": "async", "error_probability": 0.2, "maximum_retry_attempts": 1}
        agrees(inputs, {"mean_attempts": 1.2, "dlq_fraction": 0.04}, 0.02, requests=10_000)

    def test_is_one_of_as_many_as_arrive(self) -> None:
        inputs = FAILING | {"arrivals": {"kind": "poisson", "rate_per_s": 5}, "events": 20}
        agrees(inputs, {"mean_attempts": 2, "total": 40})

    @pytest.mark.parametrize(
        "words", ["EventAgeExceeded", "event age exceeded", "maximum_event_age", "max age", "too old"]
    )
    def test_may_be_too_old_in_several_words(self, words: str) -> None:
        agrees(THROTTLED, {"reason": words})

    @pytest.mark.parametrize("words", ["RetriesExhausted", "retries exhausted", "maximum_retry_attempts"])
    def test_may_have_had_its_retries_in_several_words(self, words: str) -> None:
        agrees(FAILING, {"reason": words})

    def test_has_one_reason_and_no_other(self) -> None:
        with pytest.raises(AssertionError):
            agrees(FAILING, {"reason": "EventAgeExceeded"})

    def test_may_have_met_no_concurrency_at_all(self) -> None:
        agrees({"invocation": "async", "reserved_concurrency": 0}, {"reason": "ZeroReservedConcurrency", "attempts": 0})

    def test_of_a_stream_may_go_to_its_destination(self) -> None:
        poison = {"shards": 1, "batch_size": 8, "poison_index": 2, "maximum_retry_attempts": 0}
        agrees(STREAM | poison | {"dlq": True}, {"sent_to_dlq": True, "records_to_destination": 8})
        agrees(STREAM | poison | {"dlq": False}, {"sent_to_dlq": False, "discarded": 8})
