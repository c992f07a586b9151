"""Worlds small enough for the threshold to be known by a sum."""

from math import log

import pytest

from studyapp.lab.background.searching import BadSearch, Search, candidate
from studyapp.lab.background.smallest import MOST_S, smallest
from studyapp.simulator.errors import ClaimError, RulebookError, ScenarioError

# 40 requests a second of 0.5 s each keep 20 environments busy; a reservation of 10 refuses half of them.
HALF_REFUSED = {
    "functions": {"labels": {"duration": "500 ms", "reserved_concurrency": 10}},
    "sources": {"shops": {"kind": "sync", "calls": "labels", "arrivals": {"even": "40 per 1 s", "for": "5 s"}}},
}
# One cold request: it is answered after the init and 200 ms.
COLD = {
    "functions": {"prices": {"init": "2 s", "duration": "200 ms", "timeout": "10 s"}},
    "sources": {"shops": {"kind": "sync", "calls": "prices", "arrivals": {"burst": 1, "at": "0 s"}}},
}
BURST = {
    "functions": {"quotes": {"init": "2 s", "duration": "500 ms", "provisioned_concurrency": 0}},
    "sources": {"shops": {"kind": "sync", "calls": "quotes", "arrivals": {"burst": 24, "at": "0 s"}}},
}
RESERVED = candidate("function.reserved_concurrency", 0, 900, "", is_whole=True)
DURATION = candidate("function.duration", 1, 900_000, "ms", is_whole=True)
INIT = candidate("function.init", 0, 10, "s", is_whole=False)
PROVISIONED = candidate("function.provisioned_concurrency", 0, 900, "", is_whole=True)
MEMORY = candidate("function.memory", 128, 10_240, "MB", is_whole=True)


def found(body, claim, *candidates, **about):
    return smallest(Search(body, claim, candidates, **about))


def moved(result):
    return [(change.path, change.was, change.to) for change in result.changes]


class TestSmallest:
    def test_finds_the_reservation_that_refuses_nothing(self):
        result = found(HALF_REFUSED, "throttles is 0", RESERVED)

        assert moved(result) == [("function.reserved_concurrency", "10", "20")]
        assert result.changes[0].size == pytest.approx(log(2))
        assert (result.changes[0].low, result.changes[0].high) == ("0", "900")

    def test_finds_the_longest_init_that_a_limit_of_response_allows(self):
        assert moved(found(COLD, "response_max <= 1 s", INIT)) == [("function.init", "2 s", "0.8 s")]

    def test_finds_to_three_figures_what_lies_between_them(self):
        assert moved(found(COLD, "response_max < 1.3456 s", INIT)) == [("function.init", "2 s", "1.14 s")]

    def test_finds_a_count_from_0(self):
        result = found(BURST, "cold_starts is 0", PROVISIONED)

        assert moved(result) == [("function.provisioned_concurrency", "0", "24")]
        assert result.changes[0].size == pytest.approx(24 / 900)

    def test_finds_0_where_nothing_else_will_do(self):
        result = found(COLD, "cold_starts is 1 and response_max <= 200 ms", INIT)

        assert moved(result) == [("function.init", "2 s", "0 s")]
        assert result.as_json()["best"]["size"] is None

    def test_puts_the_smallest_first_and_names_the_runners_up(self):
        result = found(HALF_REFUSED | {"account": {"concurrency": 1000}}, "throttles <= 40", DURATION, RESERVED)

        paths = [change.path for change in result.changes]
        assert set(paths) == {"function.duration", "function.reserved_concurrency"}
        sizes = [change.size for change in result.changes]
        assert sizes == sorted(sizes)
        assert result.as_json()["best"]["path"] == paths[0]
        assert [other["path"] for other in result.as_json()["others"]] == paths[1:]

    def test_moves_what_the_wrong_option_has_set(self):
        result = found(HALF_REFUSED, "throttles is 0", RESERVED, changes={"function.reserved_concurrency": 15})

        assert moved(result) == [("function.reserved_concurrency", "15", "20")]

    def test_runs_in_the_world_of_a_belief(self):
        result = found(HALF_REFUSED, "throttles is 0", RESERVED, patch={"account_concurrency": 115})

        assert result.changes == ()  # 15 is the most that such an account lets a function reserve

    def test_reports_only_what_holds_and_what_one_step_nearer_does_not(self):
        result = found(COLD, "response_max <= 1 s", INIT)

        to = result.changes[0].to
        assert found(COLD, "response_max <= 1 s", INIT, changes={"function.init": to}).is_right_already
        assert not found(COLD, "response_max <= 1 s", INIT, changes={"function.init": "0.81 s"}).is_right_already

    def test_says_when_the_option_is_right_already(self):
        result = found(HALF_REFUSED, "throttles > 0", RESERVED)

        assert (result.is_right_already, result.changes, result.runs) == (True, (), 1)

    def test_finds_nothing_where_nothing_helps(self):
        result = found(COLD, "response_max <= 100 ms", INIT, MEMORY)

        assert result.as_json()["best"] is None
        assert result.is_complete

    def test_skips_what_the_scenario_leaves_out_unless_it_is_told_what_that_is(self):
        told = candidate("function.memory", 128, 10_240, "MB", is_whole=True, now="128 MB")
        body = COLD | {"functions": {"prices": {"init": "0 s", "cpu_time": "1 s", "timeout": "60 s"}}}

        result = found(body, "duration_max <= 1 s", MEMORY, INIT)
        assert list(result.skipped) == ["function.memory"]

        assert moved(found(body, "duration_max <= 2 s", told))[0][:2] == ("function.memory", "128 MB")

    def test_says_how_far_it_is(self):
        told = []

        smallest(Search(COLD, "response_max <= 1 s", (INIT, MEMORY)), told.append)

        assert told == sorted(told)
        assert 0 <= told[0] <= told[-1] <= 1

    def test_is_bounded_in_time(self):
        times = iter([0.0, 1.0, 2.0, MOST_S + 1, MOST_S + 2])

        result = smallest(Search(HALF_REFUSED, "throttles is 0", (RESERVED,)), clock=lambda: next(times))

        assert not result.is_complete
        assert result.runs == 2

    def test_is_bounded_in_runs(self, monkeypatch):
        monkeypatch.setattr("studyapp.lab.background.smallest.MOST_RUNS", 7)

        result = found(COLD, "response_max <= 100 ms", INIT)

        assert (result.runs, result.is_complete) == (7, False)


class TestTrouble:
    def test_a_claim_about_what_is_not_measured(self):
        with pytest.raises(ClaimError, match="no_such_metric: there is no such metric here"):
            found(COLD, "no_such_metric is 0", INIT)

    def test_changes_that_lead_nowhere(self):
        with pytest.raises(ScenarioError, match="nowhere"):
            found(COLD, "throttles is 0", INIT, changes={"nowhere.at": 1})

    def test_a_rule_that_there_is_not(self):
        with pytest.raises(RulebookError, match="no such rule"):
            found(COLD, "throttles is 0", INIT, patch={"nonsense": 1})

    def test_a_range_that_is_none(self):
        with pytest.raises(BadSearch, match=r"function\.init: the range 3 to 3 does not go up"):
            candidate("function.init", 3, 3, "s", is_whole=False)

    def test_too_many_candidates(self):
        with pytest.raises(BadSearch, match="41 of them"):
            Search(COLD, "throttles is 0", (INIT,) * 41)

    def test_survives_being_written_as_json(self):
        search = Search(COLD, "throttles is 0", (INIT, RESERVED), {"function.init": "1 s"}, {}, 7)

        assert Search.read(search.as_json()) == search
