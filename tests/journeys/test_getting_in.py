"""Guests who become people, people on several devices, owners and instructors: in real browsers."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def name() -> str:
    return f"Person {uuid4().hex[:8]}"


def facts_of(server: Server, name: str) -> set[int]:
    rows = server.rows(
        "SELECT c.fact_id FROM memory_review r JOIN memory_card c ON c.id = r.card_id"
        " JOIN attempts_attempt a ON a.id = r.attempt_id JOIN accounts_user u ON u.id = a.student_id WHERE u.name = ?",
        name,
    )
    return {fact for (fact,) in rows}


def cards_of(server: Server, name: str) -> dict[int, tuple[object, ...]]:
    rows = server.rows(
        "SELECT c.fact_id, c.stability, c.difficulty, c.due_at FROM memory_card c"
        " JOIN accounts_user u ON u.id = c.student_id WHERE u.name = ?",
        name,
    )
    return {fact: tuple(rest) for fact, *rest in rows}


def answers_wrongly(page: Page, server: Server, count: int) -> None:
    """A newcomer's first answers; all but the first are wrong, so they are due tomorrow."""
    steps.tap_first(page)
    for _ in range(count - 1):
        steps.go_on(page)
        steps.answer(page, server, right=False)


class TestAGuestWhoSignsIn:
    def test_finds_both_histories_in_one(self, device, server, name):
        laptop, phone = device(), device()
        answers_wrongly(laptop, server, 5)
        steps.sign_up(laptop, name)
        before = facts_of(server, name)
        steps.tap_first(phone)
        phone.goto("/drills/")
        phone.get_by_role("button", name=re.compile("^Security")).click()
        steps.answer(phone, server, right=False)
        steps.go_on(phone)
        steps.answer(phone, server, right=False)
        met = {
            fact  # a question with lines to match moves several
            for (fact,) in server.rows(
                "SELECT c.fact_id FROM memory_review r JOIN memory_card c ON c.id = r.card_id"
                " WHERE r.attempt_id IN (SELECT id FROM attempts_attempt ORDER BY id DESC LIMIT 3)"
            )
        }

        steps.sign_in(phone, name)

        expect(phone.get_by_text("What you answered here before signing in is yours now.")).to_be_visible()
        union = before | met
        assert facts_of(server, name) == set(cards_of(server, name)) == union
        assert len(union) > len(before)
        self.sees_the_union_tomorrow(laptop, server, name)

    def sees_the_union_tomorrow(self, page: Page, server: Server, name: str) -> None:
        server.set_forward(days=1)
        due = server.rows(
            "SELECT count(*) FROM memory_card c JOIN accounts_user u ON u.id = c.student_id"
            " WHERE u.name = ? AND c.due_at <= datetime('now', '+1 day')",
            name,
        )[0][0]
        assert due >= 5
        page.goto("/")
        expect(page.get_by_text(f"{due} facts you are losing")).to_be_visible()

    def test_has_memories_that_are_the_sum_of_both_reviews(self, device, server, name):
        laptop, phone = device(), device()
        answers_wrongly(laptop, server, 5)
        steps.sign_up(laptop, name)
        answers_wrongly(phone, server, 5)
        steps.sign_in(phone, name)

        merged = cards_of(server, name)
        server.manage(
            "shell",
            "-c",
            f"""
from studyapp.accounts.models import User
from studyapp.memory.services import rebuild
rebuild(student=User.objects.get(name={name!r}))""",
        )

        assert cards_of(server, name) == merged
        ((reviews,),) = server.rows(
            "SELECT count(*) FROM memory_review r JOIN memory_card c ON c.id = r.card_id"
            " JOIN accounts_user u ON u.id = c.student_id WHERE u.name = ?",
            name,
        )
        assert reviews == 10


class TestAGuestWhoIsSomebodyElse:
    def test_starts_fresh(self, device):
        page = device()
        steps.tap_first(page)
        expect(page.get_by_text("Not you?")).to_be_visible()

        page.get_by_role("button", name="Start fresh").click()

        expect(page.locator("fieldset").get_by_role("button").first).to_be_visible()
        expect(page.get_by_text("Not you?")).to_have_count(0)


class TestAnotherDevice:
    def test_continues_by_a_link_that_works_once(self, device, server, name):
        laptop, phone, thief = device(), device(viewport={"width": 390, "height": 844}), device()
        steps.tap_first(laptop)
        steps.sign_up(laptop, name)
        laptop.goto("/settings/")
        laptop.get_by_role("link", name="Continue on another device").click()
        laptop.get_by_role("button", name="Show the code").click()
        expect(laptop.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
        link = laptop.locator(".link-text a").inner_text()

        phone.goto(link)
        phone.reload()  # looking at it does not use it
        phone.get_by_role("button", name=f"Continue as {name}").click()

        expect(phone.get_by_text("facts you never met")).to_be_visible()
        phone.goto("/settings/")
        expect(phone.get_by_text(f"You are {name}")).to_be_visible()
        thief.goto(link)
        expect(thief.get_by_role("heading", name="This link has been used")).to_be_visible()
        expect(thief.get_by_role("button", name="Continue")).to_have_count(0)

    def test_of_a_guest_goes_on_with_the_same_answers(self, device, server):
        laptop, phone = device(), device()
        answers_wrongly(laptop, server, 2)
        laptop.goto("/device/")
        laptop.get_by_role("button", name="Show the code").click()

        phone.goto(laptop.locator(".link-text a").inner_text())
        phone.get_by_role("button", name="Continue").click()

        phone.get_by_role("link", name="Go on with").click()
        expect(phone.get_by_text("3 of 5")).to_be_visible()

    def test_finds_a_link_too_old_after_ten_minutes(self, device, server):
        laptop, phone = device(), device()
        steps.tap_first(laptop)
        laptop.goto("/device/")
        laptop.get_by_role("button", name="Show the code").click()
        link = laptop.locator(".link-text a").inner_text()

        server.set_forward(days=11 / 24 / 60)
        phone.goto(link)

        expect(phone.get_by_role("heading", name="This link is too old")).to_be_visible()


class TestAnOwner:
    def test_invites_an_instructor_by_a_link(self, device, server, name):
        desk, other = device(), device()
        said = server.manage(
            "create_owner", "--name", f"Owner {name}", "--password-stdin", "--force", typed=f"{steps.PASSWORD}\n"
        )
        assert re.search(r"Recovery code, shown this once: \S{16,}", said)
        steps.sign_in(desk, f"Owner {name}")
        desk.get_by_role("link", name="People").click()
        desk.get_by_role("button", name="Make an invitation").click()
        link = desk.locator(".link-text a").inner_text()

        other.goto(link)
        other.get_by_label("Name").fill(name)
        other.get_by_label("Password").fill(steps.PASSWORD)
        other.get_by_role("button", name="Become an instructor").click()
        other.get_by_role("button", name="I have it").click()

        expect(other.get_by_text(f"You are {name}")).to_be_visible()
        assert server.rows("SELECT role FROM accounts_user WHERE name = ?", name) == [("instructor",)]
        desk.reload()
        expect(desk.get_by_role("row", name=re.compile(name)).filter(has_text="Instructor").first).to_be_visible()

    def test_makes_a_sign_in_link_for_somebody_who_lost_everything(self, device, server, name):
        page, found = device(), device()
        steps.tap_first(page)
        steps.sign_up(page, name)
        link = server.manage("sign_in_link", name).strip().splitlines()[-1]

        found.goto(link)
        found.get_by_role("button", name=f"Continue as {name}").click()
        expect(found.get_by_text("Choose a new password now.")).to_be_visible()
        found.get_by_label("New password").fill("four other small words")
        found.get_by_role("button", name="Set the new password").click()
        found.get_by_role("button", name="I have it").click()

        expect(found.get_by_text(f"You are {name}")).to_be_visible()
        page.goto("/settings/")
        expect(page.get_by_text(f"You are {name}")).to_have_count(0)


class TestSomebodyWhoForgot:
    def test_comes_back_with_the_recovery_code(self, device, name):
        page, other = device(), device()
        steps.tap_first(page)
        code = steps.sign_up(page, name)

        other.goto("/sign-in/")
        other.get_by_role("link", name="Use your recovery code").click()
        other.get_by_label("Name").fill(name)
        other.get_by_label("code").fill(code)
        other.get_by_label("New password").fill("four other small words")
        other.get_by_role("button", name="Set the new password").click()
        other.get_by_role("button", name="I have it").click()

        expect(other.get_by_text(f"You are {name}")).to_be_visible()

    def test_is_told_what_is_wrong_and_keeps_what_was_typed(self, device, name):
        page = device()
        page.goto("/sign-in/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_role("heading", name="Something needs another look")).to_be_focused()
        expect(page.get_by_text("do not belong together")).to_be_visible()
        expect(page.get_by_label("Name")).to_have_value(name)
