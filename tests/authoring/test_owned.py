import pytest

from studyapp.accounts import ownership, services
from studyapp.authoring.models import Draft
from tests.accounts.factories import GuestFactory, InstructorFactory, UserFactory
from tests.authoring.factories import a_draft

pytestmark = pytest.mark.django_db


def test_a_guests_rows_go_on_as_the_persons():
    guest, person = GuestFactory(), UserFactory()
    draft = a_draft(guest)

    ownership.take_over(guest, person)

    assert list(Draft.objects.of(person)) == [draft]


def test_an_export_holds_each_draft_as_its_files_would():
    author = InstructorFactory()
    draft = a_draft(author)
    a_draft(InstructorFactory())

    (told,) = services.export(author)["authoring"]

    assert told["item"] == draft.body["item"]
    assert told["title"] == draft.title


def test_who_leaves_takes_the_name_along_and_leaves_the_drafts():
    author = InstructorFactory()
    draft = a_draft(author)

    services.erase(author)

    draft.refresh_from_db()
    assert draft.author is None
