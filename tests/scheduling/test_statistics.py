from math import comb, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling.statistics import brier, law_of_right, likeliest, parts, wilson

CHANCES = st.floats(0, 1)
PAIRS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.8, 1.0]), st.booleans()), min_size=1, max_size=60)


def binomial(n: int, p: float) -> list[float]:
    return [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


class TestWilson:
    @pytest.mark.parametrize(
        ("right", "answers", "low", "high"),
        # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_is_that_of_published_tables(self, right, answers, low, high):
        assert wilson(right, answers, 0.95) == pytest.approx((low, high), abs=5e-5)

    @given(st.integers(1, 500), st.data())
    def test_ends_where_the_share_is_z_standard_errors_away(self, answers, data):
        right = data.draw(st.integers(1, answers))
        z, share = NormalDist().inv_cdf(0.95), right / answers
        low, high = wilson(right, answers)

        assert (share - low) == pytest.approx(z * sqrt(low * (1 - low) / answers))
        assert right == answers or (high - share) == pytest.approx(z * sqrt(high * (1 - high) / answers))

    def test_knows_nothing_without_answers(self):
        assert wilson(0, 0) == (0, 1)

    @pytest.mark.parametrize(("right", "answers"), [(-1, 3), (4, 3), (0, -1)])
    def test_refuses_counts_that_cannot_be(self, right, answers):
        with pytest.raises(ValueError, match=f"right is {right}"):
            wilson(right, answers)

    @pytest.mark.parametrize("level", [0, 1, -0.5])
    def test_refuses_a_level_that_is_none(self, level):
        with pytest.raises(ValueError, match="level is"):
            wilson(1, 2, level)


class TestBrier:
    @pytest.mark.parametrize(
        ("pairs", "score"),
        [
            ([(1.0, True), (0.0, False)], 0),
            ([(0.5, True), (0.5, False)], 0.25),
            ([(0.0, True)], 1),
            ([(0.9, True), (0.6, False)], (0.01 + 0.36) / 2),
        ],
    )
    def test_is_the_mean_squared_distance(self, pairs, score):
        assert brier(pairs) == pytest.approx(score)

    def test_is_none_without_answers(self):
        assert brier([]) is None
        assert parts([]) is None

    @given(PAIRS)
    def test_is_the_sum_of_its_parts(self, pairs):
        of = parts(pairs)

        assert of is not None
        assert of.score == pytest.approx(brier(pairs))

    def test_is_all_uncertainty_for_one_chance_that_is_true(self):
        of = parts([(0.75, True)] * 3 + [(0.75, False)])

        assert of is not None
        assert (of.reliability, of.resolution, of.uncertainty) == pytest.approx((0, 0, 0.1875))


class TestLawOfRight:
    @given(st.integers(0, 40), CHANCES)
    def test_is_binomial_where_chances_are_alike(self, n, p):
        assert law_of_right([(n, p)]) == pytest.approx(binomial(n, p), abs=1e-12)

    @given(st.lists(st.tuples(st.integers(0, 9), CHANCES), max_size=8))
    def test_has_the_mean_and_the_variance_of_its_answers(self, trials):
        law = law_of_right(trials)
        mean = sum(k * chance for k, chance in enumerate(law))

        assert sum(law) == pytest.approx(1)
        assert mean == pytest.approx(sum(n * p for n, p in trials))
        assert sum((k - mean) ** 2 * chance for k, chance in enumerate(law)) == pytest.approx(
            sum(n * p * (1 - p) for n, p in trials), abs=1e-9
        )


class TestLikeliest:
    @given(st.integers(1, 70), CHANCES)
    def test_is_the_shortest_stretch_that_keeps_the_level(self, n, p):
        law = binomial(n, p)
        low, high = likeliest(law)
        width = high - low + 1

        assert sum(law[low : high + 1]) >= 0.9 - 1e-9
        assert all(sum(law[at : at + width - 1]) < 0.9 + 1e-9 for at in range(n + 1))

    def test_is_one_count_where_that_is_certain(self):
        assert likeliest([0, 0, 1.0]) == (2, 2)
