"""The main job, end to end: a stranger answers a real question, sees why, sees it run, and finds it again tomorrow."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])


@SCRIPTS
class TestANewcomer:
    def test_answers_sees_why_keeps_it_and_finds_it_again_tomorrow(self, device, server, script):
        page = device(java_script_enabled=script)
        name = f"Ada {uuid4().hex[:8]}"

        self.answers_by_one_tap_and_sees_the_run(page)
        self.answers_four_more(page, server)
        self.keeps_them(page, name)
        steps.sign_out(page)
        steps.sign_in(page, name)
        server.set_forward(days=1)
        self.finds_them_in_today(page, server, name)

    def answers_by_one_tap_and_sees_the_run(self, page: Page) -> None:
        steps.tap_first(page)
        steps.sees_reasons(page)
        page.get_by_role("link", name="See the run").click()
        expect(page.get_by_role("heading", name="The run")).to_be_visible()
        expect(page.locator("#run .picture")).to_be_visible()

    def answers_four_more(self, page: Page, server: Server) -> None:
        for position in range(2, 6):
            steps.go_on(page)
            expect(page.get_by_text(f"{position} of 5")).to_be_visible()
            steps.answer(page, server, right=position % 2 == 0, sure=position == 2)
            steps.sees_reasons(page)
        expect(page.get_by_role("heading", name=re.compile("^Keep these for "))).to_be_visible()

    def keeps_them(self, page: Page, name: str) -> None:
        page.get_by_role("main").get_by_role("link", name="Keep my answers").click()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(steps.PASSWORD)
        page.get_by_role("button", name="Keep my answers").click()
        code = page.locator("dd.code")
        expect(code).to_have_text(re.compile(r"^[\w-]{16,}$"))
        self.can_print(page)
        page.get_by_role("button", name="I have it").click()
        expect(page.get_by_text(f"You are {name}")).to_be_visible()

    def can_print(self, page: Page) -> None:
        """Paper has what is needed later, and nothing to press."""
        page.emulate_media(media="print")
        for needed in ("Your recovery code", "Name", "Code", "Where"):
            expect(page.get_by_text(needed, exact=True).first).to_be_visible()
        expect(page.get_by_role("button", name="I have it")).to_be_hidden()
        page.emulate_media(media="screen")

    def finds_them_in_today(self, page: Page, server: Server, name: str) -> None:
        page.goto("/")
        due = self.due_tomorrow(server, name)
        assert len(due) >= 2
        expect(page.get_by_text(f"{len(due)} facts you are losing")).to_be_visible()
        page.get_by_role("button", name="Start").click()
        expect(steps.question(page)).to_be_visible()
        asked = server.rows(
            "SELECT f.fact_id FROM drills_drillitem q JOIN content_revision r ON r.id = q.revision_id"
            " JOIN content_itemfact f ON f.item_id = r.item_id WHERE q.drill_id = ? AND q.position = ?",
            *steps.here(page),
        )
        assert due & {fact for (fact,) in asked}

    def due_tomorrow(self, server: Server, name: str) -> set[int]:
        rows = server.rows(
            "SELECT fact_id FROM memory_card c JOIN accounts_user u ON u.id = c.student_id"
            " WHERE u.name = ? AND c.due_at <= datetime('now', '+1 day')",
            name,
        )
        return {fact for (fact,) in rows}


@SCRIPTS
class TestAMisTap:
    def test_can_be_undone_and_the_fact_comes_again_at_the_end(self, device, script):
        page = device(java_script_enabled=script)
        steps.tap_first(page)

        page.get_by_role("button", name="Undo").click()

        expect(page.get_by_text("Taken back")).to_be_visible()
        expect(page.get_by_text("1 of 6")).to_be_visible()


@SCRIPTS
class TestAGuess:
    def test_is_owned_up_to_once(self, device, server, script):
        page = device(java_script_enabled=script)
        steps.tap_first(page)
        steps.go_on(page)
        steps.answer(page, server)

        page.get_by_role("button", name="I was guessing").click()

        expect(page.get_by_text("Noted as a guess")).to_be_visible()
        expect(page.get_by_role("button", name="I was guessing")).to_be_hidden()


class TestAnswersThatAreSentTwice:
    def test_by_a_double_click_on_the_first_question_count_once(self, device, server):
        page = device()
        page.goto("/")
        before = server.count("attempts_attempt")

        page.locator("fieldset").get_by_role("button").first.dblclick(no_wait_after=True)

        expect(steps.verdict(page)).to_be_visible()
        steps.sees_reasons(page)
        assert server.count("attempts_attempt") == before + 1

    @SCRIPTS
    def test_by_a_double_click_on_answer_count_once(self, device, server, script):
        page = device(java_script_enabled=script)
        steps.tap_first(page)
        steps.go_on(page)
        expect(steps.question(page)).to_be_visible()
        before = server.count("attempts_attempt")
        steps.choose(page, steps.key(page, server))

        page.get_by_role("button", name="Answer").dblclick(no_wait_after=True)

        expect(steps.verdict(page)).to_have_text(re.compile("^Right"))
        assert server.count("attempts_attempt") == before + 1

    @SCRIPTS
    def test_after_going_back_to_the_first_page_cannot_be_given(self, device, server, script):
        page = device(java_script_enabled=script)
        steps.tap_first(page)

        page.go_back()

        expect(page.locator("fieldset").get_by_role("button")).to_have_count(0)
        page.get_by_role("link", name="Go on with").click()
        expect(page.get_by_text("2 of 5")).to_be_visible()

    def test_after_going_back_from_a_later_question_too(self, device, server):
        page = device()
        steps.tap_first(page)
        steps.go_on(page)
        steps.answer(page, server, right=False)
        steps.go_on(page)
        expect(steps.question(page)).to_be_visible()
        before = server.count("attempts_attempt")

        page.go_back()

        expect(steps.verdict(page)).to_have_text(re.compile("^Not quite"))
        assert server.count("attempts_attempt") == before


class TestAPageThatIsReloaded:
    @SCRIPTS
    def test_after_an_answer_shows_the_same_feedback(self, device, server, script):
        page = device(java_script_enabled=script)
        steps.tap_first(page)
        steps.go_on(page)
        steps.answer(page, server, right=False)
        told = page.get_by_role("main").inner_text()

        page.reload()

        expect(page.get_by_role("main")).to_have_text(re.compile(re.escape(told.splitlines()[0])))
        steps.sees_reasons(page)
        expect(steps.verdict(page)).to_have_text(re.compile("^Not quite"))


class TestAnAnswerWithoutAChoice:
    @SCRIPTS
    def test_is_asked_again_with_the_reason(self, device, script):
        page = device(java_script_enabled=script)
        steps.tap_first(page)
        steps.go_on(page)
        expect(steps.question(page)).to_be_visible()

        page.get_by_role("button", name="Answer").click()

        expect(page.get_by_role("link", name="Choose an option, then answer.")).to_be_visible()
        expect(steps.question(page)).to_be_visible()
        if script:
            expect(page.get_by_role("heading", name="Something needs another look")).to_be_focused()
