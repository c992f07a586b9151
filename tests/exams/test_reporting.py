"""The report's figures against closed forms."""

from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.exams.reporting import SHOWS, Line, Share, chosen, report
from studyapp.exams.spans import spoken

Z = 1.6448536269514722  # the normal's 95th percentile: 90 % lies between it and its mirror


def line(position: int = 1, **said: Any) -> Line:
    plain = {
        "section": 1,
        "name": "A fact",
        "fact": f"fact-{position}",
        "is_right": True,
        "is_sure": False,
        "is_marked": False,
    }
    return Line(position, **plain | {"seconds": 60.0} | said)


class TestShare:
    @given(st.integers(10, 65).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_has_wilsons_interval(self, counts):
        right, n = counts
        share = right / n
        centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)

        low, high = Share(right, n).interval

        assert low == pytest.approx(100 * max(0, centre - half), abs=0.51)
        assert high == pytest.approx(100 * min(1, centre + half), abs=0.51)
        assert low <= Share(right, n).percent <= high

    @pytest.mark.parametrize("n", range(10))
    def test_has_no_figure_under_ten(self, n):
        assert (Share(n, n).interval, Share(n, n).percent) == (None, None)


class TestReport:
    def test_counts_an_open_question_as_wrong(self):
        found = report([line(1), line(2, is_right=None), line(3, is_right=False)], 120)

        assert (found.whole, found.open, found.misses) == (Share(1, 3), 1, ("fact-2", "fact-3"))

    def test_splits_by_section_and_by_confidence(self):
        lines = [
            line(1, section=2, is_sure=True),
            line(2, section=2, is_right=False, is_sure=True),
            line(3, section=7),
            line(4, section=7, is_right=None, is_sure=True),
        ]

        found = report(lines, 120)

        assert found.sections == {2: Share(1, 2), 7: Share(1, 2)}
        assert (found.sure, found.unsure) == (Share(1, 2), Share(1, 1))

    def test_names_each_missed_fact_once(self):
        lines = [line(1, is_right=False, fact="a"), line(2, is_right=None, fact="a"), line(3, is_right=False, fact="b")]

        assert report(lines, 120).misses == ("a", "b")

    def test_tells_the_median_and_the_slowest_of_what_was_read(self):
        lines = [line(n, seconds=seconds, is_slow=seconds > 120) for n, seconds in enumerate([30, 0, 200, 90, 121], 1)]

        times = report(lines, 120).times

        assert (times.median, times.slow) == (105.5, 2)
        assert [each.position for each in times.slowest] == [3, 5, 4]

    def test_of_nothing_read_has_no_median(self):
        assert report([line(seconds=0)], 120).times.median is None

    def test_counts_changes_by_what_they_did(self):
        lines = [
            line(1, is_changed=True, was_right=True, is_right=False),
            line(2, is_changed=True, was_right=True, is_right=None),
            line(3, is_changed=True, was_right=False, is_right=True),
            line(4, is_changed=True, was_right=False, is_right=False),
            line(5, was_right=True),
        ]

        changes = report(lines, 120).changes

        assert (changes.right_to_wrong, changes.wrong_to_right, changes.wrong_to_wrong, changes.total) == (2, 1, 1, 4)


class TestChosen:
    @pytest.mark.parametrize(
        ("show", "positions"),
        [("all", [1, 2, 3, 4]), ("wrong", [2, 3]), ("marked", [1]), ("unsure", [2, 4]), ("slow", [4]), ("changed", [3])],
    )  # fmt: skip
    def test_leaves_what_a_filter_is_about(self, show, positions):
        lines = [
            line(1, is_marked=True, is_sure=True),
            line(2, is_right=False),
            line(3, is_right=None, is_changed=True),
            line(4, is_slow=True),
        ]

        assert [each.position for each in chosen(lines, show)] == positions
        assert show in SHOWS


class TestSpoken:
    @pytest.mark.parametrize(
        ("seconds", "text"),
        [(0, "0:00"), (0.2, "0:01"), (59.0, "0:59"), (60, "1:00"), (3599.5, "1:00:00"), (7800, "2:10:00")],
    )
    def test_counts_what_has_begun_as_a_whole_second(self, seconds, text):
        assert spoken(seconds) == text
