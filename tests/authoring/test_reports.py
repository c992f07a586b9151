import pytest
from django.urls import reverse

from studyapp.attempts import services
from studyapp.attempts.models import Flaw, Report
from studyapp.content.models import Item
from studyapp.questions.variants import shuffled
from tests.accounts.factories import InstructorFactory, UserFactory
from tests.conftest import NOW
from tests.drills.factories import item_of
from tests.drills.responses import response_of
from tests.reference.test_pages import text_of

pytestmark = pytest.mark.django_db
REPORTS = reverse("authoring:reports")


@pytest.fixture
def teacher(client):
    client.force_login(InstructorFactory())
    return client


def reported(item: Item, *, is_answered: bool = True, **more: object) -> Report:
    revision, seed = item.revision, item.revision.seeds[0]
    variant = revision.variant(seed)
    said = {"flaw": Flaw.UNCLEAR, "words": "Which one?"} | more
    return services.report(
        student=UserFactory(name="Ada Nameless"),
        revision=revision,
        seed=seed,
        order=shuffled(variant, "shown"),
        response=response_of(variant, right=False) if is_answered else None,
        now=NOW,
        **said,
    )


class TestReports:
    def test_show_what_was_seen_and_given_and_never_who_says_so(self, teacher):
        item = Item.objects.get(slug="lambda.vpc.card-processor.fix")
        reported(item)

        shown = text_of(teacher.get(REPORTS))

        assert "It can be read in two ways" in shown
        assert "Which one?" in shown
        assert "✓ right answer" in shown
        assert "given" in shown
        assert item.slug in shown
        assert "Ada" not in shown

    @pytest.mark.parametrize("kind", ["numeric", "matching", "contrast", "ordering", "reveal"])
    @pytest.mark.parametrize("is_answered", [True, False])
    def test_show_questions_of_every_kind(self, teacher, kind, is_answered):
        reported(item_of(kind), is_answered=is_answered)

        assert ("Given:" if is_answered else "Reported before an answer.") in text_of(teacher.get(REPORTS))

    def test_leave_when_they_are_closed(self, teacher):
        report = reported(item_of("numeric"))

        page = text_of(teacher.post(reverse("authoring:close_report", args=[report.pk]), follow=True))

        report.refresh_from_db()
        assert report.closed_at
        assert "Nothing is reported." in page

    def test_are_shown_as_text(self, teacher):
        reported(item_of("numeric"), words="<b>bold</b>")

        assert b"<b>bold</b>" not in teacher.get(REPORTS).content

    def test_cost_the_same_however_many(self, teacher, django_assert_num_queries):
        item = item_of("numeric")
        for number in range(3):
            services.report(
                student=None, revision=item.revision, seed=item.revision.seeds[0], order=[], response=None, flaw=Flaw.KEY,
                words=str(number), now=NOW,
            )  # fmt: skip

        with django_assert_num_queries(4):
            teacher.get(REPORTS)

    def test_are_not_there_for_students(self, client):
        client.force_login(UserFactory())
        report = reported(item_of("numeric"))

        assert client.get(REPORTS).status_code == 404
        assert client.post(reverse("authoring:close_report", args=[report.pk])).status_code == 404
