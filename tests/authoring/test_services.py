from datetime import timedelta

import pytest

from studyapp.authoring import checking, course, services
from studyapp.authoring.models import Draft
from studyapp.questions.lint import RULES
from studyapp.simulator.errors import ClaimError, ScenarioError
from tests.accounts.factories import InstructorFactory
from tests.authoring.factories import ADDRESS, SCENARIO, a_draft, made_from
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


class TestDraftFrom:
    def test_keeps_the_question_its_proof_and_what_the_linter_finds(self):
        author = InstructorFactory()

        draft = made_from(author)

        assert Draft.objects.get() == draft
        assert (draft.author, draft.from_address, draft.made_at, draft.updated_at) == (author, ADDRESS, NOW, NOW)
        assert draft.body["item"]["asks"] == "last_attempt_start"
        assert draft.body["item"]["scenario"] == draft.body["scenario"]["id"]
        assert draft.slug.startswith("lambda.errors.")
        assert draft.slug.endswith(".predict")
        assert len(draft.proof["seeds"]) == 4
        assert draft.state == "proved, 4 variants"
        assert all(finding["rule"] in RULES for finding in draft.findings)

    def test_asks_for_the_metric_that_is_named(self):
        assert made_from(InstructorFactory(), asks="attempts").body["item"]["asks"] == "attempts"

    def test_gives_two_drafts_of_one_run_ids_of_their_own(self):
        author = InstructorFactory()

        first, second = made_from(author), made_from(author, now=NOW + timedelta(seconds=1))

        assert first.slug != second.slug
        assert first.body["scenario"]["id"] != second.body["scenario"]["id"]

    def test_keeps_the_seed_and_the_rules_that_it_leaves_out(self):
        draft = made_from(InstructorFactory(), seed=7, left_out=("async_retries_default",))

        assert draft.body["scenario"]["seed"] == 7
        assert draft.body["left_out"] == ["async_retries_default"]

    @pytest.mark.parametrize("title", ["???", "Ein ganz langer Titel, " * 8, "under_score"])
    def test_finds_an_id_whatever_the_title(self, title):
        assert made_from(InstructorFactory(), title=title[:200]).body["item"]["id"]

    def test_keeps_why_an_item_is_refused(self, monkeypatch):
        body = {
            "functions": {"f": {"duration": {"exp": "1 s"}, "timeout": "60 s"}},
            "sources": {"s": {"arrivals": {"even": "3 per 1 s", "for": "10 s"}}},
        }

        draft = made_from(InstructorFactory(), body=body, asks="duration_max")

        assert "depends on chance" in draft.proof["refused"][0]
        assert draft.state == "refused"
        assert [finding["rule"] for finding in draft.findings if finding["level"] == "E"] == ["unproved"]

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"facts": ()}, services.NoDraft),
            ({"facts": ("lambda.errors.of-another-course",)}, services.NoDraft),
            ({"asks": "happiness"}, ClaimError),
            ({"body": {"functions": {"f": {"memory": "1 MB"}}}}, ScenarioError),
        ],
    )
    def test_makes_nothing_of_nothing(self, given, error):
        with pytest.raises(error):
            made_from(InstructorFactory(), **given)
        assert not Draft.objects.exists()


class TestTime:
    def test_ends_what_takes_too_long_to_build(self, monkeypatch):
        monkeypatch.setattr(checking, "LONGEST_S", -1.0)

        with pytest.raises(services.TooSlow):
            made_from(InstructorFactory())

    def test_is_said_where_the_proof_takes_too_long(self, monkeypatch):
        draft = a_draft(InstructorFactory())
        monkeypatch.setattr(checking, "LONGEST_S", -1.0)

        services.rewrite(draft=draft, stem=draft.body["item"]["stem"], whys={}, now=NOW)

        assert "was given up" in draft.proof["stopped"]
        assert draft.state == "no proof in time"


class TestRewrite:
    def test_proves_and_lints_the_new_words(self):
        draft = a_draft(InstructorFactory())
        stem = f"{draft.body['item']['stem']} Choose two."
        later = NOW + timedelta(hours=1)

        services.rewrite(draft=draft, stem=stem, whys={"key": "So it is."}, now=later)

        draft.refresh_from_db()
        assert draft.body["item"]["stem"] == stem
        assert draft.body["item"]["why"]["key"] == "So it is."
        assert (draft.made_at, draft.updated_at) == (NOW, later)
        assert [each["rule"] for each in draft.findings if each["level"] == "E"] == ["choose-two"]

    def test_is_refused_where_the_stem_tells_too_little(self):
        draft = a_draft(InstructorFactory())

        services.rewrite(draft=draft, stem="How long after the start does the last run begin?", whys={}, now=NOW)

        assert any("is not in the stem" in problem for problem in draft.proof["refused"])


class TestTheCourse:
    def test_is_read_once_until_a_file_changes(self, settings, tmp_path):
        settings.CONTENT = tmp_path
        first = course.course()

        assert course.course() is first
        (tmp_path / "glossary.yaml").write_text("terms: []\n")
        with pytest.raises(course.CourseUnreadable, match="cannot be read"):
            course.course()

    def test_knows_the_scenario(self):
        assert SCENARIO in course.course().scenarios
