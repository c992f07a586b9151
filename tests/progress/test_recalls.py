"""Recall of groups of facts against FSRS-6 itself, and the day on which it falls."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.progress.reading import recalls
from studyapp.scheduling import fsrs6
from studyapp.scheduling.fsrs6 import Memory
from tests.conftest import NOW

memories = st.builds(
    lambda stability, ago: Memory(stability, 5.0, NOW - timedelta(days=ago)), st.floats(0.5, 400), st.floats(0, 300)
)


def learnt(stability: float, ago: float = 0) -> Memory:
    return Memory(stability, 5.0, NOW - timedelta(days=ago))


class TestRecall:
    @given(st.lists(st.none() | memories, min_size=1, max_size=8))
    def test_is_the_mean_of_fsrs_with_facts_never_met_as_0(self, group):
        found = recalls.recall(group, NOW, 0.9)

        chances = [fsrs6.retrievability(memory, NOW) if memory else 0.0 for memory in group]
        assert found.share == pytest.approx(sum(chances) / len(chances))
        assert found.met == sum(memory is not None for memory in group)
        assert found.below == sum(
            memory is not None and chance < 0.9 for memory, chance in zip(group, chances, strict=True)
        )

    def test_of_those_met_alone_leaves_out_the_others(self):
        found = recalls.recall([learnt(10), None, None, None], NOW, 0.9)

        assert found.met_share == pytest.approx(1)
        assert found.share == pytest.approx(0.25)

    def test_of_nothing_is_nothing(self):
        assert recalls.recall([], NOW, 0.9).share == 0
        assert recalls.recall([None], NOW, 0.9).falls_in is None


class TestFallsIn:
    @pytest.mark.parametrize("stability", [1, 7, 40, 365])
    def test_is_the_day_after_the_stability_at_90_percent(self, stability):
        """R(S, S) = 0.9 by definition, so the first whole day below it is the next."""
        assert recalls.recall([learnt(stability + 0.5)], NOW, 0.9).falls_in == stability + 1

    def test_is_0_for_what_has_fallen(self):
        assert recalls.recall([learnt(5, ago=9)], NOW, 0.9).falls_in == 0

    @given(st.lists(memories, min_size=1, max_size=6), st.sampled_from([0.7, 0.8, 0.9, 0.95]))
    def test_is_the_first_day_on_which_the_mean_is_below(self, group, retention):
        days = recalls.recall(group, NOW, retention).falls_in

        def mean(after):
            return sum(fsrs6.retrievability(each, NOW + timedelta(days=after)) for each in group) / len(group)

        assert days is not None
        assert days == 0 or mean(days - 1) >= retention - 1e-9
        assert days > 30_000 or mean(days) < retention + 1e-9


class TestOf:
    def test_takes_each_fact_once_and_leaves_out_what_the_course_has_not(self):
        found = recalls.of(["a", "a", "gone", "b"], {"a": learnt(9), "b": None, "c": learnt(9)}, NOW, 0.9)

        assert (found.facts, found.met) == (2, 1)


class TestFading:
    def test_has_what_is_below_the_lowest_first(self):
        known = {
            "kept": learnt(50),
            "low": learnt(2, ago=60),
            "lost": learnt(1, ago=90),
            "new": None,
            "less": learnt(9, ago=20),
        }

        assert [slug for slug, _ in recalls.fading(known, NOW, 0.9, most=2)] == ["lost", "low"]
