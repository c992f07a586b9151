"""What can be changed of a scenario."""

import re

import pytest
from django.conf import settings

from studyapp.lab.controls import MOST, at, controls, everything, full, nearest, part_of
from studyapp.lab.controls.callers import settings_of
from studyapp.lab.controls.texts import Unreadable, text, value_of
from studyapp.simulator import scenario
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import ASYNC_KINDS, MAPPING_KINDS, QUEUE_KINDS, STREAM_KINDS, SYNC_KINDS
from studyapp.simulator.units import READERS
from tests.lab.bodies import bodies

KINDS = (*SYNC_KINDS, *ASYNC_KINDS, *MAPPING_KINDS)
OF_NO_CONTROL = ("seed", "max_events")
SIMPLE = {"functions": {"f": {"memory": "512 MB"}}, "sources": {"s": {"arrivals": {"burst": 4}}}}


def leaves(value, steps=()):
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from leaves(each, (*steps, str(key)))
    else:
        yield ".".join(steps)


def of(body, path, **more):
    return {each.path: each for each in controls(body, **more)}[path]


def documented(heading):
    """The names of the fields in a table of SCENARIOS.md, with the text of their row."""
    page = (settings.CONTENT / "SCENARIOS.md").read_text()
    table = page.split(f"## {heading}\n")[1].split("\n## ")[0].split("\n\n")
    rows = (line for block in table for line in block.splitlines() if line.startswith("| `"))
    return {name: row for row in rows for name in re.findall(r"`(\w+)[`:]", row.split("|")[1])}


class TestEveryScenario:
    @pytest.mark.parametrize("name", sorted(bodies()))
    def test_has_a_control_for_all_that_it_says(self, name):
        body = bodies()[name]
        found = controls(body)
        known = {each.path for each in found}

        lost = [path for path in leaves(body) if path not in OF_NO_CONTROL and not nearest(path, known)]

        assert (lost, len(known)) == ([], len(found))
        assert len(found) <= MOST

    @pytest.mark.parametrize("name", sorted(bodies()))
    def test_is_the_same_with_each_control_as_it_stands(self, name):
        body = bodies()[name]
        changes = {each.path: value_of(each.value) for each in controls(body) if each.is_set}

        assert scenario.read(scenario.patch(body, changes)) == scenario.read(body)

    @pytest.mark.parametrize("name", sorted(bodies()))
    def test_offers_no_word_that_its_field_does_not_know(self, name):
        body = bodies()[name]
        offered = [(each.path, choice) for each in controls(body) for choice in each.choices]

        assert [(path, choice) for path, choice in offered if is_unknown(body, path, choice)] == []


def is_unknown(body, path, choice):
    try:
        scenario.read(scenario.patch(body, {path: value_of(choice)}))
    except ScenarioError as error:
        return error.field == path and "is none of" in error.limit
    return False


class TestDocumentedFields:
    @pytest.mark.parametrize("field", sorted(documented("A function")))
    def test_of_a_function(self, field):
        assert at_path(SIMPLE, f"functions.f.{field}")

    @pytest.mark.parametrize("kind", KINDS)
    def test_of_a_source(self, kind):
        words = {"all": KINDS, "queues": QUEUE_KINDS, "streams": STREAM_KINDS, "asynchronous": ASYNC_KINDS,
                 "who waits": SYNC_KINDS} | {each: (each,) for each in KINDS}  # fmt: skip
        for field, row in documented("A source").items():
            said = [each.strip(" `") for each in row.split("|")[2].split(",")] if field != "kind" else ["all"]
            if field == "batch_window" and kind == "sqs-fifo":
                continue
            if any(kind in words[each] for each in said):
                body = SIMPLE | {"sources": {"s": {"kind": kind, "arrivals": {"burst": 4}}}}
                assert at_path(body, f"sources.s.{field}"), field

    def test_of_arrivals(self):
        for field in documented("Arrivals"):
            assert at_path(SIMPLE, f"sources.s.arrivals.{field}"), field
        for field in ("for", "from", "count", "amplitude", "period", "zone", "starting"):
            assert at_path(SIMPLE, f"sources.s.arrivals.{field}"), field

    def test_of_a_database_the_account_and_the_run(self):
        body = SIMPLE | {"databases": {"d": {}}}
        paths = [f"databases.d.{field}" for field in documented("A database")]
        for path in (*paths, "account.concurrency", "warm.f", "horizon"):
            assert at_path(body, path)

    def test_not_those_of_another_kind(self):
        assert not at_path(SIMPLE, "sources.s.visibility_timeout")
        assert "duplicates" not in {each.key for each in settings_of("sqs-fifo")}


def at_path(body, path):
    return any(each.path == path or each.path.startswith(f"{path}.") for each in controls(body))


class TestAControl:
    def test_says_bounds_default_and_where_from(self):
        memory = of(SIMPLE, "functions.f.memory")

        assert (memory.label, memory.group, memory.kind) == ("Memory", "Function f", "number")
        assert (memory.value, memory.unit, memory.least, memory.most) == ("512 MB", "MB", "128 MB", "10,240 MB")
        assert memory.help == "128 MB to 10,240 MB, in whole MB. Left out: 128 MB."
        assert memory.fact == "lambda.configuration.memory"
        assert memory.is_set
        assert memory.is_simple

    def test_is_empty_where_the_scenario_sets_nothing(self):
        tmp = of(SIMPLE, "functions.f.tmp")

        assert (tmp.value, tmp.usual, tmp.is_set, tmp.is_simple) == ("", "512 MB", False, False)

    @pytest.mark.parametrize("kind", KINDS)
    def test_has_bounds_that_can_be_read(self, kind):
        for each in controls(SIMPLE | {"sources": {"s": {"kind": kind, "arrivals": {"burst": 4}}}}):
            for bound in (each.least, each.most):
                assert bound is None or READERS[each.reads](bound) is not None

    @pytest.mark.parametrize("kind", KINDS)
    def test_is_refused_above_its_maximum(self, kind):
        body = SIMPLE | {"sources": {"s": {"kind": kind, "arrivals": {"burst": 4}}}}
        for each in (each for each in controls(body) if each.kind == "number" and each.most):
            most = int(each.amount(each.most))
            with pytest.raises(ScenarioError):
                scenario.read(scenario.patch(body, {each.path: value_of(each.written(str(most + 1)))}))

    def test_may_be_the_only_function_or_one_of_two(self):
        two = {"functions": {"f": {}, "g": {}}, "sources": {"s": {"kind": "sqs", "calls": "g", "backlog": 1}}}

        assert of(SIMPLE, "sources.s.calls").usual == "f"
        assert of(two, "sources.s.calls").choices == ("f", "g")
        assert of(two, "functions.f.version_of", whole=["functions.f"]).choices == ("", "g")

    def test_is_one_text_for_a_list_of_arrivals(self):
        body = SIMPLE | {"sources": {"s": {"arrivals": [{"burst": 4}, {"even": "1 per 1 s", "for": "9 s"}]}}}

        assert of(body, "sources.s.arrivals").value == "[{burst: 4}, {even: 1 per 1 s, for: 9 s}]"

    def test_stands_in_the_place_of_what_held_it(self):
        body = {"functions": {"f": {"fails": {"from": "0 s", "to": "9 s"}}}}
        paths = {each.path for each in controls(body, inner=["functions.f.fails.to"])}

        assert {"functions.f.fails.from", "functions.f.fails.to"} < paths
        assert "functions.f.fails" not in paths

    def test_may_be_within_a_list(self):
        body = {"versions": {"steps": [{"publish": True}, {"update_alias": "live", "weights": {"2": "5 %"}}]}}
        inner = ["versions.steps.2.weights.2", "versions.steps.2.to"]

        assert {each.path: each.value for each in controls(body, inner=inner)} == {
            "versions.steps.1": "{publish: yes}", "versions.steps.2.update_alias": "live",
            "versions.steps.2.weights.2": "5 %", "versions.steps.2.to": "",
        }  # fmt: skip

    def test_may_be_of_what_a_model_leaves_out(self):
        body = {"secrets": {"kept": {"token": {"in": "code"}}}}
        read = of(body, "secrets.kept.token.read", inner=["secrets.kept.token.read"])

        assert (read.value, read.usual, read.group) == ("", "each-environment", "Secrets: kept")
        assert not at_path(body, "secrets.kept.token.read")

    @pytest.mark.parametrize(
        ("typed", "amount"), [("512", "512"), ("0.5 GB", "512"), ("1,024 MB", "1024"), ("lots", None), ("3 s", None)]
    )
    def test_reads_a_plain_number_in_its_unit(self, typed, amount):
        assert of(SIMPLE, "functions.f.memory").amount(typed) == amount


class TestACrowd:
    def test_shows_what_matters_and_the_rest_of_a_part_when_asked(self):
        body = bodies()["lambda.errors.who-gives-up"]
        part = part_of(next(each.path for each in everything(body)))

        few, more = controls(body), controls(body, whole=[part])

        assert len(few) < len(more) < len(everything(body))
        assert {each for each in everything(body) if part_of(each.path) == part} <= set(more)


class TestPaths:
    def test_are_written_out(self):
        assert full(SIMPLE, "function.memory") == "functions.f.memory"
        assert full(SIMPLE, "source.arrivals.burst") == "sources.s.arrivals.burst"
        assert full(SIMPLE, "horizon") == "horizon"
        assert full({"functions": {"f": {}, "g": {}}}, "function.memory") == "function.memory"

    def test_lead_to_values(self):
        body = SIMPLE | {"versions": {"steps": [{"publish": True}]}}

        assert at(body, "versions.steps.1.publish") is True
        assert at(body, "versions.steps.2.publish") is None
        assert at(body, "functions.f.memory.x") is None


class TestTexts:
    @pytest.mark.parametrize(
        "value",
        [
            "512 MB", 4, True, ["0 s", "5 s"], {"first": 2}, {"lognormal": "200 ms", "cv": 1}, [],
            {}, ["a: b", "no", "10", "x, y", "", "é", "1e3", "2026-01-01", '"', "12:30", "~", "null", "- x", "s3:Get*"],
            {"8": "5 %"}, [[1], {"a": None}], ["0x1F", "1_000", "a #b", "'", "\t", "[", "{x}"],
        ],
    )  # fmt: skip
    def test_are_read_as_they_were_written(self, value):
        assert value_of(text(value)) == value

    @pytest.mark.parametrize(
        "typed", ["{", "[1", "{a: &b [*b]}", "[" * 3_000, "{a: 1, a: 2}", "[2026-01-01]", "{\x00}"]
    )
    def test_are_refused_with_a_reason(self, typed):
        with pytest.raises(Unreadable, match=r"cannot be read: \S"):
            value_of(typed)
