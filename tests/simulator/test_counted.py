"""What waits and what somebody has, from columns, against what the spans of all lives say."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.outcome import Outcome, Span
from studyapp.simulator.parts import QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.series import QUEUED_KINDS, Steps, levels, waiting_and_held
from studyapp.simulator.series_ages import queue_history
from studyapp.simulator.series_queues import queue_of
from studyapp.simulator.story_words import DELAYED
from studyapp.simulator.trace import DEAD_LETTERED, ERROR, RECEIVES_USED_UP
from tests.simulator import mixed_worlds, test_queue_laws
from tests.simulator.traces import Hand, S, queue
from tests.simulator.worlds import Data, run

ANY: Final = ("queued", "batch_window", "retry_wait", "visibility_wait")
BUSY: Final = ("init", "invoke")
KINDS: Final = (QUEUE_KINDS, STREAM_KINDS, QUEUED_KINDS)
beliefs = st.fixed_dictionaries(
    {},
    optional={
        "sqs_failures_wait": st.just(False),
        "sqs_visibility_covers_timeout": st.just(False),
        "sqs_first_pollers": st.sampled_from([1, "none"]),
    },
)
visibilities = st.sampled_from(["1 s", "3 s", "12 s", "45 s", "5 min"])
horizons = st.sampled_from([None, "5 s", "30 s", "10 min"])


def by_spans(outcome: Outcome, kinds: Sequence[str], function: str = "") -> tuple[Steps, Steps]:
    """What waits, and what somebody has, as every span says."""
    kind_of = [outcome.scenario.sources[number].kind for number in outcome.trace.source]
    own = [
        span
        for span in outcome.spans
        if kind_of[span.event - 1] in kinds and (not function or span.function == function)
    ]
    queued = {span.event for span in own if kind_of[span.event - 1] in QUEUE_KINDS}
    waits = (
        span for span in own if span.kind in (("queued",) if span.event in queued else ANY) and span.reason != DELAYED
    )
    holds = (span for span in own if span.kind in ((*ANY[1:], *BUSY) if span.event in queued else BUSY))
    return counted(waits), counted(holds)


def counted(spans: Iterable[Span]) -> Steps:
    return levels(change for span in spans for change in ((span.start_us, 1), (span.end_us, -1)))


def is_as_told(outcome: Outcome) -> None:
    """Of each function alone, then of all together: they share what is the same."""
    for function in (*(each.name for each in outcome.scenario.functions), ""):
        for kinds in KINDS:
            found = waiting_and_held(outcome.view_of(function), kinds)
            for stretches, steps in zip(found, by_spans(outcome, kinds, function), strict=True):
                assert stretches.steps(0, max(stretches.ends, default=0)) == steps
                assert stretches.peak == max(level for _, level in steps)


def history_is_as_told(outcome: Outcome) -> None:
    """The same of each queue, as far as was watched: what is left then goes."""
    view = outcome.view_of()
    for number, source in enumerate(outcome.scenario.sources):
        if source.queue is None:
            continue
        own = [span for span in outcome.spans if outcome.trace.source[span.event - 1] == number]
        waits = [span for span in own if span.kind == "queued" and span.reason != DELAYED]
        holds = [span for span in own if span.kind in (*ANY[1:], *BUSY)]
        history = queue_history(view, number)
        assert history.waiting.steps(0, view.window_us) == watched(waits, view.window_us)
        assert history.in_flight.steps(0, view.window_us) == watched(holds, view.window_us)


def watched(spans: Iterable[Span], until: int) -> Steps:
    return counted(span._replace(start_us=min(span.start_us, until), end_us=min(span.end_us, until)) for span in spans)


@given(
    test_queue_laws.functions,
    st.one_of(test_queue_laws.standard, test_queue_laws.fifo),
    beliefs,
    visibilities,
    horizons,
    test_queue_laws.seeds,
)
@settings(max_examples=200, deadline=None)
def test_any_queue_holds_what_its_lives_say(
    function: Data, source: Data, belief: Data, visibility: str, horizon: str | None, seed: int
) -> None:
    data = test_queue_laws.world(function, {**source, "visibility_timeout": visibility})
    if belief.get("sqs_visibility_covers_timeout", True):
        data["sources"]["q"]["visibility_timeout"] = "45 s"
    outcome = run(data if horizon is None else {**data, "horizon": horizon}, belief=belief, seed=seed)

    is_as_told(outcome)
    history_is_as_told(outcome)


@given(mixed_worlds.worlds(), horizons)
@settings(max_examples=60, deadline=None)
def test_any_world_holds_what_its_lives_say(data: Data, horizon: str | None) -> None:
    outcome = run(data if horizon is None else {**data, "horizon": horizon})

    is_as_told(outcome)
    history_is_as_told(outcome)


STRANGE: Final = {
    "run twice after one receive": queue()
    .arrives(0)
    .receives(0, 0)
    .runs(0, 2, 0, status=ERROR)
    .runs(4, 2, 0, attempt=2),
    "run without a receive": queue().arrives(0).runs(3, 2, 0),
    "done and run again": queue().arrives(0).receives(0, 0).runs(0, 2, 0).receives(30, 0).runs(31, 2, 0),
    "received after all": queue().arrives(0).receives(0, 0).runs(0, 2, 0).receives(30, 0),
    "visible within its run": queue().arrives(0, 1).receives(1, 0, 1).runs(1, 40, 0, 1).receives(31, 0).runs(31, 5, 0),
    "moved within its run": queue()
    .arrives(0)
    .receives(0, 0)
    .runs(0, 40, 0)
    .ends(30, DEAD_LETTERED, RECEIVES_USED_UP, 0),
    "received at once again": queue()
    .arrives(0)
    .receives(0, 0)
    .runs(0, 2, 0, status=ERROR)
    .receives(2, 0)
    .runs(2, 1, 0),
    "received before its delay is over": queue(delay="3 s").arrives(0).receives(0, 0).runs(1, 1, 0),
    "held back before its delay is over": queue(delay="90 s").arrives(0).receives(0, 0).receives(50, 0).runs(50, 2, 0),
    "still running": queue("50 s")
    .arrives(0, 1)
    .receives(1, 0)
    .runs(1, 2, 0, status=ERROR)
    .receives(45, 0)
    .runs(45, 9, 0),
    "still failing": queue("50 s").arrives(0).receives(45, 0).runs(45, 9, 0, status=ERROR),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_lives_are_counted_as_they_are_told(name: str) -> None:
    hand: Hand = STRANGE[name]

    is_as_told(hand.outcome)
    history_is_as_told(hand.outcome)


def test_the_level_of_one_message() -> None:
    hand = queue().arrives(1).receives(2, 0).runs(2, 3, 0, status=ERROR).receives(40, 0).runs(40, 3, 0, attempt=2)
    waiting, held = waiting_and_held(hand.outcome.view_of(), QUEUE_KINDS)

    assert waiting.steps(0, 99 * S) == [(0, 0), (1 * S, 1), (2 * S, 0), (32 * S, 1), (40 * S, 0)]
    assert held.steps(0, 99 * S) == [(0, 0), (2 * S, 1), (32 * S, 0), (40 * S, 1), (43 * S, 0)]


def test_the_oldest_is_the_first_that_has_not_left() -> None:
    """At each fall of its age, and right before it."""
    data = test_queue_laws.world(
        {"duration": {"exp": "3 s"}, "timeout": "10 s", "fails": "30 %"},
        {"kind": "sqs", "batch_size": 3, "max_receive_count": 3, "visibility_timeout": "60 s", "maximum_concurrency": 2}
        | {"arrivals": {"poisson": "4 per 1 s", "count": 80}},
    )
    outcome = run(data)
    came, left = outcome.trace.arrived, queue_of(outcome.view_of(), 0).left
    oldest = queue_history(outcome.view_of(), 0).oldest

    for (at, age), (then, _) in pairwise(oldest):
        there = [came[event] for event, until in enumerate(left) if came[event] <= at < until]
        if then > at and at in left:
            assert age == max((at - since for since in there), default=0) / S
    assert max(age for _, age in oldest) == max(until - since for since, until in zip(came, left, strict=True)) / S
