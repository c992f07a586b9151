from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.home.shares import whole_minutes


def shares(*seconds):
    parts = [timedelta(seconds=each) for each in seconds]
    return whole_minutes(parts, max(1, round(sum(seconds) / 60)))


class TestWholeMinutes:
    @pytest.mark.parametrize(
        ("seconds", "minutes"),
        [((260, 930, 0), [4, 16, 0]), ((600, 540, 60), [10, 9, 1]), ((20, 20, 20), [1, 1, 1]), ((0, 0, 0), [0, 0, 0])],
    )
    def test_are_those_of_each_part(self, seconds, minutes):
        assert shares(*seconds) == minutes

    @given(st.lists(st.integers(60, 5000), min_size=1, max_size=3))
    def test_come_to_the_whole(self, seconds):
        assert sum(shares(*seconds)) == round(sum(seconds) / 60)
