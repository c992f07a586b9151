"""Step lines: every step where there is room, and pixel by pixel where there are many."""

from random import Random

from studyapp.simulator.sums import Stretches
from studyapp.ui.pictures import levels
from studyapp.ui.pictures.axis import Axis

AXIS = Axis(0, 10_000_000, 720)
FOOT, UNIT = 100.0, 0.5


def crowd(count: int) -> Stretches:
    lot = Random(7)
    starts = [lot.randrange(9_000_000) for _ in range(count)]
    return Stretches(starts, (start + lot.randrange(1, 900_000) for start in starts))


class TestPoints:
    def test_of_a_few_have_every_step(self):
        held = Stretches([1_000_000, 2_000_000], [3_000_000, 4_000_000])

        heights = [y for _, y in levels.points(AXIS, held, FOOT, UNIT)]

        assert heights == [100.0, 100.0, 99.5, 99.5, 99.0, 99.0, 99.5, 99.5, 100.0, 100.0]

    def test_of_many_are_at_most_four_a_pixel(self):
        held = crowd(20_000)

        corners = levels.points(AXIS, held, FOOT, UNIT)

        assert len(corners) <= 4 * (AXIS.right - AXIS.left + 1) + 2
        assert [x for x, _ in corners] == sorted(x for x, _ in corners)

    def test_of_many_reach_the_peak_and_end_where_the_last_does(self):
        held = crowd(20_000)

        corners = levels.points(AXIS, held, FOOT, UNIT)

        assert min(y for _, y in corners) == round(FOOT - held.peak * UNIT, 1)
        assert corners[-1] == (AXIS.right, FOOT)

    def test_of_many_hide_no_step_that_is_higher(self, monkeypatch):
        held = crowd(900)
        every = levels.points(AXIS, held, FOOT, UNIT)
        monkeypatch.setattr(levels, "FAR_MORE", 0)

        thinned = levels.points(AXIS, held, FOOT, UNIT)

        assert len(thinned) < len(every)
        for x, y in every[1:-1:7]:
            near = [other for at, other in thinned if abs(at - x) <= 2]
            assert y >= min(near)
