"""Our floats against the package `fsrs`, called directly."""

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD, Formulas

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
TOLERANCE = 1e-9

parameters = st.one_of(
    st.just(DEFAULT_PARAMETERS),
    st.tuples(*map(st.floats, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS)),
)
answers = st.lists(st.tuples(st.integers(0, 24 * 400), st.integers(1, 4)), min_size=1, max_size=12)


def near(number: float) -> object:
    return pytest.approx(number, rel=TOLERANCE, abs=TOLERANCE)


class TestFormulas:
    @settings(max_examples=300)
    @given(parameters, answers)
    def test_move_a_memory_as_the_package_does(self, w, history):
        theirs = fsrs.Scheduler(w, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        ours, now = Formulas(w), NOW
        card = fsrs.Card(card_id=1, due=NOW)
        memory: tuple[float, float] | None = None
        for hours, rating in history:
            now += timedelta(hours=hours)
            days = (now - card.last_review).days if card.last_review else 0
            if memory:
                assert ours.recall(days, memory[0]) == near(theirs.get_card_retrievability(card, now))
                for (recall, *stabilities), wait in zip(
                    ours.outcomes(*memory, [days, days + 9]), (days, days + 9), strict=True
                ):
                    assert recall == near(ours.recall(wait, memory[0]))
                    assert stabilities == near([ours.after(*memory, wait, each)[0] for each in (GOOD, AGAIN)])
            memory = ours.after(*memory, days, rating) if memory else ours.first(rating)
            card, _ = theirs.review_card(card, fsrs.Rating(rating), now)
            assert memory == near((card.stability, card.difficulty))

    @given(st.floats(0.01, 3000), st.floats(0.7, 0.97))
    def test_wait_as_long_as_the_package_does(self, stability, retention):
        theirs = fsrs.Scheduler(desired_retention=retention)

        assert DEFAULT.interval(stability, retention) == theirs._next_interval(stability=stability)

    def test_remember_nine_in_ten_once_stability_has_passed(self):
        assert DEFAULT.recall(7, 7.0) == pytest.approx(0.9)

    def test_refuse_parameters_out_of_bounds(self):
        with pytest.raises(ValueError, match=r"parameters\[20\] = 2.0 is out of bounds"):
            Formulas((*DEFAULT_PARAMETERS[:20], 2.0))

    def test_refuse_another_number_of_parameters(self):
        with pytest.raises(ValueError, match="Expected 21 parameters, got 19"):
            Formulas(DEFAULT_PARAMETERS[:19])

    def test_let_a_first_right_answer_last_longer_than_a_wrong_one(self):
        assert DEFAULT.first(GOOD)[0] > DEFAULT.first(1)[0]
