"""What a person does at the bench of the lab, by keyboard; and what can be seen of it."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import tab_to

AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
RUN = "options => axe.run(options).then(({violations}) => violations)"
DRAWN_WITHIN_MS, PROVED_WITHIN_MS = 30_000, 30_000
"""A sweep, for which the worker has a hundred runs to make; and a draft, which is proved at all of its variants."""
SAME_PAGE = "window.isTheSamePage"
LIMIT, PATH = "lambda.concurrency.half-refused", "lambda.vpc.nat-in-a-private-subnet"
"""Scenarios for what needs no demo of each kind: one with a picture of environments, one with a path."""


@dataclass(frozen=True)
class Demo:
    """A demo of one kind: what is predicted of it, by value or words, and what a change of its first controls makes of it."""

    kind: str
    slug: str
    said: str
    is_right: bool
    shows: str  # the readout of what was asked
    control: str  # the label of a control
    value: str  # what it is given
    after: str  # the readout then
    path: str  # of the control, as the address has it
    held: str = ""  # the value as the address has it

    @property
    def address(self) -> str:
        return f"/lab/{self.slug}/"

    def __str__(self) -> str:
        return self.kind


def outcome(page: Page) -> Locator:
    return page.locator("#outcome")


def readout(page: Page) -> Locator:
    """The first of the numbers: what was asked."""
    return outcome(page).locator(".readouts dd").first


def control(page: Page, label: str) -> Locator:
    """Of those that a demo puts first."""
    return page.locator(".knobs--first .knob", has=page.locator("label", has_text=re.compile(f"^{label}"))).locator(
        "select, textarea, input:not([type=range])"
    )


def predict(page: Page, said: str) -> None:
    """Type it, or choose the words with the arrow keys; Enter sends it."""
    choices = page.locator("#predicted label")
    if choices.count():
        tab_to(page, page.locator("[name=predicted]").first)
        page.keyboard.press("Space")
        for _ in range(choices.all_inner_texts().index(said)):
            page.keyboard.press("ArrowDown")
    else:
        tab_to(page, page.locator("#predicted"))
        page.keyboard.type(said)
    page.keyboard.press("Enter")
    expect(outcome(page).locator(".verdict-line")).to_be_focused()


def open_demo(page: Page, slug: str, said: str = "") -> None:
    """Predict, or don't know, by whatever way is short."""
    page.goto(f"/lab/{slug}/")
    if said:
        page.locator("#predicted").fill(said)
        page.get_by_role("button", name=re.compile("^Run")).click()
    else:
        page.get_by_role("button", name="I don't know, show me").click()
    expect(outcome(page)).to_be_visible()


def set_to(page: Page, field: Locator, value: str) -> None:
    """By keyboard: through the choices of a menu, else by typing; the field keeps the focus."""
    tab_to(page, field)
    if field.evaluate("one => one.matches('select')"):
        choices = field.locator("option").evaluate_all("all => all.map(one => one.value)")
        steps = choices.index(value) - choices.index(field.input_value())
        for _ in range(abs(steps)):
            page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    else:
        retype(page, value)


def retype(page: Page, value: str) -> None:
    """Into the field that has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.type(value)
    page.keyboard.press("Enter")


def press_on(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go there with Tab, from where the focus is, and press it."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def state_of(page: Page) -> dict[str, str]:
    """What the address holds."""
    return dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))


def mark_page(page: Page) -> None:
    """So that a load of another page would be noticed."""
    page.evaluate(f"{SAME_PAGE} = true")


def is_same_page(page: Page) -> bool:
    return bool(page.evaluate(f"{SAME_PAGE} === true"))


def axe_finds(page: Page) -> list[str]:
    """At the size and in the colours that the page has now."""
    page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(RUN, AXE)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]} {each['nodes'][0]['failureSummary']}" for each in found]
