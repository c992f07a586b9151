"""Runs in the lab: kept, bounded, and refused with what to reduce."""

import pytest

from studyapp.lab import running
from studyapp.lab.running import TooMuch
from studyapp.lab.state import State
from studyapp.simulator.errors import RulebookError, ScenarioError
from tests.lab.worlds import CROWD, ran


def inputs(body=CROWD, **state):
    return running.inputs(body, State(**state), {"no-limit": {"account_concurrency": "none"}})


def steady(rate: str, length: str, **more):
    function = {"duration": "100 ms", "init": "0 s", **more}
    return {
        "functions": {"f": function},
        "sources": {"clients": {"arrivals": {"poisson": rate}}},
        "horizon": length,
    }


class TestRun:
    def test_makes_equal_inputs_once(self):
        assert running.run(inputs()) is running.run(inputs())
        assert running.kept(inputs()) is not None

    def test_remembers_some_and_not_all(self):
        for seed in range(1, running.KEPT + 3):
            running.run(inputs(seed=seed))

        assert running.kept(inputs(seed=1)) is None
        assert running.kept(inputs(seed=running.KEPT + 2)) is not None

    def test_remembers_few_large_ones(self, monkeypatch):
        monkeypatch.setattr(running, "MOST_KEPT_ROWS", 2 * running.run(inputs(seed=1)).rows)
        for seed in (2, 3, 4):
            running.run(inputs(seed=seed))

        assert [running.kept(inputs(seed=seed)) is not None for seed in (1, 2, 3, 4)] == [False, False, True, True]

    def test_takes_changes_beliefs_assumptions_and_the_seed(self):
        found = inputs(
            changes={"functions.labels.reserved_concurrency": 5},
            beliefs=("no-limit",),
            assumes={"routing": "random"},
            seed=4,
        )

        outcome = running.run(found).outcome
        assert outcome.limits == {"labels": 5}
        assert outcome.rulebook.account_concurrency is None
        assert outcome.rulebook.routing == "random"

    def test_has_a_key_for_everything_that_a_run_depends_on(self):
        others = [
            inputs(seed=1),
            inputs(changes={"functions.labels.memory": "1024 MB"}),
            inputs(assumes={"routing": "random"}),
            inputs(beliefs=("no-limit",)),
        ]

        assert len({each.key for each in [inputs(), *others]}) == 5

    def test_notes_which_rules_were_read(self):
        assert {"idle_lifetime", "routing", "account_concurrency"} <= ran().seen

    @pytest.mark.parametrize(
        ("state", "error"),
        [
            ({"changes": {"functions.labels.memory": "1 MB"}}, ScenarioError),
            ({"changes": {"functions.nobody.memory": "512 MB"}}, ScenarioError),
            ({"assumes": {"routing": "best"}}, RulebookError),
            ({"assumes": {"nothing": "1"}}, RulebookError),
        ],
    )
    def test_refuses_what_the_simulator_refuses(self, state, error):
        with pytest.raises(error):
            running.run(inputs(**state))


class TestTooMuch:
    def test_is_said_before_anything_is_run(self):
        with pytest.raises(TooMuch) as refused:
            running.run(inputs(steady("1000 per 1 s", "20 min")))

        assert refused.value.field == "sources.clients.arrivals"
        assert str(refused.value) == (
            "About 1,200,000 requests would arrive. A run here has at most 50,000 requests, 10,000 of them messages of queues, "
            "retries aside: take a lower rate of clients, or a shorter horizon."
        )

    def test_lets_fifty_thousand_pass(self):
        assert len(running.run(inputs(steady("100 per 1 s", "498 s"))).outcome.trace.event) > 45_000

    def test_counts_what_waits_and_what_comes_in_bursts(self):
        body = {
            "functions": {"f": {}},
            "sources": {"orders": {"kind": "sqs", "backlog": 60_000, "arrivals": {"burst": 10, "at": "0 s"}}},
        }
        with pytest.raises(TooMuch, match="About 60,000 requests"):
            running.run(inputs(body))

    def test_is_less_where_messages_wait_in_queues(self):
        body = {
            "functions": {"f": {}},
            "sources": {
                "calls": {"arrivals": {"burst": 30_000}},
                "orders": {"kind": "sqs", "arrivals": {"every": "1 ms", "count": 11_000}},
            },
        }
        with pytest.raises(
            TooMuch, match=r"About 11,000 messages would arrive\..* take a lower rate of orders"
        ) as refused:
            running.run(inputs(body))
        assert refused.value.field == "sources.orders.arrivals"

    def test_stops_a_run_that_grows_while_it_runs(self, monkeypatch):
        monkeypatch.setattr(running, "MOST_EVENTS", 500)
        storm = steady("50 per 1 s", "60 s")
        with pytest.raises(TooMuch, match=r"A run here has at most 50,000 requests"):
            running.run(inputs(storm))

    def test_stops_a_run_that_uses_up_its_time(self, monkeypatch):
        monkeypatch.setattr(running, "MOST_CPU_S", -1.0)
        with pytest.raises(TooMuch, match=r"The run was stopped at .* s of its clock"):
            running.run(inputs(steady("90 per 1 s", "500 s", fails="1 %")))
