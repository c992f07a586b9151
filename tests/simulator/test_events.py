"""Asynchronous events: their queue, duplicates, Lambda's own errors."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome, read
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.trace import DEAD_LETTERED, DROPPED, OK, SYSTEM_ERROR, TOO_OLD
from tests.simulator.worlds import Data, flows, functions, one, run


def starts(outcome: Outcome) -> list[float]:
    return [start / 1e6 for start in outcome.trace.start]


def refusals(outcome: Outcome) -> list[float]:
    return [at / 1e6 for at in outcome.trace.refused_at]


def twice(arrivals: object = None, share: str = "100 %", kind: str = "s3", **function: object) -> Data:
    data = one(kind, arrivals, **function)
    data["sources"]["calls"]["duplicates"] = share
    return data


class TestTheEventQueue:
    def test_backs_off_from_a_second_to_five_minutes_for_six_hours(self) -> None:
        outcome = run(one("s3", {"burst": 2}, duration="899 s", timeout="900 s", reserved_concurrency=1))

        assert refusals(outcome)[:10] == [0, 1, 3, 7, 15, 31, 63, 127, 255, 511]
        assert refusals(outcome)[10] == 811  # 300 s later, not 512

    def test_gives_up_what_was_throttled_for_too_long(self) -> None:
        outcome = run(one("s3", dead_letter_queue="yes"), belief={"account_concurrency": 0, "unreserved_minimum": 0})

        waits = [later - sooner for sooner, later in zip(refusals(outcome), refusals(outcome)[1:], strict=False)]
        assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
        assert set(waits[9:]) == {300}
        assert list(outcome.trace.ended_kind) == [DROPPED, DEAD_LETTERED]
        assert set(outcome.trace.ended_reason) == {TOO_OLD}
        assert set(outcome.trace.ended_at) == {21_600_000_000}

    def test_lets_new_events_expire_unseen_under_pressure(self) -> None:
        data = one("s3", {"even": "2 per 1 s", "for": "60 s"}, reserved_concurrency=1, async_max_age="60 s")

        outcome = run(data)

        never_ran = set(outcome.trace.ended_event) - set(outcome.trace.event)
        assert len(never_ran) == outcome.metrics["events_lost"] > 10  # type: ignore[operator]
        assert outcome.metrics["delivered"] == 120 - len(never_ran)

    def test_may_make_new_events_wait_behind_those_that_were_refused(self) -> None:
        body: Data = {"duration": "10 s", "timeout": "20 s", "reserved_concurrency": 1}
        data = one("s3", {"at": ["0 s", "1 s", "12.5 s"]}, **body)

        # the second is refused until the third has overtaken it; or the third waits 8 s, as the second does, and is late
        at_once, slow = run(data), run(data, belief={"async_new_events_wait": "yes"})
        assert (refusals(at_once), starts(at_once)) == ([1, 2, 4, 8, 16], [0, 12.5, 32])
        assert (refusals(slow), starts(slow)) == ([1, 2, 4, 8, 20.5], [0, 16, 36.5])

    def test_counts_what_was_queued_and_how_old_it_became(self) -> None:
        large = run(one("s3"), {"source.payload": "1100 KB"}).metrics
        never = run(one("s3", reserved_concurrency=0)).metrics

        assert [(each["async_received"], each["async_age_max"]) for each in (large, never)] == [(0, None), (1, None)]
        assert run(one("s3", {"burst": 2}, reserved_concurrency=1)).metrics["async_age_max"] == 1


class TestATopic:
    """SNS takes less than an event may hold."""

    @pytest.mark.parametrize(("size", "kept"), [("256 KB", 1), ("257 KB", 0)])
    def test_gets_no_record_that_is_too_large_for_it(self, size: str, kept: int) -> None:
        data = one("s3", fails="always", async_retries=0, dead_letter_queue="sns", on_failure="sns")

        outcome = run(data, {"source.payload": size})

        names = ("dead_letters", "dead_letter_errors", "destination_deliveries", "destination_errors", "events_lost")
        assert [outcome.metrics[name] for name in names] == [kept, 1 - kept, kept, 1 - kept, 1 - kept]
        said = {span.reason for span in outcome.spans if span.kind.endswith("_error")}
        assert said == (set() if kept else {"the record is larger than what it should be sent to takes"})

    def test_that_hears_of_success_gets_the_answer_too(self) -> None:
        data = one("s3", on_success="sns", response="200 KB")

        assert run(data, {"source.payload": "56 KB"}).metrics["destination_deliveries"] == 1
        assert run(data, {"source.payload": "57 KB"}).metrics["destination_errors"] == 1

    def test_is_no_queue(self) -> None:
        data = one("s3", fails="always", async_retries=0, dead_letter_queue="yes", on_failure="sqs")

        assert run(data, {"source.payload": "1 MB"}).metrics["events_lost"] == 0


class TestDuplicates:
    def test_come_again_and_run_once_more(self) -> None:
        outcome = run(twice())

        assert (starts(outcome), list(outcome.trace.attempt)) == ([0, 10], [1, 0])

    def test_come_when_the_assumption_says(self) -> None:
        assert starts(run(twice(), belief={"async_duplicate_after": "120 s"})) == [0, 120]

    def test_are_a_share_of_the_events(self) -> None:
        outcome = run(twice({"even": "10 per 1 s", "count": 1000}, "20 %", duration="1 ms"))

        assert 150 < list(outcome.trace.attempt).count(0) < 250

    def test_that_fail_are_not_tried_again(self) -> None:
        outcome = run(twice(fails="always", async_retries=0, dead_letter_queue="yes"))

        assert (starts(outcome), list(outcome.trace.attempt)) == ([0, 10], [1, 0])
        assert list(outcome.trace.ended_kind) == [DROPPED, DEAD_LETTERED]

    def test_that_are_throttled_wait_like_any_event(self) -> None:
        outcome = run(twice(duration="15 s", timeout="20 s", reserved_concurrency=1))

        assert (starts(outcome), refusals(outcome)) == ([0, 17], [10, 11, 13])
        assert [outcome.metrics[name] for name in ("delivered", "duplicates", "throttles")] == [1, 1, 3]

    def test_that_are_throttled_for_too_long_end_in_silence(self) -> None:
        data = twice(duration="80 s", timeout="90 s", reserved_concurrency=1, async_max_age="60 s")

        assert (starts(run(data)), refusals(run(data))) == ([0], [10, 11, 13, 17, 25, 41])
        assert not run(data).trace.ended_event

    def test_are_other_runs_than_the_first(self) -> None:
        trace = run(twice(duration={"exp": "1 s"})).trace

        assert trace.run[0] != trace.run[1]

    def test_are_paid_for(self) -> None:
        assert run(twice()).metrics["billed_gb_s"] == 2

    def test_do_not_come_of_what_was_never_taken_in(self) -> None:
        assert not starts(run(twice(reserved_concurrency=0)))


class TestSystemErrors:
    DURING = {"from": "0 s", "to": "10 s"}

    def test_are_retried_like_throttles_and_cost_nothing(self) -> None:
        outcome = run(one("s3", system_errors=self.DURING))

        assert (refusals(outcome), starts(outcome)) == ([0, 1, 3, 7], [15])
        assert list(outcome.trace.attempt) == [1]
        metrics = outcome.metrics
        assert (metrics["invocations"], metrics["errors"], metrics["throttles"], metrics["retries"]) == (1, 0, 0, 0)
        assert metrics["billed_gb_s"] == 1

    def test_leave_both_retries_for_the_function(self) -> None:
        outcome = run(one("s3", system_errors=self.DURING, fails="always"))

        assert starts(outcome) == [15, 76, 197]

    def test_reach_a_client_as_a_5xx(self) -> None:
        data = one("sync", system_errors=self.DURING)

        assert list(run(data).trace.refused_reason) == [SYSTEM_ERROR]
        assert run(data).metrics["client_errors"] == 1
        assert run(data, {"source.retries": {"tries": 6, "jitter": "no"}}).metrics["client_errors"] == 0

    @pytest.mark.parametrize("value", ["always", "10 %", {"first": 2}])
    def test_have_a_window(self, value: Any) -> None:
        with pytest.raises(
            ScenarioError, match=r"functions\.f\.system_errors: .* is not never or \{from: time, to: time\}"
        ):
            read(one(system_errors=value))


class TestEveryEvent:
    @given(functions, flows, st.sampled_from(["0 %", "30 %", "100 %"]), st.integers(1, 1000))
    @settings(max_examples=100, deadline=None)
    def test_has_one_final_state_and_duplicates_are_extra(
        self, function: Data, flow: Data, share: str, seed: int
    ) -> None:
        data = twice(flow, share, **{**function, "memory": "128 MB"})

        trace = run(data, seed=seed).trace

        rows = zip(trace.event, trace.attempt, trace.status, strict=True)
        delivered = [event for event, attempt, status in rows if attempt and status == OK]
        dropped = [event for event, kind in zip(trace.ended_event, trace.ended_kind, strict=True) if kind == DROPPED]
        assert sorted(delivered + dropped) == list(range(len(trace.arrived)))

    @given(functions, flows, st.integers(1, 1000))
    @settings(max_examples=50, deadline=None)
    def test_is_the_same_without_duplicates_as_with_a_share_of_none(
        self, function: Data, flow: Data, seed: int
    ) -> None:
        assert (
            run(twice(flow, "0 %", **function), seed=seed).trace.as_bytes()
            == run(one("s3", flow, **function), seed=seed).trace.as_bytes()
        )
