"""The run at the projector: the question, the numbers, the picture, then moment after moment."""

import re

import pytest
from django.test import Client

from studyapp.lab import wall
from studyapp.ui.timeline import picture
from tests.lab.visits import CROWD, HTMX, bench, opened, url
from tests.lab.worlds import ran

pytestmark = pytest.mark.django_db
ROAD = "lambda.vpc.card-processor"


@pytest.fixture
def client():
    client = Client()
    opened(client, CROWD)
    return client


class TestSteps:
    def test_begin_with_the_question_alone(self):
        step = wall.steps(bench(CROWD), 1)

        assert (step["at"], step["back_url"], step["picture"], step["moment"]) == (1, "", None, None)
        assert step["question"].text
        assert step["readouts"] == ()

    def test_go_on_with_the_numbers_and_the_picture(self):
        numbers, drawn = (wall.steps(bench(CROWD), at) for at in (2, 3))

        assert (numbers["readouts"][0].value, numbers["picture"]) == ("200", None)
        assert drawn["picture"] is not None
        assert drawn["moment"] is None

    def test_tell_each_moment_in_the_order_of_time(self):
        last = wall.steps(bench(CROWD), 1)["last"]
        moments = [wall.steps(bench(CROWD), at)["moment"] for at in range(4, last + 1)]

        assert 2 <= len(moments) <= wall.MOST_MOMENTS
        assert all(moment.title and moment.says for moment in moments)
        assert len({moment.mark for moment in moments}) == len(moments)
        times = [int(moment.mark.rpartition("-")[2]) for moment in moments]
        assert times == sorted(times)

    @pytest.mark.parametrize(("asked", "at"), [(-5, 1), (0, 1), (10_000, None)])
    def test_end_at_the_first_and_the_last(self, asked, at):
        step = wall.steps(bench(CROWD), asked)

        assert step["at"] == (at or step["last"])
        assert bool(step["next_url"]) is (step["at"] < step["last"])

    def test_lead_on_and_back_in_the_same_state(self):
        step = wall.steps(bench(CROWD, "seed=7"), 3)

        assert step["next_url"] == url(CROWD, "wall", "seed=7&step=4")
        assert step["back_url"] == url(CROWD, "wall", "seed=7&step=2")

    def test_of_a_way_are_its_hops(self):
        last = wall.steps(bench(ROAD), 1)["last"]
        moments = [wall.steps(bench(ROAD), at)["moment"].mark for at in range(4, last + 1)]

        assert moments
        assert all(mark.startswith("hop-") for mark in moments)


class TestMarks:
    def test_are_those_that_tell_most_where_there_are_many(self):
        drawn = picture(ran(sources__shops__arrivals={"burst": 200, "at": "0 s"}).outcome, width=920, name="run")

        found = wall.marks_of(drawn)
        assert 2 <= len(found) <= wall.MOST_MOMENTS
        assert any(mark.startswith("throttled") for mark in found)


class TestThePage:
    def test_stays_at_the_question_until_it_is_answered(self):
        page = Client().get(url(CROWD, "wall", "step=5")).content.decode()

        assert 'data-step="1"' in page
        assert "Predict it first" in page
        assert "ArrowRight" not in page

    def test_is_walked_by_arrow_keys(self, client):
        first, middle = (client.get(url(CROWD, "wall", f"step={step}")).content.decode() for step in (1, 3))

        assert 'aria-keyshortcuts="ArrowRight"' in first
        assert 'aria-keyshortcuts="ArrowLeft"' not in first
        assert 'aria-keyshortcuts="ArrowLeft"' in middle

    def test_points_at_the_moment_in_the_picture(self, client):
        page = client.get(url(CROWD, "wall", "step=4")).content.decode()

        assert page.count('aria-current="true"') == 1
        assert re.search(r'<h1 tabindex="-1" class="wall-moment">[^<]+</h1>', page)

    def test_comes_as_a_part(self, client):
        response = client.get(url(CROWD, "wall", "step=2"), **HTMX)

        assert b"<html" not in response.content
        assert b'data-step="2"' in response.content

    @pytest.mark.parametrize("step", ["", "x", "-1", "1.5", "²", "9999999", "\x00"])
    def test_begins_where_the_step_is_none(self, client, step):
        response = client.get(url(CROWD, "wall"), {"step": step})

        assert b'data-step="1"' in response.content
