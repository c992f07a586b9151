"""Every page in every state: nothing that axe finds, nothing that runs off a phone, nothing too small to touch."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.cast import Cast
from tests.journeys.scenes import SCENES, Scene
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

SIZES = {"desk": (1360, 900), "phone": (390, 844)}
DARK = "desk"
"""The size at which the dark colours are looked at: they are the same at both."""
NARROW, ZOOMED = 360, 640
TARGET = 44
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}  # all that dark changes
RUN = "options => axe.run(options).then(({violations}) => violations)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Links and words in a sentence or a list may be as low as their line (WCAG 2.2, 2.5.8, inline); what stands alone may not.
SMALL = """least => [...document.querySelectorAll(
    "button, summary, select, textarea, input, .button, nav a, footer a, label.option, label.check")]
  .filter(one => one.matches("label") || !one.closest("label"))
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.matches("li > a, .term:not(.words .term)"))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height < least - 0.5)
  .map(([one, box]) => `${Math.round(box.height)} px high: ${one.outerHTML.slice(0, 120)}`)"""


@pytest.fixture(scope="session")
def cast(server: Server) -> Cast:
    return Cast(server)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
class TestAPage:
    def test_can_be_read_and_used_by_everybody(self, scene: Scene, cast: Cast, device: Any) -> None:
        page = scene.show(cast, device)

        problems = [*axe_finds(page), *too_wide(page), *too_small(page)]

        assert problems == []


def axe_finds(page: Page) -> Iterator[str]:
    page.evaluate(Axe().axe_script)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme, options in (("light", AXE), ("dark", COLOURS))[: 2 if size == DARK else 1]:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two literals
            for violation in page.evaluate(RUN, options):
                nodes = "; ".join(node["html"][:160] + " " + node["failureSummary"] for node in violation["nodes"][:3])
                yield f"{size} {scheme} {violation['id']}: {nodes}"


def too_wide(page: Page) -> Iterator[str]:
    for width in (NARROW, ZOOMED, *(width for width, _ in SIZES.values())):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(OVERFLOW) > 0:
            yield f"at {width} px the page is {page.evaluate(OVERFLOW)} px too wide"


def too_small(page: Page) -> list[str]:
    page.set_viewport_size({"width": 390, "height": 844})
    found: list[str] = page.evaluate(SMALL, TARGET)
    return found
