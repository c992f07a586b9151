"""What-ifs as a browser sends them: every field of a demo's bench, with other arrivals and another seed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlencode

from tests.journeys.visitor import Answer

HTMX: Final = {"HX-Request": "true", "HX-Target": "outcome"}
PAGE: Final = {"HX-Request": "true", "HX-Target": "main"}

WHAT_IFS: Final = {
    "synchronous": ("lambda.overview.two-waves", "readers", {"poisson": "100 per 1 s"}),
    "synchronous, at a limit": ("lambda.concurrency.half-refused", "shops", {"poisson": "40 per 1 s"}),
    "asynchronous, all fail": ("lambda.errors.corrupt-photos", "uploads", {"poisson": "20 per 1 s"}),
    "SQS": ("lambda.concurrency.greedy-queue", "newsletter", {"poisson": "20 per 1 s"}),
    "SQS, slower than its messages": ("lambda.clues.scanned-letters", "scans", {"poisson": "20 per 1 s"}),
    "Kinesis": ("lambda.triggers.morning-readings", "sensors", {"poisson": "100 per 1 s"}),
}
"""By kind: a scenario with a demo, its source, and a law of arrivals that is given a count."""

RUNS: Final = {"asynchronous, all fail": 3}
"""How often each event is run, where that is more than once: so many times fewer of them arrive. Messages and records count as
invocations, however many of them share one."""

LARGE: Final = {kind: 9_900 if kind.startswith("SQS") else 49_900 for kind in WHAT_IFS}
"""The most invocations that a page runs, retries included: some of these demos have other requests of their own."""


class Fields(HTMLParser):
    """What a browser would send of the form with an id: `pairs`. A select without a choice sends its first option."""

    def __init__(self, form: str, page: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._form, self._is_in, self._select, self._text = form, False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_in = given.get("id") == self._form
        elif self._is_in and tag == "option" and self._select:
            if "selected" in given or self.pairs[-1][0] != self._select:
                self.pairs = [pair for pair in self.pairs if pair[0] != self._select]
                self.pairs.append((self._select, given.get("value", "")))
        elif self._is_in and given.get("name") and tag in ("input", "select", "textarea"):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        self._select = given["name"] if tag == "select" else ""
        self._text = given["name"] if tag == "textarea" else ""
        if tag == "input":
            self.pairs.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._is_in and self._text:
            self.pairs.append((self._text, data.strip()))
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in = False


def query(page: str, source: str, law: dict[str, str], count: int, seed: int) -> str:
    """The bench of `page` with `count` arrivals by `law` and a seed, as an address has it."""
    arrivals = f"sources.{source}.arrivals."
    wanted = {f"{arrivals}{key}": value for key, value in law.items()}
    wanted |= {f"{arrivals}count": str(count), "seed": str(seed)}
    sent = {name: "" if name.startswith(arrivals) else value for name, value in Fields("bench", page).pairs}
    assert "seed" in sent, "this page has no bench"
    return urlencode(sent | wanted)


def token(page: Answer) -> str | None:
    """Of a demo's question, None where the page asks none."""
    return page.token if 'name="token"' in page.text and 'id="bench"' not in page.text else None


def marks(page: str) -> Iterator[str]:
    """What a picture can be asked about."""
    return (found[1] for found in re.finditer(r' data-mark="([^"]+)"', page))
