"""The pages of a mock exam, each reached the way a person reaches it."""

from playwright.sync_api import Page, expect

from tests.journeys import exam_steps
from tests.journeys.cast import Cast, Make


def lobby(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/exams/")


def lobby_refused(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/exams/")
    page.get_by_label("Extra time").evaluate("one => { one.options[0].value = '3'; }")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


def lobby_open(page: Page, cast: Cast, make: Make) -> None:
    exam_steps.begin(page, 5)
    page.get_by_role("link", name="Leave").click()
    expect(page.get_by_role("heading", name="You are sitting one")).to_be_visible()


def question_in_the_middle(page: Page, cast: Cast, make: Make) -> None:
    """Some answered, one skipped, one marked, an option chosen and another struck out."""
    exam_steps.begin(page, 65, mode="pausable")
    for position in range(1, 12):
        if position != 8:
            exam_steps.choose(page, position % 4)
        if position == 5:
            page.get_by_role("checkbox", name="Mark").check()
        exam_steps.go_on(page, position + 1)
    exam_steps.choose(page, 1)
    page.locator(".strike").nth(2).click()
    expect(page.locator("#saved")).to_contain_text("saved")


def question_without_the_clock(page: Page, cast: Cast, make: Make) -> None:
    exam_steps.begin(page, 10)
    page.get_by_label("Hide the clock").check()


def overview(page: Page, cast: Cast, make: Make) -> None:
    question_in_the_middle(page, cast, make)
    page.get_by_role("button", name="Overview and end").click()
    expect(page.get_by_role("heading", name="11 of 65 answered")).to_be_visible()


def paused(page: Page, cast: Cast, make: Make) -> None:
    exam_steps.begin(page, 5, mode="pausable")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("heading", name="The clock is stopped")).to_be_visible()


def report(page: Page, cast: Cast, make: Make) -> None:
    exam_steps.sit(page, cast.server, 20)


def reasons(page: Page, cast: Cast, make: Make) -> None:
    exam_steps.sit(page, cast.server, 5)
    page.get_by_role("list").get_by_role("link", name="1. ").click()
    expect(page.get_by_role("list", name="The options, each with its reason")).to_be_visible()


SCENES = [
    ("exam-lobby", "newcomer", lobby),
    ("exam-lobby-refused", "newcomer", lobby_refused),
    ("exam-lobby-open", "newcomer", lobby_open),
    ("exam-question-in-the-middle", "newcomer", question_in_the_middle),
    ("exam-question-without-the-clock", "newcomer", question_without_the_clock),
    ("exam-overview", "newcomer", overview),
    ("exam-paused", "newcomer", paused),
    ("exam-report", "newcomer", report),
    ("exam-reasons", "newcomer", reasons),
]
