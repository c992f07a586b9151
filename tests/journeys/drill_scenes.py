"""The pages of a drill with what can be done beside a question, each reached the way a person reaches it."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.cast import Cast, Make

ITEM = "lambda.vpc.card-processor.fix"


def hinted(page: Page, cast: Cast, make: Make) -> None:
    """All hints taken, an option chosen, another struck out, the fact flagged, and the report open."""
    cast.before(page, ITEM)
    for says in ("What it hangs on", "In the tables", "without any change"):
        page.keyboard.press("i")
        expect(page.get_by_text(says)).to_be_visible()
    page.keyboard.press("b")
    page.locator(".strike").nth(2).click()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    page.keyboard.press("!")


def unfolded(page: Page, cast: Cast, make: Make) -> None:
    """A wrong answer and why it was missed, its fact and a report without its flaw."""
    cast.before(page, ITEM)
    steps.answer(page, cast.server, right=False)
    page.get_by_role("button", name="I hurried").click()
    expect(page.get_by_role("button", name="I hurried", pressed=True)).to_be_visible()
    page.get_by_text("This fact", exact=True).click()
    page.get_by_text("Report", exact=True).click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Choose what is wrong with it.")).to_be_visible()


def put_off(page: Page, cast: Cast, make: Make) -> None:
    cast.before(page, ITEM)
    steps.answer(page, cast.server)
    page.get_by_text("This fact", exact=True).click()
    page.get_by_role("button", name="Put off until tomorrow").click()
    expect(page.get_by_text("Put off until tomorrow. The day")).to_be_focused()


def kept(page: Page, cast: Cast, make: Make) -> None:
    """An answer of a drill that tells what was right at its end."""
    page.goto("/drills/")
    page.get_by_label("at the end").check()
    page.get_by_role("button", name=re.compile("^VPC")).click()
    expect(steps.question(page)).to_be_visible()
    drill, position = steps.here(page)
    cast.server.ask(ITEM, drill=drill, position=position)
    page.reload()
    steps.choose(page, steps.key(page, cast.server))
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("heading", name="Kept.")).to_be_visible()


def reports(page: Page, cast: Cast, make: Make) -> None:
    student = cast.page_of("newcomer", make)
    cast.before(student, ITEM)
    student.keyboard.press("!")
    student.get_by_label("It can be read in two ways").check()
    student.get_by_label("In your words").fill("Which subnets are meant?")
    student.get_by_role("button", name="Send the report").click()
    expect(student.get_by_text("Reported.")).to_be_focused()
    page.goto("/authoring/reports/")
    expect(page.get_by_text("Which subnets are meant?").first).to_be_visible()


SCENES = [
    ("question-hinted", "newcomer", hinted),
    ("feedback-unfolded", "newcomer", unfolded),
    ("feedback-put-off", "newcomer", put_off),
    ("drill-kept", "newcomer", kept),
    ("reports", "instructor", reports),
]
