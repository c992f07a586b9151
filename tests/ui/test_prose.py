from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.ui.prose import blocks, line, stem

FACTS = {
    "lambda.concurrency.rate": {"text": "1,000 per 10 s", "url": "/reference/lambda.concurrency.rate/"},
    "lambda.vpc.internet": SimpleNamespace(text="no", url=""),
}


class TestLine:
    def test_has_emphasis_and_no_paragraph(self):
        assert line("Each runs for **3 s** in `/tmp`.") == "Each runs for <strong>3 s</strong> in <code>/tmp</code>."

    def test_links_a_fact_to_its_source(self):
        assert line("at most {{ lambda.concurrency.rate }};", FACTS) == (
            'at most <a class="fact" href="/reference/lambda.concurrency.rate/">'
            '<data value="lambda.concurrency.rate">1,000 per 10 s</data></a>;'
        )

    def test_highlights_no_number_that_leads_nowhere(self):
        assert "fact" not in line("It is {{lambda.vpc.internet}}.", FACTS)

    def test_says_the_name_of_a_fact_that_it_does_not_know(self):
        assert line("{{ lambda.vpc.hyperplane-eni }}") == "hyperplane eni"

    def test_leaves_a_reference_in_code_alone(self):
        assert line("`{{ lambda.concurrency.rate }}`", FACTS) == "<code>{{ lambda.concurrency.rate }}</code>"

    def test_escapes_what_a_fact_says(self):
        facts = {"a.b": {"text": "<b>", "url": 'x" onclick="y'}}

        assert "<b>" not in line("{{ a.b }}", facts)
        assert '" onclick' not in line("{{ a.b }}", facts)


class TestBlocks:
    def test_are_paragraphs_and_lists(self):
        assert blocks("One.\n\n* two\n* three") == "<p>One.</p>\n<ul>\n<li>two</li>\n<li>three</li>\n</ul>\n"

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[a](javascript:alert(1))",
            "![a](https://elsewhere.example/a.png)",
            "# A heading",
            "<div\nstyle='color:red'>",
        ],
    )
    def test_let_through_no_html_script_picture_or_heading(self, text):
        html = blocks(text)

        assert not any(part in html for part in ("<script", "<img", 'href="javascript', "<h1", "<div"))

    @given(st.text(alphabet="<>&\"'{}[]()!#*`\\ \nab.-", max_size=60))
    def test_make_no_tag_that_markdown_does_not_make(self, text):
        html = blocks(text, FACTS)

        for tag in ("p", "strong", "em", "code", "pre", "ul", "ol", "li", "a", "blockquote", "br", "hr"):
            html = html.replace(f"</{tag}>", "").replace(f"<{tag}>", "").replace(f"<{tag} ", "")
        assert "<" not in html


class TestStem:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("1,500 requests run for 3 s each.", "<b>1,500</b> requests run for <b>3 s</b> each."),
            ("The account allows 3,000.", "The account allows <b>3,000</b>."),
            ("Memory is 1,769 MB at 50 %.", "Memory is <b>1,769 MB</b> at <b>50 %</b>."),
            ("S3, EC2, x86_64 and IPv6 hold no amounts.", "S3, EC2, x86_64 and IPv6 hold no amounts."),
            (
                "A `python3.13` function and `0.5` stay code.",
                "A <code>python3.13</code> function and <code>0.5</code> stay code.",
            ),
            (
                "`cron(0 4 * * ? *)` fires 5, then 12 times in 6 h.",
                "<code>cron(0 4 * * ? *)</code> fires <b>5</b>, then <b>12</b> times in <b>6 h</b>.",
            ),
            ("It ends at 09:00 on 2026-11-23.", "It ends at 09:00 on 2026-11-23."),
        ],
    )
    def test_sets_amounts_in_bold(self, text, html):
        assert stem(text).replace("strong>", "b>") == html
