import json

import pytest

from studyapp.content.one_scenario import NotFound
from studyapp.lab.background.sweeping import MOST_VALUES, BadSweep, Sweep, as_json, rows, spaced
from studyapp.simulator.errors import RulebookError, ScenarioError
from tests.lab.test_smallest import COLD, HALF_REFUSED


def sweep(path="function.reserved_concurrency", values=("5", "10", "20"), metrics=("throttles",), **about):
    return Sweep(
        **{"body": HALF_REFUSED, "path": path, "values": values, "metrics": metrics, "changes": {}, "patch": {}} | about
    )


class TestRows:
    def test_hold_the_metrics_that_are_asked_for(self):
        said = as_json(rows(sweep()))

        # 40 requests a second of 0.5 s each want 20 at a time: so many of 200 find one free.
        assert said == [
            {"value": "5", "metrics": {"throttles": 150}},
            {"value": "10", "metrics": {"throttles": 100}},
            {"value": "20", "metrics": {"throttles": 0}},
        ]

    def test_say_why_a_value_is_refused(self):
        last = as_json(rows(sweep(values=("20", "1000"))))[1]

        assert last["value"] == "1000"
        assert "functions.labels.reserved_concurrency: 1000 is above 900" in last["refused"]
        assert "metrics" not in last

    def test_make_a_value_whole_where_the_field_wants_that_and_run_it_once(self):
        said = rows(sweep(values=("10", "10.2", "10.6", "20")))

        assert [row.value for row in said] == ["10", "11", "20"]

    def test_keep_a_value_that_the_field_takes_as_it_is(self):
        said = rows(sweep(path="function.init", values=("0.25 s", "2 s"), metrics=("response_max",), body=COLD))

        assert [(row.value, row.metrics["response_max"]) for row in said] == [("0.25 s", 0.45), ("2 s", 2.2)]

    def test_set_the_value_after_the_changes(self):
        changes = {"function.reserved_concurrency": 1, "function.duration": "250 ms"}

        assert rows(sweep(values=("10",), changes=changes))[0].metrics["throttles"] == 0

    def test_are_those_of_the_world_of_a_belief(self):
        last = rows(sweep(values=("20",), patch={"account_concurrency": 110}))[0]

        assert "is above 10" in last.refused

    def test_say_that_a_run_is_too_long(self):
        longer = {
            "sources": {
                "shops": {"kind": "sync", "calls": "labels", "arrivals": {"even": "40000 per 1 s", "for": "9 s"}}
            }
        }

        last = as_json(rows(sweep(values=("10",), body=HALF_REFUSED | longer)))[0]

        assert last == {"value": "10", "stopped": "More than 200,000 tries: too long for a sweep."}

    def test_tell_how_far_they_are(self):
        told = []

        rows(sweep(), told.append)

        assert told == sorted(told)
        assert told[-1] == 1


class TestTrouble:
    def test_a_path_that_leads_nowhere(self):
        with pytest.raises(ScenarioError, match="leads nowhere"):
            rows(sweep(path="functions.others.memory"))

    def test_a_metric_that_is_not_measured(self):
        with pytest.raises(BadSweep, match="throttle is not measured in this scenario; did you mean throttles"):
            rows(sweep(metrics=("throttle",)))

    def test_a_rule_that_there_is_not(self):
        with pytest.raises(RulebookError):
            rows(sweep(patch={"nonsense": 1}))

    def test_too_many_values(self):
        with pytest.raises(BadSweep, match="42 of them; a sweep has 1 to 41"):
            sweep(values=tuple(map(str, range(MOST_VALUES + 1))))

    def test_survives_being_written_as_json(self):
        asked = sweep(changes={"function.memory": "512 MB"})

        assert Sweep.read(json.loads(json.dumps(asked.as_json()))) == asked


class TestSpaced:
    def test_goes_from_one_end_to_the_other(self):
        assert spaced("0 s", "3 s", 4) == ("0 s", "1 s", "2 s", "3 s")

    def test_has_the_current_value_among_them(self):
        assert spaced("128 MB", "1152 MB", 4, "1 GB") == ("128 MB", "640 MB", "1 GB", "1152 MB")

    def test_has_no_more_values_than_were_asked_for(self):
        assert len(spaced("10", "410", MOST_VALUES, "15")) == MOST_VALUES

    @pytest.mark.parametrize("current", ["", "always", "640 MB", "10 GB", "3 s"])
    def test_leaves_out_a_current_value_that_is_there_beyond_or_no_such_value(self, current):
        assert spaced("128 MB", "1152 MB", 3, current) == ("128 MB", "640 MB", "1152 MB")

    def test_refuses_ends_that_are_no_numbers(self):
        with pytest.raises(NotFound, match="an end"):
            spaced("low", "high", 3)
