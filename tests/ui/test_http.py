import pytest
from django.template import TemplateDoesNotExist
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from studyapp.ui.http import HtmxRequest, render

PAGE = "ui_tests/two_parts.html"


def request(**headers: str) -> HtmxRequest:
    made = RequestFactory().get("/", headers=headers)
    made.htmx = HtmxDetails(made)
    return made


@pytest.mark.usefixtures("ui_templates")
class TestRender:
    def test_gives_htmx_the_part_alone(self):
        response = render(request(hx_request="true"), PAGE, "told", {"word": "now"})

        assert response.content.decode() == '<div class="work"><h1>Told now</h1></div>'

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"hx_request": "true", "hx_boosted": "true"},
            {"hx_request": "true", "hx_history_restore_request": "true"},
        ],
    )
    def test_gives_everyone_else_the_page_that_shows_that_part(self, headers):
        html = render(request(**headers), PAGE, "told", {"word": "now"}).content.decode()

        assert html.startswith("<!doctype html>")
        assert html.index("<main") < html.index("<h1>Told now</h1>") < html.index("</main>")
        assert "Ask now" not in html

    def test_keeps_caches_from_mixing_the_two(self):
        assert render(request(), PAGE, "ask")["Vary"] == "HX-Request"

    def test_carries_the_status(self):
        assert render(request(), PAGE, "ask", status=422).status_code == 422

    def test_refuses_a_part_that_the_page_does_not_define(self):
        with pytest.raises(TemplateDoesNotExist):
            render(request(hx_request="true"), PAGE, "elsewhere")
