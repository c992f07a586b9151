"""Items that are answered by typing, pairing and ordering: drawn, proved and marked."""

from dataclasses import replace

import pytest

from studyapp.facts.quantity import NO_BREAK_SPACE
from studyapp.questions.bodies import item_body, read_item
from studyapp.questions.marking import Mark, UnknownOption, Unreadable, WrongCount, mark, slip
from studyapp.questions.proof import Refused, World, prove
from studyapp.questions.variants import drawn, shuffled
from tests.questions.factories import FACT, a_belief, a_fact, an_item, an_option

OTHER = "lambda.concurrency.request-rate"
SCENARIO = "lambda.errors.always-fails"
BODY = {
    "functions": {"resize": {"duration": "1 s", "timeout": "10 s", "fails": "always", "init": "100 ms"}},
    "sources": {"uploads": {"kind": "s3", "arrivals": {"burst": 1}}},
}
WORLD = World(
    scenarios={SCENARIO: BODY},
    beliefs={
        "retries-at-once": a_belief("retries-at-once", patch={"async_first_wait": "0 s", "async_second_wait": "0 s"})
    },
    facts={FACT: a_fact(), OTHER: a_fact(id=OTHER)},
)


def shown(item, world=WORLD):
    proof = prove(item, world)
    body = world.scenarios.get(item.scenario, {})
    return drawn(read_item(item_body(item)), body, proof.seeds[0].as_json())


def a_matching_item(**given):
    options = (
        an_option(0, "Timeout", answer="900 s", fact=FACT),
        an_option(1, "Memory", answer="10,240 MB", fact=OTHER),
        an_option(2, "Storage", answer="10,240 MB", fact=OTHER),
    )
    return an_item(**{"kind": "matching", "options": options, "facts": (FACT, OTHER), "spare": ("60 s",), **given})


def pairs(variant, *answers):
    """A response that gives the answers of these texts to the lines in authored order."""
    ids = {answer.text: answer.id for answer in variant.answers}
    return [f"{option.id}={ids[text]}" for option, text in zip(variant.options, answers, strict=True)]


class TestMatching:
    def test_shows_its_answers_once_each_with_the_spare_ones(self):
        assert [answer.text for answer in shown(a_matching_item()).answers] == ["60 s", "900 s", "10,240 MB"]

    def test_gives_the_share_of_right_pairs_and_says_which_facts_were_known(self):
        variant = shown(a_matching_item())

        assert mark(variant, pairs(variant, "900 s", "10,240 MB", "10,240 MB")) == Mark(
            1.0, True, {FACT: True, OTHER: True}
        )
        assert mark(variant, pairs(variant, "900 s", "60 s", "10,240 MB")) == Mark(
            2 / 3, False, {FACT: True, OTHER: False}
        )

    def test_asks_for_every_line_once(self):
        variant = shown(a_matching_item())
        response = pairs(variant, "900 s", "60 s", "10,240 MB")

        with pytest.raises(WrongCount, match="Answer every line; 1 of 3 is still open"):
            mark(variant, response[:2])
        with pytest.raises(WrongCount, match="each line once"):
            mark(variant, [*response, response[0].replace(variant.answers[1].id, variant.answers[0].id)])
        with pytest.raises(UnknownOption, match="line is not part"):
            mark(variant, [*response[:2], "ffffffff=" + variant.answers[0].id])
        with pytest.raises(UnknownOption, match="answer is not part"):
            mark(variant, [*response[:2], variant.options[2].id + "=ffffffff"])

    def test_needs_an_answer_to_each_line_and_two_of_them(self):
        with pytest.raises(Refused, match="“Timeout” has no answer"):
            prove(a_matching_item(options=(an_option(0, "Timeout"), an_option(1, "Memory", answer="1 MB"))), WORLD)
        with pytest.raises(Refused, match="at least two different answers"):
            prove(
                a_matching_item(options=(an_option(0, "A", answer="1 s"), an_option(1, "B", answer="1 s")), spare=()),
                WORLD,
            )


class TestContrast:
    def test_moves_no_memory_but_its_own(self):
        cases = (an_option(0, "Each night", answer="A schedule"), an_option(1, "On upload", answer="An event"))
        variant = shown(an_item(kind="contrast", options=cases))

        assert mark(variant, pairs(variant, "A schedule", "An event")) == Mark(1.0, True)
        assert mark(variant, pairs(variant, "A schedule", "A schedule")) == Mark(0.5, False)


def an_ordering_item(**given):
    steps = tuple(an_option(place, text) for place, text in enumerate(("First", "Second", "Third")))
    return an_item(**{"kind": "ordering", "options": steps, **given})


class TestOrdering:
    def test_gives_the_share_of_steps_in_their_place(self):
        variant = shown(an_ordering_item())
        one, two, three = (option.id for option in variant.options)

        assert mark(variant, [f"2:{two}", f"1:{one}", f"3:{three}"]) == Mark(1.0, True)
        assert mark(variant, [f"1:{one}", f"3:{two}", f"2:{three}"]) == Mark(1 / 3, False)

    def test_gives_each_place_once(self):
        variant = shown(an_ordering_item())
        one, two, three = (option.id for option in variant.options)

        with pytest.raises(WrongCount, match="place 1 is given 2 times"):
            mark(variant, [f"1:{one}", f"1:{two}", f"3:{three}"])
        with pytest.raises(WrongCount, match="2 of 3 are still open"):
            mark(variant, [f"1:{one}"])
        with pytest.raises(UnknownOption, match="1 to 3"):
            mark(variant, [f"1:{one}", f"2:{two}", f"4:{three}"])

    def test_is_shuffled_even_if_its_steps_are_numbers(self):
        variant = shown(an_ordering_item(options=tuple(an_option(place, f"{place} s") for place in range(5))))

        assert {shuffled(variant, str(nonce)) for nonce in range(9)} != {tuple(option.id for option in variant.options)}


class TestOrderingByARun:
    steps = (
        an_option(0, "The last run starts", when="last_attempt_start"),
        an_option(1, "The event is given up", when="dead_lettered_at"),
    )
    body = {**BODY, "functions": {"resize": {**BODY["functions"]["resize"], "dead_letter_queue": True}}}
    world = replace(WORLD, scenarios={SCENARIO: body})

    def item(self, *places):
        return an_ordering_item(
            options=tuple(self.steps[place] for place in places),
            scenario=SCENARIO,
            states=("function.fails", "source.kind", "function.dead_letter_queue"),
            stem="S3 invokes a function that always fails; it has a dead-letter queue. In which order?",
        )

    def test_is_proved_where_its_steps_stand_as_in_the_run(self):
        assert len(prove(self.item(0, 1), self.world).seeds) == 1

    def test_is_refused_where_they_do_not(self):
        with pytest.raises(
            Refused, match=r"another order than in the run: “The last run starts”, “The event is given up”"
        ):
            prove(self.item(1, 0), self.world)

    def test_is_refused_where_a_step_never_happens(self):
        with pytest.raises(Refused, match="“The event is given up” never happens"):
            prove(self.item(0, 1), replace(WORLD, scenarios={SCENARIO: BODY}))


def a_number(*texts, **given):
    options = tuple(an_option(place, text, is_key=place == 0) for place, text in enumerate(texts))
    return an_item(**{"kind": "numeric", "options": options, **given})


class TestANumberOfAFact:
    def test_is_right_as_the_key_is_written_or_in_another_unit(self):
        variant = shown(a_number("900 s", "300 s"))

        assert variant.unit == "s"
        assert [mark(variant, [text]).is_right for text in ("900", "15 min", "901", "300 s")] == [
            True,
            True,
            False,
            False,
        ]

    def test_tells_the_slip_that_was_typed(self):
        variant = shown(a_number("900 s", "300 s", "60 s"))

        assert slip(variant, ["5 min"]).text == "300 s"
        assert slip(variant, ["900"]) is None
        assert slip(variant, ["17"]) is None

    def test_says_what_cannot_be_read(self):
        variant = shown(a_number("900 s"))

        with pytest.raises(Unreadable, match="not a number"):
            mark(variant, ["a quarter of an hour"])
        with pytest.raises(WrongCount, match="Write one number"):
            mark(variant, [])

    def test_is_refused_with_a_slip_that_would_pass(self):
        with pytest.raises(Refused, match="“895 s” would be taken for the right answer, 900 s"):
            prove(a_number("900 s", "895 s", tolerance="1 %"), WORLD)
        with pytest.raises(Refused, match="nobody can type it"):
            prove(a_number("900 s", "a while"), WORLD)


class TestANumberOfARun:
    def item(self, **given):
        options = (an_option(0, is_key=True), an_option(1, belief="retries-at-once"))
        stem = "S3 invokes a function once; one environment is warm. Runs fail after {function.duration}. When does the last start?"
        plainest = {
            "kind": "numeric",
            "options": options,
            "scenario": SCENARIO,
            "asks": "last_attempt_start",
            "stem": stem,
            "draw": {"function.duration": ("1 s", "2 s", "4 s")},
            "states": ("function.fails", "source.kind", "source.arrivals"),
            "varies": {},
        }
        return an_item(**{**plainest, **given})

    world = replace(WORLD, scenarios={SCENARIO: {**BODY, "warm": {"resize": 1}}})

    def test_has_a_variant_for_each_draw_with_the_slip_beside_the_key(self):
        proof = prove(self.item(states=("function.fails", "source.kind", "source.arrivals", "warm")), self.world)

        assert [tuple(text.replace(NO_BREAK_SPACE, " ") for text in seed.values.values()) for seed in proof.seeds] == [
            ("3 min 2 s", "2 s"),
            ("3 min 4 s", "4 s"),
            ("3 min 8 s", "8 s"),
        ]

    def test_is_asked_for_in_seconds_even_at_whole_minutes(self):
        states = ("function.fails", "source.kind", "source.arrivals", "warm")
        draw = {"function.duration": ("30 s", "20 s", "10 s")}
        body = {
            **self.world.scenarios[SCENARIO],
            "functions": {"resize": {**BODY["functions"]["resize"], "timeout": "60 s"}},
        }
        variant = shown(self.item(states=states, draw=draw), replace(self.world, scenarios={SCENARIO: body}))

        assert (variant.key_text.replace(NO_BREAK_SPACE, " "), variant.unit) == ("4 min", "s")
        assert mark(variant, ["240"]).is_right

    def test_is_refused_where_no_slip_can_be_told_from_the_key(self):
        with pytest.raises(Refused, match="0 distinct variants"):
            prove(
                self.item(states=("function.fails", "source.kind", "source.arrivals", "warm"), tolerance="100 %"),
                self.world,
            )


class TestReveal:
    def test_is_marked_by_the_student_and_keeps_its_two_marks_in_place(self):
        item = an_item(
            kind="reveal", options=(an_option(0, "I knew it", is_key=True, answer="900 s"), an_option(1, "I did not"))
        )
        variant = shown(item)

        assert shuffled(variant, "any") == tuple(option.id for option in variant.options)
        assert mark(variant, [variant.options[0].id]).is_right
        assert not mark(variant, [variant.options[1].id]).is_right
