import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.questions.marking import Mark, UnknownOption, WrongCount, mark
from tests.questions.factories import a_variant


class TestMark:
    def test_is_right_for_the_key_alone(self):
        variant = a_variant(keys=[2])
        ids = [option.id for option in variant.options]
        assert [mark(variant, [each]) for each in ids] == [Mark(float(n == 2), n == 2) for n in range(4)]

    @pytest.mark.parametrize(("chosen", "fraction"), [((0, 1), 1.0), ((1, 0), 1.0), ((0, 2), 0.5), ((2, 3), 0.0)])
    def test_gives_the_share_of_the_key_that_was_chosen(self, chosen, fraction):
        variant = a_variant("A", "B", "C", "D", "E", keys=[0, 1])
        assert mark(variant, [variant.options[each].id for each in chosen]) == Mark(fraction, fraction == 1.0)

    def test_refuses_an_option_that_was_not_shown(self):
        with pytest.raises(UnknownOption, match="Choose from the options shown"):
            mark(a_variant(), ["ffffffff"])

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_refuses_another_number_of_options_than_was_asked_for(self, count):
        variant = a_variant(keys=[0, 1])
        with pytest.raises(WrongCount, match=f"Choose 2 options; you chose {count}"):
            mark(variant, [option.id for option in variant.options[:count]])

    def test_counts_an_option_named_twice_once(self):
        variant = a_variant()
        assert mark(variant, [*variant.key, *variant.key]).is_right

    @given(st.integers(1, 4), st.data())
    def test_is_right_exactly_when_the_whole_key_was_chosen(self, choose, data):
        variant = a_variant(*"ABCDEF", keys=range(choose))
        ids = [option.id for option in variant.options]
        response = data.draw(st.lists(st.sampled_from(ids), min_size=choose, max_size=choose, unique=True))
        given_mark = mark(variant, response)
        assert given_mark.is_right == (given_mark.fraction == 1.0) == (set(response) == variant.key)
        assert 0.0 <= given_mark.fraction <= 1.0
