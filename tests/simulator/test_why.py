"""Why runs were cold or warm and how they ended, in exact sentences; marks that a run does not have."""

import pytest

from studyapp.simulator import Outcome, read, simulate
from studyapp.simulator.why import NoSuchMark, Why, mark_of, why
from tests.simulator.test_scenario import NETWORK
from tests.simulator.worlds import Data, one, run


def ask(outcome: Outcome, kind: str, event: int, place: int = 0) -> Why:
    """Why of one of the spans of a kind that an event has."""
    spans = [span for span in outcome.spans if (span.kind, span.event) == (kind, event)]
    return why(outcome, mark_of(spans[place]))


def burst(number: int, **function: object) -> Data:
    return one("sync", {"burst": number}, **function)


class TestAColdStart:
    def test_of_the_first_request_has_no_environment_yet(self) -> None:
        found = ask(run(one(init="420 ms")), "init", 1)

        assert found == Why(
            "Request 1, cold start at 0 s",
            "The function had no environment yet. So a new one was started, and init took 420 ms.",
            ("idle_lifetime",),
            "",
            "invoke-1-420000",
        )

    def test_of_a_burst_counts_those_that_are_busy(self) -> None:
        outcome = run(burst(4, init="420 ms"))

        assert ask(outcome, "init", 4).says == (
            "No environment was idle: the 3 that existed were busy. So a fourth was started, and init took 420 ms."
        )
        assert ask(outcome, "init", 2).says.startswith("No environment was idle: the one that existed was busy.")
        assert ask(outcome, "invoke", 4).says == (
            "No environment was idle: the 3 that existed were busy; the new one was ready after an init of 420 ms."
        )

    def test_after_a_pause_says_when_the_idle_one_was_reclaimed(self) -> None:
        outcome = run(one(arrivals={"at": ["0 s", "603 s"]}))

        assert ask(outcome, "init", 2).says == (
            "The one idle environment had been reclaimed 2 s before, after 600 s without a request. "
            "So a new one was started, and its init takes no time here."
        )
        assert ask(outcome, "init", 2).rules == ("idle_lifetime",)

    def test_of_an_old_environment_says_how_old_it_may_be(self) -> None:
        outcome = run(one(arrivals={"at": ["0 s", "10 s"]}), belief={"environment_lifetime": "5 s"})

        assert ask(outcome, "init", 2).says.startswith(
            "An idle one had lived for more than 5 s, so it was not used again."
        )

    def test_spills_over_from_provisioned_concurrency(self) -> None:
        outcome = run(burst(3, provisioned_concurrency=1, init="1 s"))

        assert ask(outcome, "init", 3).says == (
            "The provisioned environment was busy, and so was the other one. So a third was started, and init took 1 s."
        )
        assert ask(outcome, "init", 3).rules == ("provisioned_spills_over", "requests_per_environment")
        assert (
            ask(outcome, "invoke", 1).says
            == "A provisioned environment, initialised before the request came, was free."
        )

    def test_whose_init_is_too_long_says_that_it_was_cut_off(self) -> None:
        found = ask(run(one(init="12 s", timeout="60 s")), "init", 1)

        assert found.says.endswith("its init was cut off after 10 s and began again within the run.")
        assert "init_limit" in found.rules

    def test_of_reserved_concurrency_is_not_kept_warm(self) -> None:
        assert ask(run(one(reserved_concurrency=5)), "init", 1).rules == ("reserved_is_kept_warm",)


class TestARun:
    def test_that_is_warm_says_since_when_its_environment_was_idle(self) -> None:
        found = ask(run(one(arrivals={"at": ["0 s", "1.4 s"]})), "invoke", 2)

        assert (found.title, found.says) == (
            "Request 2, run at 1.4 s", "Environment 1 had been idle for 400 ms, so no init was needed.",
        )  # fmt: skip

    def test_chooses_among_several_idle_environments_by_the_routing(self) -> None:
        outcome = run(one(arrivals={"at": ["0 s", "0 s", "3 s"]}))

        assert ask(outcome, "invoke", 3).says == (
            "Of 2 idle environments it got environment 2, the one used last, which had been idle for 2 s."
        )
        assert ask(outcome, "invoke", 3).rules == ("routing", "idle_lifetime")

    def test_after_a_timeout_says_that_init_ran_again(self) -> None:
        outcome = run(one("async", duration="20 s"))

        assert ask(outcome, "invoke", 1, 1).says == (
            "The run before it in environment 1 timed out at 10 s, which reset the environment, so init ran again inside "
            "this run. It was stopped at the function's timeout of 10 s, before it was done."
        )
        assert ask(outcome, "invoke", 1, 1).title == "Event 1, run 2 at 70 s, timed out"

    @pytest.mark.parametrize(
        ("function", "says", "rule"),
        [
            (
                {"memory": "128 MB", "memory_used": "200 MB"},
                "It needs 200 MB, and the function has 128 MB.",
                "memory_max",
            ),
            ({"tmp_left": "600 MB"}, "Each run leaves 600 MB in /tmp", "tmp_max"),
            ({"response": "7 MB"}, "Its response of 7 MB is more than the 6 MB", "sync_response_max"),
            ({"fails": "30 %"}, "The handler fails in 30 % of its runs here", "sync_retries"),
            ({"fails": {"from": "0 s", "to": "3 s"}}, "in all runs from 0 s to 3 s.", "sync_retries"),
            ({"fails": {"first": 1}}, "fails here on the first run of each request.", "sync_retries"),
            ({"fails": {"events": [1]}}, "The handler fails on this request whenever it comes.", "sync_retries"),
            ({"init_fails": "always"}, "Its init failed, so the handler never began.", "sync_retries"),
        ],
    )
    def test_that_fails_says_why(self, function: Data, says: str, rule: str) -> None:
        outcome = next(
            outcome
            for seed in range(1, 50)
            if (outcome := run(one(**function), seed=seed)).spans[-1].status not in ("", "ok")
        )

        found = ask(outcome, "invoke", 1)

        assert says in found.says
        assert found.rules[0] == rule

    def test_without_a_connection_says_who_holds_them(self) -> None:
        data = burst(2, database="db", holds_connections=1)
        data["databases"] = {"db": {"connections": 1}}

        assert ask(run(data), "invoke", 2).says.endswith(
            "Each environment opens 1 connection of its own, and the one connection that db takes was not free: "
            "it gave up after 1 s."
        )

    def test_that_nobody_waited_for_says_so(self) -> None:
        found = ask(run(one("http-api", duration="40 s", timeout="60 s")), "invoke", 1)

        assert found.says.endswith("It took 40 s, and its caller had stopped waiting after 30 s.")
        assert found.rules[0] == "api_http_timeout"


class TestAStep:
    def test_of_a_path_says_what_it_does_and_by_which_rule(self) -> None:
        outcome = simulate(read({"network": NETWORK}))
        path = outcome.paths[0]
        last = why(outcome, f"hop-1-{len(path.hops)}")

        assert last.title == f"Step {len(path.hops)} of {len(path.hops)}: {path.hops[-1].name} refuses"
        assert last.says == path.hops[-1].says
        assert (last.before, last.after) == (f"hop-1-{len(path.hops) - 1}", "")
        assert last.rules


class TestAMark:
    @pytest.mark.parametrize(
        "mark",
        [
            "", "invoke", "invoke-1", "invoke-1-1", "invoke-9-0", "invoke-0-0", "invoke--1-0", "invoke-01-0", "nothing-1-0",
            "hop-1-1", "hop-0-0", f"invoke-{'9' * 400}-0", "invoke-1-0\n", "INVOKE-1-0", "invoke-١-0", "\0", "queued-1-0",
        ],
    )  # fmt: skip
    def test_that_the_run_does_not_have_is_refused(self, mark: str) -> None:
        with pytest.raises(NoSuchMark, match="this run has no such mark"):
            why(run(one()), mark)

    def test_of_another_function_is_not_one_of_this(self) -> None:
        data = one()
        data["functions"]["g"] = {"memory": "1024 MB"}
        data["sources"]["calls"]["calls"] = "f"
        outcome = run(data)

        assert why(outcome.only("f"), "invoke-1-0").title == "Request 1, run at 0 s"
        with pytest.raises(NoSuchMark):
            why(outcome.only("g"), "invoke-1-0")
