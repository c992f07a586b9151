"""What the pages of Progress say, to whom."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from studyapp.memory.counting import band_of
from studyapp.memory.models import Goal
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn
from tests.progress.factories import CLUES, belief, clues, facts, give_card, give_days, give_forecast, runnable

pytestmark = pytest.mark.django_db
PAGES = ("", "clues/", "beliefs/", "days/", "calibration/", "score/")


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def seen(client, student):
    """The text of a page, as its student sees it."""
    client.force_login(student)

    def text(page: str = "") -> str:
        response = client.get(f"/progress/{page}")
        assert response.status_code == 200
        return re.sub(r"[ \n]+", " ", unescape(response.content.decode()))

    return text


@pytest.mark.parametrize("page", PAGES)
class TestEveryPage:
    def test_says_to_somebody_without_a_row_what_will_be_there(self, client, page):
        text = client.get(f"/progress/{page}").content.decode()

        assert "Answer a first question" in text
        assert "Start a drill" not in text

    def test_offers_a_drill_to_who_has_nothing_yet(self, seen, page):
        assert "Start a drill" in seen(page)

    def test_only_reads(self, client, page):
        assert client.post(f"/progress/{page}").status_code == 405

    def test_shows_a_guest_their_own(self, client, page):
        guest = GuestFactory()
        learn(guest, a_fact())
        give_forecast(guest)
        client.force_login(guest)

        assert "Start a drill" not in client.get(f"/progress/{page}").content.decode()

    def test_has_nothing_of_somebody_else(self, seen, page):
        other = UserFactory()
        give_days(other, 0, 1)
        give_card(other, a_fact())
        give_forecast(other)

        assert "Start a drill" in seen(page)


class TestRecall:
    def test_counts_facts_never_met_as_0(self, seen, student):
        of_section = facts(7)
        give_card(student, of_section[0], ago=0)

        assert f"1 of {len(of_section)}" in seen()
        assert "You would recall 0\u00a0% of the course now." in seen()

    def test_tells_when_a_section_falls(self, seen, student):
        give_card(student, facts(7)[0], stability=10.5, ago=0)

        assert "on 4\u00a0December" in seen()

    def test_lists_what_is_below_and_drills_it(self, seen, student):
        low, kept = facts(7)[:2]
        give_card(student, low, stability=3, ago=30)
        give_card(student, kept)

        assert "1 fact is below 90\u00a0% now." in seen()
        assert f'name="fact" value="{low.slug}"' in seen()
        assert f'name="fact" value="{kept.slug}"' not in seen()

    def test_goes_by_the_students_own_retention(self, seen, student):
        Goal.objects.create(student=student, retention=0.8)
        give_card(student, facts(7)[0])

        assert "80\u00a0% dashed" in seen()

    def test_shows_the_latest_score(self, seen, student):
        give_card(student, facts(7)[0])
        assert "after 30 answers in six sections" in seen()

        give_forecast(student)
        assert "62 to 79\u00a0%, 84 answers" in seen()

    def test_starts_a_drill_of_a_section(self, client, seen, student):
        give_card(student, facts(7)[0])

        assert 'name="section" value="7"' in seen()
        assert client.post("/drills/start/", {"section": "7"}).status_code == 302


class TestClues:
    def test_has_each_clue_with_its_facts(self, seen, student):
        first = clues()[0]
        learn(student, first.fact)

        text = seen("clues/")
        assert all(clue.phrase in text for clue in clues())
        assert f"1 of {1 + len(first.rests_on)}" in text

    def test_still_tells_of_memory_to_who_has_answered_nothing_for_a_year(self, seen, student):
        give_card(student, clues()[0].fact, ago=500)

        assert "By clue" in seen("clues/")

    def test_says_what_will_be_there_before_anything_was_confused(self, seen, student):
        give_days(student, 1)

        assert "Nothing so far." in seen("clues/")

    def test_has_what_was_taken_for_what_and_drills_both(self, client, seen, student):
        give_days(student, 1, 2, mistaken={">".join(CLUES): 2})

        text = seen("clues/")
        assert '<button class="link">4<span class="hidden"> Rate-limit Lambda' in text
        assert client.post("/drills/start/", {"fact": CLUES, "name": "A confused pair"}).status_code == 302

    def test_has_pairs_of_facts_that_no_clue_stands_for(self, seen, student):
        one, other = facts(2)[:2]
        give_days(student, 1, mistaken={f"{one.slug}>{other.slug}": 1})

        assert f"Asked for “{one.name}”, you gave the answer of “{other.name}”" in seen("clues/")

    @pytest.mark.parametrize(
        ("exam", "guide", "title"),
        [
            ("", "DVA-C03", "Testing and Deployment"),
            ("DVA-C02", "DVA-C03", "Your exam is DVA-C02"),
            ("SAA-C03", "SAA-C03", "Design Resilient Architectures"),
            ("SOA-C03", "SOA-C03", "no clue of the course names it"),
        ],
    )
    def test_covers_the_guide_of_the_students_exam(self, seen, student, exam, guide, title):
        Goal.objects.create(student=student, exam=exam)
        give_days(student, 1)

        text = seen("clues/")
        assert f"The exam guide, {guide}" in text
        assert title in text


class TestBeliefs:
    def test_says_that_there_is_none(self, seen, student):
        give_days(student, 1)

        assert "No wrong idea so far." in seen("beliefs/")

    def test_tells_what_is_held_and_what_was_given_up(self, seen, student):
        give_days(student, 9, beliefs={belief(0): [1, 0], belief(1): [2, 0]})
        give_days(student, 5, 3, beliefs={belief(0): [0, 1]})

        text = seen("beliefs/")
        assert "You hold 1 wrong idea, and have given up 1." in text
        assert "Held once, last on 14\u00a0November. Resisted twice since, on a second day on 20\u00a0November." in text
        assert "Held twice, last on 14\u00a0November. Not resisted since." in text

    def test_leads_to_a_run_that_believes_it_and_to_a_drill_that_refutes_it(self, client, seen, student):
        idea = runnable()
        give_days(student, 1, beliefs={idea: [1, 0]})

        text = seen("beliefs/")
        (address,) = re.findall(r'href="(/lab/[^"]+\?belief=[^"]+)"', text)
        assert address.endswith(f"?belief={idea}")
        assert client.get(address).status_code == 200
        assert 'name="fact" value="lambda.' in text


class TestDays:
    def test_tells_days_and_runs_and_today(self, seen, student):
        give_days(student, 1, 2, 3)

        text = seen("days/")
        assert "You answered on 3 of the last 365 days." in text
        assert (
            "Nothing answered today so far. Your longest run was 3 days, 20\u00a0November to 22\u00a0November" in text
        )

    def test_counts_today_from_what_was_answered(self, seen, student):
        learn(student, a_fact())

        assert "Today: 1 answer, 1 right, 0:20 minutes of answering." in seen("days/")

    def test_has_what_comes_due_and_not_what_is_suspended(self, seen, student):
        one, two, three, four = facts(7)[:4]
        give_card(student, one, stability=5, ago=9)
        give_card(student, two, is_suspended=True, stability=5)
        give_card(student, three, stability=5, buried_until=NOW + timedelta(days=40))
        give_card(student, four, stability=3)

        assert "2 facts in the next 30 days" in seen("days/")

    def test_has_the_time_of_a_section_against_the_exams(self, seen, student):
        give_days(student, 1)

        text = seen("days/")
        assert "0:45 under, 83\u00a0% right, 12 answers" in text
        assert "8 answers, a figure from 10 on" in text


class TestCalibration:
    def test_holds_what_was_recalled_against_what_was_predicted(self, seen, student):
        give_days(student, *range(1, 11))

        text = seen("calibration/")
        assert "You recall 88\u00a0% where 92\u00a0% was predicted." in text
        assert "0.106</b> over 160 answers; one chance for all would have scored 0.109." in text
        assert "When you are sure you are right 92\u00a0% of the time, 120 answers" in text
        assert "By your own word, 10 of 150 right answers were guesses" in text

    def test_parts_the_last_30_days_from_the_year(self, seen, student):
        give_days(student, 1, 29, 30, 200)

        text = seen("calibration/")
        assert "predicted, 32 answers" in text
        assert "predicted, 64 answers" in text

    def test_has_no_figure_under_ten(self, seen, student):
        give_days(student, 1, bands={band_of(0.89): [9, 8, 8, 8.0]}, sure=9, sure_right=9)

        text = seen("calibration/")
        assert "Too few answers for a figure." in text
        assert "9 answers, a figure from 10 on" in text
        assert "<b>" not in text


class TestScore:
    def test_tells_the_forecast_and_the_exams_day(self, seen, student):
        give_forecast(student, exam_on=(NOW + timedelta(days=21)).date(), share=0.75, low=0.66, high=0.84)

        text = seen("score/")
        assert "Lambda score: 71\u00a0%, 62 to 79\u00a0%." in text
        assert "For your exam on 14\u00a0December: 75\u00a0%, 66 to 84\u00a0%." in text
        assert "no chance of passing" in text

    def test_holds_mocks_against_it(self, seen, student):
        give_forecast(student, 3)
        mock = {"scored_at": NOW, "scored_share": 0.8, "scored_questions": 20, "brier": 0.15}
        give_forecast(student, 2, occasion=uuid4(), **mock)

        text = seen("score/")
        assert "Of 1 mock exam, 0 came out within the interval forecast." in text
        assert "The Brier score of their questions is 0.150" in text
        assert "16 of 20, 80\u00a0%" in text

    def test_has_what_was_said_of_the_exam(self, seen, student):
        give_forecast(student, share=0.75, low=0.66, high=0.84, exam_share=0.7)

        assert "you said that 7 of 10 Lambda questions were right; forecast was 75\u00a0%, 66 to 84\u00a0%" in seen(
            "score/"
        )
