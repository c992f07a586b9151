from datetime import UTC, datetime, timedelta
from random import Random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.scheduling import planning
from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.horizon import LONGEST, PRICES, at_price, first_lead, leads
from studyapp.scheduling.planning import Ask, Candidate, Exam, adds, choose, order, within
from studyapp.scheduling.prospects import price_of_a_second, prospects

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


def exam(days: int = 14, minutes: float = 30.0) -> Exam:
    return Exam(NOW + timedelta(days=days), (minutes,) * days)


def met(key: int, stability: float, *, days_ago: int = 5, difficulty: float = 5.0, **kwargs) -> Candidate:
    return Candidate(key, Memory(stability, difficulty, NOW - timedelta(days=days_ago)), **kwargs)


def keys(asks):
    return [ask.key for ask in asks]


def crowd(seed: int, size: int = 60) -> list[Candidate]:
    draw = Random(seed)
    return [
        met(key, draw.lognormvariate(1.5, 1.2), days_ago=draw.randint(0, 20), difficulty=draw.uniform(1, 10))
        if draw.random() < 0.8
        else Candidate(key)
        for key in range(size)
    ]


class TestOrder:
    def test_asks_a_fact_never_met_before_one_well_known(self):
        assert keys(order([met(1, 300.0), Candidate(2)], NOW, exam())) == [2, 1]

    def test_asks_the_more_forgotten_of_two_on_the_eve(self):
        assert keys(order([met(1, 8.0), met(2, 2.0)], NOW, exam(days=1))) == [2, 1]

    def test_asks_first_what_more_of_the_exam_hangs_on(self):
        assert keys(order([met(1, 3.0, weight=0.001), met(2, 3.0, weight=0.004)], NOW, exam())) == [2, 1]

    def test_asks_first_what_takes_less_time(self):
        assert keys(order([met(1, 3.0, seconds=90), met(2, 3.0, seconds=30)], NOW, exam())) == [2, 1]

    def test_asks_first_what_a_guess_hits_less_often(self):
        assert keys(order([met(1, 3.0, options=2), met(2, 3.0, options=10)], NOW, exam())) == [2, 1]

    def test_puts_off_what_was_answered_today(self):
        assert keys(order([met(1, 2.0, days_ago=0), met(2, 2.0, days_ago=3)], NOW, exam())) == [2, 1]

    def test_does_not_ask_a_guess_again_before_it_is_due(self):
        guessed = Candidate(1, due_at=NOW + timedelta(hours=8))

        assert keys(order([guessed, Candidate(2)], NOW, exam())) == [2]

    def test_keeps_the_order_given_where_gains_are_equal(self):
        assert keys(order([Candidate(key) for key in (3, 1, 2)], NOW, exam())) == [3, 1, 2]

    def test_asks_before_a_day_off_what_could_wait_for_it_otherwise(self):
        """The last evening but one: who can come back tomorrow leaves the firm fact for then."""
        at = NOW + timedelta(days=2)
        facts = [met(1, 6.0)]
        free, off = (order(facts, NOW, Exam(at, minutes))[0] for minutes in ((30, 30), (30, 0)))

        assert off.per_minute > free.per_minute

    def test_needs_no_time_before_the_exam(self):
        assert len(order([met(1, 3.0), Candidate(2)], NOW, Exam(NOW + timedelta(hours=1), ()))) == 2

    def test_plans_for_an_exam_far_away_as_for_one_at_its_horizon(self):
        facts = crowd(1)

        assert keys(order(facts, NOW, exam(days=400))) == keys(order(facts, NOW, exam(days=LONGEST + 1)))

    def test_takes_a_fact_on_which_nothing_hangs_last(self):
        assert keys(order([Candidate(1, weight=0.0), met(2, 5.0)], NOW, exam())) == [2, 1]

    def test_has_nothing_to_say_of_no_facts(self):
        assert order([], NOW, exam()) == []

    def test_refuses_an_exam_that_has_passed(self):
        with pytest.raises(ValueError, match="exam at 2026-11-28 20:00 is before now, 2026-11-29 20:00"):
            order([Candidate(1)], NOW, Exam(NOW - timedelta(days=1), ()))

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 10**6), st.integers(0, 40), st.floats(0, 200))
    def test_has_each_fact_once_and_the_same_order_each_time(self, seed, days, minutes):
        facts, when = crowd(seed), exam(days, minutes)
        asks = order(facts, NOW, when)

        assert sorted(keys(asks)) == [fact.key for fact in facts]
        assert asks == order(facts, NOW, when)
        assert [ask.per_minute for ask in asks] == sorted((ask.per_minute for ask in asks), reverse=True)


class TestOrderWithoutAnExam:
    def test_is_due_facts_the_most_forgotten_first_then_new_ones(self):
        yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(days=1)
        facts = [
            Candidate(1),
            met(2, 9.0, due_at=yesterday),
            met(3, 2.0, due_at=yesterday),
            met(4, 2.0, due_at=tomorrow),
            Candidate(5, due_at=yesterday),
        ]

        assert keys(order(facts, NOW)) == [5, 3, 2, 1]


class TestChoose:
    def test_takes_the_first_of_the_order(self):
        facts = crowd(2)

        assert choose(facts, NOW, exam(), size=12) == order(facts, NOW, exam())[:12]

    def test_meets_all_facts_in_time(self):
        """Three hundred facts and 40 answers a day: none is left for the last week, so that each can be repeated."""
        seen: dict[int, Memory] = {}
        for day in range(23):
            now = NOW + timedelta(days=day)
            facts = [Candidate(key, seen.get(key)) for key in range(300)]
            for ask in choose(facts, now, Exam(NOW + timedelta(days=30), (40.0,) * (30 - day)), size=40):
                seen[ask.key] = _after(seen.get(ask.key), now)

        assert len(seen) == 300


def _after(memory: Memory | None, now: datetime) -> Memory:
    """After a right answer, or a wrong one to a fact never met."""
    if memory is None:
        return Memory(*DEFAULT.first(AGAIN), now)
    return Memory(*DEFAULT.after(memory.stability, memory.difficulty, (now - memory.reviewed_at).days, GOOD), now)


class TestAdds:
    def test_is_the_recall_on_the_day_that_an_answer_is_expected_to_make(self):
        (ask,) = order([met(1, 4.0, weight=0.01)], NOW, exam(days=10))
        recall = DEFAULT.recall(5, 4.0)
        known, missed = DEFAULT.success(4.0, 5.0, recall), DEFAULT.lapse(4.0, 5.0, recall)
        after = recall * DEFAULT.recall(10, known) + (1 - recall) * DEFAULT.recall(10, missed)

        assert ask.adds == pytest.approx(0.01 * 0.75 * (after - DEFAULT.recall(15, 4.0)))

    def test_is_what_a_fact_never_met_keeps_of_its_first_answer(self):
        (ask,) = order([Candidate(1, weight=0.01, options=5)], NOW, exam(days=10))

        assert ask.adds == pytest.approx(0.01 * 0.8 * DEFAULT.recall(10, DEFAULT.first(AGAIN)[0]))

    def test_adds_up(self):
        assert adds([Ask(1, 0.01), Ask(2, 0.02)]) == pytest.approx(0.03)


class TestWithin:
    def test_stops_where_the_time_ends(self):
        asks = [Ask(key, seconds=45) for key in range(10)]

        assert keys(within(asks, 2.5)) == [0, 1, 2]


class TestCandidate:
    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("weight", -0.1, "fact 7: weight is -0.1, at least 0 is needed"),
            ("seconds", 0, "fact 7: seconds is 0, more than 0 is needed"),
            ("options", 1, "fact 7: options is 1, at least 2 are needed"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, field, value, message):
        with pytest.raises(ValueError, match=message):
            Candidate(7, **{field: value})


class TestExam:
    def test_refuses_minutes_below_nothing(self):
        with pytest.raises(ValueError, match="minutes of day 1 is -5, at least 0 is needed"):
            Exam(NOW, (30, -5))


class TestPriceOfASecond:
    def test_rises_as_time_runs_short(self):
        future = prospects(20, [True] * 20)
        facts = [future(0.01, 45.0, draw, (2.0 + draw, 5.0)) for draw in range(1, 15)]
        facts += [future(0.01, 90.0, None, (0.0, 0.0))] * 10

        prices = [price_of_a_second(facts, seconds) for seconds in (0, 1_000, 2_500, 5_000, 10_000, 100_000)]

        assert prices == sorted(prices, reverse=True)
        assert prices[0] > 10 * prices[-1]

    def test_is_one_at_which_there_is_time_for_what_all_want(self):
        future = prospects(20, [True] * 20)
        facts = [future(0.01, 45.0, draw, (2.0 + draw, 5.0)) for draw in range(1, 15)]

        price = price_of_a_second(facts, 1_000)

        assert sum(fact.wants(price) for fact in facts) <= 1_000 < sum(fact.wants(price / 2) for fact in facts)


class TestHorizon:
    @pytest.mark.parametrize("level", [0, 4, 8])
    def test_is_worth_no_less_than_being_left_alone_and_no_more_than_certainty(self, level):
        table = at_price(level, 15)
        alone = [DEFAULT.recall(15, 0.03), DEFAULT.recall(15, 400)]

        assert min(table.worth[15]) >= min(alone)
        assert max(table.worth[15]) <= 1

    def test_asks_for_less_the_dearer_an_answer_is(self):
        wants = [mean(at_price(level, 30).answers[30]) for level in range(len(PRICES))]

        assert wants == sorted(wants, reverse=True)
        assert wants[-1] == 0

    def test_is_worth_more_for_a_firmer_memory(self):
        first_difficulty = at_price(3, 30).worth[30][:20]

        assert first_difficulty == sorted(first_difficulty)

    @given(st.floats(0.05, 300), st.floats(1, 10), st.integers(0, 100))
    def test_leads_to_shares_that_add_up_to_one(self, stability, difficulty, wait):
        (lead,) = leads(stability, difficulty, [wait])

        assert sum(lead[1:3]) + sum(lead[4:]) == pytest.approx(1)
        assert min(lead) >= 0

    def test_leads_from_nothing_to_a_memory_of_a_wrong_answer(self):
        state, here, there, *_ = first_lead()
        alone = at_price(8, 1).worth[1]

        assert here * alone[state] + there * alone[state + 1] == pytest.approx(
            DEFAULT.recall(1, DEFAULT.first(AGAIN)[0]), abs=0.01
        )


def test_a_key_may_be_a_word():
    assert keys(planning.order([Candidate("lambda.limits")], NOW, exam())) == ["lambda.limits"]
