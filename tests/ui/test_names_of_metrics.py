"""What screens call the metrics of models."""

import pytest

from studyapp.simulator.models.registry import FIRST_WORDS
from studyapp.ui.pictures.names_of_metrics import OF, WHOLE, of_model, unit_of, without_value
from studyapp.ui.pictures.readouts import named, text_and_unit


class TestNamesOfMetrics:
    @pytest.mark.parametrize("word", FIRST_WORDS)
    def test_has_words_for_every_model(self, word):
        assert word in OF or any(name.startswith(f"{word}.") for name in WHOLE)

    @pytest.mark.parametrize(
        ("metric", "says"),
        [
            ("reach.card-processor", "Reaches card processor"),
            ("reached.all", "Targets reached"),
            ("accepted.trips", "Lambda accepts trips"),
            ("left.trips.unzipped", "Left for trips unzipped"),
            ("allowed.by-intern", "By intern is allowed"),
            ("bill.total", "Cost of the month"),
            ("bill.duration", "Cost of duration in the month"),
            ("firings.backup.month", "Times that backup fires in a month"),
            ("users.errors", "Requests that fail"),
            ("readable.token.help-desk", "Token can be read by help desk"),
        ],
    )
    def test_reads_as_a_student_would_say_it(self, metric, says):
        assert named(metric) == says

    @pytest.mark.parametrize("metric", ["throttles", "checkout.throttles", "cost.total", "reach", "nowhere.near"])
    def test_leaves_other_metrics_alone(self, metric):
        assert of_model(metric) is None

    def test_a_metric_of_a_run_keeps_its_name(self):
        assert named("checkout.throttles") == "Throttled, checkout"


class TestTheirValues:
    @pytest.mark.parametrize(
        ("metric", "value", "says"),
        [
            ("stale.password", 300, ("300", "s")),
            ("size.trips", 225, ("225", "MB")),
            ("alarm.at", 60, ("60", "s")),
            ("uploads.prices", 3, ("3", "")),
            ("bill.total", 2.5, ("2.50", "USD")),
        ],
    )
    def test_has_its_unit(self, metric, value, says):
        assert text_and_unit(metric, value) == says

    def test_what_has_no_unit_is_a_count(self):
        assert unit_of("reached.all") == ""

    def test_that_nothing_refuses_is_no_moment(self):
        assert text_and_unit("refused_by.database", None) == ("nothing", "")
        assert without_value("fires.backup.1") == "never"
