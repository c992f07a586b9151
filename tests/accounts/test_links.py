"""Pages of links that work once: another device, a sign-in link, an invitation."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from studyapp.accounts import tickets
from studyapp.accounts.models import Role, Ticket, TicketKind, User
from tests.accounts.factories import PASSWORD, GuestFactory, OwnerFactory, UserFactory

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def link(kind=TicketKind.DEVICE, user=None, ago=timedelta()):
    """The path of a ticket that was made `ago`."""
    return f"/t/{tickets.issue(kind=kind, user=user or UserFactory(name='Ada'), now=timezone.now() - ago)}/"


class TestDevice:
    def test_shows_a_code_and_a_link_that_sign_in_elsewhere(self, browser):
        here, there = browser("student"), browser("anonymous")

        page = text(here.post("/device/"))
        path = re.search(r"http://testserver(/t/[^/]+/)", page)[1]

        assert "<svg" in page
        assert "style=" not in page
        assert there.post(path).status_code == 302
        assert there.get("/password/").status_code == 200

    def test_links_to_the_public_address(self, browser, settings):
        settings.PUBLIC_URL = "https://study.example.org"

        assert "https://study.example.org/t/" in text(browser("guest").post("/device/"))

    @pytest.mark.parametrize(
        ("host", "warns"),
        [("127.0.0.1:8000", True), ("localhost:8000", True), ("192.168.1.7:8000", False), ("[::1]", True)],
    )
    def test_says_when_no_other_device_can_reach_it(self, browser, host, warns):
        page = text(browser("guest").get("/device/", headers={"Host": host}))

        assert ("which only this computer can reach" in page) is warns


class TestTicketPage:
    @pytest.mark.parametrize("kind", ["anonymous", "guest", "student", "instructor", "owner"])
    def test_says_who_and_uses_nothing_up(self, browser, kind):
        path, client = link(), browser(kind)

        for _ in range(2):
            assert "Continue as Ada" in text(client.get(path))

        assert Ticket.objects.get().used_at is None

    @pytest.mark.parametrize("kind", ["anonymous", "guest", "student"])
    def test_signs_in_whoever_presses_the_button(self, browser, kind):
        person = UserFactory(name="Ada")
        path, client = link(user=person), browser(kind)

        assert client.post(path)["Location"] == "/"
        assert client.session["_auth_user_id"] == str(person.pk)
        assert not User.objects.guests().exists()

    def test_lets_a_guest_go_on_elsewhere(self, browser):
        guest, client = GuestFactory(), browser("anonymous")
        path = link(user=guest)

        assert "Continue where you left off" in text(client.get(path))
        client.post(path)
        assert client.session["_auth_user_id"] == str(guest.pk)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_says_what_to_do_when_it_was_used(self, browser, method):
        path = link()
        browser("anonymous").post(path)

        response = getattr(browser("anonymous"), method)(path)

        assert response.status_code == 410
        assert "This link has been used" in text(response)

    def test_says_what_to_do_when_it_is_too_old(self, browser):
        response = browser("anonymous").post(link(ago=timedelta(minutes=10)))

        assert response.status_code == 410
        assert "This link is too old" in text(response)

    @pytest.mark.parametrize("token", ["x", "ünicode", "a" * 3000])
    def test_says_what_to_do_when_nobody_made_it(self, browser, token):
        response = browser("anonymous").get(f"/t/{token}/")

        assert response.status_code == 404
        assert "This link is not known" in text(response)


class TestSignInLink:
    def test_asks_for_a_new_password_without_the_old_one(self, browser):
        client = browser("anonymous")

        response = client.post(link(TicketKind.SIGN_IN))
        assert response["Location"] == "/password/"
        assert "Password until now" not in text(client.get("/password/"))
        client.post("/password/", {"password": "new brown otters"})

        assert User.objects.get().check_password("new brown otters")
        assert "Password until now" in text(client.get("/password/"))


class TestPeople:
    def test_shows_a_new_invitation_once(self, browser):
        client = browser("owner")

        made = text(client.post("/people/"))

        assert re.search(r"http://testserver/t/[\w-]+/", made)
        assert "/t/" not in text(client.get("/people/"))
        assert "Not taken up yet" in text(client.get("/people/"))

    def test_withdraws_an_invitation(self, browser):
        client = browser("owner")
        path = link(TicketKind.INVITE, client.user)

        client.post(f"/people/invitations/{Ticket.objects.get().pk}/withdraw/")

        assert browser("anonymous").get(path).status_code == 404

    @pytest.mark.parametrize("kind", ["anonymous", "guest", "student", "instructor"])
    def test_are_the_owners_business(self, browser, kind):
        link(TicketKind.INVITE, OwnerFactory())
        client, withdraw = browser(kind), f"/people/invitations/{Ticket.objects.get().pk}/withdraw/"

        assert {client.post("/people/").status_code, client.post(withdraw).status_code} <= {302, 404}
        assert Ticket.objects.count() == 1

    def test_withdraws_nothing_but_open_invitations(self, browser):
        client = browser("owner")
        link(TicketKind.DEVICE)

        assert client.post(f"/people/invitations/{Ticket.objects.get().pk}/withdraw/").status_code == 404

    def test_cost_the_same_for_many(self, browser, django_assert_num_queries):
        client = browser("owner")
        for _ in range(5):
            link(TicketKind.INVITE, OwnerFactory())

        with django_assert_num_queries(4):
            client.get("/people/")


class TestInvitation:
    @pytest.fixture
    def path(self):
        return link(TicketKind.INVITE, OwnerFactory(name="Olga"))

    def newcomer(self, **changes):
        return {"name": "Ines", "password": PASSWORD, **changes}

    @pytest.mark.parametrize("kind", ["anonymous", "guest"])
    def test_makes_a_newcomer_an_instructor(self, browser, kind, path):
        client = browser(kind)

        assert "Olga invites you to teach" in text(client.get(path))
        response = client.post(path, self.newcomer())

        assert response["Location"].startswith("/recovery-code/")
        assert User.objects.named("Ines").get().role == Role.INSTRUCTOR
        assert not User.objects.guests().exists()
        assert client.post(path, self.newcomer()).status_code == 410

    def test_makes_a_student_an_instructor(self, browser, path):
        client = browser("student")

        assert f"Teach as {client.user.name}" in text(client.get(path))
        client.post(path)

        client.user.refresh_from_db()
        assert client.user.role == Role.INSTRUCTOR

    @pytest.mark.parametrize("kind", ["instructor", "owner"])
    def test_is_left_for_somebody_else_by_those_who_teach(self, browser, kind, path):
        assert "still good for somebody else" in text(browser(kind).get(path))

    @pytest.mark.parametrize("changes", [{"name": "Olga"}, {"name": ""}, {"password": "short"}])
    def test_is_not_used_up_by_a_mistake(self, browser, changes, path):
        client = browser("anonymous")

        assert client.post(path, self.newcomer(**changes)).status_code == 422
        assert client.post(path, self.newcomer()).status_code == 302

    def test_lets_somebody_with_a_name_sign_in_first(self, browser, path):
        UserFactory(name="Ada")
        client = browser("anonymous")

        assert f"/sign-in/?next={path.replace('/', '%2F')}" in text(client.get(path))
        response = client.post("/sign-in/", {"typed": "Ada", "password": PASSWORD, "next": path})
        assert response["Location"] == path
