"""What the background has found, as pages show it."""

import pytest

from studyapp.lab.background import found, searching, smallest, sweeping
from studyapp.lab.models import COULD_NOT, Job
from tests.conftest import NOW
from tests.lab.test_smallest import HALF_REFUSED
from tests.reference.test_pages import text_of

pytestmark = pytest.mark.django_db
PATH = "functions.labels.reserved_concurrency"
RESERVED = searching.candidate(PATH, 0, 900, "", is_whole=True)


def swept(values=("5", "10", "20", "1000"), metrics=("throttles",), **about):
    asked = sweeping.Sweep(HALF_REFUSED, PATH, values, metrics, **{"changes": {}, "patch": {}} | about)
    result = sweeping.as_json(sweeping.rows(asked))
    return Job.objects.create(
        key="k", kind="sweep", asked=asked.as_json(), result=result, asked_at=NOW, finished_at=NOW
    )


def searched(claim="throttles is 0", **about):
    asked = searching.Search(HALF_REFUSED, claim, (RESERVED,), **about)
    result = smallest.smallest(asked).as_json()
    return Job.objects.create(
        key="k", kind="search", asked=asked.as_json(), result=result, asked_at=NOW, finished_at=NOW
    )


class TestASweep:
    def test_is_a_picture_with_its_twin(self):
        context = found.context(swept())

        assert context["label"] == "Reserved concurrency, Function labels"
        assert context["now"] == "10"
        (grid,) = context["picture"].grids
        assert grid.rows[:3] == (("5", "150"), ("10", "100"), ("20", "0"))
        assert "1000 is above 900" in grid.rows[3][1]
        assert context["picture"].note == "1 of 4 values cannot be run; the table says why."

    def test_marks_where_the_state_stands_and_not_the_scenario(self):
        context = found.context(swept(changes={PATH: 20}))

        assert context["now"] == "20"
        assert "now 20" in [label.text for label in context["picture"].chart.labels]

    def test_without_two_values_that_run_says_why(self):
        context = found.context(swept(values=("950", "1000")))

        assert "picture" not in context
        assert "is above 900" in context["refused"]

    def test_is_shown_on_a_page(self, client):
        swept()

        response = client.get("/lab/jobs/k/")
        assert "Throttled" in text_of(response)
        assert "Refresh" not in response
        assert b"<svg viewBox" in response.content


class TestASearch:
    def test_is_a_change_and_its_place_on_a_slider(self):
        (move,) = found.context(searched())["moves"]

        assert (move.label, move.was, move.to) == ("Reserved concurrency, Function labels", "10", "20")
        assert (move.low, move.at, move.high) == ("0", "20", "900")

    def test_leads_to_the_run_beside_that_of_the_option(self):
        changes = {"functions.labels.duration": "250 ms", PATH: 5}

        (move,) = found.context(searched(changes=changes, slug="lambda.concurrency.half-refused"))["moves"]
        assert move.url.startswith("/lab/lambda.concurrency.half-refused/?functions.labels.duration=250+ms")
        assert f"{PATH}%3D5" in move.url

    def test_is_shown_on_a_page(self, client):
        searched()

        shown = text_of(client.get("/lab/jobs/k/"))
        assert "It would be right with 20 instead of 10: Reserved concurrency, Function labels." in shown

    def test_that_found_nothing_says_so(self, client):
        searched("throttles > 500")

        assert "No single number of this scenario makes it right" in text_of(client.get("/lab/jobs/k/"))


class TestAnUnfinishedJob:
    @pytest.mark.parametrize(
        ("about", "says"),
        [({}, "Waiting for its turn"), ({"started_at": NOW, "progress": 42}, "Running, 42 % done"),
         ({"problem": COULD_NOT, "finished_at": NOW}, "This could not be computed")],
    )  # fmt: skip
    def test_says_how_far_it_is(self, client, about, says):
        Job.objects.create(key="k", kind="sweep", asked={}, asked_at=NOW, **about)

        assert says in text_of(client.get("/lab/jobs/k/"))
