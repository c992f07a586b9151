"""What a first visit costs, in bytes on the wire as the server sends them."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.journeys import steps

pytestmark = pytest.mark.browser

KB = 1024
FIRST_VISIT, WITHOUT_FONTS, QUESTION = 110 * KB, 50 * KB, 6 * KB


@dataclass
class Wire:
    """Bytes by address, heads of the answers included."""

    fonts: dict[str, float] = field(default_factory=dict)
    rest: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> "Wire":
        wire, kinds = cls(), {}
        session = page.context.new_cdp_session(page)
        session.on(
            "Network.responseReceived",
            lambda one: kinds.update({one["requestId"]: (one["type"], one["response"]["url"])}),
        )
        session.on("Network.loadingFinished", lambda one: wire._add(*kinds[one["requestId"]], one["encodedDataLength"]))
        session.send("Network.enable")
        return wire

    def _add(self, kind: str, url: str, size: float) -> None:
        (self.fonts if kind == "Font" else self.rest)[url] = size

    @property
    def total(self) -> float:
        return sum(self.fonts.values()) + sum(self.rest.values())


class TestAFirstVisit:
    def test_is_light(self, device):
        page = device()
        wire = Wire.of(page)

        page.goto("/", wait_until="networkidle")

        assert len(wire.fonts) >= 1
        assert len(wire.rest) >= 5
        assert sum(wire.rest.values()) < WITHOUT_FONTS, wire.rest
        assert wire.total < FIRST_VISIT, wire.fonts

    def test_is_light_in_its_questions_too(self, device, server):
        page = device()
        steps.tap_first(page)
        wire = Wire.of(page)

        for _ in range(4):
            steps.go_on(page)
            steps.question(page).wait_for()
            steps.answer(page, server)
            page.wait_for_load_state("networkidle")

        questions = {url: size for url, size in wire.rest.items() if not url.endswith("/answer/")}
        assert len(questions) >= 4
        assert max(questions.values()) < QUESTION, questions
