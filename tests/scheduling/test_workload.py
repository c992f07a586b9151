from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling import fsrs6
from studyapp.scheduling.formulas import DEFAULT
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.planning import Candidate
from studyapp.scheduling.repeats import after_first, expected
from studyapp.scheduling.workload import forecast, place, rescue

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


def due(key: int, *, in_days: int = 0, stability: float = 10.0, days_ago: int = 10, **kwargs) -> Candidate:
    memory = Memory(stability, 5.0, NOW - timedelta(days=days_ago))
    return Candidate(key, memory, NOW + timedelta(days=in_days, hours=-1), **kwargs)


class TestRepeats:
    def test_begin_on_the_day_that_a_fact_is_due(self):
        assert expected(10.0, 5.0, 3, due=2, wait=10, retention=0.9) == (0, 0, 1)

    def test_come_back_by_the_chance_of_either_outcome(self):
        recall = DEFAULT.recall(10, 10.0)
        missed = DEFAULT.interval(DEFAULT.lapse(10.0, 5.0, recall))

        times = expected(10.0, 5.0, 10, due=0, wait=10, retention=0.9)

        assert times[missed] == pytest.approx(1 - recall)

    def test_lose_no_work_on_the_way(self):
        """Every answer has a next one: in the long run a fact of a short memory is asked about as often as its intervals say."""
        assert sum(after_first(30, 0.9)) > 4

    def test_are_more_for_a_higher_retention(self):
        assert sum(after_first(60, 0.95)) > sum(after_first(60, 0.85))


class TestForecast:
    def test_puts_work_on_the_day_it_falls_due(self):
        days = forecast([due(1, in_days=2, seconds=60)], NOW, (30, 30, 30))

        assert [day.due for day in days] == [0, 0, 1]

    def test_counts_what_is_overdue_today(self):
        assert forecast([due(1, in_days=-9, seconds=30)], NOW, (30,))[0].due == 0.5

    def test_moves_the_work_of_a_day_off_to_the_next_open_one(self):
        days = forecast([due(1, in_days=1, seconds=60)], NOW, (30, 0, 30))

        assert [day.due for day in days] == [0, 0, pytest.approx(1.1, abs=0.05)]  # with a repeat if it is missed

    def test_meets_new_facts_in_the_time_that_is_left(self):
        days = forecast([due(0, seconds=60), *(Candidate(key, seconds=90) for key in range(1, 9))], NOW, (4, 4, 4))

        assert days[0].due == 1
        assert days[0].new == 3
        assert days[1].due > 0
        assert sum(day.new for day in days) <= 8 * 1.5
        assert all(day.new == 0 or day.due + day.new <= day.minutes for day in days)

    def test_knows_the_day_of_the_student_by_his_zone(self):
        """Due at 3 o'clock in the night: still today's work."""
        late = Candidate(1, Memory(3.0, 5.0, NOW - timedelta(days=3)), NOW + timedelta(hours=7), seconds=60)

        today, tomorrow = forecast([late], NOW, (30, 30))

        assert today.due == 1
        assert tomorrow.due < 0.2


class TestRescue:
    def test_is_not_needed_for_two_normal_days_of_work(self):
        assert rescue([due(key, seconds=60) for key in range(20)], NOW, (10, 0, 10, 10)) is None

    def test_spreads_a_backlog_so_that_no_day_is_over_its_minutes(self):
        minutes = (10, 0, 10, 10)
        facts = [due(key, seconds=45) for key in range(60)] + [due(key, in_days=2, seconds=60) for key in range(60, 64)]

        found = rescue(facts, NOW, minutes)

        today, off, later, last = (len(day) for day in found.days)
        assert today == 13
        assert off == 0
        assert 0 < later <= 6, "four others are due on that day, and repeats of those that are missed today"
        assert 0 < last < 13
        assert sorted([key for day in found.days for key in day] + list(found.left_out)) == list(range(60))
        assert (found.due_minutes, found.normal_minutes) == (45, 10)

    def test_begins_with_what_gains_most(self):
        facts = [due(key, seconds=60, weight=0.001) for key in range(30)] + [due(30, seconds=60, weight=0.01)]

        assert rescue(facts, NOW, (10, 10, 10)).days[0][0] == 30

    def test_counts_for_the_exam_if_there_is_one(self):
        facts = [due(key, seconds=60) for key in range(30)]

        with pytest.raises(ValueError, match="is before now"):
            rescue(facts, NOW, (10, 10), exam_at=NOW - timedelta(days=1))

    def test_leaves_all_out_where_no_day_is_open(self):
        assert rescue([due(1)], NOW, (0, 0)).left_out == (1,)


class TestPlace:
    @given(st.text(max_size=9), st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=1, max_size=12))
    def test_is_an_open_day_of_the_range_if_there_is_any(self, key, days):
        loads, is_open = zip(*days, strict=True)

        share = place(key, loads, is_open)

        assert 0 < share < 1
        assert is_open[int(share * len(loads))] or not any(is_open)

    def test_names_the_day_that_the_scheduler_takes(self):
        there = fsrs6.spread(10)
        loads = [50] * len(there)
        loads[1] = 0
        taken = Counter(fsrs6.placed(10, place(str(key), loads, [True] * len(there))) for key in range(100))

        assert taken.most_common(1)[0][0] == there[1]

    def test_seeks_the_empty_days(self):
        taken = Counter(place(str(key), [0, 1, 9], [True] * 3) for key in range(500))

        assert taken[0.5 / 3] > taken[1.5 / 3] > taken[2.5 / 3]

    def test_evens_the_days_out(self):
        loads = [8, 0, 4, 0, 12, 2, 6]
        for key in range(200):
            loads[int(place(str(key), loads, [True] * 7) * 7)] += 1

        assert max(loads) - min(loads) < 20

    def test_is_the_same_for_the_same_card_and_loads(self):
        assert place("fact 1", [1, 2, 3], [True] * 3) == place("fact 1", [1, 2, 3], [True] * 3)

    def test_refuses_loads_that_do_not_fit_the_days(self):
        with pytest.raises(ValueError, match="2 loads and 3 days"):
            place("a", [1, 2], [True] * 3)
