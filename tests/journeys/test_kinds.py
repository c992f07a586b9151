"""Questions of the other kinds: answered by keyboard alone, and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from studyapp.questions.variants import Variant
from tests.drills import kinds
from tests.drills.responses import fields_of, response_of
from tests.journeys import steps
from tests.journeys.cast import Cast
from tests.journeys.steps import tab_to

pytestmark = pytest.mark.browser

KINDS = ("number", "simulated", "matching", "contrast", "ordering", "reveal")
DRAWN = {"number": kinds.TYPED, "reveal": kinds.REVEALED}


@pytest.fixture(scope="session")
def cast(server):
    return Cast(server)


def stand_before(page: Page, cast: Cast, kind: str) -> Variant:
    """The question of this kind, the first of a drill, and its variant."""
    if kind in DRAWN:
        cast.before(page, DRAWN[kind])
    else:
        cast.before_trial(page, kind)
    return cast.server.variant(*steps.here(page))


def told(page: Page, *, right: bool) -> None:
    expect(steps.verdict(page)).to_have_text(
        re.compile("^(Right|You knew it)" if right else "^(Not quite|You did not)")
    )


class Keyboard:
    """What somebody does who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def give(self, variant: Variant, response: list[str]) -> None:
        fields = fields_of(variant, response)
        if variant.kind == "numeric":
            tab_to(self.page, self.page.get_by_label("Your answer"))
            self.page.keyboard.type(response[0])
        elif variant.kind == "matching":
            for name in self.names():
                tab_to(self.page, self.page.locator(f"[name={name}]"))
                self.choose(name, str(fields[name]))
        elif variant.kind == "contrast":
            for name in dict.fromkeys(self.names()):
                tab_to(self.page, self.page.locator(f"[name={name}]").first)
                self.press("Space")
                for _ in range(self.values(name).index(str(fields[name]))):
                    self.press("ArrowDown")
        else:
            self.put_in_order(fields)
        if variant.kind != "numeric":
            tab_to(self.page, self.page.get_by_role("button", name=re.compile("^Answer")))

    def names(self) -> list[str]:
        """Of the lines' fields, in the order of the page."""
        found: list[str] = self.page.locator("[name^=line-]").evaluate_all("all => all.map(one => one.name)")
        return found

    def values(self, name: str) -> list[str]:
        found: list[str] = self.page.locator(f"[name={name}]").evaluate_all("all => all.map(one => one.value)")
        return found

    def choose(self, name: str, value: str) -> None:
        """Down the menu until it says so."""
        menu = self.page.locator(f"[name={name}]")
        for _ in range(8):
            if menu.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not in the menu")

    def put_in_order(self, fields) -> None:
        """Each step in turn from the first: up until it has its place."""
        for name, place in sorted(fields.items(), key=lambda field: int(str(field[1]))):
            menu = self.page.locator(f"[name={name}]")
            up = self.page.locator(".line", has=menu).get_by_role("button", name=re.compile("Earlier"))
            if menu.input_value() == place:
                continue
            self.page.locator("h1").focus()
            tab_to(self.page, up)
            while menu.input_value() != place:
                self.press("Enter")


class TestByKeyboardAlone:
    @pytest.mark.parametrize("right", [True, False])
    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "reveal"])
    def test_is_answered(self, device, cast, kind, right):
        page = device()
        variant = stand_before(page, cast, kind)

        Keyboard(page).give(variant, response_of(variant, right=right))
        page.keyboard.press("Enter")

        told(page, right=right)
        expect(steps.verdict(page)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_text(re.compile(r", 2 of \d+$"))).to_be_visible()

    @pytest.mark.parametrize(("key", "right"), [("a", True), ("b", False)])
    def test_is_uncovered_and_judged(self, device, cast, key, right):
        page = device()
        stand_before(page, cast, "reveal")

        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_be_focused()
        page.keyboard.press(key)
        page.keyboard.press("Enter")

        told(page, right=right)

    def test_sees_the_run_of_a_slip(self, device, cast):
        page = device()
        variant = stand_before(page, cast, "simulated")
        Keyboard(page).give(variant, response_of(variant, right=False))
        page.keyboard.press("Enter")
        expect(steps.verdict(page)).to_be_focused()

        page.keyboard.press("s")

        expect(page.get_by_role("heading", name="The run")).to_be_focused()
        expect(page.get_by_text("Your answer comes from a world where this is so")).to_be_visible()

    def test_types_letters_and_digits_as_text(self, device, cast):
        page = device()
        stand_before(page, cast, "number")
        field = page.get_by_label("Your answer")

        field.focus()
        page.keyboard.type("1 y?s")

        expect(field).to_have_value("1 y?s")
        expect(page.get_by_label("I am sure")).not_to_be_checked()
        expect(page.get_by_role("dialog")).to_be_hidden()

    def test_is_told_at_the_number_what_is_wrong_with_it(self, device, cast):
        page = device()
        stand_before(page, cast, "number")
        tab_to(page, page.get_by_label("Your answer"))
        page.keyboard.type("soon")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Something needs another look")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Your answer")).to_be_focused()
        expect(page.get_by_label("Your answer")).to_have_value("soon")


class TestWithoutAScript:
    @pytest.mark.parametrize("right", [True, False])
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_answered(self, device, cast, kind, right):
        page = device(java_script_enabled=False)
        stand_before(page, cast, kind)

        steps.answer(page, cast.server, right=right)

    def test_keeps_places_that_are_given_twice(self, device, cast):
        page = device(java_script_enabled=False)
        stand_before(page, cast, "ordering")
        for menu in page.locator("form select").all():
            menu.select_option("2")

        page.get_by_role("button", name="Answer").click()

        expect(page.get_by_text("Give each a place of its own.").first).to_be_visible()
        assert [menu.input_value() for menu in page.locator("form select").all()] == ["2"] * 5


class TestSteps:
    def test_move_by_their_buttons_and_by_their_menus(self, device, cast):
        page = device()
        stand_before(page, cast, "ordering")
        labels = page.locator("[data-step] label")
        first, second, *_, last = labels.all_inner_texts()

        page.get_by_role("button", name=f"Later: {first}").click()
        assert labels.all_inner_texts()[:2] == [second, first]
        expect(page.get_by_role("button", name=f"Later: {first}")).to_be_focused()
        page.get_by_label(last, exact=True).focus()
        page.get_by_label(last, exact=True).select_option("1")

        assert labels.all_inner_texts()[:3] == [last, second, first]
        assert [menu.input_value() for menu in page.locator("form select").all()] == ["1", "2", "3", "4", "5"]
        expect(page.get_by_label(last, exact=True)).to_be_focused()
        expect(page.get_by_text("Place 1 of 5")).to_be_attached()

    def test_at_an_end_keep_the_focus_in_their_row(self, device, cast):
        page = device()
        stand_before(page, cast, "ordering")
        _, second, *_ = page.locator("[data-step] label").all_inner_texts()

        page.get_by_role("button", name=f"Earlier: {second}").focus()
        page.keyboard.press("Enter")

        expect(page.get_by_role("button", name=f"Earlier: {second}")).to_be_disabled()
        expect(page.get_by_role("button", name=f"Later: {second}")).to_be_focused()
