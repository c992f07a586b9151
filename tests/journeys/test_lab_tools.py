"""What the lab has beside its bench, by keyboard: why, two runs beside each other, a sweep, the rules in force."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import lab_steps
from tests.journeys.lab_steps import LIMIT, control, open_demo, press_on, readout
from tests.journeys.steps import tab_to

pytestmark = pytest.mark.browser


def focused_mark(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.dataset?.mark ?? ''")
    return found


class TestWhy:
    def test_is_told_of_each_mark_by_the_arrow_keys(self, device):
        page = device()
        open_demo(page, LIMIT)
        tab_to(page, page.locator("#outcome svg [data-mark][tabindex='0']").first)
        first = focused_mark(page)

        page.keyboard.press("ArrowRight")
        expect(page.locator("#why h2")).to_be_visible()
        second, told = focused_mark(page), page.locator("#why").inner_text()
        for _ in range(8):
            page.keyboard.press("ArrowDown")

        expect(page.locator("#why")).not_to_have_text(told)
        third = focused_mark(page)
        assert first
        assert len({first, second, third}) == 3
        expect(page.locator("#why p").first).to_have_text(re.compile(r"\w+ .*\."))
        expect(page.locator("svg [aria-current]")).to_have_count(1)
        expect(page.locator("#why").get_by_role("link").first).to_be_visible()
        assert lab_steps.axe_finds(page) == []

    def test_is_told_of_a_row_and_of_what_was_before_it(self, device):
        page = device()
        open_demo(page, "lambda.errors.last-run")
        press_on(page, page.locator("summary", has_text="The same run as a table").first)
        press_on(page, page.get_by_role("button", name="Why?").nth(3))
        expect(page.locator("#why h2")).to_be_visible()
        assert page.evaluate("document.activeElement.name") == "mark"

        told = page.locator("#why").inner_text()
        press_on(page, page.locator("#why").get_by_role("link", name="Before it"))
        expect(page.locator("#why")).not_to_have_text(told)

    def test_is_told_of_a_step_of_a_path(self, device):
        page = device()
        open_demo(page, lab_steps.PATH)
        press_on(page, page.get_by_role("button", name="Why?").first)
        expect(page.locator("#why p").first).to_have_text(re.compile(r"\w+ .*\."))


class TestTwoRuns:
    def test_are_pinned_changed_swapped_and_parted(self, device):
        page = device()
        open_demo(page, LIMIT)
        press_on(page, page.get_by_role("link", name="Pin this run and compare"))
        expect(page.get_by_role("link", name="Unpin")).to_be_visible()

        lab_steps.set_to(page, control(page, "Reserved concurrency"), "20")
        rows = page.get_by_role("region", name="Both runs in numbers").get_by_role("row")
        throttled = rows.filter(has_text="Throttled").first.get_by_role("cell")
        expect(throttled).to_have_text(["200", "0", "−200"])
        expect(control(page, "Reserved concurrency")).to_be_focused()

        press_on(page, page.get_by_role("link", name="Swap"))
        expect(throttled).to_have_text(["0", "200", "+200"])
        expect(control(page, "Reserved concurrency")).to_have_value("10")
        press_on(page, page.get_by_role("link", name="Unpin"))
        expect(readout(page)).to_have_text("200")
        expect(page.get_by_role("region", name="Both runs in numbers")).to_have_count(0)

    def test_are_left_in_the_order_in_which_they_came(self, device):
        page = device()
        open_demo(page, LIMIT)
        field = control(page, "Reserved concurrency")
        for value, shown in (("20", "0"), ("5", "300")):
            field.focus()
            lab_steps.retype(page, value)
            expect(readout(page)).to_have_text(shown)

        page.go_back()
        expect(readout(page)).to_have_text("0")
        page.go_back()
        expect(readout(page)).to_have_text("200")
        page.go_forward()
        expect(readout(page)).to_have_text("0")
        expect(field).to_have_value("20")


class TestASweep:
    def test_is_drawn_in_the_background_to_its_end(self, device):
        page = device()
        open_demo(page, LIMIT)
        lab_steps.mark_page(page)
        tab_to(page, page.locator("#sweep-path"))
        press_on(page, page.get_by_role("button", name="Draw it"))

        expect(page.locator("#sweep [role=status]")).to_be_visible()
        expect(page.locator("#sweep svg")).to_be_visible(timeout=lab_steps.DRAWN_WITHIN_MS)
        expect(page.locator("#sweep progress")).to_have_count(0)
        expect(page.get_by_role("button", name="Draw it")).to_be_focused()
        assert lab_steps.is_same_page(page)
        assert lab_steps.axe_finds(page) == []


class TestTheRules:
    def test_are_listed_and_one_of_them_is_changed(self, device):
        page = device()
        open_demo(page, LIMIT)
        press_on(page, page.locator("#rules summary"))
        expect(page.locator("#rules-in-force table").first).to_be_visible()
        assert lab_steps.axe_finds(page) == []

        menu = page.locator("#rules-in-force select").first
        name, values = (
            menu.get_attribute("name"),
            menu.locator("option").evaluate_all("all => all.map(one => one.value)"),
        )
        lab_steps.set_to(page, menu, values[1])
        press_on(page, page.get_by_role("button", name="Run it so"))

        expect(page.get_by_role("heading", level=1)).to_be_focused()
        assert lab_steps.state_of(page) == {name: values[1]}
        expect(readout(page)).to_be_visible()
