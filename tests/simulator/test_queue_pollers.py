"""How many batches of a queue are in hand at once, and in which order its groups take turns."""

import pytest

from studyapp.simulator.trace import DEAD_LETTERED, FILTERED
from tests.simulator.queue_worlds import (
    AT_THE_CAP,
    UNLIMITED,
    batches,
    busy_at,
    deliveries,
    ends,
    queue,
    receives,
    starts,
)
from tests.simulator.worlds import run


class TestPollers:
    BUSY = {"duration": "20 s", "timeout": "30 s"}

    def test_begin_with_five_batches_and_add_300_a_minute(self) -> None:
        data = {**queue(self.BUSY, backlog="infinite", batch_size=1), "horizon": "301 s"}

        outcome = run(data, belief=UNLIMITED)

        assert [busy_at(outcome, minute * 60) for minute in range(6)] == [5, 305, 605, 905, 1205, 1250]
        assert busy_at(outcome, 59.9) == 304

    @pytest.mark.parametrize("most", [2, 20])
    def test_keep_to_the_maximum_concurrency(self, most: int) -> None:
        data = {**queue(self.BUSY, backlog="infinite", batch_size=1, maximum_concurrency=most), "horizon": "60 s"}

        assert max(busy_at(run(data), second) for second in range(60)) == most

    def test_stop_growing_while_nothing_waits(self) -> None:
        data = queue(self.BUSY, arrivals=[{"burst": 10}, {"burst": 100, "at": "40 s"}], batch_size=1)

        outcome = run(data)

        assert [busy_at(outcome, second) for second in (0, 1, 19, 40, 41)] == [5, 10, 10, 10, 15]

    def test_begin_anew_after_a_quiet_minute(self) -> None:
        data = queue(self.BUSY, arrivals=[{"burst": 200}, {"burst": 200, "at": "5 min"}], batch_size=1)

        assert busy_at(run(data), 300) == 5
        assert busy_at(run(data, belief={"sqs_quiet_after": "10 min"}), 300) > 50

    @pytest.mark.parametrize(("most", "fewest"), [(None, 2), (20, 5)])
    def test_may_be_two_after_a_quiet_minute_unless_their_most_is_set(self, most: int | None, fewest: int) -> None:
        data = queue(self.BUSY, arrivals=[{"burst": 20}, {"burst": 20, "at": "5 min"}], batch_size=1)

        outcome = run(data, {"source.maximum_concurrency": most}, {"sqs_quiet_pollers": 2})

        assert [busy_at(outcome, second) for second in (0, 300, 301)] == [5, fewest, fewest + 5]

    def test_stay_as_many_as_they_are_while_work_goes_on(self) -> None:
        data = queue(self.BUSY, arrivals=[{"burst": 1}, {"burst": 3_000, "at": "30 s"}], batch_size=1)

        outcome = run(data, belief=UNLIMITED)

        assert [busy_at(outcome, second) for second in (30, 60, 90, 100)] == [5, 155, 305, 355]

    def test_do_not_grow_while_one_of_them_is_throttled(self) -> None:
        data = queue({**self.BUSY, "reserved_concurrency": 6}, arrivals={"burst": 60}, batch_size=1)

        outcome = run(data)

        assert {event for event, at in zip(outcome.trace.received_event, outcome.trace.received_at, strict=True)
                if at < 20_000_000} == set(range(7))  # fmt: skip

    def test_lose_a_place_with_every_batch_that_is_throttled(self) -> None:
        data = queue(backlog="infinite", batch_size=1, calls="f")
        data["functions"]["g"] = {"duration": "60 s", "timeout": "90 s"}
        data["sources"]["hog"] = {"calls": "g", "arrivals": {"burst": 290, "at": "40 s"}}
        data |= {"horizon": "102 s", "account": {"concurrency": 300}}

        # 5 and 5 more a second until 40 s; 300 are all that there are until 100 s; then it goes on from where it is
        slow, stubborn = run(data), run(data, belief={"sqs_throttles_slow_down": "no"})
        assert [busy_at(slow, second) for second in (39, 60, 101)] == [200, 300, 165]
        assert [busy_at(stubborn, second) for second in (39, 60, 101)] == [200, 300, 210]
        assert slow.metrics["f.throttles"] < stubborn.metrics["f.throttles"] / 2  # type: ignore[operator]

    def test_that_give_a_throttled_batch_up_take_another(self) -> None:
        outcome = run(queue({"reserved_concurrency": 0}, arrivals={"burst": 4}, batch_size=1, maximum_concurrency=2))

        assert [receives(outcome, event)[0] for event in range(4)] == [0, 0, 30, 30]

    def test_are_halved_by_every_failed_batch_and_back_with_a_success(self) -> None:
        body = {"fails": {"from": "0 s", "to": "2 s"}}
        data = {**queue(body, backlog="infinite", batch_size=1, maximum_concurrency=64), "horizon": "8 s"}

        outcome = run(data, belief=AT_THE_CAP)

        assert [busy_at(outcome, second) for second in (0.5, 1.5, 2.5, 3.5)] == [64, 1, 1, 64]
        assert busy_at(run(data, {"source.partial_batch_responses": "yes"}, AT_THE_CAP), 1.5) == 64
        assert busy_at(run(data, belief={**AT_THE_CAP, "sqs_errors_slow_down": "no"}), 1.5) == 64

    @pytest.mark.parametrize(("left", "places"), [("50 %", 2), ("80 %", 20)])
    def test_are_fewer_by_the_same_share_for_each_failed_batch_in_a_row(self, left: str, places: int) -> None:
        body = {"fails": {"from": "0 s", "to": "1 s"}}
        data = queue(body, arrivals=[{"burst": 5}, {"burst": 300, "at": "1.5 s"}], batch_size=1, maximum_concurrency=64)

        outcome = run(data, belief=AT_THE_CAP | {"sqs_slow_down_to": left})

        assert [busy_at(outcome, second) for second in (0.5, 1.6, 2.6)] == [5, places, 64]

    def test_that_are_throttled_keep_their_batch_and_try_again(self) -> None:
        data = queue({"reserved_concurrency": 1, "duration": "10 s"}, arrivals={"burst": 2}, batch_size=1)

        outcome = run(data)

        assert [at / 1e6 for at in outcome.trace.refused_at] == [0, 1, 3, 7]
        assert (starts(outcome), receives(outcome, 1)) == ([0, 15], [0])

    def test_that_are_throttled_for_too_long_lose_what_they_have(self) -> None:
        data = queue({"reserved_concurrency": 0}, max_receive_count=2)

        outcome = run(data)

        assert (receives(outcome), batches(outcome)) == ([0, 30], [])
        assert ends(outcome) == [(0, DEAD_LETTERED, 60)]

    def test_that_outnumber_the_reserved_concurrency_lose_messages_that_never_ran(self) -> None:
        body = {"duration": "50 s", "timeout": "60 s", "reserved_concurrency": 5}
        data = queue(body, arrivals={"burst": 60}, batch_size=1, visibility_timeout="60 s", max_receive_count=2)
        belief = {"sqs_first_pollers": "none"}

        moved = [len(ends(run(data, {"source.maximum_concurrency": most}, belief))) for most in (None, 5)]

        assert moved[0] > 30
        assert moved[1] == 0


class TestAFifoQueue:
    def test_is_read_by_as_many_batches_as_there_are_groups_at_once(self) -> None:
        data = queue(kind="sqs-fifo", arrivals={"burst": 300}, message_groups=100, batch_size=1)

        assert busy_at(run(data), 0) == 100
        assert busy_at(run(data, {"source.maximum_concurrency": 30}), 0) == 30

    def test_hands_over_one_batch_of_a_group_at_a_time(self) -> None:
        outcome = run(queue(kind="sqs-fifo", arrivals={"burst": 8}, batch_size=2, message_groups=2))

        assert batches(outcome) == [[0, 2], [1, 3], [4, 6], [5, 7]]
        assert starts(outcome) == [0, 0, 1, 1]

    def test_holds_a_group_while_a_failed_message_waits(self) -> None:
        data = queue({"fails": {"first": 1}}, kind="sqs-fifo", arrivals={"every": "5 s", "count": 4}, batch_size=1)

        assert starts(run(data)) == [0, 30, 31, 61, 62, 92, 93, 123]

    def test_lets_other_groups_pass(self) -> None:
        data = queue({"fails": {"events": [1]}}, kind="sqs-fifo", arrivals={"burst": 6}, message_groups=2, batch_size=1)

        outcome = run(data, {"source.max_receive_count": 1})

        assert ends(outcome) == [(0, DEAD_LETTERED, 30)]
        assert dict(zip(outcome.trace.event, starts(outcome), strict=True)) == {0: 0, 1: 0, 3: 1, 5: 2, 2: 30, 4: 31}

    def test_takes_back_the_failed_message_and_all_behind_it(self) -> None:
        data = queue({"fails": {"events": [3]}}, kind="sqs-fifo", arrivals={"burst": 5}, max_receive_count=2)

        outcome = run(data, {"source.partial_batch_responses": "yes"})

        assert batches(outcome) == [[0, 1, 2, 3, 4], [2, 3, 4]]
        assert [event for event, _, _ in ends(outcome)] == [2, 3, 4]

    def test_that_is_throttled_keeps_its_order(self) -> None:
        body = {"reserved_concurrency": 1, "duration": "8 s"}
        data = queue(body, kind="sqs-fifo", arrivals={"burst": 6}, message_groups=2, batch_size=1)

        outcome = run(data, {"source.visibility_timeout": "10 s"})

        assert sorted(deliveries(outcome)) == list(range(6))
        assert [[event for event in outcome.trace.event if event % 2 == group] for group in (0, 1)] == [
            [0, 2, 4],
            [1, 3, 5],
        ]

    def test_keeps_a_group_whose_batch_outlives_its_visibility(self) -> None:
        body = {"init": "5 s", "duration": "8 s", "fails": {"first": 1}}
        data = queue(body, kind="sqs-fifo", arrivals={"burst": 2}, batch_size=1, visibility_timeout="10 s")

        outcome = run(data)

        assert starts(outcome) == [0, 13, 21, 31]
        assert list(outcome.trace.event) == [0, 0, 1, 1]

    def test_goes_on_behind_what_the_filter_refuses(self) -> None:
        outcome = run(queue(kind="sqs-fifo", arrivals={"every": "5 s", "count": 20}, matches="50 %"))

        assert {kind for _, kind, _ in ends(outcome)} == {FILTERED}
        assert starts(outcome) == [event * 5 for event in sorted(deliveries(outcome))]

    def test_filters_within_a_group(self) -> None:
        outcome = run(queue(kind="sqs-fifo", arrivals={"burst": 60}, message_groups=3, matches="50 %"))

        assert set(deliveries(outcome)) | {event for event, _, _ in ends(outcome)} == set(range(60))
