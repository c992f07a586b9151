"""How much of a process the lab may use."""

import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest

from studyapp.lab import pace
from studyapp.lab.pace import TooFast
from tests.conftest import NOW

RUN_S = 0.05


@pytest.fixture(autouse=True)
def fresh_buckets():
    pace.buckets.clear()
    yield
    pace.buckets.clear()


@pytest.fixture
def cpu(monkeypatch):
    """Each look at the processor's clock finds it a run later, without one; the lab need not rest."""
    looked_at = iter(range(10_000))
    monkeypatch.setattr(pace.time, "thread_time", lambda: next(looked_at) * RUN_S)
    monkeypatch.setattr(pace.time, "sleep", lambda seconds: None)


def spend(who: str, cpu_s: float, at=NOW):
    pace.buckets.check(who, at)
    pace.buckets.pay(who, at, cpu_s)


class TestPerson:
    def test_is_refused_after_much_at_once_and_told_when_to_come_back(self):
        spend("user 1", pace.MOST_S)
        spend("user 2", pace.MOST_S + 1)

        with pytest.raises(TooFast) as refused:
            spend("user 1", RUN_S)
        with pytest.raises(TooFast) as in_debt:
            spend("user 2", RUN_S)
        assert (refused.value.wait_s, in_debt.value.wait_s) == (1, round(1 / pace.PER_S))

    def test_comes_back_with_time(self):
        spend("user 1", pace.MOST_S)
        later = NOW + timedelta(seconds=2)

        spend("user 1", 2 * pace.PER_S, later)
        with pytest.raises(TooFast):
            spend("user 1", RUN_S, later)

    def test_saves_no_more_than_there_is_at_first(self):
        spend("user 1", RUN_S)
        later = NOW + timedelta(days=1)

        spend("user 1", pace.MOST_S, later)
        with pytest.raises(TooFast):
            spend("user 1", RUN_S, later)

    def test_has_a_share_of_their_own(self):
        spend("user 1", pace.MOST_S)

        spend("user 2", RUN_S)

    def test_is_forgotten_who_has_not_come_for_long(self, monkeypatch):
        monkeypatch.setattr(pace, "MOST_PEOPLE", 3)
        spend("user 1", pace.MOST_S)
        for number in range(2, 6):
            spend(f"user {number}", RUN_S)

        spend("user 1", RUN_S)


class TestTurn:
    def test_costs_what_the_run_used_also_if_it_failed(self, cpu):
        turns = 0
        with suppress(TooFast):
            while turns < 1_000:
                with suppress(ZeroDivisionError), pace.turn("user 1", NOW):
                    turns += 1
                    raise ZeroDivisionError

        assert 2 < turns <= pace.MOST_S / RUN_S + 1

    def test_leaves_threads_to_others(self):
        held, inside, done = threading.Event(), threading.Event(), []

        def hold():
            with pace.turn("user 1", NOW):
                inside.set()
                held.wait(10)

        def wait():
            with pace.turn("user 2", NOW):
                done.append("user 2")

        threads = [threading.Thread(target=hold), threading.Thread(target=wait)]
        threads[0].start()
        inside.wait(10)
        threads[1].start()
        while pace._lane._places._value:
            time.sleep(0.001)
        with pytest.raises(TooFast), pace.turn("user 3", NOW):
            done.append("user 3")

        held.set()
        for thread in threads:
            thread.join(10)
        assert done == ["user 2"]

    def test_is_refused_who_waits_for_too_long(self, monkeypatch):
        monkeypatch.setattr(pace, "WAIT_S", 0.01)
        with pace.turn("user 1", NOW), pytest.raises(TooFast), pace.turn("user 2", NOW):
            pass

    def test_is_followed_by_a_rest_as_long_as_the_run(self, monkeypatch):
        rests = []
        monkeypatch.setattr(pace.time, "sleep", rests.append)
        monkeypatch.setattr(pace.time, "monotonic", lambda: 100.0)
        looked_at = iter([0.0, 0.0, RUN_S, RUN_S, 1.0, 1.0, 1.0, 1.0])
        monkeypatch.setattr(pace.time, "thread_time", lambda: next(looked_at))
        with pace.turn("user 1", NOW):
            pass

        with pace.turn("user 2", NOW):
            pass

        assert rests[-1] == pytest.approx(RUN_S)
