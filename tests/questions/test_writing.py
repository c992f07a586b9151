import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.questions.numbers import number_in
from studyapp.questions.proof.writing import writer


def written(metric, *values):
    write = writer(metric, values)
    return [write(value).replace("\u00a0", " ") for value in values]


class TestWriter:
    def test_writes_counts_with_commas(self):
        assert written("throttles", 500, 1500) == ["500", "1,500"]

    def test_writes_long_times_in_minutes(self):
        assert written("last_attempt_start", 189.0, 9, 3600, 21600.5, 0) == [
            "3 min 9 s",
            "9 s",
            "1 h",
            "6 h 0.5 s",
            "0 s",
        ]

    def test_writes_short_times_in_milliseconds(self):
        assert written("duration_max", 0.65, 0.0005) == ["650.0 ms", "0.5 ms"]

    def test_writes_other_times_in_seconds_with_equal_places(self):
        assert written("resize.response_max", 1.5, 2, 0.25) == ["1.50 s", "2.00 s", "0.25 s"]

    def test_writes_money_with_enough_figures(self):
        assert written("cost.total", 12, 3.5) == ["12.00 USD", "3.50 USD"]
        assert written("cost.total", 0.000123, 0.5) == ["0.000123 USD", "0.500000 USD"]

    def test_writes_shares_as_percentages(self):
        assert written("throttled_share", 0.25, 0.5) == ["25 %", "50 %"]

    @pytest.mark.parametrize(
        ("metric", "value", "text"),
        [
            ("bill.total", 12.5, "12.50 USD"),
            ("bill_of.checkout", 3, "3.00 USD"),
            ("gb_s.checkout", 540_000, "540,000 GB-s"),
            ("cheapest.posters", 1024, "1,024 MB"),
            ("left.trips.unzipped", -20, "-20 MB"),
            ("left.trips.environment", 1.5, "1.50 KB"),
            ("left.trips.layers", 2, "2"),
            ("share.shops.2", 0.05, "5 %"),
            ("traffic.new_at_end", 0.1, "10 %"),
            ("rollout.ends_at", 5400, "1 h 30 min"),
            ("shift.2", None, "Never"),
            ("billed_requests.checkout", 20_000, "20,000"),
            ("reached.all", 3, "3"),
        ],
    )
    def test_writes_what_models_say_in_their_units(self, metric, value, text):
        assert written(metric, value) == [text]

    def test_writes_the_age_of_a_batch_and_the_moment_of_a_peak_as_times(self):
        assert written("iterator_age_max", 22) == ["22 s"]
        assert written("peak_concurrency_at", 2.5) == ["2.5 s"]

    def test_writes_what_is_not_a_number_in_words(self):
        assert written("reach.internet", True, False) == ["Yes", "No"]
        assert written("dead_lettered_at", None, 3) == ["Never", "3 s"]
        assert written("refused_by.internet", None, "nat gateway") == ["None", "nat gateway"]

    @given(st.lists(st.integers(0, 100_000), min_size=1))
    def test_writes_whole_seconds_so_that_their_order_can_be_read(self, values):
        write = writer("last_attempt_start", values)
        assert [number_in(write(value)) for value in values] == values
