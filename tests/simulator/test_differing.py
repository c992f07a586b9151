"""Two runs part where their spans part, and are alike where their spans are, though few of them are told."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, ClassVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome, compare
from studyapp.simulator.alike import are_alike
from studyapp.simulator.errors import RulebookError, ScenarioError
from studyapp.simulator.spans import Span
from tests.simulator.mixed_worlds import worlds
from tests.simulator.test_plain import WORLDS
from tests.simulator.test_plain import run as plain_run
from tests.simulator.worlds import Data, one, run, scenarios

FUNCTION: dict[str, Any] = {
    "memory": "2048 MB", "duration": "1200 ms", "init": "0 s", "timeout": "3 s", "fails": {"events": [9]},
    "reserved_concurrency": 4, "provisioned_concurrency": 2,
}  # fmt: skip
SOURCE: dict[str, Any] = {
    "batch_size": 2, "batch_window": "1 s", "visibility_timeout": "61 s", "delay": "2 s", "max_receive_count": 2,
    "partial_batch_responses": "yes", "retries": {"tries": 2}, "duplicates": "50 %",
}  # fmt: skip
changes = st.one_of(
    st.sampled_from([f"function.{key}" for key in FUNCTION] + [f"source.{key}" for key in SOURCE]),
    st.sampled_from(["horizon", "nothing"]),
)
beliefs = st.sampled_from([{}, {}, {"async_waits_from": "start"}, {"routing": "random"}, {"idle_lifetime": "2 s"}])


def by_spans(a: Outcome, b: Outcome) -> compare.Difference | None:
    """The definition: of all events the one that differs first."""
    lives = [defaultdict[int, list[Span]](list) for _ in range(2)]
    for life, outcome in zip(lives, (a, b), strict=True):
        for span in outcome.spans:
            life[span.event].append(span)
    events = sorted({*lives[0], *lives[1]})
    found = [each for event in events if (each := compare._differ(lives[0][event], lives[1][event], event))]
    return min(found, key=compare._when, default=None)


def same_as_spans(a: Outcome, b: Outcome) -> None:
    for pair in ((a, b), (b, a), *of_one_function(a, b)):
        assert compare._first_difference(*pair) == by_spans(*pair)
        assert are_alike(*pair) == (pair[0].spans == pair[1].spans)


def of_one_function(a: Outcome, b: Outcome) -> list[tuple[Outcome, Outcome]]:
    """Both as far as one function goes, for each that both have, where there are others."""
    names = [function.name for function in a.scenario.functions if function in b.scenario.functions]
    return [(a.only(name), b.only(name)) for name in names if len(a.scenario.functions) > 1]


def changed(data: Data, change: str, belief: Data, seed: int) -> Outcome:
    """The world with one change, where it takes it."""
    part, _, key = change.partition(".")
    values: Data = {"horizon": "4 s"} if change == "horizon" else {}
    if part in ("function", "source"):
        named = data[f"{part}s"]
        values = {f"{part}s.{next(iter(named))}.{key}": {"function": FUNCTION, "source": SOURCE}[part][key]}
    return run(data, values, belief, seed)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Outcome, Outcome]:
    data, seed = draw(st.one_of(worlds(), scenarios())), draw(st.integers(1, 50))
    try:
        one = run(data, seed=seed)
        other = changed(data, draw(changes), draw(beliefs), draw(st.sampled_from([seed, seed, seed, seed + 1])))
    except (ScenarioError, RulebookError):
        assume(False)
    return one, other


class TestAnyTwoRuns:
    @settings(max_examples=150)
    @given(pairs())
    def test_part_where_their_spans_do(self, pair: tuple[Outcome, Outcome]) -> None:
        same_as_spans(*pair)


class TestRunsUnderLoad:
    @settings(max_examples=60)
    @given(st.sampled_from(sorted(WORLDS)), st.sampled_from(sorted(FUNCTION)))
    def test_part_where_their_spans_do(self, name: str, key: str) -> None:
        try:
            other = plain_run(name, **{key: FUNCTION[key]})
        except ScenarioError:
            return
        same_as_spans(plain_run(name), other)


class TestALongRun:
    STEADY: ClassVar[Data] = one(
        "s3", arrivals={"poisson": "20 per 1 s", "count": 300}, duration="400 ms", init="1 s", fails="5 %"
    )

    @pytest.mark.parametrize("limit", [None, 5, 9])
    @pytest.mark.parametrize("belief", [{}, {"async_waits_from": "start"}])
    def test_parts_late_as_its_spans_do(self, limit: int | None, belief: Data) -> None:
        same_as_spans(run(self.STEADY), run(self.STEADY, {"function.reserved_concurrency": limit}, belief=belief))

    def test_is_not_told_to_find_where_it_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        even = one(arrivals={"even": "20 per 1 s", "for": "100 s"}, duration="40 ms")
        one_way, other = run(even), run(even, {"function.fails": {"events": [1900]}})
        told, tell = list[int](), Outcome.tell

        def noted(outcome: Outcome, events: Collection[int]) -> dict[int, list[Span]]:
            told.extend(events)
            return tell(outcome, events)

        monkeypatch.setattr(Outcome, "tell", noted)

        at, says = compare.parting(one_way, other)

        assert at is not None
        assert "request 1,900" in says
        assert told == [1899, 1899]
