"""The order of a drill's questions: no two alike in a row where that can be helped, else the urgent first."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.drills.interleaving import Marks, interleaved

LABELS = st.sampled_from([None, "a", "b", "c"])
MARKS = st.lists(st.builds(Marks, clue=LABELS, section=st.integers(1, 4)), max_size=12)


def alike(labels):
    return sum(one == other is not None for one, other in pairwise(labels))


def least(labels):
    """Neighbours alike that no order can avoid."""
    most = max(Counter(label for label in labels if label is not None).values(), default=0)
    return max(0, most - (len(labels) - most) - 1)


class TestInterleaved:
    @settings(deadline=None, max_examples=100)
    @given(MARKS)
    def test_asks_each_once_and_has_two_of_a_clue_in_a_row_only_where_no_order_avoids_it(self, marks):
        order = interleaved(marks)

        assert sorted(order) == list(range(len(marks)))
        clues = [marks[at].clue for at in order]
        assert alike(clues) == least(clues)

    @settings(deadline=None, max_examples=100)
    @given(st.lists(st.integers(1, 4), max_size=12))
    def test_has_two_of_a_section_in_a_row_no_more_often_than_it_must(self, sections):
        marks = [Marks(None, section) for section in sections]

        asked = [sections[at] for at in interleaved(marks)]

        assert alike(asked) == least(asked)

    @settings(deadline=None, max_examples=100)
    @given(st.lists(st.integers(1, 9), unique=True))
    def test_keeps_the_order_of_urgency_where_nothing_is_alike(self, sections):
        assert interleaved([Marks(None, section) for section in sections]) == list(range(len(sections)))

    def test_takes_the_most_urgent_that_may_come(self):
        marks = [Marks("a", 1), Marks("a", 2), Marks(None, 1), Marks("b", 3), Marks(None, 4)]

        assert interleaved(marks) == [0, 3, 1, 2, 4]
