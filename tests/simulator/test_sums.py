"""How many stretches of time hold at each moment."""

from hypothesis import given
from hypothesis import strategies as st

from studyapp.simulator.sums import Stretches

STRETCHES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 5)).map(lambda each: (each[0], each[0] + each[1])), max_size=12
)


def of(pairs: list[tuple[int, int]]) -> Stretches:
    return Stretches((start for start, _ in pairs), (end for _, end in pairs))


def holding(pairs: list[tuple[int, int]], moment: int) -> int:
    return sum(start <= moment < end for start, end in pairs)


class TestStretches:
    @given(STRETCHES)
    def test_peak_where_most_hold_at_once(self, pairs: list[tuple[int, int]]) -> None:
        assert of(pairs).peak == max((holding(pairs, moment) for moment in range(15)), default=0)

    @given(STRETCHES)
    def test_peak_first_at_the_first_of_such_moments(self, pairs: list[tuple[int, int]]) -> None:
        held = of(pairs)
        moments = [moment for moment in range(15) if holding(pairs, moment) == held.peak]
        assert held.peak_us == (moments[0] if held.peak else 0)

    @given(STRETCHES, st.integers(0, 15), st.integers(0, 15))
    def test_hold_until_a_moment_and_not_longer(self, pairs: list[tuple[int, int]], until: int, moment: int) -> None:
        assert of(pairs).until(until).at(moment) == (holding(pairs, moment) if moment < until else 0)

    @given(STRETCHES, st.integers(0, 9), st.integers(0, 9))
    def test_step_at_each_change_of_a_part(self, pairs: list[tuple[int, int]], first: int, length: int) -> None:
        steps = of(pairs).steps(first, first + length)

        assert steps[0] == (first, holding(pairs, first))
        for moment in range(first, first + length + 1):
            assert [level for at, level in steps if at <= moment][-1] == holding(pairs, moment)
        assert len({at for at, _ in steps}) == len(steps)

    @given(STRETCHES, st.integers(0, 15))
    def test_last_together_as_long_as_each_of_them(self, pairs: list[tuple[int, int]], window: int) -> None:
        assert of(pairs).within(window) == sum(min(end, window) - min(start, window) for start, end in pairs)

    def test_of_nothing_are_none(self) -> None:
        assert (of([]).peak, of([]).steps(0, 5), of([]).at(3)) == (0, [(0, 0)], 0)
