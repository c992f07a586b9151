from datetime import date, timedelta

import pytest

from studyapp.home.ruler import MOST_DAYS, ruler
from studyapp.memory.models import Goal

TODAY = date(2026, 11, 23)  # a Monday


def kinds(days, **more):
    found = ruler(Goal(exam_on=TODAY + timedelta(days=days), **more), TODAY)
    return [tick.kind for tick in found.ticks]


class TestRuler:
    def test_has_a_tick_for_each_day_from_today_to_the_exam(self):
        assert kinds(21) == ["today", *["study"] * 20, "exam"]

    def test_of_the_day_before_has_its_two_ends(self):
        assert kinds(1) == ["today", "exam"]

    def test_tells_days_without_study_apart(self):
        found = kinds(7, days_off=[5], dates_off=["2026-11-25"])

        assert [place for place, kind in enumerate(found) if kind == "off"] == [2, 5]

    def test_has_a_tick_for_each_week_of_an_exam_that_is_far_off(self):
        assert len(kinds(MOST_DAYS)) == MOST_DAYS + 1
        assert len(kinds(MOST_DAYS + 1)) == 8

    @pytest.mark.parametrize("days", [1, 7, 8, 21, 45, 46, 200, 730])
    def test_names_its_ends_and_few_days_between(self, days):
        labels = [tick.label for tick in ruler(Goal(exam_on=TODAY + timedelta(days=days)), TODAY).ticks]

        assert labels[0] == "today"
        assert labels[-1]
        assert len([label for label in labels if label]) <= 30

    def test_says_all_of_it_in_words(self):
        found = ruler(Goal(exam_on=date(2026, 12, 14), days_off=[6]), TODAY)

        assert found.says == "From today, 23 November, to the exam on 14 December: 21 days, 3 of them without study."
        assert (found.first, found.last) == ("23\u00a0Nov", "14\u00a0Dec")

    @pytest.mark.parametrize("exam_on", [None, TODAY, TODAY - timedelta(days=1)])
    def test_is_none_without_an_exam_to_come(self, exam_on):
        assert ruler(Goal(exam_on=exam_on), TODAY) is None
