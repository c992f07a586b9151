"""From the first answer to the mock: a student's first day, and a week later, on the same account and another device."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from studyapp.scheduling.days import study_day
from tests.journeys import exam_steps, steps
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
EXAM_IN_DAYS = 21


class TestAStudent:
    def test_begins_plans_for_the_exam_and_comes_back_a_week_later(self, device, server):
        page, name = device(), f"Bea {uuid4().hex[:8]}"

        self.answers_five_and_keeps_them(page, server, name)
        self.says_when_the_exam_is(page)
        self.does_what_today_asks_for(page, server)
        self.takes_one_back_and_owns_up_to_a_guess(page, server)
        server.set_forward(days=7)
        phone = device(viewport=PHONE)
        steps.sign_in(phone, name)
        self.finds_what_is_being_lost(phone, server)
        self.drills_what_was_missed(phone, server)
        self.sits_a_mock_and_drills_the_misses(phone, server)
        self.sees_what_is_known(phone)
        self.takes_everything_along(phone, server, name)

    def answers_five_and_keeps_them(self, page: Page, server: Server, name: str) -> None:
        steps.tap_first(page)
        for position in range(2, 6):
            steps.go_on(page)
            expect(page.get_by_text(f"{position} of 5")).to_be_visible()
            steps.answer(page, server, right=position % 2 == 0)
        page.get_by_role("main").get_by_role("link", name="Keep my answers").click()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(steps.PASSWORD)
        page.get_by_role("button", name="Keep my answers").click()
        page.get_by_role("button", name="I have it").click()

    def says_when_the_exam_is(self, page: Page) -> None:
        page.goto("/")
        expect(page.get_by_role("heading", name="When is your exam?")).to_be_visible()
        on = study_day(datetime.now(UTC)) + timedelta(days=EXAM_IN_DAYS)
        page.locator("input[type=date]").fill(on.isoformat())
        page.get_by_role("button", name="Plan for it").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{EXAM_IN_DAYS} days left.")
        expect(page.get_by_text(re.compile("A score after|answers? in"))).to_be_visible()

    def does_what_today_asks_for(self, page: Page, server: Server) -> None:
        page.get_by_role("button", name="10 minutes only").click()
        expect(steps.question(page)).to_be_visible()
        steps.answer(page, server, right=False)
        page.get_by_role("button", name="I did not know it").click()
        expect(page.get_by_role("button", name="I did not know it", pressed=True)).to_be_visible()
        steps.go_on(page)
        steps.answer(page, server, right=True, sure=True)

    def takes_one_back_and_owns_up_to_a_guess(self, page: Page, server: Server) -> None:
        drill, position = steps.here(page)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Taken back")).to_be_visible()
        assert server.rows(
            "SELECT count(*) FROM memory_review r JOIN attempts_attempt a ON a.id = r.attempt_id"
            " JOIN drills_drill d ON d.occasion = a.occasion WHERE d.id = ? AND a.position = ? AND r.kind = 'undo'",
            drill, position,
        ) != [(0,)]  # fmt: skip
        steps.go_on(page)
        steps.answer(page, server, right=True)
        page.get_by_role("button", name="I was guessing").click()
        expect(page.get_by_text("Noted as a guess")).to_be_visible()

    def finds_what_is_being_lost(self, page: Page, server: Server) -> None:
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{EXAM_IN_DAYS - 7} days left.")
        expect(page.get_by_text(re.compile(r"\d+ facts? you (are losing|never met)")).first).to_be_visible()
        page.get_by_role("button", name="Start").click()
        expect(steps.question(page)).to_be_visible()
        steps.answer(page, server, right=True)

    def drills_what_was_missed(self, page: Page, server: Server) -> None:
        page.goto("/drills/")
        page.get_by_role("button", name=re.compile("[Mm]issed")).first.click()
        expect(steps.question(page)).to_be_visible()
        steps.answer(page, server, right=True)

    def sits_a_mock_and_drills_the_misses(self, page: Page, server: Server) -> None:
        exam_steps.sit(page, server, 20)
        page.get_by_role("button", name=re.compile("Drill my misses")).click()
        expect(steps.question(page)).to_be_visible()

    def sees_what_is_known(self, page: Page) -> None:
        page.goto("/progress/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for leaf in ("clues", "beliefs", "days", "calibration", "score"):
            page.goto(f"/progress/{leaf}/")
            expect(page.get_by_role("heading", level=1)).to_be_visible()

    def takes_everything_along(self, page: Page, server: Server, name: str) -> None:
        with page.expect_download() as kept:
            page.goto("/settings/")
            page.get_by_role("link", name=re.compile("JSON")).first.click()
        assert name in kept.value.path().read_text()
        page.goto("/settings/erase/")
        page.get_by_label("To delete everything, type your name").fill(name)
        page.get_by_role("button", name="Delete everything").click()
        page.wait_for_url("**/")
        assert server.rows("SELECT count(*) FROM accounts_user WHERE name = ?", name) == [(0,)]
