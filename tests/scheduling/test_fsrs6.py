from datetime import UTC, datetime, timedelta
from random import Random, seed
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling import fsrs6
from studyapp.scheduling.fsrs6 import Memory, Rating
from studyapp.scheduling.policy import Pace, rate

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


class TestReview:
    @pytest.mark.parametrize(
        ("rating", "stability"),
        # w0 to w3 of the FSRS-6 defaults: the first answer sets stability.
        [(Rating.AGAIN, 0.212), (Rating.HARD, 1.2931), (Rating.GOOD, 2.3065), (Rating.EASY, 8.2956)],
    )
    def test_gives_a_first_answer_the_stability_of_the_paper(self, rating, stability):
        assert fsrs6.review(None, rating, NOW, key="a").memory.stability == pytest.approx(stability)

    def test_shows_a_missed_fact_again_tomorrow_morning(self):
        assert fsrs6.review(None, Rating.AGAIN, NOW, key="a").due_at == datetime(2026, 11, 24, 4, tzinfo=UTC)

    def test_counts_an_answer_after_midnight_to_the_evening_before(self):
        late = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)

        assert fsrs6.review(None, Rating.AGAIN, late, key="a").due_at == datetime(2026, 11, 24, 4, tzinfo=UTC)

    def test_follows_the_clock_of_the_student_through_a_change_to_winter_time(self):
        berlin = ZoneInfo("Europe/Berlin")
        evening = datetime(2026, 10, 24, 22, 0, tzinfo=berlin)

        due = fsrs6.review(None, Rating.AGAIN, evening, key="a", zone=berlin).due_at

        assert due == datetime(2026, 10, 25, 4, 0, tzinfo=berlin)

    def test_gives_the_same_day_whatever_the_process_drew_before(self):
        memory = Memory(40.0, 5.0, NOW - timedelta(days=40))
        seed(1)
        first = fsrs6.review(memory, Rating.GOOD, NOW, key="a")
        seed(2)

        assert fsrs6.review(memory, Rating.GOOD, NOW, key="a") == first

    def test_remembers_longer_after_each_success(self):
        scheduled, now = fsrs6.review(None, Rating.GOOD, NOW, key="a"), NOW
        for _ in range(5):
            now = scheduled.due_at
            longer = fsrs6.review(scheduled.memory, Rating.GOOD, now, key="a")
            assert longer.memory.stability > scheduled.memory.stability
            scheduled = longer

    def test_forgets_less_than_all_at_a_lapse(self):
        memory = Memory(100.0, 5.0, NOW - timedelta(days=100))

        after = fsrs6.review(memory, Rating.AGAIN, NOW, key="a").memory

        assert 0 < after.stability < 100


class TestRetrievability:
    def test_is_ninety_percent_once_stability_has_passed(self):
        memory = Memory(10.0, 5.0, NOW - timedelta(days=10))

        assert fsrs6.retrievability(memory, NOW) == pytest.approx(0.9)

    def test_is_nothing_for_a_fact_never_met(self):
        assert fsrs6.retrievability(None, NOW) == 0


class TestFuzz:
    @given(st.integers(1, 2000), st.text(max_size=20))
    def test_stays_within_the_range_of_the_paper(self, days, key):
        spread = 1 + 0.15 * min(max(days - 2.5, 0), 4.5) + 0.1 * min(max(days - 7, 0), 13) + 0.05 * max(days - 20, 0)
        if days < 2.5:
            spread = 0

        assert max(1, round(days - spread)) <= fsrs6.fuzzed(days, key) <= round(days + spread)

    def test_spreads_facts_that_were_learnt_together(self):
        assert len({fsrs6.fuzzed(30, str(Random(i).random())) for i in range(50)}) > 3


class TestRate:
    @pytest.mark.parametrize(
        ("is_right", "is_sure", "pace", "rating"),
        [
            (True, True, Pace.FAST, Rating.EASY),
            (True, True, Pace.SLOW, Rating.GOOD),
            (True, True, Pace.UNKNOWN, Rating.GOOD),
            (True, False, Pace.FAST, Rating.GOOD),
            (True, False, Pace.SLOW, Rating.GOOD),
            (False, True, Pace.FAST, Rating.AGAIN),
            (False, False, Pace.UNKNOWN, Rating.AGAIN),
        ],
    )
    def test_is_the_table_of_the_readme(self, is_right, is_sure, pace, rating):
        assert rate(is_right=is_right, is_sure=is_sure, pace=pace) is rating
