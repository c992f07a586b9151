"""Step lines: every step where there is room, and pixel by pixel where there are many."""

from bisect import bisect_right
from random import Random

import pytest

from studyapp.simulator.sums import Stretches
from studyapp.ui.pictures import levels
from studyapp.ui.pictures.axis import Axis

AXIS = Axis(0, 10_000_000, 720)
FOOT, UNIT = 100.0, 0.5


def crowd(count: int, seed: int = 7) -> Stretches:
    lot = Random(seed)
    starts = [lot.randrange(9_000_000) for _ in range(count)]
    return Stretches(starts, (start + lot.randrange(1, 900_000) for start in starts))


def points(held: Stretches, axis: Axis = AXIS) -> list[tuple[float, float]]:
    numbers = list(map(float, levels.line(axis, held, FOOT, UNIT).split()))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def pixels(axis: Axis, held: Stretches) -> list[tuple[int, int, int]]:
    """(x, highest level, last level) of each pixel with a change, by a look at every step."""
    steps, room = held.steps(axis.start_us, axis.end_us), axis.right - axis.left
    found, upto = [], 1
    for x in range(axis.left, axis.right + 1):
        until = min(axis.start_us + (x + 0.5 - axis.left) / room * (axis.end_us - axis.start_us), axis.end_us)
        first, upto = upto, bisect_right(steps, until, key=lambda step: step[0])
        own = [level for _, level in steps[first:upto]]
        if own:
            highest = max(own)
            found.append((x, highest if highest > steps[first - 1][1] else own[-1], own[-1]))
    return found


class TestLine:
    def test_of_a_few_has_every_step(self):
        held = Stretches([1_000_000, 2_000_000], [3_000_000, 4_000_000])

        heights = [y for _, y in points(held)]

        assert heights == [100.0, 100.0, 99.5, 99.5, 99.0, 99.0, 99.5, 99.5, 100.0, 100.0]

    def test_of_many_has_at_most_four_corners_a_pixel(self):
        corners = points(crowd(20_000))

        assert len(corners) <= 4 * (AXIS.right - AXIS.left + 1) + 2
        assert [x for x, _ in corners] == sorted(x for x, _ in corners)

    def test_of_many_reaches_the_peak_and_ends_where_the_last_does(self):
        held = crowd(20_000)

        corners = points(held)

        assert min(y for _, y in corners) == round(FOOT - held.peak * UNIT, 1)
        assert corners[-1] == (AXIS.right, FOOT)

    def test_of_many_hides_no_step_that_is_higher(self, monkeypatch):
        held = crowd(900)
        every = points(held)
        monkeypatch.setattr(levels, "FAR_MORE", 0)

        thinned = points(held)

        assert len(thinned) < len(every)
        for x, y in every[1:-1:7]:
            near = [other for at, other in thinned if abs(at - x) <= 2]
            assert y >= min(near)

    @pytest.mark.parametrize("count", [1, 30, 900, 9_000])
    @pytest.mark.parametrize("axis", [AXIS, Axis(2_000_003, 3_456_789, 920)], ids=["whole", "window"])
    def test_has_of_each_pixel_what_a_look_at_every_step_finds(self, axis, count):
        held = crowd(count, seed=count)

        found = [(int(x), highest, last) for x, highest, last in levels._pixels(axis, held)]

        told = pixels(axis, held)
        assert [each for each in found if each[0] in {x for x, *_ in told}] == told
        assert len(found) == len(told)
