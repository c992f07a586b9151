"""What the exam answers otherwise, and what moved from DVA-C02 to DVA-C03, in the real course."""

import pytest
from django.conf import settings

from studyapp.content import files, services
from studyapp.content.models import Move
from studyapp.questions.proof import prove
from tests.conftest import NOW
from tests.content.conftest import TODAY

GUIDE = "2023-02"
"""The month in which DVA-C02 began."""


@pytest.fixture(scope="module")
def real():
    return files.read(settings.CONTENT, needs_proofs=False)


class TestWhatTheExamAnswers:
    def test_is_asked_for_beside_what_is_so_now(self, real):
        items = {item.id: item for item in real.items}
        pairs = [fact for fact in real.facts.values() if fact.exam and fact.exam.answer]

        assert len(pairs) >= 7
        for fact in pairs:
            now, exam = items[f"{fact.id}.recall"], items[f"{fact.id}.recall-exam"]
            assert (now.view, exam.view) == ("now", "exam")
            assert now.other_key == exam.options[0].text == fact.exam.answer
            assert exam.other_key == now.options[0].text
            assert prove(exam, real.world).seeds

    def test_is_older_than_what_aws_changed(self, real):
        """Whoever still expects the older view was there before; a pair without a month says so nowhere."""
        changed = [
            fact.exam.changed for fact in real.facts.values() if fact.exam and fact.exam.answer and fact.exam.changed
        ]

        assert len(changed) >= 5
        assert min(changed) > GUIDE

    def test_has_a_month_where_what_was_has_one(self, real):
        for fact in real.facts.values():
            if fact.exam and fact.exam.answer and fact.was:
                assert fact.exam.changed == fact.was[0].until, fact.id

    def test_differs_for_some_and_not_for_most(self, real):
        words = [fact for fact in real.facts.values() if fact.exam and not fact.exam.answer]

        assert len(words) > 50


class TestMoves:
    def test_of_the_course_name_each_kind_and_a_source(self, real):
        assert {move.kind for move in real.moves} == {"date", "weight", "moved", "added", "removed", "aws"}
        assert all(move.source.url.startswith("https://docs.aws.amazon.com/") for move in real.moves)

    def test_weights_make_a_whole_on_both_sides(self, real):
        weights = [move for move in real.moves if move.kind == "weight"]

        assert len(weights) == 4
        for side in ("before", "after"):
            assert sum(int(getattr(move, side).split(", ")[1].removesuffix(" %")) for move in weights) == 100

    @pytest.mark.django_db
    def test_are_loaded_with_the_sections_that_they_bear_on(self):
        tuning = Move.objects.get(slug="lambda-tuning")

        assert tuning.sections == [1, 2, 8]
        assert (tuning.kind, tuning.retired_at) == ("moved", None)

    @pytest.mark.django_db
    def test_are_retired_when_the_files_hold_them_no_longer(self, folder):
        services.load(course=files.read(folder, today=TODAY), now=NOW)

        assert set(Move.objects.values_list("retired_at", flat=True)) == {NOW}
