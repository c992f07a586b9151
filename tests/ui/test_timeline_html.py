"""The markup of a picture: what a screen reader is told, unique ids, and nothing that the security policy refuses."""

import re

import pytest
from django.template.loader import render_to_string

from studyapp.ui.timeline import picture
from tests.ui.runs import CARDS, ORDERS, UPLOADS, outcome

KINDS = {
    "lanes": lambda name: picture(outcome(), other=outcome(functions__thumbnails__reserved_concurrency=3), name=name),
    "story": lambda name: picture(outcome(ORDERS), name=name),
    "path": lambda name: picture(outcome(CARDS), other=outcome(CARDS, network__routes__private="none"), name=name),
    "readouts": lambda name: picture(outcome(), other=outcome(functions__thumbnails__architecture="arm64"), name=name),
}


def html(one):
    return render_to_string("components/picture.html", {"picture": one})


@pytest.mark.parametrize("kind", KINDS)
class TestMarkup:
    def test_has_no_inline_style_and_no_script(self, kind):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", html(KINDS[kind]("run")))

    def test_has_ids_of_its_own(self, kind):
        both = html(KINDS[kind]("one")) + html(KINDS[kind]("two"))
        ids = re.findall(r'\sid="([^"]+)"', both)
        assert len(ids) == len(set(ids))

    def test_closes_what_it_opens(self, kind):
        markup = html(KINDS[kind]("run"))
        for tag in ("svg", "g", "title", "div", "table", "details", "ol", "li", "dl"):
            assert len(re.findall(rf"<{tag}[\s>]", markup)) == markup.count(f"</{tag}>"), tag


class TestTimeline:
    def test_is_an_image_with_a_title_and_a_description_in_a_frame_that_takes_the_focus(self):
        markup = html(KINDS["lanes"]("run"))
        assert '<div class="timeline" tabindex="0" role="region" aria-label="Timeline of two runs">' in markup
        assert 'role="img" aria-labelledby="run-title run-desc"' in markup
        assert '<desc id="run-desc">The right answer: ' in markup
        assert 'fill="url(#run-hatch)"' in markup

    def test_writes_numbers_the_same_in_every_language(self, settings):
        settings.USE_THOUSAND_SEPARATOR = True
        settings.LANGUAGE_CODE = "de"
        assert not re.search(r'(x|y|width|height|x1|y1)="[\d.]*,', html(KINDS["lanes"]("run")))

    def test_escapes_names(self):
        one = picture(outcome(), other=outcome(functions__thumbnails__reserved_concurrency=3), label="<b>bold</b>")
        assert "<b>bold</b>" not in html(one)


class TestPath:
    def test_names_the_hop_that_refuses(self):
        markup = html(KINDS["path"]("run"))
        assert 'internet: <span class="refused">✗ not reached</span>' in markup
        assert markup.count("data-refuses") == 1

    def test_says_that_a_request_is_allowed(self):
        assert 'upload: <span class="reached">✓ allowed</span>' in html(picture(outcome(UPLOADS)))


class TestTable:
    def test_is_folded_and_headed(self):
        markup = html(KINDS["lanes"]("run"))
        assert "<summary>The same runs as tables</summary>" in markup
        assert "<caption>Your answer</caption>" in markup
        assert '<th scope="col">' in markup
