"""The proof, run by the real simulator."""

import json
import pickle

import pytest

from studyapp.questions.bodies import item_body
from studyapp.questions.proof import Proof, Refused, World, digest, prove
from studyapp.questions.variants import variant
from tests.questions.factories import FACT, a_belief, a_fact, an_item, an_option

BURST = "lambda.concurrency.burst"
BELIEFS = {
    belief.id: belief
    for belief in (
        a_belief("nothing-is-throttled", misreading="nothing-is-throttled"),
        a_belief("everything-is-throttled", misreading="everything-is-throttled"),
        a_belief("throttled-and-served-swapped", misreading="throttled-and-served-swapped"),
        a_belief("retries-at-once", patch={"async_first_wait": "0 s", "async_second_wait": "0 s"}),
        a_belief("waits-from-the-start", patch={"async_waits_from": "start"}),
        a_belief("waits-a-minute-each", patch={"async_second_wait": "60 s"}),
    )
}


def a_world(body, **given):
    return World(**{"scenarios": {BURST: body}, "beliefs": BELIEFS, "facts": {FACT: a_fact()}, **given})


def a_burst(**function):
    return {
        "account": {"concurrency": 1_000},
        "functions": {"checkout": {"duration": "2 s", **function}},
        "sources": {"shop": {"kind": "sync", "arrivals": {"even": "1500 per 1 s", "for": "1 s"}}},
    }


def a_predict_item(asks, beliefs, **given):
    options = (an_option(0, is_key=True), *(an_option(n, belief=each) for n, each in enumerate(beliefs, 1)))
    return an_item(**{"kind": "predict", "scenario": BURST, "asks": asks, "options": options, **given})


def how_many_are_throttled(stem, **given):
    states = ("source.kind", "source.arrivals", "warm", "function.init")
    beliefs = ("nothing-is-throttled", "everything-is-throttled", "throttled-and-served-swapped")
    draw = {"account.concurrency": (1_000, 800, 900)}
    return a_predict_item("throttles", beliefs, **{"stem": stem, "states": states, "draw": draw, **given})


DEFAULTS = ("source.kind", "source.arrivals", "warm", "function.timeout", "function.memory", "function.init")
WITHOUT_DURATION = (
    "A function has no warm environments and no init to speak of. 1,500 synchronous requests arrive spread over the same second, "
    "and the account allows {account.concurrency} concurrent executions. How many are throttled?"
)
WITH_DURATION = WITHOUT_DURATION.replace("How many", "Each runs for {function.duration}. How many")


def refusal(item, world):
    with pytest.raises(Refused) as refused:
        prove(item, world)
    return "\n".join(refused.value.problems).replace("\u00a0", " ")


class TestABurstOf1500:
    def test_is_refused_without_a_duration_naming_it_and_both_keys(self):
        problems = refusal(how_many_are_throttled(WITHOUT_DURATION), a_world(a_burst()))
        assert "depends on functions.checkout.duration, which the stem does not name" in problems
        assert (
            "it is “700” with account.concurrency at 800, but with functions.checkout.duration at 50 ms it is “0”"
            in problems
        )

    def test_is_proved_with_a_duration(self):
        proof = prove(how_many_are_throttled(WITH_DURATION), a_world(a_burst()))
        assert [seed.values[seed.key[0]] for seed in proof.seeds] == ["500", "700", "600"]
        assert "functions.checkout.memory" in proof.parameters
        assert "functions.checkout.duration" not in proof.parameters
        assert "idle_lifetime" in proof.assumptions

    def test_is_shown_with_the_values_that_were_proved(self):
        item, world = how_many_are_throttled(WITH_DURATION), a_world(a_burst())
        seeds = [seed.as_json() for seed in prove(item, world).seeds]
        shown = variant({"item": item_body(item), "scenario": world.scenarios[BURST], "seeds": seeds}, seeds[1]["seed"])
        assert "allows 800 concurrent executions. Each runs for 2 s." in shown.stem.replace("\u00a0", " ")
        assert {option.text for option in shown.options} == {"700", "0", "1,500", "800"}


class TestAStemThatDoesNotSayWhoWaits:
    """Unless a stem says that callers wait, its requests may as well be events that are tried again."""

    STATES = ("source.arrivals", "warm", "function.init")

    def test_is_refused_naming_the_kind_of_caller(self):
        problems = refusal(how_many_are_throttled(WITH_DURATION, states=self.STATES), a_world(a_burst()))
        assert "depends on sources.shop.kind, which the stem does not name" in problems

    def test_is_refused_even_if_the_scenario_leaves_the_kind_out(self):
        body = a_burst()
        del body["sources"]["shop"]["kind"]
        problems = refusal(how_many_are_throttled(WITH_DURATION, states=self.STATES), a_world(body))
        assert "depends on sources.shop.kind, which the stem does not name" in problems


class TestAMoveThatRunsForTooLong:
    def test_is_no_proof(self):
        body = {
            "functions": {"thumbnails": {"duration": "500 ms", "reserved_concurrency": 1}},
            "sources": {"uploads": {"kind": "s3", "arrivals": {"even": "1 per 1 s", "for": "300 s"}}},
        }
        stop = an_option(0, "Reserve nothing", change={"function.reserved_concurrency": 0})
        others = (an_option(n, f"Retry {n} times", change={"function.async_retries": n}) for n in (1, 2))
        item = an_item(
            kind="fix",
            scenario=BURST,
            goal="invocations is 0",
            options=(stop, *others),
            stem="For 300 s one file a second lands in a bucket; its function may run once at a time. What stops it?",
            states=("source.kind", "source.arrivals", "function.reserved_concurrency"),
        )
        problems = refusal(item, a_world(body))
        assert "cannot be checked with functions.thumbnails.duration at 60 s, which runs too many events" in problems


class TestNaming:
    def test_takes_a_number_that_is_stated_for_named(self):
        stem = WITHOUT_DURATION.replace("How many", "Each takes two seconds. How many")
        states = ("source.kind", "source.arrivals", "warm", "function.init", "function.duration")
        assert prove(how_many_are_throttled(stem, states=states), a_world(a_burst())).seeds

    def test_refuses_a_stated_number_that_is_not_in_the_stem(self):
        states = ("source.kind", "source.arrivals", "warm", "function.init", "function.duration")
        problems = refusal(how_many_are_throttled(WITHOUT_DURATION, states=states), a_world(a_burst()))
        assert problems == "states functions.checkout.duration, but 2 s is not in the stem"

    def test_takes_the_word_default_for_a_default(self):
        item = how_many_are_throttled(f"All else has its default. {WITH_DURATION}", states=DEFAULTS)
        assert prove(item, a_world(a_burst(timeout="3 s", memory="128 MB"))).seeds

    def test_refuses_a_draw_that_the_stem_does_not_show(self):
        draw = {"account.concurrency": (1_000, 900), "function.duration": ("2 s", "3 s")}
        problems = refusal(how_many_are_throttled(WITHOUT_DURATION, draw=draw), a_world(a_burst()))
        assert problems == "draws function.duration, but {function.duration} is not in the stem"

    @pytest.mark.parametrize("path", ["function", "source", "functions.checkout", "sources"])
    def test_refuses_to_take_everything_for_named(self, path):
        problems = refusal(how_many_are_throttled(WITH_DURATION, states=(path,)), a_world(a_burst()))
        assert f"states {path}, which is all of it" in problems

    def test_refuses_a_path_that_leads_nowhere(self):
        states = ("functions.returns.duration",)
        assert "leads nowhere" in refusal(how_many_are_throttled(WITH_DURATION, states=states), a_world(a_burst()))

    def test_refuses_to_vary_what_the_stem_names(self):
        item = how_many_are_throttled(WITH_DURATION, varies={"function.duration": ("3 s",)})
        assert "varies function.duration, which the stem names" in refusal(item, a_world(a_burst()))

    def test_moves_what_the_item_varies(self):
        item = how_many_are_throttled(WITH_DURATION, varies={"function.reserved_concurrency": (10,)})
        problems = refusal(item, a_world(a_burst()))
        assert "with functions.checkout.reserved_concurrency at 10 it is “1,490”" in problems


ALWAYS_FAILS = {
    "functions": {"thumbnails": {"duration": "3 s", "timeout": "900 s", "fails": "always"}},
    "sources": {"uploads": {"kind": "s3", "arrivals": {"at": ["0 s"]}}},
}
NO_INIT = ("source.kind", "function.fails", "source.arrivals", "function.init")
LAST_ATTEMPT = (
    "An upload to a bucket sets off a function that fails every time, {function.duration} after it starts. Retries are left at "
    "their default. How long after the upload does it start for the last time?"
)


def last_attempt(durations, **given):
    beliefs = ("retries-at-once", "waits-from-the-start", "waits-a-minute-each")
    states = ("source.kind", "function.fails", "source.arrivals")
    draw = {"function.duration": durations}
    given = {"stem": LAST_ATTEMPT, "states": states, "draw": draw, "asks": "last_attempt_start", **given}
    return a_predict_item(beliefs=beliefs, **given)


class TestPredict:
    def test_states_init_too_when_the_answer_rests_on_it(self):
        problems = refusal(last_attempt(("1 s", "3 s", "20 s")), a_world(ALWAYS_FAILS))
        assert "depends on functions.thumbnails.init, which the stem does not name" in problems

    def test_writes_all_values_in_one_form(self):
        item = last_attempt(("1 s", "3 s", "20 s"), states=NO_INIT)
        proof = prove(item, a_world(ALWAYS_FAILS))
        texts = [[text.replace("\u00a0", " ") for text in seed.values.values()] for seed in proof.seeds]
        assert texts == [
            ["3 min 2 s", "2 s", "3 min", "2 min 2 s"],
            ["3 min 6 s", "6 s", "3 min", "2 min 6 s"],
            ["3 min 40 s", "40 s", "3 min", "2 min 40 s"],
        ]

    def test_leaves_out_a_draw_in_which_two_values_agree(self):
        item = last_attempt(("0 s", "1 s", "3 s", "20 s"), states=NO_INIT)
        proof = prove(item, a_world(ALWAYS_FAILS))
        assert [seed.draw["function.duration"] for seed in proof.seeds] == ["1 s", "3 s", "20 s"]

    def test_refuses_fewer_than_three_variants(self):
        item = last_attempt(("1 s", "3 s"), states=NO_INIT)
        assert "has 2 distinct variants and needs at least 3" in refusal(item, a_world(ALWAYS_FAILS))

    def test_tells_the_author_which_values_agree(self):
        item = last_attempt(("0 s", "1 s", "3 s"), states=NO_INIT)
        problems = refusal(item, a_world(ALWAYS_FAILS))
        assert "left out with function.duration at 0 s" in problems
        assert "the key gives “3 min”" in problems
        assert "waits-from-the-start gives “3 min”" in problems

    def test_needs_three_beliefs_that_can_be_run(self):
        item = a_predict_item("throttles", ("nothing-is-throttled", "told", "untold"))
        world = a_world(a_burst(), beliefs={**BELIEFS, "told": a_belief("told")})
        problems = refusal(item, world)
        assert "the belief told has neither patch nor misreading" in problems
        assert "names the belief untold, which does not exist" in problems

    def test_refuses_a_metric_that_does_not_exist(self):
        item = last_attempt(("1 s", "3 s", "20 s"), states=NO_INIT, asks="mood")
        assert "mood: there is no such metric here" in refusal(item, a_world(ALWAYS_FAILS))


class TestWhatAwsLeavesOpen:
    def test_may_not_decide_the_key(self):
        visits = {
            "functions": {"greeting": {"duration": "100 ms"}},
            "sources": {"visitor": {"kind": "url", "arrivals": {"at": ["0 s", "500 s"]}}},
        }
        beliefs = ("every-request-is-cold", "no-request-is-cold", "requests-are-concurrency")
        item = a_predict_item(
            "cold_starts",
            tuple(beliefs),
            stem="Two visitors open a function URL, 500 s apart, whose function has default settings. How many cold starts?",
            states=("source.kind", "source.arrivals", "warm"),
        )
        world = a_world(visits, beliefs={each: a_belief(each, misreading=each) for each in beliefs})
        problems = refusal(item, world)
        assert (
            "depends on idle_lifetime, which AWS leaves open: it is “1”, but with idle_lifetime at 300 s it is “2”"
            in problems
        )


class TestChance:
    def test_may_not_decide_the_key(self):
        body = a_burst(reserved_concurrency=3)
        body["sources"]["shop"]["arrivals"] = {"poisson": "20 per 1 s", "for": "5 s"}
        stem = (
            "Synchronous requests come at random, 20 per second for 5 s, to a function with a reserved concurrency of 3 that runs "
            "for {function.duration} each. How many are throttled?"
        )
        item = how_many_are_throttled(
            stem, draw={}, states=("source.kind", "source.arrivals", "function.reserved_concurrency", "warm")
        )
        assert "the key depends on chance: at seed 1 it is" in refusal(item, a_world(body))


class TestLength:
    def test_is_at_most_2000_events(self):
        body = a_burst()
        body["sources"]["shop"]["arrivals"] = {"even": "3000 per 1 s", "for": "1 s"}
        stem = WITH_DURATION.replace("1,500", "3,000")
        assert "runs more than 2,000 events with account.concurrency at 1,000" in refusal(
            how_many_are_throttled(stem), a_world(body)
        ).replace("\u00a0", " ")


class TestProof:
    def test_comes_back_from_json(self):
        proof = prove(how_many_are_throttled(WITH_DURATION), a_world(a_burst()))
        assert Proof.from_json(json.loads(json.dumps(proof.as_json()))) == proof

    def test_is_the_same_every_time(self):
        item, world = how_many_are_throttled(WITH_DURATION), a_world(a_burst())
        assert prove(item, world) == prove(item, world)


class TestRefused:
    def test_travels_between_processes(self):
        refused = pickle.loads(pickle.dumps(Refused("lambda.x.y", ("has no stem", "has no facts"))))  # noqa: S301, our own
        assert str(refused) == "lambda.x.y: has no stem\nlambda.x.y: has no facts"


class TestDigest:
    ITEM = how_many_are_throttled(WITH_DURATION)
    RULES = prove(ITEM, a_world(a_burst())).rules

    @pytest.mark.parametrize(
        "world",
        [
            a_world(a_burst(memory="512 MB")),
            a_world(a_burst(), facts={FACT: a_fact(value=True)}),
            a_world(
                a_burst(),
                beliefs={**BELIEFS, "nothing-is-throttled": a_belief("nothing-is-throttled", patch={"first_burst": 9})},
            ),
            a_world(a_burst(), rulebook=World().rulebook.believing({"scaling_rate": "500 per 60 s"})),
        ],
        ids=["scenario", "fact", "belief", "rule"],
    )
    def test_changes_with_what_the_proof_rests_on(self, world):
        assert digest(self.ITEM, world, self.RULES) != digest(self.ITEM, a_world(a_burst()), self.RULES)

    def test_stays_when_a_rule_changes_that_no_run_reads(self):
        other = a_world(a_burst(), rulebook=World().rulebook.believing({"code_storage_max": "1 GB"}))

        assert "scaling_rate" in self.RULES
        assert "code_storage_max" not in self.RULES
        assert digest(self.ITEM, other, self.RULES) == digest(self.ITEM, a_world(a_burst()), self.RULES)

    def test_stays_when_something_else_changes(self):
        more = a_world(a_burst(), beliefs={**BELIEFS, "other": a_belief("other")})
        assert digest(self.ITEM, more, self.RULES) == digest(self.ITEM, a_world(a_burst()), self.RULES)
