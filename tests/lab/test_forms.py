"""The bench as text and as values: what is changed, what is refused and why, and what the page shows of it."""

from html.parser import HTMLParser

import pytest
from django.template import engines
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.content.models import Fact
from studyapp.lab.controls import controls
from studyapp.lab.forms import AssumptionsForm, BenchForm
from studyapp.simulator import scenario
from tests.lab.bodies import bodies

LABELS = {
    "functions": {"labels": {"memory": "512 MB", "duration": "650 ms", "fails": {"first": 1}}},
    "sources": {"shops": {"calls": "labels", "arrivals": {"even": "3 per 1 s", "for": "10 s"}}},
}
QUEUE = {
    "functions": {"shelf": {"timeout": "20 s"}},
    "sources": {"scans": {"kind": "sqs", "batch_size": 8, "arrivals": {"burst": 4}}},
}
SECRETS = {"secrets": {"kept": {"password": {"in": "code", "rotates": "30 d"}}}}
PAGE = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")


def bench(typed=None, body=LABELS, **more):
    form = BenchForm(typed, body=body, **more)
    form.is_valid()
    return form


def changes(typed, body=LABELS, **more):
    form = bench(typed, body, **more)
    assert form.problems == ()
    assert form.cleaned_data == {"changes": form.changes}
    return form.changes


class Page(HTMLParser):
    """The tags of a page, by id, and the fields that a browser would send."""

    def __init__(self, form):
        super().__init__()
        self.tags, self.sent, self.select, self.area = [], {}, "", ""
        self.html = PAGE.render({"form": form})
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if tag in ("input", "textarea") and "name" in attrs:
            self.sent[attrs["name"]] = attrs.get("value", "")
        self.area = attrs["name"] if tag == "textarea" else ""
        if tag == "select":
            self.select = attrs["name"]
        if tag == "option" and "selected" in attrs:
            self.sent[self.select] = attrs["value"]

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        self.area = ""

    def by_id(self, id_):
        return next(attrs for _, attrs in self.tags if attrs.get("id") == id_)


@pytest.fixture
def memory_fact(db):
    return Fact.objects.get(slug="lambda.configuration.memory")


class TestChanges:
    def test_are_none_where_nothing_is_typed(self):
        assert changes(None) == {}

    def test_are_none_where_all_is_as_it_was(self):
        assert changes({each.path: each.value for each in controls(LABELS)}) == {}

    @pytest.mark.parametrize(
        ("path", "typed", "value"),
        [
            ("functions.labels.memory", "1024", "1024 MB"),
            ("functions.labels.memory", " 1 GB ", "1 GB"),
            ("functions.labels.timeout", "9", "9 s"),
            ("functions.labels.reserved_concurrency", "6", 6),
            ("functions.labels.vpc", "yes", True),
            ("functions.labels.fails", "{events: [3]}", {"events": [3]}),
            ("functions.labels.duration", "", None),
            ("sources.shops.arrivals.for", "20 s", "20 s"),
            ("account.concurrency", "200", 200),
            ("warm.labels", "5", 5),
            ("horizon", "1 min", "1 min"),
        ],
    )
    def test_hold_what_differs(self, path, typed, value):
        assert changes({path: typed}) == {path: value}

    @pytest.mark.parametrize(
        ("path", "typed"),
        [
            ("functions.labels.memory", "512"),
            ("functions.labels.memory", "0.5 GB"),
            ("functions.labels.duration", "0.65 s"),
            ("functions.labels.architecture", "x86_64"),
            ("functions.labels.vpc", "no"),
            ("functions.labels.fails", "{first: 1}"),
            ("functions.labels.tmp", ""),
            ("seed", "9"),
            ("page", "3"),
        ],
    )
    def test_leave_out_what_says_the_same_and_what_is_no_path(self, path, typed):
        assert changes({path: typed}) == {}

    def test_have_full_paths(self):
        assert changes({"function.timeout": "9", "source.arrivals.even": "4 per 1 s"}) == {
            "functions.labels.timeout": "9 s", "sources.shops.arrivals.even": "4 per 1 s",
        }  # fmt: skip

    def test_take_values_as_an_option_has_them(self):
        assert changes({"function.fails": {"first": 2}, "function.vpc": True, "function.memory": None}) == {
            "functions.labels.fails": {"first": 2}, "functions.labels.vpc": True, "functions.labels.memory": None,
        }  # fmt: skip

    def test_within_a_control_are_of_the_control(self):
        assert changes({"function.fails.first": "2"}) == {"functions.labels.fails": {"first": 2}}

    def test_are_of_the_inner_field_where_it_has_a_control(self):
        first = [{"path": "function.fails.first", "from": 0, "to": 3}]

        assert changes({"function.fails.first": "2"}, first=first) == {"functions.labels.fails.first": 2}

    def test_of_arrivals_may_be_of_another_law(self):
        typed = {"source.arrivals.even": "", "source.arrivals.poisson": "3 per 1 s"}
        found = changes(typed)

        assert scenario.read(scenario.patch(LABELS, found)).sources[0].arrivals[0].kind == "poisson"

    def test_of_a_kind_take_out_what_the_other_does_not_have(self):
        typed = {"source.kind": "s3", "source.visibility_timeout": "2 min", "source.payload": "2 KB"}

        assert changes(typed, QUEUE) == {
            "sources.scans.kind": "s3", "sources.scans.payload": "2 KB", "sources.scans.batch_size": None,
        }  # fmt: skip

    def test_of_a_kind_bring_its_fields(self):
        form = bench({"source.kind": "sqs", "source.visibility_timeout": "2 min"})

        assert form.changes["sources.shops.visibility_timeout"] == "2 min"
        assert "sources.shops.max_receive_count" in form.fields
        assert "sources.shops.retries" not in form.fields

    def test_of_a_whole_part_go_on_with_the_form(self):
        whole = {"secrets.kept.password": {"in": "secrets-manager", "rotates": "30 d"}}
        form = bench(whole, SECRETS)

        assert form.changes == whole
        assert form.hidden == [("secrets.kept.password", "{in: secrets-manager, rotates: 30 d}")]
        assert bench(Page(form).sent, SECRETS).changes == whole

    @pytest.mark.parametrize("name", sorted(bodies())[::7])
    def test_are_none_for_a_page_that_is_sent_as_it_came(self, name):
        body = bodies()[name]

        assert bench(Page(bench(body=body)).sent, body).changes == {}


class TestProblems:
    def test_name_field_value_limit_and_source(self, memory_fact):
        form = bench({"functions.labels.memory": "64"})
        problem = form.problems[0]

        assert not form.is_valid()
        assert (problem.path, problem.field_id) == ("functions.labels.memory", "id_functions-labels-memory")
        assert problem.says == "64 MB is below the minimum of 128 MB (Lambda quotas)."
        assert (problem.fact, problem.fact_name, problem.source) == (
            memory_fact.slug, memory_fact.name, memory_fact.source_title,
        )  # fmt: skip
        assert form.errors == {"functions.labels.memory": [problem.says]}

    def test_leave_the_changes_that_stand(self, db):
        form = bench({"function.memory": "64", "function.timeout": "9"})

        assert form.changes == {"functions.labels.timeout": "9 s"}

    def test_are_all_told(self, db):
        form = bench({"function.memory": "64", "function.tmp": "1", "warm.labels": "x", "horizon": "{"})

        assert {each.path for each in form.problems} == {
            "functions.labels.memory", "functions.labels.tmp", "warm.labels", "horizon",
        }  # fmt: skip

    def test_stand_at_the_field_that_is_broken_by_another(self, db):
        form = bench({"function.timeout": "60"}, QUEUE)

        assert form.problems[0].path == "sources.scans.visibility_timeout"
        assert "below the timeout of shelf, 60 s" in form.problems[0].says
        assert form.changes == {}

    def test_of_two_laws_of_arrival_stand_at_one_that_was_typed(self, db):
        form = bench({"source.arrivals.poisson": "3 per 1 s"})

        assert form.problems[0].path == "sources.shops.arrivals.poisson"
        assert "needs exactly one of" in form.problems[0].says

    @pytest.mark.parametrize(
        ("path", "says"),
        [
            ("functions.nope.memory", "leads nowhere in this scenario"),
            ("functions.labels.memroy", "is not a field of this part; did you mean memory?"),
            ("functions.labels.memory.mb", "is a value, it has no fields to change"),
            ("versions", "is not a mapping of fields to values"),
            (f"functions.{'x' * 400}", "is too long"),
        ],
    )
    def test_of_no_field_name_the_path(self, path, says, db):
        problem = bench({path: "3"}).problems[0]

        assert (problem.path, problem.field_id) in (("", ""), ("functions.labels.memory", "id_functions-labels-memory"))
        assert says in problem.says

    @pytest.mark.parametrize(
        "typed",
        ["x" * 10_000, "\x00", "5\x00 s", "[" * 4_000, "{a: " * 900, "9" * 1_000, "NaN", "inf", "1e400", "-1", "²", "\ud800",
         "{a: &a [*a]}", "!!python/object:os.system {}", "[!!int x]", "{? [a] : b}", "<script>", "‮", "0x10"],
    )  # fmt: skip
    def test_are_all_that_hostile_text_brings(self, typed, db):
        form = bench({"functions.labels.memory": typed})

        assert [each.path for each in form.problems] == ["functions.labels.memory"] or len(typed) > 4_000
        assert len(form.problems) == 1
        assert "<script>" not in Page(form).html

    def test_are_at_most_ten(self, db):
        assert len(bench({f"functions.f{number}.memory": "1" for number in range(500)}).problems) == 10

    def test_of_a_scenario_that_no_simulator_can_read_are_told(self, db):
        form = bench({"function.timeout": "5"}, {"functions": {"f": {"memory": "1 KB"}}})

        assert form.problems[0].path == "functions.f.memory"


NAMES = st.sampled_from(
    ["functions", "function", "sources", "source", "secrets", "kept", "password", "labels", "shops", "scans", "shelf", "memory",
     "kind", "arrivals", "burst", "even", "fails", "first", "calls", "in", "warm", "account", "horizon", "versions", "steps",
     "1", "0", "", "x", "databases", "network"]
)  # fmt: skip
PATHS = st.lists(NAMES, min_size=1, max_size=5).map(".".join) | st.text(max_size=12)
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["{}", "[]", "{a: {}}", "[1, [2]]", "3", "9 s", "sqs", "s3", "kinesis", "no", "-1", "1e9", "{x: {kind: sqs}}", "null", "512 MB",
     "{burst: 3}", "{labels: {}}", "{labels: 50 %, x: 50 %}", "~", "infinite", "{from: 1 s, to: 2 s}"]
)  # fmt: skip


@pytest.mark.django_db
class TestAnyQuery:
    @settings(max_examples=250, deadline=None)
    @given(st.sampled_from([LABELS, QUEUE, SECRETS]), st.dictionaries(PATHS, TEXTS, max_size=6))
    def test_gives_messages_and_changes_that_can_be_read(self, body, typed):
        form = bench(typed, body)
        Page(form)

        scenario.read(scenario.patch(body, form.changes))
        assert bench(form.changes, body).changes == form.changes


class TestThePage:
    def test_has_a_field_for_each_control_with_its_path_as_name(self):
        form = bench()

        assert set(Page(form).sent) == set(form.fields) == {each.path for each in controls(LABELS)}

    def test_gives_each_thing_one_id(self, memory_fact):
        page = Page(bench({"function.memory": "64", "function.timeout": "9"}))
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        named = [word for _, attrs in page.tags for word in (attrs.get("aria-describedby") or "").split()]

        assert len(ids) == len(set(ids))
        assert set(named) <= set(ids)

    def test_shows_a_number_with_its_bounds(self):
        field = Page(bench()).by_id("id_functions-labels-memory")

        assert (field["type"], field["value"], field["min"], field["max"]) == ("number", "512", "128", "10240")
        assert field["autocomplete"] == "off"

    def test_shows_what_is_usual_where_nothing_is_set(self):
        field = Page(bench()).by_id("id_functions-labels-timeout")

        assert (field.get("value"), field["placeholder"]) == (None, "3")

    def test_shows_what_was_typed_where_it_is_no_number(self, memory_fact):
        page = Page(bench({"function.memory": "many"}))
        field = page.by_id("id_functions-labels-memory")

        assert (field["type"], field["value"], field["aria-invalid"]) == ("text", "many", "true")
        assert reverse("reference:fact", args=[memory_fact.slug]) in page.html
        assert f"{memory_fact.name}</a>, from {memory_fact.source_title}." in page.html

    def test_says_what_it_was(self):
        page = Page(bench({"function.memory": "1024", "function.timeout": "9"}))

        assert "Was 512 MB." in page.html
        assert "Was left out, 3 s." in page.html

    def test_opens_what_is_changed(self):
        assert Page(bench()).html.count("<details>") == 3
        assert Page(bench({"function.tmp": "1024"})).html.count("<details open>") == 1

    def test_asks_for_the_rest_of_a_part_in_a_crowd(self):
        body = bodies()["lambda.errors.who-gives-up"]
        part = next(iter(bench(body=body).trimmed))

        assert f'name="all" value="{part}"' in Page(bench(body=body)).html
        assert f'name="all" value="{part}"' not in Page(bench(body=body, whole=[part])).html


class TestASlider:
    @pytest.mark.parametrize(
        ("first", "value", "unit", "least", "most"),
        [
            ({"path": "function.memory", "from": "128 MB", "to": "3008 MB"}, "512", "MB", "128", "3008"),
            ({"path": "function.reserved_concurrency", "from": 1, "to": 40}, "", "", "1", "40"),
            ({"path": "function.duration", "from": "100 ms", "to": "2 s"}, "650", "ms", "100", "2000"),
            ({"path": "function.fails.first", "from": 0, "to": 3}, "1", "", "0", "3"),
            ({"path": "source.arrivals.for", "from": "1 min", "to": "9 min"}, "10", "s", "10", "540"),
            ({"path": "source.arrivals.even", "from": "1 request per second", "to": "9 requests per second"}, "3",
             "request per second", "1", "9"),
        ],
    )  # fmt: skip
    def test_stands_beside_its_number(self, first, value, unit, least, most):
        row = bench(first=[first]).first_rows[0]

        assert (row.shown, row.control.unit) == (value, unit)
        assert (row.slider.least, row.slider.most) == (least, most)

    def test_adds_its_unit(self):
        first = [{"path": "function.duration", "from": "100 ms", "to": "2 s"}]

        assert changes({"function.duration": "900"}, first=first) == {"functions.labels.duration": "900 ms"}
        assert changes({"function.duration": "650"}, first=first) == {}

    def test_reaches_a_value_that_lies_outside(self):
        first = [{"path": "function.memory", "from": "128 MB", "to": "3008 MB"}]
        slider = bench({"function.memory": "4096"}, first=first).first_rows[0].slider

        assert (slider.least, slider.most) == ("128", "4096")

    def test_is_no_field_of_its_own(self):
        first = [{"path": "function.memory", "from": "128 MB", "to": "3008 MB"}]
        page = Page(bench(first=first))
        slide = next(attrs for _, attrs in page.tags if attrs.get("type") == "range")

        assert "name" not in slide
        assert (slide["data-of"], slide["aria-hidden"], slide["tabindex"]) == (
            "id_functions-labels-memory",
            "true",
            "-1",
        )
        assert list(page.sent).count("functions.labels.memory") == 1

    def test_is_not_there_for_words(self):
        rows = bench(first=[{"path": "function.architecture"}, {"path": "function.duration", "from": "1 s", "to": "2 s"}],
                     body={"functions": {"f": {"duration": {"exp": "1 s"}}}}).first_rows  # fmt: skip

        assert [row.slider for row in rows] == [None, None]


class TestAssumptions:
    def form(self, typed=None, seen=("routing", "idle_lifetime", "memory_max")):
        form = AssumptionsForm(typed, seen=seen)
        form.is_valid()
        return form

    def test_are_those_that_were_read(self):
        assert sorted(self.form().fields) == ["assume.idle_lifetime", "assume.routing"]

    def test_offer_what_a_proof_tries(self):
        choices = self.form().fields["assume.idle_lifetime"].widget.choices

        assert list(choices) == [("600 s", "600 s (usual)"), ("300 s", "300 s"), ("3600 s", "3600 s")]

    def test_hold_what_is_not_usual(self):
        form = self.form({"routing": "random", "idle_lifetime": "10 min"})

        assert form.cleaned_data == {"assumes": {"routing": "random"}}

    def test_keep_another_value_that_can_be_read(self):
        form = self.form({"idle_lifetime": "42 s"})

        assert form.cleaned_data == {"assumes": {"idle_lifetime": "42 s"}}
        assert ("42 s", "42 s") in form.fields["assume.idle_lifetime"].widget.choices

    @pytest.mark.parametrize("typed", ["soon", "-1 s", "\x00", "9" * 999, "x" * 9_999])
    def test_refuse_what_cannot_be(self, typed):
        form = self.form({"idle_lifetime": typed})

        assert list(form.errors) == ["assume.idle_lifetime"]
        assert PAGE.render({"form": form})
