import pytest

from studyapp.scheduling.evidence import EDGES, Band, Evidence, Firsts, band_of, calibration


class TestBand:
    def test_expects_what_is_recalled_and_guesses_at_the_rest(self):
        assert Band(10, 9, 8.0, guess=0.25).expected == pytest.approx(8.5)

    @pytest.mark.parametrize(
        ("answers", "right", "recall", "guess", "says"),
        [
            (3, 4, 2.0, 0.25, "right is 4: from 0 to 3"),
            (3, -1, 2.0, 0.25, "right is -1"),
            (3, 1, 3.1, 0.25, "recall is 3.1"),
            (3, 1, -0.1, 0.25, "recall is -0.1"),
            (3, 1, 2.0, 1.0, "guess is 1.0"),
        ],
    )
    def test_refuses_counts_that_cannot_be(self, answers, right, recall, guess, says):
        with pytest.raises(ValueError, match=says):
            Band(answers, right, recall, guess)

    def test_of_first_answers_refuses_them_as_well(self):
        with pytest.raises(ValueError, match="right is 2: from 0 to 1"):
            Firsts(1, 2)


class TestBandOf:
    @pytest.mark.parametrize(("recall", "band"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.9, 6), (0.99, 9), (1.0, 9)])
    def test_counts_an_edge_to_the_band_above(self, recall, band):
        assert band_of(recall) == band

    def test_makes_at_most_ten_bands(self):
        assert len(EDGES) + 1 == 10


class TestEvidence:
    def test_rests_on_all_answers(self):
        assert Evidence((Band(10, 9, 8.0), Band(5, 5, 4.9)), Firsts(7, 2)).answers == 22


class TestCalibration:
    def test_has_a_point_for_each_band_with_answers(self):
        (point,) = calibration([Band(0, 0, 0.0), Band(20, 15, 16.0, guess=0.25)])

        assert (point.expected, point.share, point.answers) == pytest.approx((0.85, 0.75, 20))
        assert point.low < 0.75 < point.high
