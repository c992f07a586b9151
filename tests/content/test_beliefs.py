"""The beliefs of the course, each in a scenario small enough to work out by hand: what is so, and what a believer expects."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.content import raw
from studyapp.simulator import TRUTH, read, simulate
from studyapp.simulator.errors import ScenarioError
from tests.simulator import mixed_worlds

Data = dict[str, Any]
BELIEFS = {entry.data.id: entry.data for entry in raw.read(django_settings.CONTENT).beliefs}


def world(kind: str, function: Data | None = None, account: Data | None = None, **source: Any) -> Data:
    """One function of 1 s and one source."""
    body = {"memory": "1024 MB", "timeout": "30 s", "duration": "1 s", **(function or {})}
    return {"account": account or {}, "functions": {"f": body}, "sources": {"s": {"kind": kind, **source}}}


@dataclass(frozen=True)
class Case:
    """`asked` is a metric of a run of `data`: `so` in truth, `believed` under the belief."""

    belief: str
    data: Data
    asked: str
    so: object
    believed: object

    def __str__(self) -> str:
        return f"{self.belief}: {self.asked}"


LARGE = {"concurrency": 10_000}
CROWD = {"burst": 4_000, "at": "0 s"}
TWO_CROWDS = {"bursts": [{"count": 1_000, "at": "0 s"}, {"count": 1_000, "at": "10 s"}]}
ONE = {"at": ["0 s"]}
POISON = {"fails": {"events": [1]}}
SLOW = {"duration": "20 s"}

BILLS = [
    Case(
        "init-is-free", world("sync", {"init": "500 ms", "runtime": "python3.13"}, arrivals=ONE), "billed_gb_s", 1.5, 1
    ),
    Case("init-is-free", world("sync", {"init": "500 ms", "package": "image"}, arrivals=ONE), "billed_gb_s", 1.5, 1.5),
    Case("billing-rounds-to-100ms", world("sync", {"duration": "110 ms"}, arrivals=ONE), "billed_gb_s", 0.11, 0.2),
    Case(
        "billing-as-in-2020",
        world("sync", {"duration": "110 ms", "init": "1 s"}, arrivals=ONE),
        "billed_gb_s",
        1.11,
        0.2,
    ),
]
GROWTH = [
    Case("burst-by-region", world("sync", SLOW, LARGE, arrivals=CROWD), "invocations", 1_000, 3_000),
    Case("burst-of-1000", world("sync", SLOW, LARGE, arrivals=TWO_CROWDS), "invocations", 2_000, 1_083),
    Case("burst-of-500", world("sync", SLOW, LARGE, arrivals=CROWD), "invocations", 1_000, 500),
    Case("vpc-eni-per-scale-out", world("sync", {"vpc": True}, arrivals=ONE), "response_max", 1, 11),
    Case("async-payload-256kb", world("async", arrivals=ONE, payload="700 KB"), "invocations", 1, 0),
]
QUEUES = [
    Case(
        "sqs-batches-of-ten", world("sqs", backlog=100, batch_size=100, batch_window="1 s"), "batch_size_max", 100, 10
    ),
    Case(
        "sqs-sixty-a-minute",
        world("sqs", SLOW, LARGE, backlog=900, batch_size=1) | {"horizon": "10100 ms"},
        "peak_concurrency",
        55,
        15,
    ),
    Case("sqs-scales-at-once", world("sqs", backlog=90, batch_size=1), "peak_concurrency", 28, 90),
    Case("one-record-an-invocation", world("sqs", backlog=20), "invocations", 2, 20),
    Case("one-record-an-invocation", world("kinesis", backlog=20), "invocations", 1, 20),
    Case(
        "function-dlq-takes-messages",
        world("sqs", {"fails": "always", "dead_letter_queue": "yes"}, arrivals=ONE, retention="300 s"),
        "dead_letters",
        0,
        1,
    ),
    Case(
        "failed-messages-return-at-once",
        world("sqs", {"fails": {"first": 1}}, arrivals=ONE),
        "second_receive_at",
        30,
        1,
    ),
    Case("failed-message-alone-returns", world("sqs", POISON, backlog=10, max_receive_count=2), "dead_letters", 10, 1),
    Case(
        "batches-always-fail-whole",
        world("sqs", POISON, backlog=10, max_receive_count=2, partial_batch_responses=True),
        "dead_letters",
        1,
        10,
    ),
    Case("fifo-is-one-line", world("sqs-fifo", backlog=4, message_groups=4), "peak_concurrency", 4, 1),
]
STREAMS = [
    Case(
        "streams-retry-for-ever",
        world("kinesis", POISON, backlog=2, batch_size=1, retry_attempts=1) | {"horizon": "100 s"}, "records_delivered", 1, 0,
    ),
    Case(
        "streams-skip-poison",
        world("kinesis", POISON, backlog=2, batch_size=1) | {"horizon": "100 s"}, "records_delivered", 0, 1,
    ),
    Case(
        "stream-throttles-use-up-retries",
        world("kinesis", {"reserved_concurrency": 1, **SLOW}, backlog=2, shards=2, retry_attempts=1), "records_delivered", 2, 1,
    ),
    Case(
        "one-batch-per-shard",
        world("kinesis", backlog=10, batch_size=1, parallelization_factor=10), "peak_concurrency", 10, 1,
    ),
]  # fmt: skip


class TestABelief:
    @pytest.mark.parametrize("case", [*BILLS, *GROWTH, *QUEUES, *STREAMS], ids=str)
    def test_is_a_world_of_its_own(self, case):
        scenario = read(case.data)
        rulebook = TRUTH.believing(BELIEFS[case.belief].patch)

        assert simulate(scenario).value(case.asked) == pytest.approx(case.so)
        assert simulate(scenario, rulebook).value(case.asked) == pytest.approx(case.believed)

    def test_shares_what_was_shared(self):
        """Until November 2023 all functions of an account drew on one burst."""
        data = world("sync", SLOW, LARGE, arrivals=CROWD)
        data["functions"]["g"] = data["functions"]["f"]
        data["sources"] = {name: {**data["sources"]["s"], "calls": name} for name in ("f", "g")}
        rulebook = TRUTH.believing(BELIEFS["burst-of-500"].patch)

        assert simulate(read(data)).value("invocations") == 2_000
        assert simulate(read(data), rulebook).value("invocations") == 500

    @pytest.mark.parametrize(
        ("belief", "data"),
        [
            ("memory-ends-at-3008", world("sync", {"memory": "4096 MB"}, arrivals=ONE)),
            ("sqs-message-256kb", world("sqs", arrivals=ONE, payload="300 KB")),
            ("kinesis-keeps-a-week", world("kinesis", arrivals=ONE, retention="720 h")),
        ],
    )
    def test_of_a_lower_limit_refuses_what_can_be_set(self, belief, data):
        assert read(data)
        with pytest.raises(ScenarioError):
            read(data, TRUTH.believing(BELIEFS[belief].patch))


class TestAnyWorld:
    """Whatever is believed, a run can be read: a belief may give environments or limits that no scenario names."""

    @pytest.mark.parametrize("belief", sorted(name for name, each in BELIEFS.items() if each.patch))
    @given(data=mixed_worlds.worlds(), seed=st.integers(1, 1_000))
    @settings(max_examples=8, deadline=None)
    def test_can_be_told_and_measured(self, belief: str, data: Data, seed: int) -> None:
        rulebook = TRUTH.believing(BELIEFS[belief].patch or {})
        try:
            outcome = simulate(read(data, rulebook), rulebook, seed)
        except ScenarioError:
            return
        assert set(dict(outcome.metrics)) == set(outcome.metrics)
        assert {span.function for span in outcome.spans} <= {function.name for function in outcome.functions}
        delivered, requests = outcome.value("delivered"), outcome.value("requests")
        assert delivered <= requests  # type: ignore[operator]  # both are counts

    def test_measures_environments_that_only_the_belief_keeps_warm(self) -> None:
        rulebook = TRUTH.believing(BELIEFS["reserved-keeps-warm"].patch or {})
        data = world("sync", {"reserved_concurrency": 4}, arrivals=ONE)

        assert simulate(read(data, rulebook), rulebook).value("provisioned_utilization_max") == 0.25
