"""Statistics against their closed forms, from answers counted one by one."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.memory.counting import Counts, band_of
from studyapp.progress.reading import judging
from studyapp.progress.reading.judging import Share
from studyapp.scheduling import statistics

Z = 1.6448536269514722
pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=10, max_size=60)


def counted(answers) -> Counts:
    """Counts of these (predicted, recalled), as `memory.counting` makes them."""
    counts = Counts()
    for predicted, recalled in answers:
        band = counts.bands.setdefault(band_of(predicted), [0, 0, 0, 0.0])
        band[:] = [band[0] + 1, band[1] + recalled, band[2] + recalled, band[3] + predicted]
        counts.squares += (predicted - recalled) ** 2
    return counts


class TestShare:
    def test_has_wilsons_interval_at_90_percent(self):
        """The roots of (p - 8/10)² = z² p (1 - p) / n."""
        low, high = Share(8, 10).interval

        centre, half = (0.8 + Z * Z / 20) / (1 + Z * Z / 10), Z * sqrt(0.16 / 10 + Z * Z / 400) / (1 + Z * Z / 10)
        assert (low, high) == pytest.approx((centre - half, centre + half))

    def test_has_no_figure_under_ten(self):
        assert not Share(9, 9).is_told
        assert Share(9, 10).is_told


class TestBrier:
    @given(pairs)
    def test_is_the_mean_square_and_its_baseline_that_of_the_share(self, answers):
        found = judging.brier(counted(answers))

        share = sum(recalled for _, recalled in answers) / len(answers)
        assert found is not None
        assert found.score == pytest.approx(statistics.brier(answers))
        assert found.baseline == pytest.approx(statistics.brier([(share, recalled) for _, recalled in answers]))

    def test_is_none_under_ten_answers(self):
        assert judging.brier(counted([(0.9, True)] * 9)) is None

    def test_says_whether_it_beats_one_chance_for_all(self):
        good = judging.brier(counted([(0.95, True)] * 8 + [(0.1, False)] * 4))
        bad = judging.brier(counted([(0.1, True)] * 8 + [(0.9, False)] * 4))

        assert good is not None
        assert bad is not None
        assert "Lower is better" in good.says
        assert "do not tell" not in good.says
        assert "do not tell" in bad.says


class TestRetention:
    def test_is_what_was_recalled_and_what_was_predicted(self):
        found = judging.retention(counted([(0.9, True)] * 9 + [(0.8, False)]))

        assert (found.recalled.part, found.recalled.whole) == (9, 10)
        assert found.predicted == pytest.approx(0.89)

    @pytest.mark.parametrize(
        ("predicted", "says"),
        [
            (0.9, "What was predicted lies within the interval."),
            (0.99, "You recall less than was predicted."),
            (0.6, "You recall more than was predicted."),
        ],
    )
    def test_says_whether_the_two_agree(self, predicted, says):
        assert judging.retention(counted([(predicted, True)] * 90 + [(predicted, False)] * 10)).says == says


class TestBands:
    def test_are_those_with_answers_the_lowest_first(self):
        found = judging.bands(counted([(0.96, True), (0.2, False), (0.86, True), (0.88, False)]))

        assert [(band.name, band.recalled.part, band.recalled.whole) for band in found] == [
            ("under 50\u00a0%", 0, 1),
            ("85 to 90\u00a0%", 1, 2),
            ("94 to 97\u00a0%", 1, 1),
        ]
        assert found[1].predicted == pytest.approx(0.87)


class TestConfidence:
    def test_parts_answers_by_what_was_said_before(self):
        found = judging.confidence(Counts(answers=200, right=150, sure=118, sure_right=111, guesses=12))

        assert (found.unsure.part, found.unsure.whole) == (39, 82)
        assert (found.guesses.part, found.guesses.whole) == (12, 150)
        assert found.says == (
            "When you are sure you are right 94\u00a0% of the time, 118 answers; "
            "when you are not sure you are right 48\u00a0% of the time, 82 answers."
        )

    def test_says_nothing_of_what_has_no_figure(self):
        assert judging.confidence(Counts(answers=12, right=9, sure=9, sure_right=9)).says == ""
        assert "not sure" not in judging.confidence(Counts(answers=12, right=9, sure=11, sure_right=9)).says
