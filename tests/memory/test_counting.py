"""Days added up."""

from hypothesis import given
from hypothesis import strategies as st

from studyapp.memory.counting import PARTS, Counts, total

NUMBERS = st.integers(0, 50)
COUNTS = st.builds(
    Counts,
    answers=NUMBERS,
    seconds=st.floats(0, 1000),
    met=NUMBERS,
    bands=st.dictionaries(st.integers(0, 9), st.lists(NUMBERS, min_size=4, max_size=4)),
    beliefs=st.dictionaries(st.sampled_from("abc"), st.lists(NUMBERS, min_size=2, max_size=2)),
    mistaken=st.dictionaries(st.sampled_from(["a>b", "b>a"]), NUMBERS),
)


class TestTotal:
    @given(st.lists(COUNTS, max_size=5))
    def test_adds_up_each_number_and_each_part(self, days):
        whole = total(days)

        assert (whole.answers, whole.met) == (sum(day.answers for day in days), sum(day.met for day in days))
        assert whole.seconds == sum(day.seconds for day in days)
        for band, numbers in whole.bands.items():
            assert numbers == [
                sum(each) for each in zip(*(day.bands[band] for day in days if band in day.bands), strict=True)
            ]
        for belief in "abc":
            told = [day.beliefs.get(belief, [0, 0]) for day in days]
            assert whole.beliefs.get(belief, [0, 0]) == [
                sum(held for held, _ in told),
                sum(resisted for _, resisted in told),
            ]
        assert whole.mistaken.get("a>b", 0) == sum(day.mistaken.get("a>b", 0) for day in days)

    @given(st.lists(COUNTS, max_size=3), st.sampled_from(PARTS))
    def test_adds_up_no_more_than_the_parts_named(self, days, part):
        whole = total(days, (part,))

        assert getattr(whole, part) == getattr(total(days), part)
        assert not any(getattr(whole, other) for other in PARTS if other != part)

    @given(st.lists(COUNTS, min_size=1, max_size=3))
    def test_leaves_the_days_as_they_are(self, days):
        before = [day.as_json() for day in days]

        total(days)

        assert [day.as_json() for day in days] == before
