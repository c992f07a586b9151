"""Addresses that nobody's page has: each is answered with a sentence, a page that is not there, or the run. Never with a 500."""

from collections import OrderedDict
from contextlib import nullcontext
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.content.models import Scenario
from studyapp.lab import pace, running
from studyapp.lab.models import Job
from tests.accounts.factories import InstructorFactory, UserFactory
from tests.lab.visits import CROWD, HTMX, OUTCOME, errors, opened, predict, token_of, url

pytestmark = pytest.mark.django_db
PAGES = ("demo", "why", "rules", "wall", "json", "csv", "svg")
MODEL = "lambda.vpc.card-processor"
DEEP = "[" * 1_900 + "]" * 1_900

BAD = {  # what is asked for -> what is said of it: the field, the value, the limit, and where that is from
    "functions.labels.memory=99999 MB": (
        "Memory, Function labels: 99999 MB is above the maximum of 10240 MB (Lambda quotas).",
        "(Memory; Configure Lambda function memory)",
    ),
    "functions.labels.memory=1 MB": ("Memory, Function labels: 1 MB is below the minimum of 128 MB (Lambda quotas).",),
    "functions.labels.reserved_concurrency=1000": (
        "Reserved concurrency, Function labels: 1000 is above 900: at least 100 of the account's 1,000 must stay unreserved",
        "(Concurrency that cannot be reserved; Configuring reserved concurrency)",
    ),
    "functions.labels.timeout=20 min": (
        "Timeout, Function labels: 1,200 s is above the maximum of 900 s",
        "(Longest timeout; Configure Lambda function timeout)",
    ),
    "functions.labels.reserved_concurrency=-1": ("-1 is not a whole number of at least 0",),
    "functions.labels.reserved_concurrency=1.5": ("1.5 is not a whole number",),
    "functions.labels.duration=soon": ("soon does not begin with a number",),
    "functions.labels.init=NaN s": ("NaN s does not begin with a number",),
    "functions.labels.memory=\x00": ("“\\x00” holds letters that cannot be shown",),
    "functions.labels.\x00=1": ("functions.labels.\\x00: 1 is not a field",),
    "functions..memory=1": ("functions..memory: leads nowhere in this scenario",),
    "functions.labels.memory.x=1": ("functions.labels.memory.x: is a value, it has no fields to change",),
    "functions=7": ("functions: 7 is not a mapping",),
    "horizon=1e400 s": ("1e400 s is not a number of at most 16 digits",),
    "sources.shops.kind=pigeon": ("Kind, Source shops: pigeon is none of sync, api,",),
    "sources.shops.calls=nobody": ("nobody is not a function here: labels",),
    f"sources.shops.arrivals={DEEP}": ("is nested more than 100 levels deep",),
    "sources.shops.arrivals.for=10 h": ("About 1,400,000 requests would arrive.", "at most 50,000", "take a lower rate of shops"),
    'sources.shops.arrivals={"burst": 1000000000}': ("About 1,000,000,000 requests would arrive.", "at most 50,000"),
    "belief=\x00": ("belief: ", "\\x00", "is no belief that can be run"),
    "assume.routing=\x00": ("routing: '\\x00' is none of newest-idle",),
    "assume.=1": ("there is no such rule",),
    "seed=\x00": ("\\x00", "is not a whole number from 0 to 2,147,483,647"),
    "network.x=1": ("network.x: leads nowhere in this scenario",),
}  # fmt: skip
QUIET = (
    "pin=\x00", "pin=&pin=", "a\x00b=1", "all=\x00", "all=" + "x" * 3_000, "mark=" + "x" * 3_000, "step=\x00", "step=-1",
    "step=²", "step=" + "9" * 50, "functions.labels=", "functions.labels={}", "=", "&&&", "utm_source=letter",
)  # fmt: skip
"""What means nothing here and is passed over."""


def encoded(query: str) -> str:
    return quote(query, safe="=&.")


@pytest.fixture
def nobody_waits(monkeypatch):
    """The pace has tests of its own."""
    monkeypatch.setattr(pace, "turn", lambda *_: nullcontext())


@pytest.fixture
def client():
    client = Client()
    opened(client, CROWD)
    return client


@pytest.fixture
def teacher():
    """Who may see every run without a prediction."""
    client = Client()
    client.force_login(InstructorFactory())
    return client


class TestAValueOutOfBounds:
    @pytest.mark.parametrize("query", BAD)
    def test_is_refused_in_the_same_words_on_every_page(self, teacher, query):
        found = {name: teacher.get(url(CROWD, name, encoded(query))) for name in PAGES}

        assert {response.status_code for response in found.values()} == {422}
        ((said,),) = {tuple(errors(response)) for response in found.values()}
        assert all(part in said for part in BAD[query]), said
        assert said.isprintable()

    @pytest.mark.parametrize(
        "query", ["functions.labels.memory=1 MB", "belief=x", "seed=x", "sources.shops.arrivals.for=10 h"]
    )
    def test_is_refused_before_and_after_a_prediction_and_as_a_part(self, client, query):
        for visitor, more in ((Client(), {}), (Client(), HTMX), (client, HTMX), (client, OUTCOME)):
            response = visitor.get(url(CROWD, query=encoded(query)), **more)
            assert response.status_code == 422
            assert len(errors(response)) == 1

    def test_leads_to_its_field(self, client):
        page = client.get(url(CROWD, query="functions.labels.memory=1+MB")).content.decode()

        field = page.partition('class="errors"')[2].partition('href="#')[2].partition('"')[0]
        assert f'id="{field}"' in page
        assert f'id="{field}_error"' in page

    def test_is_told_of_each_of_several(self, client):
        query = urlencode({"functions.labels.memory": "1 MB", "functions.labels.timeout": "20 min", "belief": "x"})

        assert len(errors(client.get(url(CROWD, query=query)))) == 3

    @pytest.mark.parametrize("query", [each for each in BAD if each.startswith("functions.labels.")])
    def test_is_refused_by_a_sweep_and_a_prediction(self, client, query):
        token = token_of(Client().get(url(CROWD)))
        posted = dict([each.split("=", 1) for each in [query]])

        for response in (
            client.post(url(CROWD, "sweep"), {**posted, "path": "functions.labels.duration"}),
            client.post(url(CROWD, "predict", encoded(query)), {"token": token, "predicted": "5"}),
        ):
            assert response.status_code == 422
            assert errors(response)
        assert not Job.objects.exists()


class TestWhatMeansNothing:
    @pytest.mark.parametrize("query", QUIET)
    def test_is_passed_over(self, teacher, query):
        names = [name for name in PAGES if name != "why"]

        assert {teacher.get(url(CROWD, name, encoded(query))).status_code for name in names} == {200}

    @pytest.mark.parametrize("mark", ["", "x", "invoke-0-0", "invoke-1-99", "hop-1-1", "hop--1-1", "hop-1-" + "9" * 70, "\x00",
                                      "invoke-٥-0", "init-" + "9" * 18 + "-0", "<b>", "throttled-1-0"])  # fmt: skip
    def test_is_no_mark_of_the_picture(self, client, mark):
        for more in ({}, HTMX):
            response = client.get(url(CROWD, "why", urlencode({"mark": mark})), **more)
            assert response.status_code == 404

    @pytest.mark.parametrize("mark", ["hop-1-1", "hop-9-1", "hop-1-99", "invoke-1-0"])
    def test_is_a_hop_that_the_way_does_not_have(self, mark):
        client = Client()
        opened(client, MODEL)

        status = client.get(url(MODEL, "why", urlencode({"mark": mark}))).status_code
        assert status == (200 if mark == "hop-1-1" else 404)


class TestTooMuch:
    @pytest.mark.parametrize(
        ("query", "says"),
        [
            (urlencode([(f"functions.f{n}.memory", "1") for n in range(301)]), "changes: 301 at once; at most 300"),
            (urlencode([("belief", f"b{n}") for n in range(5)]), "belief: 5 at once; at most 4"),
            (urlencode({"functions.labels.memory": "9" * 4_001}), "functions.labels.memory: is 4,001 letters long; at most 4,000"),
            (urlencode({f"functions.{'x' * 300}": "1"}), "has a name of 310 letters; at most 200"),
            (urlencode({"pin": "9" * 8_001}), "pin: is 8,001 letters long; at most 8,000"),
        ],
    )  # fmt: skip
    def test_in_an_address_is_said(self, client, query, says):
        response = client.get(url(CROWD, query=query))

        assert response.status_code == 422
        assert says.split(" is ")[-1] in errors(response)[0]

    def test_of_anything_is_refused_by_django_itself(self, client):
        assert client.get(url(CROWD, query=urlencode([("x", n) for n in range(2_000)]))).status_code in (200, 400)
        assert client.post(url(CROWD, "sweep"), {f"x{n}": n for n in range(2_000)}).status_code == 400
        assert client.post(url(CROWD, "sweep"), {"x": "x" * 2_000_000}).status_code == 400

    def test_of_a_run_is_refused_with_what_to_reduce(self, client):
        response = client.get(url(CROWD, query="sources.shops.arrivals.even=90000+requests+per+second"))

        (says,) = errors(response)
        assert response.status_code == 422
        assert "About 900,000 requests would arrive." in says
        assert says.endswith("take a lower rate of shops, or a shorter time.")


class TestTooFast:
    @pytest.fixture
    def out_of_breath(self, client, monkeypatch):
        """A person with no run left, on a server that remembers one run."""
        monkeypatch.setattr(running, "_kept", OrderedDict())
        client.get(url(CROWD))
        pace.buckets.pay(f"user {get_user(client).pk}", timezone.now() + timedelta(seconds=30), 2 * pace.MOST_S)
        return client

    @pytest.mark.parametrize("name", ["demo", "rules", "wall", "json", "csv", "svg", "why"])
    def test_is_told_when_to_come_back(self, out_of_breath, name):
        response = out_of_breath.get(url(CROWD, name, "functions.labels.duration=501+ms&mark=x"))

        assert response.status_code == 429
        assert int(response["Retry-After"]) >= 1
        assert b"The next run is possible in" in response.content
        assert b"functions.labels.duration=501" in response.content  # the way to try again

    def test_is_told_as_a_part_and_on_the_way_to_a_sweep(self, out_of_breath):
        changed = {"functions.labels.duration": "502 ms"}

        assert out_of_breath.get(url(CROWD, query=urlencode(changed)), **OUTCOME).status_code == 429
        assert out_of_breath.post(url(CROWD, "sweep"), {**changed, "path": "x"}).status_code == 429

    def test_is_no_matter_for_a_run_that_is_remembered(self, out_of_breath):
        assert out_of_breath.get(url(CROWD)).status_code == 200


class TestMethods:
    @pytest.mark.parametrize("name", ["demo", "why", "rules", "wall", "json", "csv", "svg"])
    def test_of_a_page_are_for_reading(self, client, name):
        assert client.post(url(CROWD, name)).status_code == 405
        assert client.put(url(CROWD, name)).status_code == 405

    @pytest.mark.parametrize("address", [url(CROWD, "predict"), url(CROWD, "sweep"), "/lab/smallest/1/1/a/"])
    def test_of_what_writes_are_for_sending(self, client, address):
        assert client.get(address).status_code == 405

    @pytest.mark.parametrize("address", ["/lab/", "/lab/jobs/x/"])
    def test_of_what_is_read_are_for_reading(self, client, address):
        assert client.post(address).status_code == 405

    @pytest.mark.parametrize("name", ["demo", "rules", "wall"])
    def test_head_is_answered_as_get_is(self, client, name):
        response = client.head(url(CROWD, name))

        assert (response.status_code, response.content) == (200, b"")


class TestWhatIsNotThere:
    @pytest.mark.parametrize(
        "slug", ["nothing", "lambda.concurrency.nothing", "x" * 3_000, "smallest", "%00", "..", "<b>"]
    )
    def test_is_a_scenario_that_nobody_wrote(self, client, slug):
        address = f"/lab/{quote(slug, safe='%')}/"

        assert {client.get(f"{address}{page}").status_code for page in ("", "why/", "wall/", "run.json")} == {404}
        assert {client.post(f"{address}{page}").status_code for page in ("predict/", "sweep/")} == {404}

    def test_is_a_scenario_that_the_course_dropped(self, client):
        Scenario.objects.filter(slug=CROWD).update(retired_at=timezone.now())

        assert {client.get(url(CROWD, name)).status_code for name in PAGES} == {404}

    @pytest.mark.parametrize("path", ["", "x", "functions.labels", "\x00", "x" * 3_000, "functions.labels.handler"])
    def test_is_a_control_without_a_range(self, client, path):
        assert client.post(url(CROWD, "sweep"), {"path": path}).status_code == 404
        assert not Job.objects.exists()

    def test_is_a_sweep_of_what_has_not_been_predicted(self):
        assert Client().post(url(CROWD, "sweep"), {"path": "functions.labels.duration"}).status_code == 404

    @pytest.mark.parametrize("who", [None, UserFactory, InstructorFactory])
    @pytest.mark.parametrize("address", ["9" * 18 + "/1/a", "0/0/a", "1/" + "9" * 18 + "/a", "1/1/nothing"])
    def test_is_a_question_that_nobody_asked(self, who, address):
        client = Client()
        if who:
            client.force_login(who())

        assert client.post(f"/lab/smallest/{address}/").status_code == 404

    @pytest.mark.parametrize("key", ["x", "0" * 64, "x" * 3_000])
    def test_is_a_job_that_nobody_asked_for(self, client, key):
        assert client.get(f"/lab/jobs/{key}/").status_code == 404


KEYS = st.sampled_from([
    "functions.labels.memory", "functions.labels.duration", "functions.labels.reserved_concurrency", "functions.labels.init",
    "functions.labels", "functions", "sources.shops.kind", "sources.shops.arrivals", "sources.shops", "account.concurrency",
    "horizon", "warm", "databases.d", "belief", "assume.routing", "assume.scaling_rate", "seed", "pin", "all", "mark", "step",
])  # fmt: skip
NUMBERS = st.integers(-5, 2_000).map(str) | st.floats(allow_nan=True).map(str)
VALUES = (
    st.text(max_size=40)
    | st.tuples(NUMBERS, st.sampled_from(["", " MB", " ms", " s", " per 1 s", " %", " h"])).map("".join)
    | st.sampled_from(
        ["{}", "[]", "null", "yes", "sqs", "kinesis", "sqs-fifo", "s3", "{burst: 9, at: 1 s}", "{even: 5 per 1 s}"]
    )
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(st.tuples(KEYS | st.text(max_size=20), VALUES), max_size=4),
    name=st.sampled_from(PAGES),
    is_seen=st.booleans(),
)
def test_any_address_is_answered(nobody_waits, pairs, name, is_seen):
    client = Client()
    if is_seen:
        client.force_login(InstructorFactory())
    query = urlencode(pairs, errors="replace")

    response = client.get(url(CROWD, name, query))

    assert response.status_code in (200, 302, 404, 422)
    if response.status_code == 422:
        assert all(errors(response))
        assert errors(response)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(token=st.text(max_size=60), said=st.text(max_size=100), query=st.lists(st.tuples(KEYS, VALUES), max_size=2))
def test_any_prediction_is_answered(nobody_waits, token, said, query):
    client = Client()
    response = predict(
        client, CROWD, urlencode(query, errors="replace"), said=said or "5", **({"token": token} if token else {})
    )

    assert response.status_code in (200, 302, 404, 422)
