"""A mock exam end to end: by keyboard, over a reload, another device and a server that is killed, to time-out and the misses."""

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import exam_steps, steps
from tests.journeys.server import Server

pytestmark = pytest.mark.browser


def deadline(server: Server, sitting: int) -> datetime:
    ((at,),) = server.rows("SELECT deadline_at FROM exams_sitting WHERE id = ?", sitting)
    return datetime.fromisoformat(at).replace(tzinfo=UTC)


def left(page: Page) -> float:
    """Seconds, as the page got them from the server."""
    return float(page.locator("#clock").get_attribute("data-left") or "nan")


def saved(server: Server, sitting: int, column: str) -> list[object]:
    rows = server.rows(f"SELECT {column} FROM exams_sittingitem WHERE sitting_id = ? ORDER BY position", sitting)
    return [value for (value,) in rows]


class TestAMockByKeyboard:
    def test_survives_reload_device_and_kill_and_ends_when_time_is_up(self, device, server):
        page = device()
        sitting = exam_steps.begin(page, 5)

        self.chooses_marks_and_strikes(page, server, sitting)
        self.finds_it_after_a_reload(page)
        self.finds_it_on_another_device(page, device)
        self.finds_its_clock_after_a_kill(page, server, sitting)
        self.is_too_late(page, server, sitting)
        self.reads_the_report_and_drills_the_misses(page)

    def chooses_marks_and_strikes(self, page: Page, server: Server, sitting: int) -> None:
        """Two answers, one of them changed, one question marked, an option struck out."""
        letters = self.letters(page, server, sitting, 1, right=True)
        struck = next(letter for letter in "dcba" if letter not in letters)
        for key in (*letters, "m", "x", struck, "y"):
            page.keyboard.press(key)
        expect(page.locator("#saved")).to_contain_text("saved")
        self.turns(page, "Enter", "2 of 5")
        for key in self.letters(page, server, sitting, 2, right=False):
            page.keyboard.press(key)
        self.turns(page, "n", "3 of 5")
        self.turns(page, "p", "2 of 5")
        page.keyboard.press("o")
        expect(page.get_by_role("heading", name="2 of 5 answered")).to_be_focused()
        page.get_by_role("button", name="Question 1: answered, marked").first.click()
        expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()

    def turns(self, page: Page, key: str, to: str) -> None:
        """A swap takes the focus to the stem."""
        page.keyboard.press(key)
        expect(page.get_by_text(to, exact=True)).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()

    def letters(self, page: Page, server: Server, sitting: int, position: int, *, right: bool) -> list[str]:
        asked = exam_steps.variant(server, sitting, position)
        shown = page.locator("[name=response]").evaluate_all("all => all.map(one => one.value)")
        wanted = sorted(range(len(shown)), key=lambda index: (shown[index] in asked.key) != right)
        return ["abcdefgh"[index] for index in wanted[: asked.choose]]

    def finds_it_after_a_reload(self, page: Page) -> None:
        page.reload()
        self.sees_what_stands(page)

    def sees_what_stands(self, page: Page) -> None:
        expect(page.get_by_role("checkbox", name="Mark")).to_be_checked()
        expect(page.get_by_label("I am sure")).to_be_checked()
        expect(page.locator("[name=struck]:checked")).to_have_count(1)
        assert page.locator("[name=response]:checked").count() >= 1

    def finds_it_on_another_device(self, page: Page, device) -> None:
        other = device(storage_state=page.context.storage_state())
        other.goto("/exams/")
        other.get_by_role("link", name="Go on").click()
        self.sees_what_stands(other)

    def finds_its_clock_after_a_kill(self, page: Page, server: Server, sitting: int) -> None:
        before = deadline(server, sitting)
        server.kill()
        server.start()

        page.reload()

        self.sees_what_stands(page)
        assert deadline(server, sitting) == before
        assert abs(left(page) - (before.timestamp() - time.time())) < 1

    def is_too_late(self, page: Page, server: Server, sitting: int) -> None:
        """What is chosen after the end is refused, and all that was saved in time is handed in."""
        kept = saved(server, sitting, "response")
        server.set_forward(days=11 / (24 * 60))
        page.keyboard.press("a")
        page.keyboard.press("b")

        expect(page.get_by_role("heading", name="1 of 5 right")).to_be_visible()
        expect(page.get_by_text("Time was up at")).to_be_visible()
        assert saved(server, sitting, "response") == kept
        ((at, end),) = server.rows("SELECT submitted_at, deadline_at FROM exams_sitting WHERE id = ?", sitting)
        assert at == end

    def reads_the_report_and_drills_the_misses(self, page: Page) -> None:
        page.get_by_role("link", name=re.compile("^1. ")).click()
        steps.sees_reasons(page)
        page.keyboard.press("o")
        page.get_by_role("button", name="Drill my misses").click()
        expect(steps.question(page)).to_be_visible()
        expect(page.get_by_text("1 of 4")).to_be_visible()


class TestTheLastSecond:
    def test_hands_in_by_itself(self, device, server):
        page = device()
        sitting = exam_steps.begin(page, 5)
        exam_steps.choose(page, 0)
        expect(page.locator("#saved")).to_contain_text("saved")
        self.leave(server, sitting, seconds=2)

        page.reload()

        expect(page.get_by_role("heading", name=re.compile("of 5 right"))).to_be_visible()
        assert len(server.rows("SELECT 1 FROM exams_sitting WHERE id = ? AND submitted_at = deadline_at", sitting)) == 1

    def leave(self, server: Server, sitting: int, *, seconds: int) -> None:
        """Only so many seconds are left."""
        end = datetime.fromtimestamp(time.time() + seconds, UTC).replace(tzinfo=None)
        server.write("UPDATE exams_sitting SET deadline_at = ? WHERE id = ?", end.isoformat(" "), sitting)

    def test_of_somebody_who_was_away_is_handed_in_when_they_come_back(self, device, server):
        page = device()
        exam_steps.begin(page, 5)
        page.goto("/reference/")
        server.set_forward(days=1)

        page.goto("/exams/")
        page.get_by_role("link", name="Go on").click()

        expect(page.get_by_role("heading", name="0 of 5 right")).to_be_visible()


class TestWithoutAScript:
    def test_a_whole_one_can_be_sat_and_paused(self, device, server):
        page = device(java_script_enabled=False)
        sitting = exam_steps.begin(page, 5, mode="pausable")

        for position in range(1, 5):
            exam_steps.choose(page, position)
            exam_steps.go_on(page, position + 1)
        page.locator(".strike").nth(0).click()
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("heading", name="The clock is stopped")).to_be_visible()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_label("Strike out A")).to_be_checked()
        page.get_by_role("button", name="Overview and end").click()
        expect(page.get_by_role("heading", name="4 of 5 answered")).to_be_visible()
        page.get_by_role("button", name="Hand in").click()

        expect(page.get_by_role("heading", name=re.compile("of 5 right"))).to_be_visible()
        ((count,),) = server.rows(
            "SELECT count(*) FROM attempts_attempt a JOIN exams_sitting s ON s.occasion = a.occasion WHERE s.id = ?",
            sitting,
        )
        assert count == 4
