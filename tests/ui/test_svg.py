"""The shapes of a chart as they stand in its `<svg>`."""

from studyapp.ui import svg
from studyapp.ui.pictures.shapes import Bar, Cross, Label, Sheet

SHEET = Sheet(
    bars=[Bar("init", 1.0, 2, 3.5, 17, 'a "start" <1>', "1 init"), Bar("invoke", 5.0, 2, 3.5, 17, "a run")],
    crosses=[Cross(9.0, 4.5, 2, "2 requests & more", "2 throttled")],
    labels=[Label("tick", 1, 2, "a < b")],
)


def drawn(**about) -> str:
    return str(svg.shapes(SHEET.chart(100, 50), "run", **about))


class TestShapes:
    def test_are_a_line_each_in_the_order_in_which_they_are_painted(self):
        assert [line.split(" ")[0] for line in drawn().splitlines()] == ["<rect", "<rect", "<g", "<text"]

    def test_have_their_texts_escaped(self):
        text = drawn(is_asked=True)
        assert "a &quot;start&quot; &lt;1&gt;" in text
        assert "2 requests &amp; more" in text
        assert ">a &lt; b<" in text

    def test_hatch_a_start(self):
        assert drawn().count('fill="url(#run-hatch)"') == 1

    def test_can_be_asked_about_where_they_have_a_mark(self):
        assert "data-mark" not in drawn()
        assert drawn(is_asked=True).count(" data-mark=") == 2

    def test_point_at_the_current_one_alone(self):
        assert "aria-current" not in drawn()
        assert 'class="refused" aria-current="true"' in drawn(current="2 throttled")
        assert drawn(current="2 throttled").count("aria-current") == 1
