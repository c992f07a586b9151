"""How much of a process one person may use."""

from datetime import timedelta

import pytest

from studyapp.lab import pace
from studyapp.lab.pace import TooFast
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def fresh_buckets():
    pace.buckets.clear()
    yield
    pace.buckets.clear()


def spend(who: str, times: int, at=NOW):
    for _ in range(times):
        with pace.turn(who, at):
            pass


class TestTurn:
    def test_is_refused_after_many_at_once_and_says_when_to_come_back(self):
        spend("user 1", pace.MOST_RUNS)

        with pytest.raises(TooFast) as refused:
            spend("user 1", 1)
        assert refused.value.wait_s == 1

    def test_comes_back_with_time(self):
        spend("user 1", pace.MOST_RUNS)

        spend("user 1", 4, NOW + timedelta(seconds=2))
        with pytest.raises(TooFast):
            spend("user 1", 1, NOW + timedelta(seconds=2))

    def test_counts_each_person_alone(self):
        spend("user 1", pace.MOST_RUNS)

        spend("user 2", 1)

    def test_forgets_who_has_not_come_for_long(self, monkeypatch):
        monkeypatch.setattr(pace, "MOST_PEOPLE", 3)
        spend("user 1", pace.MOST_RUNS)
        for number in range(2, 6):
            spend(f"user {number}", 1)

        spend("user 1", 1)

    def test_leaves_threads_to_others(self, monkeypatch):
        monkeypatch.setattr(pace, "WAIT_S", 0.01)
        with pace.turn("user 1", NOW), pace.turn("user 2", NOW), pytest.raises(TooFast):
            spend("user 3", 1)

        spend("user 3", 1)
