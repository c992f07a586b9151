from itertools import pairwise

import pytest

from studyapp.simulator import TRUTH, read, simulate
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.units import SECOND
from tests.simulator.worlds import Data, one

MANY = {"poisson": "100 per 1 s", "count": 20_000}
WORLDS = {
    "the fast loop": one(arrivals=MANY),
    "the general loop": one("s3", arrivals=MANY, fails="20 %"),
    "a queue": one("sqs", arrivals=MANY),
}


def watched(data: Data) -> list[tuple[int, int]]:
    seen: list[tuple[int, int]] = []
    simulate(read(data), TRUTH, 1, lambda clock, tries: seen.append((clock, tries)))
    return seen


class TestWatching:
    @pytest.mark.parametrize("data", WORLDS.values(), ids=WORLDS)
    def test_tells_clock_and_tries_now_and_then(self, data: Data) -> None:
        seen = watched(data)

        assert 4 <= len(seen) <= 100
        assert all(sooner <= later for one, other in pairwise(seen) for sooner, later in zip(one, other, strict=True))
        assert seen[-1][0] > 100 * SECOND

    @pytest.mark.parametrize("data", WORLDS.values(), ids=WORLDS)
    def test_changes_nothing(self, data: Data) -> None:
        alone, seen = (simulate(read(data), TRUTH, 1, watch) for watch in (None, lambda clock, tries: None))

        assert vars(alone.trace) == vars(seen.trace)

    @pytest.mark.parametrize("data", WORLDS.values(), ids=WORLDS)
    @pytest.mark.parametrize("most", [1, 4_095, 4_096, 4_097, 9_000])
    def test_stops_at_the_same_try(self, data: Data, most: int) -> None:
        said = []
        for watch in (None, lambda clock, tries: None):
            with pytest.raises(RunTooLong) as error:
                simulate(read({**data, "max_events": most}), TRUTH, 1, watch)
            said.append(str(error.value))

        assert said[0] == said[1]
