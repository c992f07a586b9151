"""What words mean: opened and closed by keyboard, on a phone, without a script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.cast import Cast

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
FIX = "lambda.vpc.card-processor.fix"


@pytest.fixture(scope="session")
def cast(server):
    return Cast(server)


def before(device, cast: Cast, **options) -> Page:
    page = device(viewport=PHONE, **options)
    cast.before(page, FIX)
    return page


def fits(page: Page, note: Locator) -> bool:
    box, size = note.bounding_box(), page.viewport_size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


class TestAMeaning:
    def test_of_a_question_opens_and_closes_by_keyboard_and_answers_nothing(self, device, cast):
        page = before(device, cast)
        word = page.locator(".words").get_by_role("button").first

        page.get_by_label("I am sure").focus()
        steps.tab_to(page, word)
        page.keyboard.press("Enter")

        note = page.get_by_role("note")
        expect(note).to_be_visible()
        assert fits(page, note)
        assert note.get_by_role("link").count() == 0
        page.keyboard.press("Escape")
        expect(note).to_be_hidden()
        expect(word).to_be_focused()
        expect(steps.question(page)).to_be_visible()

    @pytest.mark.parametrize("width", [360, 390, 1360])
    def test_of_a_reason_fits_wherever_the_word_stands(self, device, cast, width):
        page = before(device, cast)
        steps.answer(page, cast.server, right=False)
        expect(page.locator(".verdict-line")).to_be_focused()
        page.set_viewport_size({"width": width, "height": 844})
        words = page.locator(".term")

        assert words.count() >= 6
        for word in words.all():
            word.focus()
            page.keyboard.press("Space")
            note = page.locator(".meaning:popover-open")
            expect(note).to_have_count(1)
            assert fits(page, note), word.inner_text()
            page.keyboard.press("Escape")
            expect(note).to_have_count(0)

    def test_of_a_reason_leads_on_to_its_fact_by_one_tab(self, device, cast):
        page = before(device, cast)
        steps.answer(page, cast.server, right=False)
        expect(page.locator(".verdict-line")).to_be_focused()  # the page has settled, and takes the focus no more
        word = page.locator(".why .term", has_text="NAT gateway")

        word.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".meaning:popover-open")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="More about it")).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1, name="From a VPC to the internet")).to_be_visible()

    def test_opens_without_a_script(self, device, cast):
        page = before(device, cast, java_script_enabled=False)

        page.locator(".words").get_by_role("button").first.click()

        expect(page.get_by_role("note")).to_be_visible()

    def test_gives_way_to_the_next(self, device, cast):
        page = before(device, cast)
        steps.answer(page, cast.server, right=False)
        stem = page.locator("h1 .term")

        stem.nth(0).click()
        page.keyboard.press("Tab")
        stem.nth(1).focus()
        page.keyboard.press("Enter")

        expect(page.locator(".meaning:popover-open")).to_have_count(1)


class TestTheGlossary:
    def test_is_found_from_any_page_and_opens_at_a_letter(self, device):
        page = device(viewport=PHONE)
        page.goto("/reference/")
        page.get_by_role("contentinfo").get_by_role("link", name="Glossary").click()

        page.get_by_role("navigation", name="Letters").get_by_role("link", name="V", exact=True).click()

        expect(page.get_by_role("heading", name="V", exact=True)).to_be_in_viewport()
