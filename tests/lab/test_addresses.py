"""The state of a bench in its address: short, the same for the same state, and enough to draw the same picture."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.lab.visits import CROWD, HTMX, OUTCOME, bench, errors, link, marks, opened, query_of, url

pytestmark = pytest.mark.django_db
MORE = "functions.labels.reserved_concurrency=20"
BELIEF = "belief=reserved-limits-request-rate"
RANDOM = "assume.routing=random"
PINNED = urlencode({"functions.labels.reserved_concurrency": "20", "pin": "seed=7"})


@pytest.fixture
def client():
    client = Client()
    opened(client, CROWD)
    return client


def text(response) -> str:
    return response.content.decode()


def pictures(response) -> list[str]:
    return re.findall(r"<svg viewBox.*?</svg>", text(response), re.DOTALL)


class TestAFormWithoutAScript:
    def test_leads_to_the_short_address_of_its_state(self, client):
        form = bench_form(client.get(url(CROWD)))
        form |= {"functions.labels.reserved_concurrency": "20", "go": "1"}

        response = client.get(url(CROWD), form)

        assert len(form) > 10
        assert (response.status_code, response.url) == (302, url(CROWD, query=MORE))

    def test_that_changes_nothing_leads_to_the_plain_address(self, client):
        response = client.get(url(CROWD), bench_form(client.get(url(CROWD))) | {"go": "1"})

        assert response.url == url(CROWD)

    def test_keeps_what_is_believed_assumed_and_pinned(self, client):
        query = f"{MORE}&{BELIEF}&{RANDOM}&seed=7&pin=seed%3D3"

        response = client.get(url(CROWD), bench_form(client.get(url(CROWD, query=query))) | {"go": "1"})

        assert response.url == url(CROWD, query=query)

    def test_shows_what_is_wrong_where_it_was_typed(self, client):
        response = client.get(url(CROWD, query="functions.labels.memory=1+MB&go=1"))

        assert response.status_code == 422
        assert 'value="1' in text(response)
        assert len(errors(response)) == 1


def bench_form(response) -> dict[str, str]:
    """What the bench of a page would send."""
    form = text(response).partition('<form id="bench"')[2].partition("</form>")[0]
    inputs = re.findall(r'<input(?![^>]*type="range")[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form)
    chosen = re.findall(r'<select[^>]*name="([^"]+)".*?<option[^>]*?value="([^"]*)"[^>]*? selected', form, re.DOTALL)
    return {**dict(chosen), **{name: value.replace("&amp;", "&") for name, value in inputs}}


class TestAnAddress:
    @pytest.mark.parametrize("query", ["", MORE, BELIEF, RANDOM, "seed=7", PINNED, f"{MORE}&{BELIEF}&{RANDOM}&seed=7"])
    def test_is_pushed_as_it_is(self, client, query):
        response = client.get(url(CROWD, query=query), **OUTCOME)

        assert response["HX-Push-Url"] == url(CROWD, query=query)

    @pytest.mark.parametrize(
        ("query", "pushed"),
        [
            (f"seed=7&{MORE}", f"{MORE}&seed=7"),
            (f"{MORE}&functions.labels.duration=500+ms", MORE),
            ("functions.labels.reserved_concurrency=10", ""),
            (f"functions.labels.reserved_concurrency=5&{MORE}", MORE),
            ("seed=0&assume.routing=&utm_source=letter&step=3&mark=x", ""),
            (f"{BELIEF}&{BELIEF}", BELIEF),
        ],
    )
    def test_of_the_same_state_is_one(self, client, query, pushed):
        response = client.get(url(CROWD, query=query), **OUTCOME)

        assert response["HX-Push-Url"] == url(CROWD, query=pushed)

    def test_that_the_browser_shows_already_is_not_pushed_again(self, client):
        where = {"HTTP_HX_CURRENT_URL": f"http://testserver{url(CROWD, query=MORE)}"}

        assert "HX-Push-Url" not in client.get(url(CROWD, query=MORE), **OUTCOME, **where)

    def test_of_what_cannot_be_run_is_not_pushed(self, client):
        assert "HX-Push-Url" not in client.get(url(CROWD, query="seed=x"), **OUTCOME)

    @pytest.mark.parametrize("query", ["", MORE, f"{BELIEF}&seed=7", RANDOM, PINNED])
    def test_draws_the_same_picture_for_everybody(self, client, query):
        other = Client()
        opened(other, CROWD)

        ours, theirs = (pictures(each.get(url(CROWD, query=query))) for each in (client, other))

        assert ours
        assert ours == theirs
        assert ours == pictures(client.get(url(CROWD, query=query), **OUTCOME))

    def test_can_be_handed_on(self, client):
        assert f'value="http://testserver{url(CROWD, query=MORE)}"' in text(client.get(url(CROWD, query=MORE)))


class TestWhatIsPinned:
    def test_stands_beside_the_run(self, client):
        pin = link(client.get(url(CROWD)), "Pin this run and compare")

        response = client.get(f"{pin}&{MORE}")

        assert query_of(pin) == {"pin": [""]}
        assert "200 fewer requests are throttled; 10 more environments start." in text(response)
        assert '<th scope="col">Was</th><th scope="col">Now</th>' in text(response)

    def test_can_be_swapped_and_unpinned(self, client):
        page = client.get(url(CROWD, query=PINNED))

        swap = link(page, "Swap")
        assert link(page, "Unpin") == url(CROWD, query=MORE)
        assert query_of(swap) == {"seed": ["7"], "pin": [MORE]}
        assert client.get(swap).status_code == 200

    def test_has_nothing_pinned_itself(self, client):
        response = client.get(url(CROWD, query=urlencode({"pin": PINNED})), **OUTCOME)

        assert query_of(response["HX-Push-Url"]) == {"pin": [MORE]}

    @pytest.mark.parametrize(
        ("pin", "says"),
        [
            ("functions.labels.memory=1+MB", "pin: functions.labels.memory: 1 MB is below the minimum of 128 MB"),
            ("assume.routing=best", "pin: routing: 'best' is none of"),
            ("sources.shops.arrivals.for=10+h", "pin: About 1,400,000 requests would arrive."),
            ("belief=nothing", "pin: belief: nothing is no belief that can be run"),
            ("seed=x", "pin: seed: x is not a whole number from 0 to 2,147,483,647"),
        ],
    )
    def test_is_refused_by_name_where_it_cannot_be_run(self, client, pin, says):
        response = client.get(url(CROWD, query=urlencode({"pin": pin})))

        assert response.status_code == 422
        assert [each[: len(says)] for each in errors(response)] == [says]


class TestABelief:
    def test_stands_beside_the_world_as_it_is(self, client):
        response = client.get(url(CROWD, query=BELIEF))

        assert '<th scope="col">As it is</th><th scope="col">If that were so</th>' in text(response)
        assert text(response).count('aria-checked="true"') == 1

    def test_can_be_switched_off(self, client):
        page = client.get(url(CROWD, query=BELIEF))
        on = text(page).partition('class="switches"')[2].partition('aria-checked="true"')[0].rpartition("<a")[2]

        assert re.findall(r'href="([^"]*)"', on) == [url(CROWD)]

    def test_that_nobody_knows_is_refused(self, client):
        response = client.get(url(CROWD, query="belief=no-such"))

        assert (response.status_code, errors(response)) == (
            422,
            ["belief: no-such is no belief that can be run"],
        )

    def test_says_why_for_both_worlds(self, client):
        mark = marks(client.get(url(CROWD, query=BELIEF)))[0]

        response = client.get(url(CROWD, "why", f"{BELIEF}&mark={mark}"), **HTMX)

        assert "If that were so:" in text(response)
        assert "As it is:" in text(response)


class TestAnAssumption:
    def test_is_what_the_rules_show(self, client):
        page = text(client.get(url(CROWD, "rules", RANDOM)))

        assert re.search(r'<option value="random" selected>random', page)

    def test_changes_the_run_and_not_the_story_of_its_inputs(self):
        assert bench(CROWD, RANDOM).inputs.patch == {"routing": "random"}
        assert bench(CROWD, RANDOM).inputs.key != bench(CROWD).inputs.key

    @pytest.mark.parametrize(
        ("query", "says"),
        [
            ("assume.routing=best", "routing: 'best' is none of newest-idle, oldest-idle, random"),
            ("assume.no_such=1", "no_such: there is no such rule"),
        ],
    )
    def test_that_cannot_be_is_refused(self, client, query, says):
        response = client.get(url(CROWD, query=query))

        assert (response.status_code, errors(response)) == (422, [says])


class TestASeed:
    def test_is_shown_and_draws_another_lot(self, client):
        drawn = "lambda.errors.poison-record"
        opened(client, drawn)

        assert ", seed 7</p>" in text(client.get(url(drawn, query="seed=7")))
        assert bench(drawn, "seed=7").inputs.key != bench(drawn).inputs.key

    def test_of_a_run_by_chance_gives_another_run(self):
        poisson = "sources.shops.arrivals=%7Bpoisson%3A+40+per+1+s%2C+for%3A+10+s%7D"
        one, other = (bench(CROWD, f"{poisson}&seed={seed}").ran.outcome.trace for seed in (1, 2))

        assert list(one.arrived) != list(other.arrived)
