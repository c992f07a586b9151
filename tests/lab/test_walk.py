"""Every scenario of the course, walked through: asked first, then run, changed, compared, explained and taken away."""

import json
import re
from contextlib import nullcontext

import pytest

from studyapp.lab import asking, pace
from studyapp.ui.timeline import picture
from tests.lab.bodies import bodies
from tests.lab.visits import HTMX, OUTCOME, bench, errors, links, links_in, marks, predict, token_of, url

pytestmark = pytest.mark.django_db
SHOWS = re.compile(r'id="outcome"|<svg viewBox|class="(readouts|routes|run-table|choices)')
TAKEN = ("json", "csv", "svg", "rules", "why")
EXPLAINED = re.compile(r'<h2 tabindex="-1">[^<]+</h2>\s*<p class="measure">[^<]+')


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch):
    """The pace has tests of its own."""
    monkeypatch.setattr(pace, "turn", lambda *_: nullcontext())


@pytest.mark.parametrize("slug", bodies())
def test_is_asked_first_and_then_run_changed_explained_and_taken_away(client, slug):
    """One test for each scenario: its run is made once and then remembered."""
    shows_nothing_before_a_prediction(client, slug)
    assert predict(client, slug).status_code == 302
    page = client.get(url(slug))
    assert page.status_code == 200
    whatever_it_offers_can_be_followed(client, page)
    everything_in_its_picture_says_why(client, slug, page)
    the_wall_goes_on_to_the_last_moment(client, slug)
    its_run_can_be_taken_away(client, slug)
    what_it_shows_would_have_been_right(bench(slug))


def shows_nothing_before_a_prediction(client, slug):
    closed, wall = client.get(url(slug)), client.get(url(slug, "wall", "step=3"))
    assert token_of(closed)
    assert b'data-step="1"' in wall.content
    for page in (closed, wall):
        assert not SHOWS.search(page.content.decode())
    assert {client.get(url(slug, name, "mark=hop-1-1")).status_code for name in TAKEN} == {404}


def whatever_it_offers_can_be_followed(client, page):
    presets = links(page, 'class="presets"', "</nav>")
    believed = links(page, 'class="switches"', "</ul>")
    questions = page.content.decode().split('<ol class="choices">')[1:]
    tried = [address for part in questions for address in links_in(part.partition("</ol>")[0])]
    for address in dict.fromkeys([*presets, *believed, *tried]):
        response = client.get(address, **OUTCOME)
        assert response.status_code == 200, (address, errors(response))
        is_compared = b'class="differences"' in response.content
        assert is_compared is (address not in presets), address


def everything_in_its_picture_says_why(client, slug, page):
    """One mark of each kind, and every hop."""
    asked = {mark if mark.startswith("hop-") else mark.partition("-")[0]: mark for mark in marks(page)}
    for mark in asked.values():
        response = client.get(url(slug, "why", f"mark={mark}"), **HTMX)
        assert EXPLAINED.search(response.content.decode()), mark


def the_wall_goes_on_to_the_last_moment(client, slug):
    first = client.get(url(slug, "wall")).content.decode()
    last = re.search(r"1 of (\d+)</p>", first)
    assert last
    for step in dict.fromkeys((2, 3, int(last[1]))):
        assert f'data-step="{step}"' in client.get(url(slug, "wall", f"step={step}"), **HTMX).content.decode()


def its_run_can_be_taken_away(client, slug):
    has_chart = picture(bench(slug).ran.outcome).chart is not None
    assert json.loads(client.get(url(slug, "json")).content)["metrics"]
    assert b"".join(client.get(url(slug, "csv"))).startswith(b"event,source,function")
    assert b"<table" in client.get(url(slug, "rules"), **HTMX).content
    assert client.get(url(slug, "svg")).status_code == (200 if has_chart else 404)


def what_it_shows_would_have_been_right(stood):
    shown = asking.told(stood.question.metric, stood.ran.outcome)
    assert asking.mark(stood.question, stood.ran.outcome, shown).is_right
