"""What is loaded before the first request is walked by no collection any more."""

import gc
from collections.abc import Iterator

import pytest

from studyapp.config.settling import OFTEN, settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The collector is everybody's."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_there_is_frozen_and_what_comes_is_not() -> None:
    settle()
    frozen = gc.get_freeze_count()
    assert frozen > 10_000
    assert gc.get_threshold()[0] == OFTEN
    later = [[] for _ in range(100)]
    assert later in gc.get_objects()
    assert gc.get_freeze_count() == frozen


def test_garbage_that_comes_later_is_still_collected() -> None:
    settle()
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() >= 1
