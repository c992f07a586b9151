from typing import ClassVar

from studyapp.simulator import read, simulate
from studyapp.simulator.compare import parting
from studyapp.simulator.compare_words import does
from studyapp.simulator.spans import Span
from tests.simulator.test_scenario import NETWORK
from tests.simulator.worlds import Data, one, run

NAMES = ("the right run", "your run")
FAILING = one("s3", fails="always", duration="3 s", dead_letter_queue="yes")


class TestParting:
    def test_of_equal_runs_is_nowhere(self) -> None:
        assert parting(run(FAILING), run(FAILING)) == (None, "Both runs are the same from beginning to end.")

    def test_names_the_first_moment_that_differs(self) -> None:
        at, says = parting(run(FAILING), run(FAILING, belief={"async_waits_from": "start"}), NAMES)

        assert at == 60_000_000
        assert says == (
            "Both runs are the same until 60 s: in the right run event 1 waits until 63 s before it is tried again; "
            "in your run it runs for the second time for 3 s on a warm environment and ends with an error."
        )

    def test_tells_a_throttle_from_a_cold_start(self) -> None:
        burst = one(arrivals={"burst": 2}, reserved_concurrency=1, init="500 ms")

        at, says = parting(run(burst), run(burst, {"function.reserved_concurrency": 2}), NAMES)

        assert at == 0
        assert "in the right run request 2 is throttled: the function's reserved concurrency is used up" in says
        assert "in your run it starts cold: a new environment takes 500 ms to get ready" in says

    def test_tells_what_is_lost(self) -> None:
        assert (
            "your run it is lost"
            in parting(run(FAILING), run(FAILING, {"function.dead_letter_queue": "no"}), NAMES).says
        )

    def test_is_the_bill_when_nothing_else_differs(self) -> None:
        assert parting(run(one()), run(one(), {"function.memory": "512 MB"}), NAMES) == (
            None,
            (
                "Both runs take the same course, but the bill for duration differs: "
                "0.000017 USD in the right run, 0.000008 USD in your run."
            ),
        )

    def test_of_networks_says_where_the_packets_stop(self) -> None:
        plain = simulate(read({"network": NETWORK}))
        routed = simulate(
            read({"network": {**NETWORK, "routes": {"private": "nat", "public": "igw"}, "nat_in": "public-a"}})
        )

        says = parting(routed, plain, NAMES).says
        back = parting(plain, routed, NAMES).says

        assert says.startswith(
            "In the right run packets reach the internet. In your run they stop at “Route table private”: "
        )
        assert back.startswith("In the right run packets for the internet stop at “Route table private”: ")

    def test_tells_how_many_environments_are_busy_when_requests_fare_the_same(self) -> None:
        steady = {**one(arrivals={"even": "4 per 1 s", "for": "1 s"}), "warm": {"f": 4}}

        says = parting(run(steady), run(steady, belief={"requests_per_environment": 10}), NAMES).says

        assert says == (
            "Every request fares the same in both runs, but the number of environments that are busy at once differs: "
            "at most 4 in the right run, 1 in your run."
        )

    def test_is_of_one_function_when_only_that_is_asked_about(self) -> None:
        both = {
            "functions": {"f": {"reserved_concurrency": 1}, "g": {"duration": "2 s"}},
            "sources": {
                "to-f": {"calls": "f", "arrivals": {"burst": 2}},
                "to-g": {"calls": "g", "arrivals": {"at": ["5 s"]}},
            },
        }
        one_way, other = run(both), run(both, {"functions.f.reserved_concurrency": 2, "functions.g.duration": "1 s"})

        assert parting(one_way, other).at_us == 0
        assert parting(one_way.only("g"), other.only("g")).at_us == 6_000_000

    def test_names_an_environment_that_a_timeout_has_reset(self) -> None:
        data = one("s3", duration="9 s", timeout="5 s")

        says = parting(run(data), run(data, belief={"async_first_wait": "0 s"}), NAMES).says

        assert "in your run it runs for the second time for 5 s on an environment that a timeout has reset" in says


class TestOfMessages:
    QUEUE: ClassVar[Data] = {
        "functions": {"f": {"duration": "2 s", "timeout": "10 s", "fails": {"events": [2]}}},
        "sources": {
            "calls": {"kind": "sqs", "batch_size": 3, "arrivals": {"burst": 3}, "max_receive_count": 2},
        },
    }  # fmt: skip

    def test_says_what_a_batch_is_made_of(self) -> None:
        says = parting(run(self.QUEUE), run(self.QUEUE, {"source.batch_size": 1}), NAMES).says

        assert says == (
            "From the start the runs differ: in the right run message 1 runs for 2 s in a batch of 3 and ends with an error; "
            "in your run it runs for 2 s."
        )

    def test_says_what_reporting_failures_changes(self) -> None:
        says = parting(run(self.QUEUE), run(self.QUEUE, {"source.partial_batch_responses": True}), NAMES).says

        assert says == (
            "Both runs are the same until 2 s: in the right run message 1 ends after 2 s in a batch of 3 with an error; "
            "in your run it ends after 2 s in a batch of 3."
        )

    def test_says_when_a_message_comes_back(self) -> None:
        at, says = parting(run(self.QUEUE), run(self.QUEUE, {"source.visibility_timeout": "40 s"}), NAMES)

        assert at == 30_000_000
        assert (
            "in the right run message 1 runs for the second time for 2 s in a batch of 3 on a warm environment" in says
        )
        assert says.endswith(
            "in your run it stays hidden in its queue until 40 s, when its visibility timeout is over."
        )

    def test_calls_what_lies_in_a_stream_a_record(self) -> None:
        data = {
            "functions": {"f": {"duration": "2 s"}},
            "sources": {"s": {"kind": "kinesis", "shards": 1, "arrivals": {"burst": 3}}},
        }

        assert (
            "record 1 runs for 2 s in a batch of 3;"
            in parting(run(data), run(data, {"source.batch_size": 2}), NAMES).says
        )

    def test_names_a_second_delivery_and_why_a_run_failed(self) -> None:
        twice = does(Span("invoke", 0, 2_000_000, 1, "f", 1, 0, "warm", "out of memory"), 0)

        assert twice == "runs once more than it should for 2 s on a warm environment and ends out of memory"
