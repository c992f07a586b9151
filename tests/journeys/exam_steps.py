"""What a person does in a mock exam, by role and by what they see."""

import json
import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from studyapp.questions.variants import Variant
from studyapp.questions.variants import variant as drawn
from tests.journeys.server import Server


def begin(page: Page, size: int, *, mode: str = "strict") -> int:
    """The sitting's number; its first question is on the page."""
    page.goto("/exams/")
    page.get_by_label(re.compile(rf"\b{size} in ")).check()
    page.get_by_label("Strict" if mode == "strict" else "It can be paused").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text(f"1 of {size}", exact=True)).to_be_visible()
    return here(page)[0]


def here(page: Page) -> tuple[int, int]:
    """Sitting and position of the question on the page."""
    found = re.fullmatch(r"/exams/(\d+)/(\d+)/", urlsplit(page.url).path)
    assert found, page.url
    return int(found[1]), int(found[2])


def choose(page: Page, option: int) -> None:
    """As many options as are asked for, from this one on."""
    rows = page.locator("label.option")
    many = page.locator("label.option input[type=checkbox]").count()
    for index in range(2 if many else 1):
        rows.nth((option + index) % rows.count()).click()


def go_on(page: Page, position: int) -> None:
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text(re.compile(rf"^{position} of \d+$"))).to_be_visible()


def sit(page: Page, server: Server, size: int) -> int:
    """A whole one: four of five right, every third one sure, the last one left open. The report is on the page."""
    sitting = begin(page, size)
    fields = {"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()}
    for position in range(1, size):
        wanted = response(variant(server, sitting, position), right=position % 5 > 0)
        sure = {"is_sure": "on"} if position % 3 == 0 else {}
        answer = page.request.post(
            f"/exams/{sitting}/{position}/save/",
            form=fields | {"response": wanted} | sure,
            headers={"Referer": page.url},
        )
        assert answer.ok, answer.status_text
    page.goto(f"/exams/{sitting}/overview/")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name=re.compile(rf"of {size} right"))).to_be_visible()
    return sitting


def variant(server: Server, sitting: int, position: int) -> Variant:
    """What is asked there, key and all."""
    ((body, seed),) = server.rows(
        "SELECT r.body, i.seed FROM exams_sittingitem i JOIN content_revision r ON r.id = i.revision_id"
        " WHERE i.sitting_id = ? AND i.position = ?",
        sitting, position,
    )  # fmt: skip
    return drawn(json.loads(body), seed)


def response(asked: Variant, *, right: bool) -> str:
    """One option of the key, or one that is not of it."""
    return next(option.id for option in asked.options if (option.id in asked.key) == right)
