"""The plan against plain FSRS, with and without a final pass, for students whose memory is not the one it believes in."""

from functools import cache
from statistics import mean

import pytest

from tests.scheduling.students import SETTINGS, Rule, Setting, final_pass, plain, planned, truth, value

SEEDS = (1, 2, 3)
TRUTHS = (1, 2, 3)
POINT = 0.01


@cache
def known(rule: Rule, setting: Setting, number: int) -> float:
    """Mean over the seeds; every rule meets the same students with the same luck."""
    return mean(value(rule, setting, truth(number), seed) for seed in SEEDS)


class TestThePlan:
    @pytest.mark.parametrize("number", TRUTHS)
    @pytest.mark.parametrize("setting", SETTINGS, ids=str)
    def test_is_never_worse_than_the_better_of_its_rivals(self, setting, number):
        rivals = [known(rule, setting, number) for rule in (plain, final_pass)]

        assert known(planned, setting, number) >= max(rivals)

    def test_is_a_point_better_than_a_final_pass_in_three_settings_of_five(self):
        gains = [
            mean(known(planned, setting, number) - known(final_pass, setting, number) for number in TRUTHS)
            for setting in SETTINGS
        ]

        assert sum(gain >= POINT for gain in gains) >= 3, gains


class TestTheRivals:
    @pytest.mark.parametrize("setting", SETTINGS[:2], ids=str)
    def test_differ_by_points_so_that_the_plan_is_held_against_a_good_one(self, setting):
        assert known(final_pass, setting, 1) > known(plain, setting, 1) + 3 * POINT
