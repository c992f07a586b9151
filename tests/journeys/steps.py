"""What a person does on the pages, by role and by what they see, with a script or without."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from studyapp.questions.variants import Variant
from tests.drills.responses import fields_of, response_of
from tests.journeys.server import Server
from tests.journeys.visitor import place

PASSWORD = "three small words"
ARRANGED = ("matching", "contrast", "ordering")
FOCUSED = "document.activeElement"
RING = """() => {
  const has = document.activeElement;
  return [has, has.closest("label")].filter(Boolean).map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""


def tap_first(page: Page, option: int = 0) -> None:
    """Open the first page and answer its question by one tap."""
    page.goto("/")
    page.locator("fieldset").get_by_role("button").nth(option).click()
    expect(verdict(page)).to_be_visible()
    page.wait_for_load_state()  # a key that is pressed next finds its script


def verdict(page: Page) -> Locator:
    return page.get_by_role("heading", name=re.compile("^(Right|Not quite|You knew it|You did not)"))


def question(page: Page) -> Locator:
    """The form of a question that waits for its answer."""
    return page.locator("form", has=page.locator("input[name=token]"))


def here(page: Page) -> tuple[int, int]:
    """Drill and position of the question on the page."""
    return place(urlsplit(page.url).path)


def key(page: Page, server: Server) -> frozenset[str]:
    """The right options of the question on the page."""
    return server.variant(*here(page)).key


def choose(page: Page, options: Collection[str]) -> None:
    for option in options:
        page.locator("label.option", has=page.locator(f"input[value='{option}']")).click()


def answer(page: Page, server: Server, *, right: bool = True, sure: bool = False) -> None:
    """Answer a question of any kind, and say how sure; the feedback is there."""
    expect(question(page)).to_be_visible()
    variant = server.variant(*here(page))
    give(page, variant, response_of(variant, right=right))
    if variant.kind != "reveal":
        if sure:
            page.get_by_label("I am sure").check()
        page.get_by_role("button", name="Answer").click()
    expect(verdict(page)).to_have_text(re.compile("^(Right|You knew it)" if right else "^(Not quite|You did not)"))


def give(page: Page, variant: Variant, response: Collection[str]) -> None:
    """Put a response into the form of its question; of a self-marked one that is the whole answer."""
    if variant.kind == "numeric":
        page.get_by_label("Your answer").fill(*response)
    elif variant.kind == "reveal":
        page.get_by_text("Show the answer").click()
        page.locator(f"button[value='{next(iter(response))}']").click()
    elif variant.kind in ARRANGED:
        _arrange(page, variant, response)
    else:
        choose(page, response)


def _arrange(page: Page, variant: Variant, response: Collection[str]) -> None:
    """The places of steps in turn from the first, since a step that moves moves those after it."""
    for name, value in sorted(fields_of(variant, list(response)).items(), key=lambda field: str(field[1])):
        if variant.kind == "contrast":
            page.locator("label", has=page.locator(f"[name={name}][value='{value}']")).click()
        else:
            page.locator(f"[name={name}]").select_option(value)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it is there; every stop on the way shows that it has the focus."""
    handle = wanted.element_handle()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert page.evaluate(RING), f"nothing shows that this has the focus: {page.evaluate(FOCUSED + '.outerHTML')}"
        if page.evaluate(f"one => {FOCUSED} === one", handle):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def go_on(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^(Next|Finish)")).click()


def sees_reasons(page: Page) -> None:
    """Every option says what it is, and why."""
    options = page.get_by_role("list", name="The options, each with its reason").get_by_role("listitem")
    verdicts = options.evaluate_all("all => all.map(one => one.dataset.verdict)")
    assert "key" in verdicts
    assert set(verdicts) <= {"key", "miss", "other"}
    assert all(options.locator(".why").evaluate_all("all => all.map(one => one.innerText.trim().length > 20)"))
    assert options.locator(".why").count() == len(verdicts) >= 3


def sign_up(page: Page, name: str) -> str:
    """From any page with the offer to keep the answers; the recovery code, which has been put aside."""
    page.get_by_role("link", name="Keep my answers").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Keep my answers").click()
    expect(page.get_by_role("heading", name="Your recovery code")).to_be_visible()
    code = page.locator("dd.code").inner_text()
    page.get_by_role("button", name="I have it").click()
    return code


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"You are {name}")).to_be_visible()
