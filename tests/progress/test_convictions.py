"""When a wrong idea is held, and when it has been given up."""

from datetime import date

from studyapp.memory.counting import Counts
from studyapp.progress.reading import convictions


def told(**story: tuple[int, int]):
    """Of one belief: on day dN it was held and resisted so often."""
    days = {date(2026, 11, int(day[1:])): Counts(beliefs={"idea": list(times)}) for day, times in story.items()}
    return convictions.convictions(days)


class TestConvictions:
    def test_are_held_until_they_are_resisted_on_two_days(self):
        (held,) = told(d1=(2, 0), d3=(1, 0), d5=(0, 4))

        assert not held.is_given_up
        assert (held.held, held.resisted, held.last) == (3, 4, date(2026, 11, 3))

    def test_are_given_up_on_the_second_day(self):
        (gone,) = told(d1=(2, 0), d5=(0, 1), d7=(0, 1), d9=(0, 1))

        assert gone.is_given_up
        assert gone.given_up_on == date(2026, 11, 7)

    def test_come_back_with_the_day_on_which_they_are_held_again(self):
        (back,) = told(d1=(1, 0), d2=(0, 1), d3=(0, 1), d4=(1, 0))

        assert not back.is_given_up
        assert back.resisted == 0

    def test_are_not_resisted_on_the_day_on_which_they_are_held(self):
        (same,) = told(d1=(1, 3), d2=(0, 1))

        assert same.resisted == 1
        assert not same.is_given_up

    def test_are_none_for_what_was_never_held(self):
        assert told(d1=(0, 5), d2=(0, 5)) == []

    def test_have_those_held_first_and_the_latest_of_them(self):
        days = {
            date(2026, 11, 1): Counts(beliefs={"gone": [1, 0], "old": [1, 0]}),
            date(2026, 11, 2): Counts(beliefs={"gone": [0, 1]}),
            date(2026, 11, 3): Counts(beliefs={"gone": [0, 1], "new": [1, 0]}),
        }

        assert [each.belief for each in convictions.convictions(days)] == ["new", "old", "gone"]
