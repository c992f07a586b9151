from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.content.schema.blueprints import Weights
from studyapp.exams.outline import apportion

WEIGHTS = dict(enumerate([3, 6, 3, 4, 12, 11, 6, 11, 5, 4], start=1))


class TestApportion:
    @given(st.sampled_from([65, 20, 10, 5]), st.text(max_size=20))
    def test_gives_each_section_its_share_rounded_down_or_up(self, size, key):
        counts = apportion(WEIGHTS, size, key)

        assert sum(counts.values()) == size
        assert counts.keys() == WEIGHTS.keys()
        for section, weight in WEIGHTS.items():
            assert counts[section] - weight * size / 65 < 1
            assert weight * size / 65 - counts[section] < 1

    @given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.integers(1, 100), st.text(max_size=5))
    def test_adds_up_for_any_weights(self, weights, size, key):
        counts = apportion(dict(enumerate(weights)), size, key)

        assert sum(counts.values()) == size
        assert min(counts.values()) >= 0

    def test_is_the_blueprint_itself_for_a_whole_exam(self):
        assert apportion(WEIGHTS, 65, "any") == WEIGHTS

    def test_is_the_same_for_the_same_key(self):
        assert apportion(WEIGHTS, 5, "a") == apportion(WEIGHTS, 5, "a")

    @pytest.mark.parametrize("size", [5, 10, 20])
    def test_starves_no_section_over_many_keys(self, size):
        keys, total = 3000, Counter()
        for key in range(keys):
            total.update(apportion(WEIGHTS, size, str(key)))

        for section, weight in WEIGHTS.items():
            assert total[section] / keys == pytest.approx(weight * size / 65, abs=0.05)

    def test_knows_as_many_sections_as_the_course(self):
        assert len(WEIGHTS) == len(Weights.model_fields)
