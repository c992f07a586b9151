"""What a demo offers beside its controls."""

from studyapp.content.queries import Asked, Tried
from studyapp.lab import offers
from studyapp.lab.queries import Believable
from studyapp.lab.state import State
from tests.lab.visits import query_of
from tests.lab.worlds import CROWD

SLUG, RESERVED, MEMORY = "a.b.c", "functions.labels.reserved_concurrency", "functions.labels.memory"
DEMO = {"presets": [
    {"kind": "typical", "title": "As it is", "says": "Three.", "change": {}},
    {"kind": "boundary", "title": "Eight", "says": "All.", "change": {"function.reserved_concurrency": 8}},
    {"kind": "trap", "title": "None", "says": "No limit.", "change": {"function.reserved_concurrency": None}},
]}  # fmt: skip
BELIEFS = (Believable("rate", "It is a rate", {}), Believable("floor", "It is a floor", {}))


def presets(state=State()):  # noqa: B008 - frozen
    return offers.presets(SLUG, CROWD, DEMO, state)


class TestPresets:
    def test_lead_to_their_changes_with_paths_written_out(self):
        assert [query_of(each.url) for each in presets()] == [{}, {RESERVED: ["8"]}, {RESERVED: [""]}]
        assert [each.kind for each in presets()] == ["Typical", "At the boundary", "The trap"]

    def test_mark_the_one_that_the_state_is(self):
        assert [each.is_on for each in presets()] == [True, False, False]
        assert [each.is_on for each in presets(State({RESERVED: "8"}))] == [False, True, False]
        assert [each.is_on for each in presets(State({RESERVED: "5"}))] == [False, False, False]

    def test_mark_it_however_its_address_is_written(self):
        assert presets(State({RESERVED: 3, MEMORY: "512 MB"}))[0].is_on
        whole = State({"functions.labels": {**CROWD["functions"]["labels"], "reserved_concurrency": 8}})
        assert presets(whole)[1].is_on

    def test_mark_none_in_a_state_that_cannot_be(self):
        assert not any(each.is_on for each in presets(State({"nowhere.at.all": "1"})))

    def test_keep_the_seed_and_the_assumptions_and_nothing_else(self):
        state = State({MEMORY: "1 GB"}, ("rate",), {"routing": "random"}, 7, State())

        assert query_of(presets(state)[1].url) == {RESERVED: ["8"], "assume.routing": ["random"], "seed": ["7"]}

    def test_of_a_scenario_without_a_demo_are_none(self):
        assert offers.presets(SLUG, CROWD, None, State()) == []


class TestBeliefs:
    def test_switch_one_on_or_off(self):
        on, off = offers.beliefs(SLUG, BELIEFS, State({MEMORY: "1 GB"}, ("rate",)))

        assert (on.is_on, query_of(on.url)) == (True, {MEMORY: ["1 GB"]})
        assert (off.is_on, query_of(off.url)) == (False, {MEMORY: ["1 GB"], "belief": ["floor"]})

    def test_stand_beside_the_world_and_not_beside_what_was_pinned(self):
        assert "pin" not in query_of(offers.beliefs(SLUG, BELIEFS, State(pinned=State(seed=1)))[0].url)


class TestTryouts:
    ASKED = Asked("an-item", "fix", "What helps?", 1, (
        Tried("Eight", {RESERVED: 8, MEMORY: "1 GB"}, "", is_key=True),
        Tried("Two", {RESERVED: 2, MEMORY: "1 GB"}, "", is_key=False),
    ))  # fmt: skip

    def tryouts(self, state=State(), asked=ASKED):  # noqa: B008 - frozen
        return offers.tryouts(SLUG, CROWD, [asked], state)

    def test_show_an_option_beside_what_the_question_draws(self):
        (tryout,) = self.tryouts()

        assert [each.title for each in tryout.options] == ["Eight", "Two"]
        assert query_of(tryout.options[0].url) == {RESERVED: ["8"], MEMORY: ["1 GB"], "pin": [f"{MEMORY}=1+GB"]}

    def test_mark_the_option_that_the_state_is(self):
        (tryout,) = self.tryouts(State({RESERVED: "2", MEMORY: "1 GB"}))

        assert [each.is_on for each in tryout.options] == [False, True]

    def test_are_of_questions_whose_options_change_something(self):
        predicted = Asked("another", "predict", "How many?", 1, (Tried("5", {}, "", is_key=True),))

        assert self.tryouts(asked=predicted) == []
