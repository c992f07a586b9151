"""Which variants are kept: no two alike, and the key's place as even as can be."""

from collections import Counter
from dataclasses import replace

import pytest

from studyapp.facts.book import ExamExpects
from studyapp.questions.proof import Refused, World, prove
from studyapp.questions.proof.choosing import evenly, place_of_key
from studyapp.questions.proof.judges import Face
from tests.questions.factories import FACT, a_belief, a_fact, an_item, an_option


def a_face(*texts, key=0):
    return Face({str(place): text for place, text in enumerate(texts)}, (str(key),))


class TestThePlaceOfAKey:
    def test_is_that_among_ascending_numbers(self):
        assert [place_of_key(a_face("20 s", "10 s", "3 min", "5 s", key=key)) for key in range(4)] == [2, 1, 3, 0]

    def test_is_nowhere_among_words(self):
        assert place_of_key(a_face("20 s", "Never again", "3 min")) == -1


class TestEvenly:
    def test_takes_the_face_whose_place_was_used_least(self):
        low, high = a_face("1 s", "2 s"), a_face("3 s", "2 s")

        assert evenly([low, high], Counter({0: 2, 1: 1})) is high
        assert evenly([low, high], Counter()) is low


def recalled(*wrong, key="5"):
    options = (an_option(0, key, is_key=True), *(an_option(place, text) for place, text in enumerate(wrong, 1)))
    item = an_item(kind="recall", options=options)
    return item, prove(item, World(facts={FACT: a_fact()})).seeds


class TestARecallItem:
    def test_has_its_key_at_an_end_where_it_can_be(self):
        _, seeds = recalled("1", "2", "3", "8", "9", "10")
        places = Counter(place_of_key(Face(dict(seed.values), seed.key)) for seed in seeds)

        assert places == {0: 1, 3: 1}

    def test_has_its_key_in_the_middle_where_it_cannot(self):
        _, seeds = recalled("1", "2", "8", "9")
        places = Counter(place_of_key(Face(dict(seed.values), seed.key)) for seed in seeds)

        assert places == {1: 2, 2: 2}

    def test_keeps_every_choice_of_words(self):
        _, seeds = recalled("One", "Two", "Three", "Four", key="Five")

        assert len(seeds) == 4
        assert len({tuple(seed.values.values()) for seed in seeds}) == 4


SCENARIO = "lambda.concurrency.burst"
BODY = {
    "account": {"concurrency": 1000},
    "functions": {"shop": {"duration": "1 s", "timeout": "10 s", "init": "100 ms", "memory": "512 MB"}},
    "sources": {"web": {"kind": "sync", "arrivals": {"burst": 40}}},
}


class TestTwoViews:
    """The exam still expects that failed events run twice; AWS runs them three times."""

    body = {
        "functions": {"resize": {"duration": "1 s", "timeout": "10 s", "fails": "always", "init": "100 ms"}},
        "sources": {"uploads": {"kind": "s3", "arrivals": {"burst": 1}}},
    }
    beliefs = {
        "one-retry": a_belief("one-retry", patch={"async_retries_default": 1}),
        "no-retry": a_belief("no-retry", patch={"async_retries_default": 0}),
        "attempts": a_belief("attempts", misreading="retries_are_attempts"),
        "retries": a_belief("retries", misreading="attempts_are_retries"),
    }

    def item(self, **given):
        plainest = {
            "kind": "fix",
            "scenario": SCENARIO,
            "goal": "attempts is 3",
            "options": (
                an_option(0, "Leave the retries at their default", change={"functions.resize.memory": "256 MB"}),
                an_option(1, "One retry", change={"functions.resize.async_retries": 1}),
                an_option(2, "No retry", change={"functions.resize.async_retries": 0}),
                an_option(3, "A dead-letter queue and one retry", change={
                    "functions.resize.async_retries": 1, "functions.resize.dead_letter_queue": True}),
            ),
            "stem": "S3 invokes a function once; it always fails. How are there three runs?",
            "states": ("function.fails", "source.kind", "source.arrivals"),
        }  # fmt: skip
        return an_item(**{**plainest, **given})

    def world(self, **exam):
        fact = a_fact(exam=ExamExpects("One retry.", **exam)) if exam else a_fact()
        return World(scenarios={SCENARIO: self.body}, beliefs=self.beliefs, facts={FACT: fact})

    def test_must_be_told_apart_where_the_key_differs(self):
        world = self.world(belief="one-retry", answer="One")

        with pytest.raises(Refused, match="another key by what the exam still expects, none of the options"):
            prove(self.item(), world)
        (seed,) = prove(self.item(view="now"), world).seeds
        assert (seed.key[0], seed.other) == (self.item().options[0].id, "none of the options")

    def test_may_ask_for_what_the_exam_expects(self):
        world = self.world(belief="one-retry", answer="One")
        (seed,) = prove(self.item(view="exam", goal="attempts is 2", options=self.exam_options()), world).seeds

        assert seed.key == (self.item().options[0].id,)
        assert seed.other == "none of the options"

    def exam_options(self):
        one, _, none, _ = self.item().options
        return (
            one,
            none,
            an_option(4, "Two retries", change={"functions.resize.async_retries": 2}),
            an_option(5, "No retry and a dead-letter queue", change={
                "functions.resize.async_retries": 0, "functions.resize.dead_letter_queue": True}),
        )  # fmt: skip

    def test_are_one_where_only_the_words_differ(self):
        assert prove(self.item(), self.world(belief="one-retry")).seeds[0].other is None

    def test_may_not_be_named_where_the_key_is_the_same(self):
        with pytest.raises(Refused, match="says view: now, and its key is the same"):
            prove(self.item(view="now"), self.world())


class TestTheRulesOfAProof:
    def item(self, **given):
        options = (
            an_option(0, "More memory", change={"functions.shop.memory": "10240 MB"}),
            an_option(1, "Reserve ten", change={"functions.shop.reserved_concurrency": 10}),
            an_option(2, "Reserve twenty", change={"functions.shop.reserved_concurrency": 20}),
            an_option(3, "Reserve one", change={"functions.shop.reserved_concurrency": 1}),
        )
        stem = "40 calls come at once; nobody waits in line. What lets all of them run?"
        states = ("source.kind", "source.arrivals")
        return an_item(
            kind="fix", scenario=SCENARIO, goal="throttles is 0", options=options, stem=stem, states=states, **given
        )

    world = World(scenarios={SCENARIO: BODY}, facts={FACT: a_fact()})

    def test_are_those_that_its_runs_read(self):
        rules = prove(self.item(), self.world).rules

        assert {"scaling_rate", "memory_max"} <= set(rules)
        assert not {"stream_window_max", "schedule_rate_min"} & set(rules)

    def test_leave_the_world_as_it_was(self):
        before = replace(self.world.rulebook)
        prove(self.item(), self.world)

        assert self.world.rulebook == before
