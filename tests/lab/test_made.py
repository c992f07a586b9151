"""What was changed between two runs, in the words of the bench; and the words of a demo for its controls."""

import pytest

from studyapp.lab.controls import controls
from studyapp.lab.made import Made, made
from studyapp.lab.queries import Believable
from studyapp.lab.state import State
from studyapp.lab.worded import alike, spoken

BODY = {
    "functions": {"labels": {"duration": "500 ms", "reserved_concurrency": 10}},
    "sources": {"shops": {"calls": "labels", "arrivals": {"even": "40 per 1 s", "for": "10 s"}}},
}
RESERVED, DURATION = "functions.labels.reserved_concurrency", "functions.labels.duration"
KNOWN = {each.path: each for each in controls(BODY)}
BELIEVED = {"queues": Believable("queues", "A throttled call waits.", {})}
SUBNETS = {
    "path": "network.function.subnets",
    "label": "Subnets of the function",
    "choices": [{"is": ["private-a"], "says": "The private one"}, {"is": None, "says": "None"}],
}


def between(was: State | None, now: State) -> list[Made]:
    return made(BODY, KNOWN, now.but(pinned=was), BELIEVED)


class TestMade:
    def test_names_what_differs_with_both_values(self):
        found = between(State({RESERVED: "15"}), State({RESERVED: "20", DURATION: "500 ms"}))

        assert found == [Made("Reserved concurrency", "15", "20")]

    def test_tells_the_scenarios_own_value_where_a_run_changes_nothing(self):
        assert between(State(), State({RESERVED: 20})) == [Made("Reserved concurrency", "10", "20")]

    def test_tells_what_is_taken_out(self):
        assert between(State(), State({RESERVED: ""})) == [Made("Reserved concurrency", "10", "none")]

    def test_tells_another_seed(self):
        assert between(State(), State(seed=7)) == [Made("Seed", "0", "7")]

    def test_tells_what_is_believed_beside_the_world_as_it_is(self):
        assert between(None, State(beliefs=("queues",))) == [Made("A throttled call waits.")]

    def test_tells_nothing_of_two_equal_runs(self):
        assert between(State({RESERVED: "15"}), State({RESERVED: "15"})) == []

    @pytest.mark.parametrize("changes", [{"functions.nobody.duration": "1 s"}, {RESERVED: "{"}])
    def test_leaves_what_cannot_be_read_to_the_page(self, changes):
        assert between(State(changes), State(seed=7)) == [Made("Seed", "0", "7")]


class TestWordsOfADemo:
    def test_name_a_control_and_its_choices(self):
        control = spoken(KNOWN[DURATION], SUBNETS)

        assert (control.label, control.kind) == ("Subnets of the function", "choice")
        assert control.choices == ("[private-a]", "")
        assert [control.said(each) for each in ("[private-a]", "", "[public-a]")] == [
            "The private one", "None", "[public-a]",
        ]  # fmt: skip

    def test_leave_a_control_as_it_is_where_the_demo_says_nothing(self):
        assert spoken(KNOWN[DURATION], {"path": DURATION, "label": None, "choices": []}) == KNOWN[DURATION]

    def test_find_the_choice_that_an_address_writes_in_another_way(self):
        assert alike(("[private-a]", ""), '["private-a"]') == "[private-a]"

    @pytest.mark.parametrize("typed", ["[public-a]", "["])
    def test_leave_what_is_none_of_them(self, typed):
        assert alike(("[private-a]", ""), typed) == typed
