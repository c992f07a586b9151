"""All the way without a mouse, with the keys that the dialog names and with those that every browser has."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.server import Server
from tests.journeys.steps import RING, tab_to

pytestmark = pytest.mark.browser


def letters(page: Page, server: Server, *, right: bool) -> list[str]:
    """The keys that choose a right, or a wrong, response."""
    shown = page.locator("[name=response]").evaluate_all("all => all.map(one => one.value)")
    wanted = steps.key(page, server)
    chosen = sorted(range(len(shown)), key=lambda index: (shown[index] in wanted) != right)
    return ["ABCDEFGH"[index] for index in chosen[: len(wanted)]]


class TestFiveQuestions:
    def test_need_no_mouse(self, device, server):
        page = device()
        page.goto("/")
        page.keyboard.press("b")
        expect(page.locator("fieldset").get_by_role("button").nth(1)).to_be_focused()
        page.keyboard.press("Enter")
        expect(steps.verdict(page)).to_be_visible()
        page.wait_for_load_state()
        self.sees_the_run(page)

        for position in range(2, 6):
            page.keyboard.press("Enter")
            expect(page.get_by_text(f"{position} of 5")).to_be_visible()
            self.answers(page, server, right=position != 3)
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name=re.compile("of 5 right"))).to_be_visible()

    def sees_the_run(self, page: Page) -> None:
        page.keyboard.press("s")
        expect(page.get_by_role("heading", name="The run")).to_be_focused()

    def answers(self, page: Page, server: Server, *, right: bool) -> None:
        """A swap takes the focus to the stem, and then to the verdict."""
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        for letter in letters(page, server, right=right):
            page.keyboard.press(letter)
        page.keyboard.press("y")
        expect(page.get_by_label("I am sure")).to_be_checked()
        page.keyboard.press("Enter")
        expect(steps.verdict(page)).to_be_focused()
        expect(steps.verdict(page)).to_have_text(re.compile("^Right" if right else "^Not quite"))

    def test_can_be_answered_with_tab_space_and_arrows_alone(self, device, server):
        page = device()
        page.goto("/")
        tab_to(page, page.locator("[name=response]").first)
        page.keyboard.press("Space")
        expect(steps.verdict(page)).to_be_visible()
        drill, position = steps.here(page)
        server.ask("lambda.vpc.card-processor.fix", drill=drill, position=position + 1)
        tab_to(page, page.get_by_role("link", name=re.compile("^Next")).first)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_focused()

        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        assert page.evaluate(RING)
        tab_to(page, page.get_by_role("button", name=re.compile("^Answer")).first)
        page.keyboard.press("Enter")

        expect(steps.verdict(page)).to_be_focused()

    def test_can_be_undone_by_a_key(self, device):
        page = device()
        steps.tap_first(page)

        page.keyboard.press("u")

        expect(page.get_by_text("Taken back")).to_be_visible()


class TestADrill:
    """Each key of the dialog that a drill has, by what it does."""

    @pytest.fixture
    def page(self, device, server):
        """The second question of five; the first has a wrong answer."""
        page = device()
        steps.tap_first(page)
        drill, _ = steps.here(page)
        server.ask("lambda.vpc.card-processor.fix", drill=drill, position=2)
        page.keyboard.press("n")
        expect(page.get_by_text("2 of 5")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        return page

    def test_strikes_an_option_out_and_chooses_it_after_all(self, page):
        page.keyboard.press("x")
        page.keyboard.press("c")
        expect(page.get_by_label("Strike out C")).to_be_checked()
        expect(page.get_by_role("radio", checked=True)).to_have_count(0)

        page.keyboard.press("c")
        expect(page.get_by_label("Strike out C")).not_to_be_checked()
        expect(page.get_by_role("radio").nth(2)).to_be_checked()

        page.keyboard.press("x")
        page.keyboard.press("3")
        expect(page.get_by_label("Strike out C")).to_be_checked()
        expect(page.get_by_role("radio", checked=True)).to_have_count(0)

    def test_takes_hints_and_keeps_what_was_chosen(self, page):
        page.keyboard.press("b")
        page.keyboard.press("i")
        expect(page.get_by_label("Hints").get_by_role("paragraph")).to_be_focused()
        page.keyboard.press("i")
        expect(page.get_by_label("Hints").get_by_role("paragraph").nth(1)).to_be_focused()
        expect(page.get_by_role("radio").nth(1)).to_be_checked()

        page.reload()
        expect(page.get_by_text("In the tables")).to_be_visible()

    def test_flags_and_stays_there(self, page):
        page.keyboard.press("m")
        expect(page.get_by_role("button", name="Flagged")).to_be_focused()
        page.keyboard.press("m")
        expect(page.get_by_role("button", name="Flag", exact=True)).to_be_focused()

    def test_goes_on_and_back(self, page):
        page.keyboard.press("n")
        expect(page.get_by_text("3 of 5")).to_be_visible()
        page.keyboard.press("p")
        expect(page.get_by_text("2 of 5")).to_be_visible()

    def test_moves_along_the_ruler(self, page):
        page.keyboard.press("o")
        expect(page.locator(".ruler [aria-current]")).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")

        expect(page.get_by_text("1 of 5")).to_be_visible()

    def test_reports(self, page, server):
        page.keyboard.press("!")
        expect(page.get_by_text("What is wrong with this question?")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")

        expect(page.get_by_text("Reported.")).to_be_focused()

    def test_leads_to_the_reasons(self, page, server):
        steps.answer(page, server, right=False)
        expect(steps.verdict(page)).to_be_focused()
        page.keyboard.press("w")

        expect(page.get_by_role("group", name="Why")).to_be_focused()

    def test_tells_how_long_it_was_in_view(self, page, server):
        page.wait_for_timeout(300)
        drill, position = steps.here(page)
        steps.answer(page, server)

        ((told,),) = server.rows(
            "SELECT device_ms FROM attempts_attempt a JOIN drills_drill d ON d.occasion = a.occasion "
            "WHERE d.id = ? AND a.position = ?",
            drill,
            position,
        )
        assert 300 <= told < 60_000

    def test_leads_to_the_search(self, page):
        page.keyboard.press("/")

        expect(page.get_by_role("searchbox")).to_be_visible()


class TestKeys:
    def test_are_letters_while_a_text_field_has_the_focus(self, device):
        page = device()
        page.goto("/sign-up/")
        page.get_by_label("Name").focus()

        page.keyboard.type("say u?")

        expect(page.get_by_label("Name")).to_have_value("say u?")
        expect(page.get_by_role("dialog")).to_be_hidden()

    def test_can_be_switched_off_in_the_dialog_for_the_pages_to_come(self, device, server):
        page = device()
        page.goto("/")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.get_by_label("Use these keys").uncheck()
        page.keyboard.press("Escape")

        steps.tap_first(page)
        steps.go_on(page)
        expect(steps.question(page)).to_be_visible()
        page.keyboard.press("a")

        expect(page.get_by_role("radio", checked=True)).to_have_count(0)

    def test_open_nothing_while_the_dialog_is_open(self, device):
        page = device()
        steps.tap_first(page)
        page.keyboard.press("?")

        page.keyboard.press("u")

        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        expect(page.get_by_text("Taken back")).to_have_count(0)

    def test_do_not_need_the_masthead_to_be_passed_each_time(self, device):
        page = device()
        page.goto("/")

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.get_by_role("main")).to_be_focused()
