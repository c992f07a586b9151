from datetime import date

import pytest

from studyapp.home import score
from studyapp.scheduling.forecasting import Forecast, NotYet

EXPECTED = Forecast(
    share=0.705,
    low=0.615,
    high=0.79,
    answers=84,
    questions=65,
    by_section={"6": 0.48, "7": 0.55, "2": 0.91},
    chances={},
)
QUESTIONS = {6: 13, 7: 26, 2: 26}


class TestScore:
    def test_is_told_in_percent(self):
        told = score.told(EXPECTED, QUESTIONS, date(2026, 12, 14), 0.012)

        assert (told.percent, told.low, told.high, told.answers) == (70, 62, 79, 84)
        assert told.adds == pytest.approx(1.2)

    @pytest.mark.parametrize("adds", [None, -0.01, 0.0004])
    def test_says_nothing_of_what_adds_nothing(self, adds):
        assert score.told(EXPECTED, QUESTIONS, date(2026, 12, 14), adds).adds is None

    def test_puts_first_where_there_is_most_to_gain(self):
        told = score.told(EXPECTED, QUESTIONS, None, None)

        assert [(line.number, line.percent) for line in told.sections] == [(7, 55), (6, 48), (2, 91)]
        assert [round(line.gain, 1) for line in told.sections] == [18.0, 10.4, 3.6]

    def test_gains_are_what_the_score_lacks(self):
        by_weight = sum(QUESTIONS[int(key)] * share for key, share in EXPECTED.by_section.items()) / 65
        told = score.told(EXPECTED, QUESTIONS, None, None)

        assert sum(line.gain for line in told.sections) == pytest.approx(100 * (1 - by_weight))

    @pytest.mark.parametrize(
        ("need", "says"),
        [
            (NotYet(18, 2), "18 more answers and answers in two more sections."),
            (NotYet(1, 0), "1 more answer."),
            (NotYet(0, 1), "answers in one more section."),
        ],
    )
    def test_says_what_is_missing(self, need, says):
        assert score.missing(need) == f"A score after 30 answers in six sections. Still to come: {says}"
