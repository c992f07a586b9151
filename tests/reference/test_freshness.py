"""The page for those who teach: which facts somebody should look up again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from studyapp.accounts.models import Role
from studyapp.content.models import Fact
from tests.accounts.factories import GuestFactory, UserFactory
from tests.reference.factories import FactFactory, fact_body
from tests.reference.test_pages import SIGNED_IN, text_of

pytestmark = pytest.mark.django_db
URL = reverse("reference:freshness")


def due_in(days, **given):
    day = timezone.localdate() + timedelta(days=days)
    return FactFactory(body=fact_body("A", "B", source={"due": day.isoformat()}), **given)


@pytest.fixture
def teacher(client):
    client.force_login(UserFactory(role=Role.INSTRUCTOR))
    return client


@pytest.fixture
def quiet():
    """No fact of the course is due within the month."""
    far = timezone.localdate() + timedelta(days=90)
    Fact.objects.update(body=fact_body("A", "B", source={"due": far.isoformat()}))


class TestWhoMaySeeIt:
    @pytest.mark.parametrize(("role", "status"), [(Role.STUDENT, 404), (Role.INSTRUCTOR, 200), (Role.OWNER, 200)])
    def test_are_those_who_teach(self, client, role, status):
        client.force_login(UserFactory(role=role))

        assert client.get(URL).status_code == status

    def test_is_asked_to_sign_in_otherwise(self, client):
        assert client.get(URL).url.startswith(f"{reverse('accounts:sign_in')}?next=")
        client.force_login(GuestFactory())
        assert client.get(URL).status_code == 302

    def test_find_it_at_the_foot_of_every_page_and_in_the_settings(self, teacher, client):
        for page in (reverse("reference:index"), reverse("home:settings")):
            assert URL in teacher.get(page).content.decode()
        client.force_login(UserFactory())
        for page in (reverse("reference:index"), reverse("home:settings")):
            assert URL not in client.get(page).content.decode()


class TestThePage:
    def test_costs_one_query(self, teacher, django_assert_num_queries):
        with django_assert_num_queries(SIGNED_IN + 1):
            teacher.get(URL)

    def test_lists_what_is_past_its_day_and_what_soon_will_be(self, teacher, quiet):
        over, soon, later = due_in(-1, name="Over"), due_in(30, name="Soon"), due_in(31, name="Later")

        shown, html = text_of(teacher.get(URL)), teacher.get(URL).content.decode()

        assert f"1 of {Fact.objects.current().count()} facts are past their day, 1 more come within 30 days." in shown
        assert shown.index("Over") < shown.index("Soon")
        assert later.name not in shown
        for fact in (over, soon):
            assert reverse("reference:fact", args=[fact.slug]) in html
        assert over.source_url in html

    def test_says_that_nothing_is_due_and_when_the_first_will_be(self, teacher, quiet):
        shown = text_of(teacher.get(URL))

        assert "facts is due within 30 days." in shown
        assert f"The first is due on {timezone.localdate() + timedelta(days=90)} ." in shown

    def test_forgets_what_is_retired(self, teacher, quiet):
        due_in(-1, retired_at=timezone.now())

        assert "facts is due within 30 days." in text_of(teacher.get(URL))
