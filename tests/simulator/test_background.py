"""Work that a handler leaves running when it has answered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome
from tests.simulator.worlds import Data, flows, functions, one, run


def numbers(outcome: Outcome) -> list[object]:
    return [outcome.metrics[f"background_{name}"] for name in ("done", "unfinished", "lag_max")]


def leaving(work: str, at: list[str], **function: object) -> Data:
    return one(arrivals={"at": at}, background=work, **function)


class TestBackgroundWork:
    def test_is_frozen_until_the_next_run_and_done_beside_it(self) -> None:
        # left at 1 s, thawed at 10 s
        assert numbers(run(leaving("400 ms", ["0 s", "10 s"]))) == [1, 1, 9.4]

    def test_may_take_several_runs(self) -> None:
        # 2.5 s left at 1 s: 1 s of it from 10 s on, 1 s from 20 s, the rest from 30 s; the next waits behind it
        assert numbers(run(leaving("2.5 s", ["0 s", "10 s", "20 s", "30 s"]))) == [1, 3, 29.5]

    def test_is_done_exactly_at_the_end_of_a_run(self) -> None:
        assert numbers(run(leaving("1 s", ["0 s", "10 s"]))) == [1, 1, 10]

    def test_is_gone_with_its_environment(self) -> None:
        assert numbers(run(leaving("400 ms", ["0 s", "700 s"]))) == [0, 2, None]

    def test_is_gone_with_a_reset(self) -> None:
        # the second run crashes: what was left before is done beside it, and it leaves nothing
        data = leaving("400 ms", ["0 s", "10 s", "20 s"], memory_used="700 MB", memory_leak="400 MB")
        assert numbers(run(data)) == [1, 1, 9.4]
        assert numbers(run(data, {"function.background": "2 s"})) == [0, 2, None]

    def test_goes_on_by_itself_under_that_belief(self) -> None:
        data = leaving("400 ms", ["0 s", "10 s"])

        assert numbers(run(data | {"horizon": "30 s"}, belief={"background_is_frozen": "no"})) == [2, 0, 0.4]

    def test_goes_on_while_any_run_does_where_environments_run_several(self) -> None:
        outcome = run(leaving("400 ms", ["0 s", "0.5 s", "10 s"]), belief={"requests_per_environment": 10})

        # left at 1 s and at 1.5 s, when the environment freezes: 0.4 s of the first are done by 1.4 s
        assert numbers(outcome) == [2, 1, 8.9]

    def test_changes_nothing_else(self) -> None:
        plain, busy = (run(leaving(work, ["0 s", "10 s"])) for work in ("0 s", "3 s"))

        assert plain.trace.as_bytes() == busy.trace.as_bytes()
        assert "background_done" in busy.metrics.that_apply
        assert "background_done" not in plain.metrics.that_apply

    @given(functions, flows, st.sampled_from(["1 ms", "300 ms", "10 s"]), st.integers(1, 1000))
    @settings(max_examples=60, deadline=None)
    def test_is_left_once_by_every_run_that_was_not_cut_off(
        self, function: Data, flow: Data, work: str, seed: int
    ) -> None:
        metrics = run(one(arrivals=flow, background=work, **function), seed=seed).metrics

        left = metrics["invocations"] - metrics["timeouts"]  # type: ignore[operator]
        done, unfinished = metrics["background_done"], metrics["background_unfinished"]
        assert done + unfinished >= left  # type: ignore[operator]
        assert done + unfinished <= metrics["invocations"]  # type: ignore[operator]
