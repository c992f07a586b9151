"""keys.js and htmx in a real browser, on pages made of the components alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

HOST = "http://coldstart.test"
OPTIONS = [{"id": name, "text": name} for name in ("none", "half", "all")]
QUESTION = """{% extends "base.html" %}
{% block work %}
<input aria-label="Search" aria-keyshortcuts="/">
<form action="/told/" hx-get="/told/" hx-target="#main">
  <fieldset class="options"><legend>Which?</legend>{% include "components/options.html" with options=options only %}</fieldset>
  <label class="check"><input type="checkbox" name="is_sure" aria-keyshortcuts="Y"> I am sure</label>
  <button class="button" aria-keyshortcuts="Enter">Answer</button>
</form>
{% endblock %}"""
FIRST = """{% extends "base.html" %}
{% block work %}<form action="/told/">{% include "components/choices.html" with options=options only %}</form>{% endblock %}"""
TOLD = """<div class="work"><h1>Told</h1>{% include "components/verdict.html" with is_right=True says="So it is." only %}
<a href="/first/" aria-keyshortcuts="Enter">Next</a></div>"""


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(HOST).split("?")[0]
    if path.startswith("/static/"):
        file = finders.find(path.removeprefix("/static/"))
        route.fulfill(path=str(file)) if file else route.fulfill(status=404)
        return
    text = {"/": QUESTION, "/first/": FIRST, "/told/": TOLD}[path]
    html = engines["django"].from_string(text).render({"options": OPTIONS}, RequestFactory().get(path))
    route.fulfill(body=html, content_type="text/html")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.route("**/*", answer)
    tab.goto(f"{HOST}/")
    yield tab
    context.close()
    assert complaints == []


def chosen(tab: Tab) -> list[str]:
    return tab.eval_on_selector_all("input[name=response]:checked", "all => all.map(one => one.value)")


class TestKeys:
    @pytest.mark.parametrize(("key", "option"), [("b", "half"), ("B", "half"), ("3", "all")])
    def test_choose_an_option_and_nothing_else(self, tab, key, option):
        tab.keyboard.press(key)

        assert chosen(tab) == [option]
        assert tab.url == f"{HOST}/"

    def test_only_point_at_a_row_that_answers_at_one_tap(self, tab):
        tab.goto(f"{HOST}/first/")

        tab.keyboard.press("b")

        assert tab.url == f"{HOST}/first/"
        assert tab.evaluate("document.activeElement.value") == "half"

    def test_answer_then_go_on(self, tab):
        tab.keyboard.press("a")
        tab.keyboard.press("y")
        assert tab.is_checked("[name=is_sure]")

        tab.keyboard.press("Enter")
        tab.wait_for_selector(".verdict-line")
        assert tab.evaluate("document.activeElement.className") == "verdict-line"

        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{HOST}/first/")

    def test_are_text_while_a_text_field_has_the_focus(self, tab):
        tab.keyboard.press("/")
        tab.keyboard.type("ab?")

        assert tab.input_value("[aria-label=Search]") == "ab?"
        assert chosen(tab) == []

    def test_lead_to_what_the_page_has_before_where_the_masthead_leads(self, tab):
        tab.keyboard.press("/")

        assert tab.url == f"{HOST}/"
        assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == "Search"

    def test_leave_the_browsers_own_chords_alone(self, tab):
        tab.keyboard.press("Control+b")

        assert chosen(tab) == []

    def test_can_be_listed_and_switched_off_for_good(self, tab):
        tab.keyboard.press("?")
        tab.uncheck("#keys-on")
        tab.keyboard.press("Escape")
        tab.reload()

        tab.keyboard.press("b")

        assert chosen(tab) == []
        tab.click("[data-opens=keys]")
        assert not tab.is_checked("#keys-on")


class TestFonts:
    def test_are_the_packages_own_and_italic_only_when_used(self, tab):
        tab.evaluate("document.fonts.ready")

        states = tab.evaluate("[...document.fonts].map(font => [font.weight, font.style, font.status])")
        assert ["400", "normal", "loaded"] in states
        assert ["400", "italic", "unloaded"] in states
        assert Path(finders.find("fonts/AtkinsonHyperlegible-Regular.ttf") or "").is_file()
