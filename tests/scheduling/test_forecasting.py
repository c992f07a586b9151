from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import comb
from zoneinfo import ZoneInfo

import pytest

from studyapp.scheduling import forecasting, fsrs6
from studyapp.scheduling.evidence import Band, Evidence, Firsts
from studyapp.scheduling.forecasting import VERSION, Fact, Forecast, NotYet, forecast
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.statistics import law_of_right
from tests.scheduling.mocks import World, blueprint, students
from tests.scheduling.trials import tried

NOW = datetime(2026, 11, 29, 20, tzinfo=UTC)
SECTIONS = "abcdef"
PLAIN = Evidence((Band(100, 92, 90.0),), Firsts(30, 9))
EVEN = dict.fromkeys(SECTIONS, 5)


def course(*, met: int = 10, unmet: int = 10, days: int = 5, options: int = 4) -> list[Fact]:
    """Six sections, each with so many facts met so many days ago, and never met."""
    memory = Memory(10.0, 5.0, NOW - timedelta(days=days))
    return [
        Fact(f"{section}{number}", section, memory if number < met else None, options)
        for section in SECTIONS
        for number in range(met + unmet)
    ]


def told(facts: list[Fact], evidence: Evidence = PLAIN, questions: dict[str, int] | None = None) -> Forecast:
    found = forecast(facts, questions or EVEN, evidence, NOW)
    assert isinstance(found, Forecast)
    return found


class TestForecast:
    def test_says_what_is_missing_before_it_can_be_made(self):
        facts = [fact if fact.section in "abcd" else replace(fact, memory=None) for fact in course()]
        few = Evidence((Band(12, 9, 10.0),), Firsts(10, 3))

        assert forecast(facts, EVEN, few, NOW) == NotYet(answers_missing=8, sections_missing=2)
        assert forecast(course(), EVEN, few, NOW) == NotYet(answers_missing=8, sections_missing=0)
        assert forecast(facts, EVEN, PLAIN, NOW) == NotYet(answers_missing=0, sections_missing=2)
        assert isinstance(forecast(course(), EVEN, Evidence(few.bands, Firsts(18, 3)), NOW), Forecast)

    def test_is_the_blueprints_mean_of_the_sections(self):
        met = {"a": 10, "b": 10, "c": 10, "d": 5, "e": 1, "f": 1}
        facts = [
            fact if int(fact.key[1:]) < met[fact.section] else replace(fact, memory=None) for fact in course(unmet=0)
        ]
        questions = {"a": 9, "b": 1, "c": 0, "d": 4, "e": 3, "f": 3}

        found = told(facts, questions=questions)

        assert found.share == pytest.approx(sum(n * found.by_section[section] for section, n in questions.items()) / 20)
        assert found.by_section["a"] > found.by_section["d"] > found.by_section["e"]
        assert found.questions == 20
        assert found.answers == 130
        assert found.version == VERSION

    def test_gives_every_fact_a_chance_that_falls_with_time(self):
        fresh, old = told(course(days=1)), told(course(days=60))

        assert fresh.chances["a0"] > old.chances["a0"] > old.chances["a19"]
        assert fresh.chances["a19"] == pytest.approx(old.chances["a19"], abs=1e-3)
        assert len(fresh.chances) == 120

    def test_is_for_its_moment(self):
        later = forecast(course(), EVEN, PLAIN, NOW + timedelta(days=30))

        assert isinstance(later, Forecast)
        assert later.share < told(course()).share

    @pytest.mark.parametrize("options", [2, 4, 10])
    def test_expects_guesses_of_who_has_met_nothing_and_knows_nothing(self, options):
        nothing = Evidence(firsts=Firsts(10_000, 10_000 // options, 1 / options))
        facts = [replace(fact, memory=None) if fact.key[1:] != "0" else fact for fact in course(options=options)]

        assert told(facts, nothing).chances["a7"] == pytest.approx(1 / options, abs=0.01)

    def test_believes_answers_that_fall_short_of_what_was_foretold(self):
        short, long = (told(course(), Evidence((Band(500, right, 450.0),), PLAIN.firsts)) for right in (380, 485))

        assert short.share < told(course()).share < long.share

    def test_is_narrower_with_more_answers_and_with_more_questions(self):
        few, many = (
            told(course(), Evidence((Band(n, n * 92 // 100, n * 0.9),), Firsts(n, n // 3))) for n in (25, 2500)
        )
        short = told(course(), questions=dict.fromkeys(SECTIONS, 1))

        assert many.high - many.low < few.high - few.low < short.high - short.low

    @pytest.mark.parametrize("questions", [1, 5, 11])
    def test_ends_at_shares_that_a_mock_can_have(self, questions):
        found = told(course(), questions=dict.fromkeys(SECTIONS, questions))

        for end in (found.low, found.high):
            assert end * 6 * questions == pytest.approx(round(end * 6 * questions))
        assert 0 <= found.low < found.share < found.high <= 1

    @pytest.mark.parametrize("days", [-2, -0.01, 0, 0.99, 1.0, 7.5, 400])
    def test_foretells_recall_as_the_package_does(self, days):
        memory, zone = Memory(7.0, 5.0, NOW), ZoneInfo("Australia/Sydney")
        at = (NOW + timedelta(days=days)).astimezone(zone)

        assert forecasting._recall(memory, at) == pytest.approx(fsrs6.retrievability(memory, at))

    def test_takes_a_blueprint_that_leaves_a_section_out_though_it_has_no_facts(self):
        assert told(course(), questions={**EVEN, "z": 0}).share == pytest.approx(told(course()).share)

    def test_does_not_depend_on_the_order_of_facts(self):
        there, back = told(course()), told(course()[::-1])

        assert there.share == pytest.approx(back.share)
        assert (there.low, there.high) == (back.low, back.high)

    @pytest.mark.parametrize(
        ("questions", "says"),
        [
            ({"a": 3, "z": 2}, "2 questions of section z, which has no facts"),
            ({"a": -1}, "-1 questions of section a"),
            ({"a": 0}, "no questions"),
            ({}, "no questions"),
        ],
    )
    def test_refuses_a_blueprint_that_cannot_be_drawn(self, questions, says):
        with pytest.raises(ValueError, match=says):
            forecast(course(), questions, PLAIN, NOW)

    def test_refuses_a_key_given_twice(self):
        with pytest.raises(ValueError, match="a key is given twice"):
            forecast([*course(), course()[0]], EVEN, PLAIN, NOW)

    def test_refuses_a_question_without_options(self):
        with pytest.raises(ValueError, match="options of a0 is 1: at least 2"):
            Fact("a0", "a", None, 1)


def test_independent_draws_are_never_narrower_than_facts_drawn_without_repetition():
    """All ways to draw 3 of 6 facts, against the law that stands for them."""
    chances, drawn = (0.25, 0.3, 0.5, 0.8, 0.9, 0.97), 3
    exact = [0.0] * (drawn + 1)
    for facts in combinations(chances, drawn):
        for right, chance in enumerate(law_of_right((1, each) for each in facts)):
            exact[right] += chance / comb(6, drawn)
    taken = law_of_right([(drawn, sum(chances) / 6)])

    mean = sum(right * chance for right, chance in enumerate(exact))
    spread = sum((right - mean) ** 2 * chance for right, chance in enumerate(exact))
    mean_taken = sum(right * chance for right, chance in enumerate(taken))
    spread_taken = sum((right - mean) ** 2 * chance for right, chance in enumerate(taken))

    assert mean == pytest.approx(mean_taken)
    assert 0.85 * spread_taken < spread < spread_taken


class TestSimulatedStudents:
    """Of whom forecasts are tried on: they study as the product schedules."""

    def test_have_the_memories_that_the_product_would_have(self):
        student = next(students(1, World(), "memories"))
        memory, mind = None, replace(student.minds[0], seen=None, true=None, day=0)
        for day in (0, 1, 2, 9, 40):
            right = sum(band[1] for band in student.bands) + student.firsts[1]
            student._answer(mind, day)
            is_right = sum(band[1] for band in student.bands) + student.firsts[1] > right
            rating = fsrs6.Rating.GOOD if is_right else fsrs6.Rating.AGAIN
            memory = fsrs6.review(memory, rating, NOW + timedelta(days=day), place=0.5).memory

        assert mind.seen == pytest.approx((memory.stability, memory.difficulty))

    def test_are_the_same_for_the_same_seed(self):
        one, other = (next(students(1, World(), "same")) for _ in range(2))

        assert one.evidence == other.evidence
        assert one.foretold(blueprint(65)) == other.foretold(blueprint(65))

    @pytest.mark.parametrize("questions", [65, 20, 10, 5])
    def test_sit_as_many_questions_as_the_blueprint_has(self, questions):
        student = next(students(1, World(), "sits"))

        assert len({mind.key for mind, _ in student.sit(blueprint(questions))}) == questions


@pytest.fixture(scope="module")
def trial():
    """500 students with parameters off by 20 % and a guess rate of 25 %, one mock of 65 and one of 20 questions each."""
    return tried(World(), count=500, seed="suite")


class TestTrial:
    @pytest.mark.parametrize("questions", [65, 20])
    def test_the_interval_holds_the_mock_in_85_to_95_of_100_cases(self, trial, questions):
        assert 0.85 <= trial.coverage(questions) <= 0.95

    def test_the_brier_score_is_at_most_nine_tenths_of_the_section_means(self, trial):
        assert trial.against(trial.sections) <= 0.9

    def test_it_stays_so_when_the_section_means_know_what_was_never_met(self, trial):
        assert trial.against(trial.covered) <= 0.9

    def test_one_chance_for_all_facts_met_is_worse(self, trial):
        assert trial.against(trial.never_met) < 1 < trial.against(trial.truth)

    def test_it_is_right_on_average(self, trial):
        assert abs(trial.bias) < 0.01

    def test_chances_are_what_comes_of_them(self, trial):
        assert trial.reliability < 0.03


@pytest.mark.parametrize(
    "world",
    [
        World("off by 10 %", off=0.1),
        World("off by 30 %", off=0.3),
        World("memories last a fifth less", bias=-0.2),
        World("memories last a fifth longer", bias=0.2),
    ],
    ids=lambda world: world.name,
)
def test_the_interval_holds_in_other_worlds(world):
    trial = tried(world, count=120, seed="other", sizes=(65,))

    assert 0.84 <= trial.coverage(65) <= 0.97
    assert trial.against(trial.sections) <= 0.9
