"""What becomes of a run of the lab, by keyboard: shown at the projector, sent as a link, taken as a file, made a question."""

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.journeys import lab_steps
from tests.journeys.cast import Cast
from tests.journeys.lab_steps import LIMIT, control, open_demo, outcome, press_on, readout
from tests.journeys.server import Server
from tests.journeys.steps import tab_to

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="session")
def cast(server: Server) -> Cast:
    return Cast(server)


class TestTheProjector:
    def test_is_stepped_by_the_arrow_keys_and_left_by_escape(self, device):
        page = device()
        open_demo(page, LIMIT)
        press_on(page, page.get_by_role("link", name="Projector"))
        said = page.locator(".wall > .slug")
        expect(said).to_have_text(re.compile(", 1 of "))

        for step in (2, 3, 4, 5):
            page.keyboard.press("ArrowRight")
            expect(said).to_have_text(re.compile(f", {step} of "))
            expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.locator("svg [aria-current]")).to_have_count(1)
        page.keyboard.press("ArrowLeft")
        expect(said).to_have_text(re.compile(", 4 of "))
        assert lab_steps.axe_finds(page) == []

        page.keyboard.press("Escape")
        expect(outcome(page)).to_be_visible()

    def test_asks_and_shows_nothing_before_a_prediction(self, device):
        page = device()
        page.goto(f"/lab/{LIMIT}/wall/?step=3")
        expect(page.get_by_role("link", name="Predict it first")).to_be_visible()
        assert page.locator("svg").count() == 0

        page.keyboard.press("ArrowRight")
        expect(page.locator(".wall > .slug")).to_have_text(re.compile(", 1 of "))


class TestALink:
    def test_leads_another_device_to_the_question_and_then_to_the_same_picture(self, device):
        page, other = device(), device()
        open_demo(page, LIMIT)
        lab_steps.set_to(page, control(page, "Reserved concurrency"), "17")
        expect(readout(page)).to_have_text("60")
        field = page.get_by_label("Link to this run")
        tab_to(page, field)
        assert page.evaluate("String(getSelection())") == field.input_value()

        other.goto(field.input_value())
        expect(other.locator("#asks")).to_be_visible()
        assert outcome(other).count() == 0
        lab_steps.predict(other, "60")

        expect(readout(other)).to_have_text("60")
        expect(control(other, "Reserved concurrency")).to_have_value("17")
        drawn = "one => one.querySelector('svg desc').textContent + one.querySelectorAll('svg rect').length"
        assert outcome(page).evaluate(drawn) == outcome(other).evaluate(drawn)


class TestFiles:
    @pytest.fixture
    def taken(self, device, tmp_path):
        """Downloads what a link gives, by keyboard; where it is."""
        page = device()
        open_demo(page, LIMIT)

        def take(name: str) -> Path:
            tab_to(page, page.get_by_role("link", name=name))
            with page.expect_download() as download:
                page.keyboard.press("Enter")
            path = tmp_path / download.value.suggested_filename
            download.value.save_as(path)
            return path

        return take

    def test_are_a_run_its_invocations_and_its_picture(self, taken):
        run = json.loads(taken("JSON").read_text())
        assert run["metrics"]["throttles"] == 200
        assert run["address"].endswith(f"/lab/{LIMIT}/")

        head, *rows = csv.reader(taken("CSV of invocations").read_text().splitlines())
        assert head[:3] == ["event", "source", "function"]
        assert len(rows) == 400
        assert {len(row) for row in rows} == {len(head)}

        picture = ElementTree.fromstring(taken("SVG of the picture").read_text())  # noqa: S314 - our own file
        assert picture.tag == f"{SVG}svg"
        assert len(picture.findall(f".//{SVG}rect")) > 50
        told = [value for one in picture.iter() for value in [*one.attrib.values(), one.text or ""]]
        assert not [value for value in told if re.search(r"https?:|//|@import|url\((?!#)", value)]

    def test_are_withheld_before_a_prediction(self, device):
        page = device()
        for name in ("run.json", "invocations.csv", "picture.svg", "rules/"):
            assert page.request.get(f"/lab/{LIMIT}/{name}").status == 404, name


class TestAQuestion:
    def test_is_made_from_a_run_by_who_teaches(self, device, cast):
        page = cast.page_of("instructor", device)
        page.goto(f"/lab/{LIMIT}/")
        if page.locator("#asks").count():
            lab_steps.predict(page, "200")
        lab_steps.set_to(page, control(page, "Reserved concurrency"), "15")
        expect(readout(page)).to_have_text("100")

        press_on(page, page.get_by_role("button", name="Make a question from this"))

        expect(page).to_have_url(re.compile(r"/\d+/$"), timeout=lab_steps.PROVED_WITHIN_MS)
        expect(page.get_by_role("heading", name="The proof")).to_be_visible()
        assert lab_steps.axe_finds(page) == []

    def test_is_offered_to_nobody_else(self, device):
        page = device()
        open_demo(page, LIMIT)
        expect(page.get_by_role("button", name="Make a question from this")).to_have_count(0)
