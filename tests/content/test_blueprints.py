"""The outline of mock exams: what its file may say, what is loaded, and that the course has the questions for it."""

import pytest
from django.conf import settings

from studyapp.content import files, services
from studyapp.content.models import Blueprint
from studyapp.content.problems import BadContent
from studyapp.content.schema.blueprints import Weights
from studyapp.content.sections import SECTIONS, TITLES
from tests.conftest import NOW
from tests.content.conftest import TODAY

SMALL = """blueprints:
  - id: small
    title: Small
    questions: 10
    minutes: 20
    weights: {overview: 1, configuration: 1, packaging: 1, versions: 1, triggers: 1,
              errors: 1, vpc: 1, concurrency: 1, security: 1, clues: 1}
    sizes: [10, 5]
"""


class TestWeights:
    def test_are_of_the_sections_in_their_order(self):
        assert list(Weights.model_fields) == list(TITLES)


@pytest.mark.django_db
class TestTheCoursesOwn:
    @pytest.fixture
    def own(self) -> Blueprint:
        return Blueprint.objects.current().get()

    def test_is_a_whole_exam_of_65_in_130_minutes(self, own):
        assert (own.questions, own.minutes) == (65, 130)
        assert list(own.by_section) == list(SECTIONS)
        assert sum(own.by_section.values()) == 65

    @pytest.mark.parametrize(("size", "minutes"), [(65, 130), (20, 40), (10, 20), (5, 10)])
    def test_gives_a_shorter_one_its_share_of_the_time(self, own, size, minutes):
        assert size in own.sizes
        assert own.minutes_for(size) == minutes

    def test_is_loaded_as_the_file_says_it(self, own):
        (said,) = files.read(settings.CONTENT, needs_proofs=False).blueprints

        assert (own.slug, own.title, own.sizes) == (said.id, said.title, list(said.sizes))
        assert list(own.by_section.values()) == list(said.weights.model_dump().values())

    def test_is_retired_when_the_files_hold_it_no_longer(self, folder):
        services.load(course=files.read(folder, today=TODAY), now=NOW)

        assert not Blueprint.objects.current().exists()


class TestACourse:
    def test_that_has_too_few_questions_for_its_blueprint_is_refused(self, folder):
        (folder / "blueprints").mkdir()
        (folder / "blueprints/lambda.yaml").write_text(SMALL)

        with pytest.raises(BadContent) as caught:
            files.read(folder, today=TODAY)

        said = {str(problem) for problem in caught.value.problems}
        where = "content/blueprints/lambda.yaml:6: blueprints[0].weights"
        assert f"{where}.overview: is 1, and a mock exam can ask 0 facts of that section" in said
        assert not any(f"{where}.errors" in each for each in said)

    def test_with_a_fault_elsewhere_is_not_said_to_have_too_few(self, folder, edit):
        (folder / "blueprints").mkdir()
        (folder / "blueprints/lambda.yaml").write_text(SMALL)
        edit("facts/lambda/errors.yaml", "name: Retries", "name: 7")

        with pytest.raises(BadContent) as caught:
            files.read(folder, today=TODAY)

        assert len(caught.value.problems) == 1
