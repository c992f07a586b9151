from studyapp.simulator import read, simulate
from studyapp.simulator.compare import parting
from tests.simulator.test_scenario import NETWORK
from tests.simulator.worlds import one, run

NAMES = ("the right run", "your run")
FAILING = one("s3", fails="always", duration="3 s", dead_letter_queue="yes")


class TestParting:
    def test_of_equal_runs_is_nowhere(self) -> None:
        assert parting(run(FAILING), run(FAILING)) == (None, "Both runs are the same from beginning to end.")

    def test_names_the_first_moment_that_differs(self) -> None:
        at, says = parting(run(FAILING), run(FAILING, belief={"async_waits_from": "start"}), NAMES)

        assert at == 60_000_000
        assert says == (
            "Both runs are the same until 60 s: in the right run request 1 waits until 63 s before it is tried again; "
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
            "In the right run packets reach internet. In your run they stop at “Route table private”: "
        )
        assert back.startswith("In the right run packets for internet stop at “Route table private”: ")
