"""What every page has, and what it weighs."""

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

from studyapp.ui.places import Place, places
from tests.ui.conftest import Page

STATIC = Path(settings.ROOT, "static")
TEMPLATES = Path(settings.ROOT, "templates")
BASE = TEMPLATES / "base.html"
ASKING = sorted(path for path in TEMPLATES.rglob("*.html") if path != BASE and "{% static 'css/" in path.read_text())
"""Pages that ask for sheets of their own."""
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]
GUEST = SimpleNamespace(is_authenticated=True, is_guest=True, name=None)
ADA = SimpleNamespace(is_authenticated=True, is_guest=False, name="Ada")


def page(user: object = None, theme: str = "", template: str = "404.html") -> Page:
    request = RequestFactory().get("/")
    request.user, request.resolver_match = user, None
    if theme:
        request.COOKIES["theme"] = theme
    return Page(render_to_string(template, request=request))


def weight(*paths: str | Path) -> int:
    return sum(len(gzip.compress(Path(path).read_bytes())) for path in paths)


def asked(template: Path, kind: str) -> list[Path]:
    """The files of `kind`, css or js, that a template asks for by itself."""
    return [STATIC / name for name in re.findall(rf"static '({kind}/[\w.]+)'", template.read_text())]


def found(path: str) -> Path:
    file = finders.find(path)
    assert file, f"{path} is not a static file"
    return Path(file)


class TestBase:
    def test_leads_past_the_masthead(self):
        made = page()

        assert made.one("a", class_="skip")["href"] == "#main"
        assert made.one("main")["id"] == "main"

    def test_tells_htmx_to_keep_to_the_policy(self):
        config = json.loads(page().one("meta", name="htmx-config")["content"])

        assert config["includeIndicatorStyles"] is False
        assert config["allowEval"] is False
        assert config["selfRequestsOnly"] is True
        assert config["historyCacheSize"] == 0

    @pytest.mark.parametrize(
        ("status", "target"),
        [("200", None), ("303", None), ("422", None), ("404", "#main"), ("403", "#main"), ("500", "#main")],
    )
    def test_swaps_answers_and_refusals_in_place_and_shows_failures_as_a_page(self, status, target):
        rules = json.loads(page().one("meta", name="htmx-config")["content"])["responseHandling"]
        rule = next(rule for rule in rules if re.search(rule["code"], status))

        assert rule["swap"] is True
        assert rule.get("target") == target

    @pytest.mark.parametrize("template", ERROR_PAGES)
    def test_has_no_inline_style_script_or_handler(self, template):
        made = page(template=template)

        assert all(script.get("src") and not script.text.strip() for script in made.all("script"))
        assert made.all("style") == []
        assert not [
            name for element in made.elements for name in element.attributes if name == "style" or name.startswith("on")
        ]

    @pytest.mark.parametrize("template", ERROR_PAGES)
    def test_draws_an_error_page_without_a_request(self, template):
        assert len(Page(render_to_string(template)).all("h1")) == 1

    def test_names_only_static_files_that_exist(self):
        for element in page().all("link") + page().all("script"):
            found((element.get("href") or element["src"]).removeprefix("/static/"))

    def test_follows_the_system_unless_told_otherwise(self):
        assert page().one("html").get("data-theme") is None
        assert page(theme="dark").one("html")["data-theme"] == "dark"
        assert page(theme='"><script>').one("html").get("data-theme") is None

    def test_names_a_person_and_offers_a_guest_a_fresh_start(self):
        assert "Start fresh" in page(GUEST).html
        assert "You are Ada" in page(ADA).html
        assert "Start fresh" not in page(ADA).html
        assert "Sign in" in page(SimpleNamespace(is_authenticated=False)).html


class TestPlaces:
    def test_mark_the_room_that_the_request_is_in(self):
        request = RequestFactory().get("/reference/1/")
        request.resolver_match = SimpleNamespace(namespace="reference", view_name="reference:section")

        assert places(request) == (
            Place("Today", "/", is_current=False),
            Place("Drill", "/drills/", is_current=False),
            Place("Reference", "/reference/", is_current=True),
        )

    def test_mark_today_on_its_own_page_alone(self):
        request = RequestFactory().get("/settings/")
        request.resolver_match = SimpleNamespace(namespace="home", view_name="home:settings")

        assert not any(place.is_current for place in places(request))


EVERYWHERE = ("tokens", "base", "layout", "components")


class TestWeight:
    def test_of_the_sheets_of_every_page_stays_under_8_kb(self):
        assert weight(*(STATIC / "css" / f"{name}.css" for name in EVERYWHERE)) <= 8 * 1024

    @pytest.mark.parametrize("template", ASKING, ids=lambda path: path.stem)
    def test_of_the_sheets_of_any_page_stays_under_14_kb(self, template):
        """A room has its own sheets; no page asks for all."""
        assert weight(*asked(BASE, "css"), *asked(template, "css")) <= 14 * 1024

    @pytest.mark.parametrize("template", ASKING, ids=lambda path: path.stem)
    def test_of_a_first_visit_stays_under_110_kb_with_the_fonts(self, template):
        """Whichever page is the first; 10 KB are left for the page itself. The browser fetches the italic only where a page has
        any. Gzip, though most browsers take brotli, which is smaller."""
        fonts = [found(f"fonts/AtkinsonHyperlegible-{weight}.ttf") for weight in ("Regular", "Bold")]
        files = [file for page in (BASE, template) for kind in ("css", "js") for file in asked(page, kind)]

        assert weight(*files, *fonts, found("django_htmx/htmx-2.min.js"), found("icon.svg")) <= 100 * 1024

    @pytest.mark.parametrize("script", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
    def test_of_a_script_is_under_100_lines(self, script):
        assert len(script.read_text().splitlines()) < 100


class TestStyleSheets:
    @pytest.mark.parametrize("sheet", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
    def test_take_colours_from_the_tokens(self, sheet):
        if sheet.name != "tokens.css":
            assert re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|rgba?\(|hsla?\(", sheet.read_text()) == []

    @pytest.mark.parametrize("sheet", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
    def test_ask_no_other_host(self, sheet):
        assert "//" not in sheet.read_text().replace("/*", "").replace("*/", "")


class TestTokens:
    """A part that is included with `only` has no token of its own; a test client would not notice, a browser is refused."""

    SENDING = sorted(path for path in TEMPLATES.rglob("*.html") if "{% csrf_token %}" in path.read_text())

    @pytest.mark.parametrize("part", SENDING, ids=lambda path: path.stem)
    def test_are_handed_to_parts_that_send(self, part):
        name = re.escape(str(part.relative_to(TEMPLATES)))
        pages = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))

        included = re.findall(rf'{{% include "{name}"[^%]* only %}}', pages)

        assert all("csrf_token=csrf_token" in each for each in included)
