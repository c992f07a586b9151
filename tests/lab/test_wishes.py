"""What a page may ask the background for."""

import pytest

from studyapp.content.models import Item
from studyapp.lab import running
from studyapp.lab.background import sweeping
from studyapp.lab.background import wishes as asking_jobs
from studyapp.lab.background.sweeping import Sweep
from studyapp.lab.background.wishes import NothingToFind
from studyapp.lab.state import State
from studyapp.simulator.claims import Claim
from tests.lab.bodies import bodies
from tests.lab.visits import CROWD, bench
from tests.lab.worlds import CROWD as EIGHT_AT_ONCE
from tests.lab.worlds import ROADS, ran

RESERVED, DURATION = "functions.labels.reserved_concurrency", "functions.labels.duration"


def inputs(body=EIGHT_AT_ONCE, **changes):
    return running.inputs(body, State({path.replace("__", "."): value for path, value in changes.items()}), {})


def sweepable(body=EIGHT_AT_ONCE, demo=None, **changes):
    return {each.path: each for each in asking_jobs.sweepable(inputs(body, **changes), demo)}


class TestSweepable:
    def test_is_every_number_that_the_scenario_sets(self):
        found = sweepable()

        assert {RESERVED, DURATION, "functions.labels.memory", "functions.labels.init"} <= found.keys()
        assert "sources.shops.arrivals" not in found

    def test_goes_from_a_quarter_to_four_times_within_the_quota(self):
        found = sweepable()

        assert (found[DURATION].low, found[DURATION].now, found[DURATION].high) == ("125 ms", "500 ms", "2000 ms")
        assert (found["functions.labels.memory"].low, found["functions.labels.memory"].high) == ("128 MB", "2048 MB")

    def test_has_what_a_demo_puts_first_in_its_order_and_range(self):
        demo = {"controls": [
            {"path": "function.duration", "from": "100 ms", "to": "1 s", "label": "How long"},
            {"path": "function.memory"},
        ]}  # fmt: skip
        first, second, *_ = asking_jobs.sweepable(inputs(), demo)

        assert (first.path, first.label, first.low, first.high) == (DURATION, "How long", "100 ms", "1 s")
        assert (second.path, second.low) == ("functions.labels.memory", "128 MB")

    def test_starts_at_what_was_changed(self):
        assert sweepable(functions__labels__duration="2 s")[DURATION].now == "2 s"

    @pytest.mark.parametrize("value", ["0 s", {"lognormal": "2 s", "p99": "9 s"}])
    def test_is_no_spread_of_times_and_nothing_that_is_0(self, value):
        assert DURATION not in sweepable(functions__labels__duration=value)

    def test_is_nothing_in_a_world_without_numbers(self):
        assert sweepable(ROADS) == {}


class TestSweep:
    def test_holds_the_state_and_the_number_that_was_asked(self):
        stood = ran()
        made = asking_jobs.sweep(inputs(functions__labels__init="1 s"), None, RESERVED, stood.outcome, None)

        assert made is not None
        assert made.changes == {"functions.labels.init": "1 s"}
        assert len(made.values) <= asking_jobs.VALUES
        assert "3" in made.values
        assert made.metrics[0] == "throttles"
        assert Sweep.read(made.as_json()) == made

    def test_of_what_cannot_be_swept_is_none(self):
        assert asking_jobs.sweep(inputs(), None, "functions.labels.handler", ran().outcome, None) is None

    @pytest.mark.django_db
    @pytest.mark.parametrize("slug", sorted(bodies())[::12])
    def test_of_every_control_of_the_course_has_values_that_can_be_run(self, slug):
        stood = bench(slug)
        for each in asking_jobs.sweepable(stood.inputs, stood.demo)[:3]:
            made = asking_jobs.sweep(stood.inputs, stood.demo, each.path, stood.ran.outcome, stood.question)
            assert made is not None
            few = Sweep(**{**made.as_json(), "values": (made.values[0], made.values[-1]), "metrics": made.metrics})
            rows = sweeping.rows(few)
            assert any(row.metrics for row in rows), (each.path, rows)


@pytest.mark.django_db
class TestSearch:
    def wrong_options(self, kind):
        for item in Item.objects.current().filter(kind=kind, scenario__isnull=False).select_related("revision"):
            revision = item.revision
            variant = revision.variant(revision.body["seeds"][0]["seed"])
            yield from ((revision, variant, each) for each in variant.options if each.id not in variant.key)

    def made(self, kind):
        """Of every 25th wrong option: the search, or why there is none."""
        for revision, variant, option in list(self.wrong_options(kind))[::25]:
            try:
                yield revision.body["item"], option, asking_jobs.search(revision, variant, option), ""
            except NothingToFind as error:
                yield revision.body["item"], option, None, str(error)

    def test_of_a_fix_is_for_its_goal_and_leaves_the_options_own_change_alone(self):
        found = [each for each in self.made("fix") if each[2]]

        for item, option, search, _ in found:
            assert search.claim == item["goal"]
            assert not {each.path for each in search.candidates} & set(option.change)
            assert 1 <= len(search.candidates) <= asking_jobs.MOST_CANDIDATES
        assert len(found) > 3

    def test_of_a_prediction_is_for_what_the_option_says(self):
        found = [each for each in self.made("predict") if each[2]]

        for item, _, search, _ in found:
            (clause,) = Claim.parse(search.claim).clauses
            assert clause.metric == item["asks"]
        assert found

    def test_says_why_there_is_none(self):
        says = {why for kind in ("fix", "predict") for *_, why in self.made(kind) if why}

        assert says <= {
            "This option is no number that a run could come to.",
            "Nothing in this scenario is a number that could be moved.",
        }


class TestMarked:
    @pytest.mark.parametrize(
        ("values", "now", "found"),
        [
            (["1 s", "2 s"], "2 s", "2 s"),
            (["1 s", "2000 ms"], "2 s", "2000 ms"),
            (["1 s"], "5 s", "5 s"),
            ([], "x", "x"),
        ],
    )
    def test_is_the_value_of_now_however_it_is_written(self, values, now, found):
        assert asking_jobs.marked(values, now) == found


def test_a_demo_offers_the_range_of_everything_it_puts_first_that_is_a_number(db):
    stood = bench(CROWD)
    found = {each.path: each for each in asking_jobs.sweepable(stood.inputs, stood.demo)}

    assert (found[DURATION].low, found[DURATION].high) == ("100 ms", "2 s")
