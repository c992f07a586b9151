"""A visitor of the lab: pages by address, and what a page would send."""

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import RequestFactory
from django.urls import reverse

from studyapp.lab import pace
from studyapp.lab.screens import Bench
from studyapp.lab.views.loading import load

HTMX = {"HTTP_HX_REQUEST": "true"}
OUTCOME = HTMX | {"HTTP_HX_TARGET": "outcome"}
"""As a bench asks for what comes of it."""
CROWD = "lambda.concurrency.half-refused"
"""A demo with a picture, presets, beliefs and questions: 40 requests a second, and a reservation that refuses half."""


def url(slug: str, name: str = "demo", query: str = "") -> str:
    address = reverse(f"lab:{name}", args=[slug])
    return f"{address}?{query}" if query else address


def bench(slug: str, query: str = "") -> Bench:
    """The scenario in the state of an address, as a page has it."""
    request: Any = RequestFactory().get(url(slug, query=query))
    return load(request, slug).bench


def token_of(response: Any) -> str:
    """The token of the question that a page asks; "" if it asks none."""
    found = re.search(r'name="token" value="([^"]+)"', response.content.decode())
    return html.unescape(found[1]) if found else ""


def predict(client: Any, slug: str, query: str = "", *, said: str = "", **more: Any) -> Any:
    """Answer the question of a page, with "I don't know" where nothing is `said`; and the response to that."""
    given = {"predicted": said} if said else {"unknown": "1"}
    token = token_of(client.get(url(slug, query=query)))
    return client.post(url(slug, "predict", query), {"token": token} | given | more)


def opened(client: Any, slug: str, query: str = "") -> Any:
    """The page of a run after its prediction. Nobody is refused for the runs of the test before."""
    pace.buckets.clear()
    assert predict(client, slug, query).status_code == 302
    return client.get(url(slug, query=query))


def links(response: Any, within: str, until: str) -> list[str]:
    """The addresses of a page between two texts, the first of each."""
    return links_in(response.content.decode().partition(within)[2].partition(until)[0])


def links_in(part: str) -> list[str]:
    return [html.unescape(each) for each in dict.fromkeys(re.findall(r'href="([^"]+)"', part))]


def link(response: Any, words: str) -> str:
    """Where the link of these words leads."""
    (found,) = re.findall(rf'<a\b[^>]*href="([^"]+)"[^>]*>{re.escape(words)}</a>', response.content.decode())
    return html.unescape(found)


def marks(response: Any) -> list[str]:
    """What can be asked about, in the order of the page: marks of the picture, then steps and rows."""
    found = re.findall(r'(?:data-mark|name="mark" value)="([a-z][^"]*)"', response.content.decode())
    return list(dict.fromkeys(found))


def errors(response: Any) -> list[str]:
    """The sentences of the summary of errors."""
    part = response.content.decode().partition('class="errors"')[2].partition("</section>")[0]
    return [html.unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(r"<li>(.*?)</li>", part)]


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query, keep_blank_values=True)
