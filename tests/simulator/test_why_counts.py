"""What a reason counts is so: against the spans of random runs, which are told another way."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import Outcome
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.spans import Span
from studyapp.simulator.trace import PROVISIONED
from studyapp.simulator.why import Why, mark_of, why
from studyapp.simulator.why_words import an_ordinal, called, moment, share, size
from tests.simulator.mixed_worlds import worlds
from tests.simulator.worlds import Data, one, run

seeds = st.integers(1, 1000)
EXISTED = re.compile(r"the (one|[\d,]+) that existed (?:was|were) busy|so (?:was|were) the (other one|[\d,]+) other")
ALL = re.compile(r"^(The one|Both|All ([\d,]+)) environments? of the (reservation|account)")
SENTENCE = re.compile(r"\.(?: |$)")
NUMBERS = {"one": 1, "other one": 1, "The one": 1, "Both": 2}


class TestEveryReason:
    @given(worlds(), seeds)
    @settings(max_examples=60, deadline=None)
    def test_is_one_or_two_sentences_with_rules(self, data: Data, seed: int) -> None:
        for span, found in told(run(data, seed=seed), 100):
            assert len(SENTENCE.findall(found.says)) in (1, 2), found
            assert found.title.startswith(f"{span.noun.capitalize()} {span.event:,}, ")
            assert found.rules
            assert all(hasattr(TRUTH, rule) for rule in found.rules)

    @given(worlds(), seeds)
    @settings(max_examples=40, deadline=None)
    def test_leads_to_its_neighbours_and_back(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        for span, found in told(outcome, 40):
            marks = list(dict.fromkeys(mark_of(each) for each in outcome.spans if each.event == span.event))
            place = marks.index(mark_of(span))
            assert found.before in ("", *marks[:place])
            assert found.after in ("", *marks[place + 1 :])
            assert (found.before == "") == (place == 0)


class TestAColdStart:
    @given(worlds(), seeds)
    @settings(max_examples=80, deadline=None)
    def test_counts_the_environments_that_were_busy(self, data: Data, seed: int) -> None:
        outcome = run(data, seed=seed)
        for span, found in told(outcome, 60, "init"):
            if (said := EXISTED.search(found.says)) is not None:
                assert number(said[1] or said[2]) == len(busy_before(outcome, span))


class TestAThrottle:
    @given(worlds(), seeds, st.sampled_from([3, 8]))
    @settings(max_examples=80, deadline=None)
    def test_counts_the_environments_that_were_busy(self, data: Data, seed: int, reserved: int) -> None:
        name = next(iter(data["functions"]))
        data["functions"][name] |= {"reserved_concurrency": reserved, "provisioned_concurrency": 0}
        outcome = run(data, seed=seed)
        for span, found in told(outcome, 60, "throttled"):
            if (said := ALL.match(found.says)) is not None:
                counted = number(said[2] or said[1])
                assert counted == len(busy(outcome, span.start_us, pool(outcome, span.function))), found

    @given(st.integers(2, 40), st.integers(1, 6))
    @settings(deadline=None)
    def test_names_those_that_hold_the_environments(self, requests: int, reserved: int) -> None:
        outcome = run(one(arrivals={"burst": requests}, reserved_concurrency=reserved))
        for _, found in told(outcome, 60, "throttled"):
            assert f" busy with {called('request', range(1, reserved + 1))}." in found.says


class TestAHiddenMessage:
    @given(st.integers(1, 6), st.integers(1, 6))
    @settings(deadline=None, max_examples=30)
    def test_counts_its_receives(self, receives: int, messages: int) -> None:
        data = one("sqs", {"burst": messages}, fails="always")
        data["sources"]["calls"] |= {"visibility_timeout": "60 s", "max_receive_count": receives}
        outcome = run(data)
        for event in range(1, messages + 1):
            hidden = [found for span, found in told(outcome, 1000, "visibility_wait") if span.event == event]
            assert [f"receive {place} of {receives}" in found.says for place, found in enumerate(hidden, 1)] == [
                True
            ] * receives


class TestWords:
    @pytest.mark.parametrize(
        ("events", "says"),
        [
            ([17], "request 17"),
            ([2, 1], "requests 1 and 2"),
            ([11, 12, 13, 14, 15, 16], "requests 11 to 16"),
            ([1, 3, 5, 6, 7, 1_009], "requests 1, 3, 5 to 7 and 1,009"),
            ([1, 3, 5, 7, 9, 10, 11], "requests 1, 3, 5 and 4 more"),
        ],
    )
    def test_name_events(self, events: list[int], says: str) -> None:
        assert called("request", events) == says

    def test_are_written_as_people_write_them(self) -> None:
        assert [an_ordinal(number) for number in (4, 8, 11, 18, 22, 80, 113, 1_100)] == [
            "a fourth", "an eighth", "an 11th", "an 18th", "a 22nd", "an 80th", "a 113th", "a 1,100th",
        ]  # fmt: skip
        assert [moment(0), moment(420_000), moment(1_263_000_400)] == ["0 s", "0.42 s", "1,263 s"]
        assert [size(256), size(6144), size(1536)] == ["256 KB", "6 MB", "1.5 MB"]
        assert [share(0.125), share(1)] == ["12.5 %", "100 %"]


def told(outcome: Outcome, most: int, kind: str = "") -> Iterator[tuple[Span, Why]]:
    """Spans of a kind, or all, each with its reason; of many, about `most` of them."""
    spans = [span for span in outcome.spans if kind in ("", span.kind)]
    for span in spans[:: max(len(spans) // most, 1)]:
        yield span, why(outcome, mark_of(span))


def number(said: str) -> int:
    return NUMBERS.get(said) or int(said.replace(",", ""))


def busy(outcome: Outcome, at: int, functions: set[str]) -> set[int]:
    """Environments, provisioned ones aside, in which one of the functions starts or runs at a moment."""
    return {
        span.environment or 0
        for span in outcome.spans
        if span.kind in ("init", "invoke")
        and span.function in functions
        and span.start_us <= at < span.end_us
        and outcome.trace.environment_kind[(span.environment or 0) - 1] != PROVISIONED
    }


def busy_before(outcome: Outcome, span: Span) -> set[int]:
    """Those that a cold start met: what begins at its moment in a later environment comes after it."""
    return {each for each in busy(outcome, span.start_us, {span.function}) if each < (span.environment or 0)}


def pool(outcome: Outcome, function: str) -> set[str]:
    """The functions that draw on the same concurrency; there are no versions in these worlds."""
    reserved = {each.name for each in outcome.functions if each.reserved is not None}
    return {function} if function in reserved else {each.name for each in outcome.functions} - reserved
