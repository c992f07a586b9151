"""The people of the pages: each role signed in once, then on as many devices as pages need."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.server import Server

Make = Callable[..., Page]


class Cast:
    """`page_of(role)`: newcomer, guest (after five answers), student (with three weeks of history), instructor, owner; or a
    demo student by name."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.fifth = ""  # where the guest's fifth answer is shown
        self._states: dict[str, Any] = {}

    def page_of(self, role: str, make: Make, **options: Any) -> Page:
        """A new device of `role`, in reduced motion, so that colours are what they will be."""
        if role == "newcomer":
            return make(reduced_motion="reduce", **options)
        if role not in self._states:
            page = make()
            self._become(role, page)
            self._states[role] = page.context.storage_state()
        return make(reduced_motion="reduce", storage_state=self._states[role], **options)

    def before(self, page: Page, item: str) -> None:
        """Stand before the question of this item, the first of a drill."""
        self._begin(page)
        drill, position = steps.here(page)
        self.server.ask(item, drill=drill, position=position)
        page.reload()

    def before_trial(self, page: Page, kind: str) -> None:
        """The same of a small question of this kind, whatever the course has."""
        self._begin(page)
        drill, position = steps.here(page)
        self.server.ask_trial(kind, drill=drill, position=position)
        page.reload()

    def _begin(self, page: Page) -> None:
        page.goto("/drills/")
        page.get_by_role("button", name=re.compile("^VPC")).click()
        expect(steps.question(page)).to_be_visible()

    def ticket(self, make: Make, role: str) -> str:
        """A link for another device of this person."""
        page = self.page_of(role, make)
        page.goto("/device/")
        page.get_by_role("button", name="Show the code").click()
        return page.locator(".link-text a").inner_text()

    def invitation(self, make: Make) -> str:
        page = self.page_of("owner", make)
        page.goto("/people/")
        page.get_by_role("button", name=re.compile("^Make")).click()
        return page.locator(".link-text a").inner_text()

    def _become(self, role: str, page: Page) -> None:
        special = getattr(self, f"_become_{role}", None)
        if special:
            special(page)
        else:
            steps.sign_in(page, role, self.server.password_of(role))

    def _become_guest(self, page: Page) -> None:
        steps.tap_first(page)
        for position in range(2, 6):
            steps.go_on(page)
            expect(page.get_by_text(f"{position} of 5")).to_be_visible()
            steps.answer(page, self.server, right=position != 3)
        self.fifth = page.url

    def _become_student(self, page: Page) -> None:
        steps.sign_in(page, "Ana", self.server.password_of("Ana"))

    def _become_instructor(self, page: Page) -> None:
        steps.sign_in(page, "Demo instructor", self.server.password_of("Demo instructor"))

    def _become_owner(self, page: Page) -> None:
        name = f"Owner {uuid4().hex[:6]}"
        self.server.manage("create_owner", "--name", name, "--password-stdin", "--force", typed=f"{steps.PASSWORD}\n")
        steps.sign_in(page, name)
