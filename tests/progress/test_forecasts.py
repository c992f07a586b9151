"""Forecasts beside the mocks that scored them."""

from datetime import UTC, timedelta
from uuid import uuid4

import pytest

from studyapp.memory.models import Forecast
from studyapp.progress.reading import forecasts
from tests.conftest import NOW


def forecast(ago: int = 0, **more) -> Forecast:
    at = NOW - timedelta(days=ago)
    plain = {"made_at": at, "on": at.date(), "answers": 40, "now_share": 0.7, "now_low": 0.6, "now_high": 0.8}
    return Forecast(**plain | more)


def mock(ago: int = 0, *, share: float, questions: int = 20, **more) -> Forecast:
    at = NOW - timedelta(days=ago)
    return forecast(ago, occasion=uuid4(), scored_at=at, scored_share=share, scored_questions=questions, **more)


class TestCourse:
    def test_has_the_forecasts_of_days_apart_from_those_of_mocks(self):
        found = forecasts.course([forecast(3), mock(2, share=0.7), forecast(1)], UTC)

        assert [each.occasion for each in found.daily] == [None, None]
        assert [each.share for each in found.mocks] == [0.7]

    def test_holds_a_mock_against_the_forecast_made_for_it(self):
        """The day's forecast is scored by the same mock."""
        day = forecast(5, now_share=0.5, scored_at=NOW, scored_share=0.7, scored_questions=20)
        found = forecasts.course([day, mock(share=0.7, now_share=0.66)], UTC)

        assert [each.expected for each in found.mocks] == [0.66]

    def test_holds_it_against_the_latest_of_a_day_where_none_was_made_for_it(self):
        scored = {"scored_at": NOW, "scored_share": 0.7, "scored_questions": 20}
        found = forecasts.course([forecast(9, now_share=0.4, **scored), forecast(2, now_share=0.5, **scored)], UTC)

        assert [(each.expected, each.brier) for each in found.mocks] == [(0.5, None)]

    @pytest.mark.parametrize(("share", "is_held"), [(0.6, True), (0.8, True), (0.59, False), (0.81, False)])
    def test_tells_whether_a_mock_came_out_within_its_interval(self, share, is_held):
        found = forecasts.course([mock(share=share)], UTC)

        assert (found.mocks[0].is_held, found.held) == (is_held, is_held)

    def test_has_the_mean_brier_score_of_all_questions(self):
        found = forecasts.course(
            [
                mock(3, share=0.7, questions=10, brier=0.1),
                mock(2, share=0.7, questions=30, brier=0.2),
                mock(1, share=0.7),
            ],
            UTC,
        )

        assert found.brier == pytest.approx((10 * 0.1 + 30 * 0.2) / 40)

    def test_has_none_without_mocks(self):
        assert forecasts.course([forecast()], UTC).brier is None

    def test_has_the_forecast_that_the_exam_scored(self):
        assert forecasts.course([forecast(4, exam_share=0.8), forecast()], UTC).exam.exam_share == 0.8
