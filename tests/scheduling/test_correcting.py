import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling import correcting
from studyapp.scheduling.correcting import KNOWN, SHIFT, SLOPE, Correction, believe, expit, logit
from studyapp.scheduling.evidence import Band, Evidence, Firsts

FORETOLD = (0.45, 0.55, 0.65, 0.75, 0.83, 0.88, 0.92, 0.955, 0.98)


def bands(student: Correction, answers: int, guess: float = 0.25) -> tuple[Band, ...]:
    """As many right as this student gives on average."""
    return tuple(Band(answers, round(answers * student.right(logit(r), guess)), answers * r, guess) for r in FORETOLD)


class TestBelieve:
    def test_is_the_prior_without_answers(self):
        mean = believe(Evidence()).mean

        assert (mean.shift, mean.slope, mean.known) == pytest.approx((SHIFT, SLOPE, KNOWN))

    @pytest.mark.parametrize(("shift", "slope"), [(0, 1), (-1.5, 0.8), (0.5, 1.4)])
    def test_finds_what_many_answers_say(self, shift, slope):
        mean = believe(Evidence(bands(Correction(shift, slope, 0.0), 1_000_000))).mean

        assert (mean.shift, mean.slope) == pytest.approx((shift, slope), abs=0.01)

    @given(
        st.lists(
            st.tuples(st.integers(0, 2000), st.floats(0.02, 0.99), st.sampled_from([0.0, 0.25, 0.5])),
            min_size=1,
            max_size=10,
        ),
        st.floats(-2, 1.5),
        st.floats(0.5, 1.8),
    )
    def test_is_the_likeliest_student(self, asked, shift, slope):
        there = Correction(shift, slope, 0.0)
        told = [Band(n, round(n * there.right(logit(r), guess)), n * r, guess) for n, r, guess in asked]
        points = [(logit(band.recall / band.answers), band) for band in told if band.answers]

        mean = believe(Evidence(tuple(told))).mean

        best = correcting._height(points, mean.shift, mean.slope)
        for by_shift, by_slope in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)):
            assert correcting._height(points, mean.shift + by_shift, mean.slope + by_slope) <= best + 1e-9

    @pytest.mark.parametrize("right", [0, 100_000])
    def test_stays_finite_where_answers_contradict_all_that_was_foretold(self, right):
        mean = believe(Evidence(tuple(Band(100_000, right, 100_000 * r, 0.0) for r in FORETOLD))).mean

        assert -50 < mean.shift < 50
        assert -50 < mean.slope < 50

    def test_is_surer_with_more_answers(self):
        few, many = (believe(Evidence(bands(Correction(0, 1, 0.0), n), Firsts(n, n // 2))) for n in (20, 2000))

        assert many.shift < few.shift
        assert many.slope < few.slope
        assert many.known < few.known

    @pytest.mark.parametrize("guess", [0.1, 0.25, 0.5])
    def test_takes_a_share_right_at_first_meetings_less_the_guesses(self, guess):
        known = believe(Evidence(firsts=Firsts(1_000_000, 600_000, guess))).mean.known

        assert known == pytest.approx((0.6 - guess) / (1 - guess), abs=1e-4)


class TestAlong:
    @given(st.tuples(st.floats(0, 1), st.floats(-1, 1), st.floats(0, 1)))
    def test_has_the_mean_and_all_of_the_variance_of_what_grows_so(self, slopes):
        belief = believe(Evidence(bands(Correction(0, 1, 0.0), 50), Firsts(30, 12)))
        by_shift, by_slope, by_known = slopes

        def height(student: Correction) -> float:
            return student.shift * by_shift + student.slope * by_slope + student.known * by_known

        told = [(weight, height(student)) for weight, student in belief.along(slopes)]
        mean = sum(weight * value for weight, value in told)

        assert sum(weight for weight, _ in told) == pytest.approx(1)
        assert mean == pytest.approx(height(belief.mean))
        assert sum(weight * (value - mean) ** 2 for weight, value in told) == pytest.approx(
            by_shift**2 * belief.shift
            + 2 * by_shift * by_slope * belief.both
            + by_slope**2 * belief.slope
            + by_known**2 * belief.known
        )


class TestCorrection:
    @pytest.mark.parametrize("odds", [-2.0, 0.5, 4.0, None])
    def test_slopes_are_those_of_the_chance(self, odds):
        step = 1e-6
        here = Correction(-0.3, 1.1, 0.2)
        moved = (
            Correction(-0.3 + step, 1.1, 0.2),
            Correction(-0.3, 1.1 + step, 0.2),
            Correction(-0.3, 1.1, 0.2 + step),
        )

        grows = [(there.right(odds, 0.25) - here.right(odds, 0.25)) / step for there in moved]

        assert here.slopes(odds, 0.25) == pytest.approx(grows, abs=1e-5)

    def test_never_leaves_what_a_chance_can_be(self):
        assert Correction(0, 1, -0.9).right(None, 0.25) == 0
        assert Correction(0, 1, 1.2).right(None, 0.25) == 1

    @given(
        st.lists(st.tuples(st.none() | st.floats(-5, 5), st.floats(0, 0.5)), max_size=5),
        st.builds(Correction, st.floats(-2, 2), st.floats(0.5, 2), st.floats(-0.5, 1.5)),
    )
    def test_says_of_many_what_it_says_of_each(self, asked, student):
        assert student.each_right(asked) == [student.right(*each) for each in asked]


def test_log_odds_and_chances_undo_each_other():
    assert [expit(logit(chance)) for chance in FORETOLD] == pytest.approx(list(FORETOLD))
    assert expit(logit(0)) == pytest.approx(0.01)
    assert expit(10_000) == pytest.approx(1)
