"""What is pinned beside a run: read as the bench reads it, and drawn once."""

from urllib.parse import quote

import pytest

from studyapp.lab import drawing
from tests.lab.visits import CROWD, OUTCOME, bench, opened, url

pytestmark = pytest.mark.django_db
NOW = "functions.labels.reserved_concurrency=20"


@pytest.mark.parametrize(
    "pinned",
    [
        "sources.shops.arrivals={burst: 30, at: 0 s}",
        "sources.shops.arrivals.even=&sources.shops.arrivals.for=&sources.shops.arrivals.burst=30",
        "functions.labels.init=",
    ],
    ids=["parts", "cleared and set", "cleared"],
)
def test_may_hold_parts_and_nothing(client, pinned):
    opened(client, CROWD)

    response = client.get(url(CROWD, query=f"{NOW}&pin={quote(pinned)}"), **OUTCOME)

    assert response.status_code == 200
    assert "Was" in response.content.decode()


def test_is_refused_where_its_parts_cannot_be_read(client):
    opened(client, CROWD)

    response = client.get(url(CROWD, query=f"{NOW}&pin={quote('sources.shops.arrivals={burst: 30')}"), **OUTCOME)

    assert response.status_code == 422
    assert "pin: cannot be read" in response.content.decode()


def test_is_the_run_that_the_bench_has_made_of_it():
    pinned = bench(CROWD, f"{NOW}&pin={quote('functions.labels.memory=1 GB&seed=3')}").beside

    assert pinned is not None
    assert pinned.inputs.key == bench(CROWD, "functions.labels.memory=1 GB&seed=3").inputs.key


def test_is_drawn_once(monkeypatch):
    one = bench(CROWD, f"{NOW}&pin=seed%3D3")
    assert one.beside is not None
    first = drawing.both(one.ran, one.beside)
    monkeypatch.setattr(drawing, "picture", None)

    assert drawing.both(one.ran, one.beside) is first
