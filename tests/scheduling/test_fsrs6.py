from datetime import UTC, datetime, timedelta
from random import Random, seed
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling import fsrs6
from studyapp.scheduling.fsrs6 import Memory, Rating
from studyapp.scheduling.policy import Pace, rate, rate_guess

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


class TestReview:
    @pytest.mark.parametrize(
        ("rating", "stability"),
        # w0 to w3 of the FSRS-6 defaults: the first answer sets stability.
        [(Rating.AGAIN, 0.212), (Rating.HARD, 1.2931), (Rating.GOOD, 2.3065), (Rating.EASY, 8.2956)],
    )
    def test_gives_a_first_answer_the_stability_of_the_paper(self, rating, stability):
        assert fsrs6.review(None, rating, NOW, place=0.5).memory.stability == pytest.approx(stability)

    def test_shows_a_missed_fact_again_tomorrow_morning(self):
        assert fsrs6.review(None, Rating.AGAIN, NOW, place=0.5).due_at == datetime(2026, 11, 24, 4, tzinfo=UTC)

    def test_counts_an_answer_after_midnight_to_the_evening_before(self):
        late = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)

        assert fsrs6.review(None, Rating.AGAIN, late, place=0.5).due_at == datetime(2026, 11, 24, 4, tzinfo=UTC)

    def test_follows_the_clock_of_the_student_through_a_change_to_winter_time(self):
        berlin = ZoneInfo("Europe/Berlin")
        evening = datetime(2026, 10, 24, 22, 0, tzinfo=berlin)

        due = fsrs6.review(None, Rating.AGAIN, evening, place=0.5, zone=berlin).due_at

        assert due == datetime(2026, 10, 25, 4, 0, tzinfo=berlin)

    def test_gives_the_same_day_whatever_the_process_drew_before(self):
        memory = Memory(40.0, 5.0, NOW - timedelta(days=40))
        seed(1)
        first = fsrs6.review(memory, Rating.GOOD, NOW, place=0.5)
        seed(2)

        assert fsrs6.review(memory, Rating.GOOD, NOW, place=0.5) == first

    def test_remembers_longer_after_each_success(self):
        scheduled, now = fsrs6.review(None, Rating.GOOD, NOW, place=0.5), NOW
        for _ in range(5):
            now = scheduled.due_at
            longer = fsrs6.review(scheduled.memory, Rating.GOOD, now, place=0.5)
            assert longer.memory.stability > scheduled.memory.stability
            scheduled = longer

    def test_forgets_less_than_all_at_a_lapse(self):
        memory = Memory(100.0, 5.0, NOW - timedelta(days=100))

        after = fsrs6.review(memory, Rating.AGAIN, NOW, place=0.5).memory

        assert 0 < after.stability < 100


class TestRetrievability:
    def test_is_ninety_percent_once_stability_has_passed(self):
        memory = Memory(10.0, 5.0, NOW - timedelta(days=10))

        assert fsrs6.retrievability(memory, NOW) == pytest.approx(0.9)

    def test_is_nothing_for_a_fact_never_met(self):
        assert fsrs6.retrievability(None, NOW) == 0


class TestSpread:
    @given(st.integers(1, 2000), st.floats(0, 1))
    def test_stays_within_the_range_of_the_paper(self, days, place):
        wide = 1 + 0.15 * min(max(days - 2.5, 0), 4.5) + 0.1 * min(max(days - 7, 0), 13) + 0.05 * max(days - 20, 0)
        if days < 2.5:
            wide = 0

        assert max(1, round(days - wide)) <= fsrs6.placed(days, place) <= round(days + wide)

    @given(st.integers(3, 2000))
    def test_reaches_both_ends(self, days):
        assert fsrs6.placed(days, 0) == fsrs6.spread(days)[0]
        assert fsrs6.placed(days, 1) == fsrs6.spread(days)[-1]

    def test_by_lot_parts_facts_that_were_learnt_together(self):
        assert len({fsrs6.placed(30, fsrs6.place_of(str(Random(i).random()))) for i in range(50)}) > 3


class TestAgainstThePackage:
    """Our small surface against `fsrs` called directly, over whole histories."""

    @given(
        st.lists(st.tuples(st.sampled_from(Rating), st.floats(0, 400)), min_size=1, max_size=25),
        st.sampled_from([0.7, 0.8, 0.9, 0.95]),
        st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles"]),
    )
    def test_moves_memory_alike(self, history, retention, zone):
        scheduler = fsrs.Scheduler(
            desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        card, memory, now = fsrs.Card(card_id=1, due=NOW), None, NOW
        for rating, days in history:
            now += timedelta(days=days)
            predicted = scheduler.get_card_retrievability(card, now)
            unmoved = fsrs6.interval(memory, rating, now, retention=retention)
            assert fsrs6.retrievability(memory, now) == predicted
            ours = fsrs6.review(memory, rating, now, place=0.5, zone=ZoneInfo(zone), retention=retention)
            card, _ = scheduler.review_card(card, fsrs.Rating(int(rating)), now)
            memory = ours.memory
            assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
            assert unmoved == (card.due - now).days

    @given(st.floats(0, 23.99), st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"]))
    def test_counts_elapsed_time_alike_wherever_the_student_is(self, hours, zone):
        first = fsrs6.review(None, Rating.GOOD, NOW, place=0.5, zone=ZoneInfo(zone)).memory
        then = NOW + timedelta(hours=hours)

        here = fsrs6.review(first, Rating.GOOD, then, place=0.5, zone=ZoneInfo(zone)).memory

        assert here == fsrs6.review(first, Rating.GOOD, then, place=0.5).memory


class TestRetention:
    def test_brings_a_fact_back_sooner_the_more_is_to_be_left(self):
        memory = Memory(60.0, 5.0, NOW - timedelta(days=40))
        days = [fsrs6.interval(memory, Rating.GOOD, NOW, retention=wanted) for wanted in (0.97, 0.9, 0.8, 0.7)]

        assert days == sorted(set(days))


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
    def test_is_the_table_of_the_policy(self, is_right, is_sure, pace, rating):
        assert rate(is_right=is_right, is_sure=is_sure, pace=pace) is rating

    @pytest.mark.parametrize("is_sure", [True, False])
    @pytest.mark.parametrize("pace", Pace)
    def test_after_a_hint_is_hard_at_best(self, is_sure, pace):
        assert rate(is_right=True, is_sure=is_sure, pace=pace, has_hint=True) is Rating.HARD
        assert rate(is_right=False, is_sure=is_sure, pace=pace, has_hint=True) is Rating.AGAIN

    @pytest.mark.parametrize(
        ("is_right", "has_hint", "rating"),
        [(True, False, None), (True, True, Rating.AGAIN), (False, False, Rating.AGAIN), (False, True, Rating.AGAIN)],
    )
    def test_of_a_guess_is_no_evidence_or_a_lapse(self, is_right, has_hint, rating):
        assert rate_guess(is_right=is_right, has_hint=has_hint) is rating
