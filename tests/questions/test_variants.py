from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.questions.bodies import item_body
from studyapp.questions.variants import UnprovedSeed, shuffled, variant
from tests.questions.factories import a_variant, an_item, an_option

BODY = {
    "item": item_body(
        an_item(
            kind="predict",
            stem="It runs for {function.duration} with {function.memory}. {{ lambda.x.y }} How many start?",
            options=(
                an_option(0, is_key=True),
                an_option(1, belief="b"),
                an_option(2, belief="c"),
                an_option(3, belief="d"),
            ),
            draw={"function.duration": ("1 s", "2 s")},
        )
    ),
    "scenario": {"functions": {"resize": {"duration": "9 s", "memory": "1024 MB"}}},
    "seeds": [
        {
            "seed": 5,
            "draw": {"function.duration": "2 s"},
            "values": {an_option(1).id: "20", an_option(0).id: "1,500", an_option(3).id: "7"},
            "key": [an_option(0).id],
        }
    ],
}


class TestVariant:
    def test_shows_drawn_values_and_the_scenario_s_own_in_the_stem(self):
        stem = variant(BODY, 5).stem.replace("\u00a0", " ")
        assert stem == "It runs for 2 s with 1,024 MB. {{ lambda.x.y }} How many start?"

    def test_shows_the_proved_texts_in_authored_order(self):
        assert [option.text for option in variant(BODY, 5).options] == ["1,500", "20", "7"]

    def test_fills_parameters_into_options_and_reasons_too(self):
        option = an_option(0, "Wait {function.duration}", why="It runs for {function.duration}.", is_key=True)
        seed = {**BODY["seeds"][0], "values": {option.id: option.text}}
        body = {**BODY, "item": item_body(an_item(options=(option,))), "seeds": [seed]}
        (shown,) = variant(body, 5).options
        assert (shown.text, shown.why) == ("Wait 2\u00a0s", "It runs for 2\u00a0s.")

    def test_leaves_braces_in_a_piece_of_code_alone(self):
        code = "What does f'{event.detail}' give? And {function.mood}?"
        seed = {"seed": 1, "draw": {}, "values": {}, "key": []}
        assert variant({"item": item_body(an_item(stem=code)), "scenario": None, "seeds": [seed]}, 1).stem == code

    def test_keeps_reason_and_belief_with_each_option(self):
        option = variant(BODY, 5).options[1]
        assert (option.why, option.belief) == ("Because of 1.", "b")

    def test_refuses_a_seed_that_was_not_proved(self):
        with pytest.raises(UnprovedSeed, match="no proved seed 6"):
            variant(BODY, 6)


class TestShuffled:
    def test_is_the_same_for_the_same_nonce(self):
        assert shuffled(a_variant(), "n") == shuffled(a_variant(), "n")

    @given(st.text())
    def test_shows_each_option_once(self, nonce):
        variant = a_variant("Alpha", "Beta", "Gamma", "Delta")
        assert sorted(shuffled(variant, nonce)) == sorted(option.id for option in variant.options)

    def test_puts_the_key_in_every_place_equally_often(self):
        variant = a_variant("Alpha", "Beta", "Gamma", "Delta", keys=[2])
        (key,) = variant.key
        places = Counter(shuffled(variant, f"nonce {number}").index(key) for number in range(4_000))
        assert all(900 < places[place] < 1_100 for place in range(4))

    @pytest.mark.parametrize(
        "texts",
        [
            ["1,500", "20", "None", "500"],
            ["3 min 9 s", "61 s", "1 h", "Never"],
            ["10,240 MB", "1 GB", "128 MB", "512 MB"],
            ["About 1,000", "About 500", "None"],
        ],
    )
    def test_keeps_numbers_in_ascending_order(self, texts):
        by_id = {option.id: option.text for option in a_variant(*texts).options}
        shown = [by_id[each] for each in shuffled(a_variant(*texts), "n")]
        expected = {
            "1,500": ["None", "20", "500", "1,500"],
            "3 min 9 s": ["61 s", "3 min 9 s", "1 h", "Never"],
            "10,240 MB": ["128 MB", "512 MB", "1 GB", "10,240 MB"],
            "About 1,000": ["None", "About 500", "About 1,000"],
        }
        assert shown == expected[texts[0]]
