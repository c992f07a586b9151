"""Why requests were throttled or refused, events tried again or given up: exact sentences for each kind of reason."""

from studyapp.simulator.why import Why, mark_of, why
from tests.simulator.test_why import ask, burst
from tests.simulator.worlds import one, run


class TestAThrottle:
    def test_by_a_reservation_names_who_used_it_and_when_the_next_is_free(self) -> None:
        outcome = run(one(arrivals={"at": ["0 s", "0.2 s", "0.4 s"]}, reserved_concurrency=2))

        assert ask(outcome, "throttled", 3) == Why(
            "Request 3, throttled at 0.4 s",
            "Both environments of the reservation were busy with requests 1 and 2. "
            "The next one would have been free 600 ms later.",
            ("reserved_is_a_ceiling", "throttled_sync_calls_wait"),
            "",
            "",
        )

    def test_by_the_account_says_what_others_have_taken(self) -> None:
        data = burst(2)
        data["functions"]["other"] = {"memory": "1024 MB", "duration": "3 s"}
        data["sources"]["others"] = {"kind": "sync", "calls": "other", "arrivals": {"burst": 1}}
        data["sources"]["calls"]["calls"] = "f"
        data["functions"]["kept"] = {"memory": "1024 MB", "reserved_concurrency": 1}
        data["account"] = {"concurrency": 3}
        outcome = run(data, belief={"unreserved_minimum": 0})
        throttled = next(span for span in outcome.spans if span.kind == "throttled")

        assert why(outcome, mark_of(throttled)).says == (
            "Both environments of the account's shared concurrency that reservations leave were busy with f. "
            "The next one would have been free 1 s later."
        )

    def test_by_the_scaling_rate_counts_what_was_started(self) -> None:
        outcome = run(burst(4), belief={"scaling_rate": "3 per 6 s"})

        assert ask(outcome, "throttled", 4).says == (
            "No environment was idle, and 3 new ones had been started in the last 6 s. "
            "The scaling rate allows 3 at once and then one more every 2 s."
        )

    def test_by_the_request_rate_counts_the_last_second(self) -> None:
        outcome = run(one(arrivals={"even": "30 per 1 s", "count": 30}, duration="10 ms", reserved_concurrency=2))
        throttled = next(span for span in outcome.spans if span.kind == "throttled")

        assert why(outcome, mark_of(throttled)).says == (
            "20 requests had been taken within the last second. "
            "Besides the limit on runs at once, a reservation of 2 takes 10 times as many requests a second: 20."
        )

    def test_of_a_stopped_function_names_the_zero(self) -> None:
        found = ask(run(one(reserved_concurrency=0)), "throttled", 1)

        assert found.says == "The function's reserved concurrency is 0, which stops it: no try of it becomes a run."

    def test_too_large_compares_the_sizes(self) -> None:
        data = one()
        data["sources"]["calls"]["payload"] = "7 MB"

        assert ask(run(data), "refused", 1).says == (
            "Its payload of 7 MB is more than the 6 MB that a call of this kind may carry."
        )


class TestAnEvent:
    FAILING = one("s3", fails="always", duration="3 s", dead_letter_queue="yes")

    def test_that_failed_waits_for_its_retries(self) -> None:
        outcome = run(self.FAILING)

        assert ask(outcome, "retry_wait", 1).says == (
            "Run 1 failed, and Lambda runs a failed event again at most twice. "
            "The first retry comes 60 s after the end of that run."
        )
        assert ask(outcome, "retry_wait", 1, 1).rules[0] == "async_second_wait"

    def test_is_dead_lettered_after_its_last_run(self) -> None:
        assert ask(run(self.FAILING), "dead_lettered", 1).says == (
            "All its runs failed: the first and 2 retries. The function's dead-letter queue keeps it."
        )

    def test_that_is_too_old_is_given_up(self) -> None:
        outcome = run(self.FAILING, {"function.async_max_age": "60 s", "function.dead_letter_queue": "no"})

        assert ask(outcome, "retry_wait", 1).says == (
            "Run 1 failed. Its next retry would come after its maximum age of 60 s, so at that age it is given up."
        )
        assert ask(outcome, "dropped", 1).says == (
            "It came at 0 s, and after 60 s Lambda gives an event up. Nothing is set to keep it, so it is lost."
        )

    def test_that_was_throttled_waits_longer_each_time(self) -> None:
        outcome = run(one("s3", {"burst": 2}, reserved_concurrency=1, duration="5 s"))

        assert ask(outcome, "queued", 2, 1).says == (
            "It was throttled for the second time in a row, so Lambda keeps it for 2 s before it tries again. "
            "The waits grow from 1 s up to 300 s, and use up no retry."
        )

    def test_of_a_stopped_function_is_lost(self) -> None:
        assert ask(run(one("s3", reserved_concurrency=0)), "dropped", 1).says.startswith(
            "The function's reserved concurrency is 0, and then Lambda does not even queue its events."
        )

    def test_whose_destination_refuses_it_says_which_right_is_missing(self) -> None:
        found = ask(run(self.FAILING, {"function.dead_letter_queue": "denied"}), "dead_letter_error", 1)

        assert found.says == "The function's role may not send to its dead-letter queue, so nothing keeps this event."
        assert found.rules == ("destinations_need_rights",)

    def test_can_be_followed_from_mark_to_mark(self) -> None:
        outcome = run(self.FAILING)
        mark, told = mark_of(next(span for span in outcome.spans if span.event == 1)), []
        while mark:
            told.append(mark.partition("-")[0])
            mark = why(outcome, mark).after

        assert told == [span.kind for span in outcome.spans]
        assert told[-1] == "dead_lettered"


class TestACaller:
    def test_that_tries_again_says_how_often_and_how_long(self) -> None:
        data = burst(2, reserved_concurrency=1)
        data["sources"]["calls"]["retries"] = {"tries": 3, "backoff": "1 s", "jitter": False}

        assert ask(run(data), "retry_wait", 2).says == (
            "Lambda does not repeat a synchronous call, but its caller makes up to 3 tries. After try 1 it waits 1 s."
        )
