"""Decisions on access as ladders."""

import pytest

from studyapp.ui.pictures import decisions
from studyapp.ui.pictures.charts import Setting
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, drawing, is_within, texts
from tests.ui.runs import ORDERS, UPLOADS, outcome

LOCKS = "lambda.security.two-locks"
COURSE = [
    LOCKS,
    "lambda.security.lent-secret",
    "lambda.security.open-side-door",
    "lambda.security.broad-role",
    "lambda.security.refused-attachment",
    "lambda.security.locked-key",
    "lambda.security.public-form",
]


def states(drawn, request):
    return [(step, answer) for who, _, step, answer, _ in drawn.twin.rows if who == request]


class TestALadder:
    def test_has_a_rung_for_each_step(self):
        run = outcome(UPLOADS)
        drawn = drawing(decisions.picture_of, run)
        assert [bar.mark for bar in drawn.chart.bars] == [f"hop-1-{n}" for n in range(1, len(run.paths[0].hops) + 1)]

    def test_names_the_statement_that_decides(self):
        drawn = drawing(decisions.picture_of, outcome(UPLOADS))
        assert texts(drawn, "verdict") == ["✓ allowed by bucket"]
        assert [says.partition(":")[0] for says in bars(drawn, "hop-decides")] == ["Policy of resize"]

    def test_tells_a_policy_that_says_nothing_from_one_that_allows(self):
        drawn = drawing(decisions.picture_of, golden.course(LOCKS))
        assert states(drawn, "pupil-fees") == [
            ("Explicit denies", "✓ passes"),
            ("Policies of user pupil", "– says nothing"),
            ("Policy of fees", "✓ decides"),
            ("Same account", "✓ passes"),
            ("Verdict", ""),
        ]

    def test_ends_in_a_double_line_and_leaves_the_rest_unasked(self):
        drawn = drawing(decisions.picture_of, golden.course(LOCKS))
        assert states(drawn, "teacher-fees") == [
            ("Explicit denies", "✗ refuses"),
            ("What follows", "not asked"),
            ("Verdict", ""),
        ]
        assert sum(line.look == "double" for line in drawn.chart.lines) == 4  # teacher-fees and pupil-grades
        assert "✗ denied by hands-off" in texts(drawn, "verdict")

    def test_names_what_nobody_allows(self):
        verdicts = texts(drawing(decisions.picture_of, golden.course(LOCKS)), "verdict")
        assert "✗ denied, as no statement allows lambda:InvokeFunction" in verdicts

    def test_says_what_a_caller_of_a_url_sees(self):
        drawn = drawing(decisions.picture_of, golden.course("lambda.security.partner-url"))
        assert any("the caller sees 403" in verdict for verdict in texts(drawn, "verdict"))

    def test_is_none_without_requests(self):
        assert decisions.picture_of([outcome(ORDERS)], [""], Setting(720)) is None


def test_two_runs_show_only_the_requests_that_tell_them_apart():
    here = outcome(UPLOADS)
    there = outcome(UPLOADS, access__resources__resize__policy=[])
    drawn = drawing(decisions.picture_of, here, there)
    assert texts(drawn, "heading") == ["Here: upload", "There: upload"]
    assert drawn.note == "upload: Here: allowed, There: denied, Policy of resize refuses."


@pytest.mark.parametrize("name", COURSE)
def test_every_decision_of_the_course_lies_on_the_sheet(name):
    drawn = drawing(decisions.picture_of, golden.course(name))
    assert is_within(drawn)
    assert all(len(row) == len(drawn.twin.head) for row in drawn.twin.rows)


def test_is_drawn_as_it_was():
    golden.matches("decisions", as_picture("decision", drawing(decisions.picture_of, golden.course(LOCKS))))
