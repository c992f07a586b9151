"""The pages of the lab and of drafts: their names, who sees them, and how they get there."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.cast import Cast, Make
from tests.journeys.lab_steps import DRAWN_WITHIN_MS, LIMIT, PATH, PROVED_WITHIN_MS, open_demo, predict

Reach = Callable[[Page, Cast, Make], object]

RESERVED = "functions.labels.reserved_concurrency"
CHANGED = f"{RESERVED}=20"


def _at(path: str) -> Reach:
    return lambda page, cast, make: page.goto(path)


def _open(slug: str, *, said: str = "", path: str = "", query: str = "") -> Reach:
    """A page of a scenario in a state, after a prediction."""

    def reach(page: Page, cast: Cast, make: Make) -> None:
        open_demo(page, slug, said)
        if query or path:
            page.goto(f"/lab/{slug}/{path}?{query}")

    return reach


def _asked_again(page: Page, cast: Cast, make: Make) -> None:
    page.goto(f"/lab/{LIMIT}/")
    page.get_by_role("button", name=re.compile("^Run")).click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


def _everything(page: Page, cast: Cast, make: Make) -> None:
    """Whatever is folded away in the bench, opened."""
    open_demo(page, LIMIT)
    page.locator("#bench details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def _why(page: Page, cast: Cast, make: Make) -> None:
    open_demo(page, LIMIT)
    page.locator("#outcome svg [data-mark]").nth(30).click()
    expect(page.locator("#why h2")).to_be_visible()


def _sweep(page: Page, cast: Cast, make: Make) -> None:
    open_demo(page, LIMIT)
    page.get_by_role("button", name="Draw it").click()
    expect(page.locator("#sweep svg")).to_be_visible(timeout=DRAWN_WITHIN_MS)


def _draft(page: Page, cast: Cast, make: Make) -> None:
    page.goto(f"/lab/{LIMIT}/?{CHANGED}")
    if page.locator("#asks").count():
        predict(page, "0")
    page.get_by_role("button", name="Make a question from this").click()
    expect(page.get_by_role("heading", name="The proof")).to_be_visible(timeout=PROVED_WITHIN_MS)


SCENES: list[tuple[str, str, Reach]] = [
    ("lab", "newcomer", _at("/lab/")),
    ("lab-closed", "newcomer", _at(f"/lab/{LIMIT}/")),
    ("lab-closed-choices", "newcomer", _at(f"/lab/{PATH}/")),
    ("lab-asked-again", "newcomer", _asked_again),
    ("lab-refused", "newcomer", _at(f"/lab/{LIMIT}/?{RESERVED}=901")),
    ("lab-open", "newcomer", _open(LIMIT)),
    ("lab-open-story", "newcomer", _open("lambda.errors.last-run")),
    ("lab-open-shard", "newcomer", _open("lambda.errors.poison-record")),
    ("lab-open-bill", "newcomer", _open("lambda.configuration.posters")),
    ("lab-open-path", "newcomer", _open(PATH)),
    ("lab-open-package", "newcomer", _open("lambda.packaging.full-suitcase")),
    ("lab-predicted", "newcomer", _open(LIMIT, said="200")),
    ("lab-compared", "newcomer", _open(LIMIT, query=f"{CHANGED}&pin=")),
    ("lab-everything", "newcomer", _everything),
    ("lab-why", "newcomer", _why),
    ("lab-sweep", "newcomer", _sweep),
    ("lab-rules", "newcomer", _open(LIMIT, path="rules/")),
    ("lab-wall-closed", "newcomer", _at(f"/lab/{LIMIT}/wall/")),
    ("lab-wall", "newcomer", _open(LIMIT, path="wall/", query="step=5")),
    ("lab-wall-path", "newcomer", _open(PATH, path="wall/", query="step=5")),
    ("lab-draft", "instructor", _draft),
    ("drafts", "instructor", _at("/authoring/")),
]
