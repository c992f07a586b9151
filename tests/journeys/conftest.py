"""A real server and a real Chromium for journeys; a page whose console must stay empty."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.journeys.browser import launched
from tests.journeys.server import Server, running

DESK = {"width": 1360, "height": 900}


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Journeys speak to a server with a database of its own."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture
def device(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """A new device each call: its own cookies; its console and its requests must stay clean to the end."""
    said: list[str] = []
    with ExitStack() as stack:

        def make(**options: Any) -> Page:
            context: BrowserContext = browser.new_context(base_url=server.url, **({"viewport": DESK} | options))
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.on("console", lambda message: said.append(message.text) if _is_complaint(message) else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("request", lambda request: said.append(request.url) if _is_foreign(request.url, server) else None)
            return page

        yield make
    assert not said, server.complaints()


@pytest.fixture(autouse=True)
def today(server: Server) -> None:
    """Each journey begins on the day it is run."""
    server.set_forward()


def _is_complaint(message: ConsoleMessage) -> bool:
    """A page that is meant to refuse says so by its status, and the browser notes it; a file that is missing is a fault."""
    is_meant = (
        re.search(r"status of (403|404|405|410|422|429) ", message.text) and "/static/" not in message.location["url"]
    )
    return message.type == "error" and not is_meant


def _is_foreign(url: str, server: Server) -> bool:
    return not url.startswith((server.url, "data:", "blob:"))
