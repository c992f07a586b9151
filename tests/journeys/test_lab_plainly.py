"""The lab without a script, with values that cannot be, and on small screens or with other colours."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import lab_steps
from tests.journeys.lab_steps import LIMIT, control, open_demo, outcome, readout

pytestmark = pytest.mark.browser

TARGET = 44
ACTIONS = """least => [...document.querySelectorAll(
    "main a.button, main .presets a, main .switches a, main .choices a, main .wall nav a")]
  .filter(one => one.checkVisibility()).map(one => [one.getBoundingClientRect().height, one.innerText])
  .filter(([height]) => height < least - 0.5)"""
BOUND = "functions.labels.reserved_concurrency"


class TestWithoutAScript:
    def test_is_predicted_and_changed(self, device):
        page = device(java_script_enabled=False)
        open_demo(page, LIMIT, "200")
        expect(outcome(page).locator(".verdict-line")).to_have_text("Right. It is as you said.")

        control(page, "Reserved concurrency").fill("20")
        page.get_by_role("button", name=re.compile("^Run")).click()

        expect(readout(page)).to_have_text("0")
        assert lab_steps.state_of(page) == {BOUND: "20"}
        page.locator(".presets a").nth(2).click()
        expect(control(page, "Reserved concurrency")).to_have_value("19")
        page.get_by_role("switch").first.click()
        expect(page.get_by_role("switch").first).to_have_attribute("aria-checked", "true")

    def test_tells_why(self, device):
        page = device(java_script_enabled=False)
        open_demo(page, LIMIT)
        page.locator("summary", has_text="The same run as a table").first.click()
        page.get_by_role("button", name="Why?").nth(3).click()
        expect(page.locator("#why p").first).to_have_text(re.compile(r"\w+ .*\."))

    def test_sweeps(self, device):
        page = device(java_script_enabled=False)
        open_demo(page, LIMIT)
        page.get_by_role("button", name="Draw it").click()
        expect(page.get_by_role("heading", name="Over the whole range")).to_be_visible()
        expect(page.locator("main svg")).to_be_visible(timeout=lab_steps.DRAWN_WITHIN_MS)

    def test_is_shown_at_the_projector(self, device):
        page = device(java_script_enabled=False)
        open_demo(page, LIMIT)
        page.get_by_role("link", name="Projector").click()
        page.get_by_role("link", name=re.compile("^Show")).click()
        page.get_by_role("link", name=re.compile("^Next")).click()
        expect(page.locator("main svg")).to_be_visible()
        page.get_by_role("link", name=re.compile("Back$")).click()
        expect(page.locator(".readouts")).to_be_visible()
        expect(page.get_by_role("button", name="Full screen")).to_be_hidden()

    def test_lists_its_rules(self, device):
        page = device(java_script_enabled=False)
        open_demo(page, LIMIT)
        page.locator("#rules summary").click()
        page.get_by_role("link", name="The rules of this run").click()
        expect(page.locator("table.in-force").first).to_be_visible()


class TestAValueThatCannotBe:
    def test_is_told_with_its_quota_and_its_source_and_keeps_the_focus(self, device):
        page = device()
        open_demo(page, LIMIT)
        field = control(page, "Reserved concurrency")

        lab_steps.set_to(page, field, "901")

        self.is_told(page)
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert lab_steps.axe_finds(page) == []
        assert BOUND not in lab_steps.state_of(page)

        lab_steps.retype(page, "20")
        expect(readout(page)).to_have_text("0")
        expect(field).not_to_have_attribute("aria-invalid", "true")

    def test_is_told_the_same_of_an_address(self, device):
        page = device()
        open_demo(page, LIMIT)

        answer = page.goto(f"/lab/{LIMIT}/?{BOUND}=901")

        assert answer.status == 422
        self.is_told(page)
        field = control(page, "Reserved concurrency")
        expect(page.locator(".knob .error")).to_have_text(re.compile("900"))
        page.get_by_role("link", name=re.compile("Reserved concurrency, Function labels")).click()
        expect(field).to_be_focused()
        expect(field).to_have_value("901")
        lab_steps.retype(page, "20")
        expect(readout(page)).to_have_text("0")
        expect(page.locator(".knob .error")).to_have_count(0)

    def is_told(self, page: Page) -> None:
        error = page.get_by_role("region", name="Something needs another look").get_by_role("listitem")
        expect(error).to_have_text(re.compile("Reserved concurrency, Function labels: .*901.*900"))
        expect(error).to_have_text(re.compile(r"\(.+; .+\)"))

    @pytest.mark.parametrize(
        "query",
        [
            "seed=x",
            "belief=none-such",
            "assume.routing=sideways",
            "functions.none.memory=1",
            "pin=seed%3Dx",
            f"{BOUND}=%00",
        ],
    )
    def test_is_refused_in_words_in_any_address(self, device, query):
        page = device()
        open_demo(page, LIMIT)
        for path in ("", "wall/", "rules/", "run.json", "picture.svg"):
            answer = page.goto(f"/lab/{LIMIT}/{path}?{query}")
            assert answer.status == 422, path
            expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()

    def test_is_told_at_the_question(self, device):
        page = device()
        page.goto(f"/lab/{LIMIT}/")
        lab_steps.tab_to(page, page.locator("#predicted"))
        page.keyboard.type("many")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Something needs another look")).to_be_focused()
        expect(page.locator("#predicted")).to_have_attribute("aria-invalid", "true")
        assert outcome(page).count() == 0


SMALL = (
    LIMIT, "lambda.triggers.full-batches", "lambda.errors.poison-record", "lambda.configuration.posters",
    "lambda.security.two-policies", "lambda.packaging.full-suitcase",
)  # fmt: skip


class TestOnAPhone:
    @pytest.mark.parametrize("slug", SMALL)
    def test_fits_and_can_be_touched(self, device, slug):
        page = device(viewport={"width": 390, "height": 844}, has_touch=True)
        page.goto(f"/lab/{slug}/")
        assert self.problems(page) == []
        open_demo(page, slug)
        assert self.problems(page) == []
        page.get_by_role("link", name="Pin this run and compare").click()
        expect(page.get_by_role("link", name="Unpin")).to_be_visible()
        assert self.problems(page) == []
        page.goto(f"/lab/{slug}/wall/?step=4")
        assert self.problems(page) == []

    def problems(self, page: Page) -> list[str]:
        width = page.evaluate("document.documentElement.scrollWidth")
        small: list[str] = page.evaluate(ACTIONS, TARGET)
        return ([f"{width} px wide"] if width > 390 else []) + small


class TestForOtherEyes:
    @pytest.mark.parametrize("wish", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"contrast": "more"}])
    def test_shows_the_same(self, device, wish):
        page = device(**wish)
        open_demo(page, LIMIT)
        expect(page.locator("#outcome svg").first).to_be_visible()
        lab_steps.set_to(page, control(page, "Reserved concurrency"), "20")
        expect(readout(page)).to_have_text("0")
        if "forced_colors" in wish:
            look = "one => getComputedStyle(one).stroke + getComputedStyle(one).fill"
            looks = page.locator("#outcome svg rect").evaluate_all(f"all => all.map({look})")
            assert len(set(looks)) > 1, "all marks look alike"
