"""The pages for coming in: who sees which, what they refuse, and what the browser holds afterwards."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.accounts import limits, services
from studyapp.accounts.models import RecoveryCode, Role, User
from tests.accounts.factories import NOW, PASSWORD, GuestFactory, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN, SIGN_UP, RECOVER = "/sign-in/", "/sign-up/", "/recover/"


def text(response) -> str:
    return response.content.decode()


def credentials(**changes):
    return {"typed": "Ada", "password": PASSWORD, **changes}


def applicant(**changes):
    return {"name": "Ada", "password": PASSWORD, **changes}


class TestWhoSeesWhat:
    """200 a page, 302 to sign-in or onwards, 404 no such page, 405 not by this method."""

    PAGES = {
        "sign_up": {"anonymous": 200, "guest": 200, "student": 302, "instructor": 302, "owner": 302},
        "sign_in": {"anonymous": 200, "guest": 200, "student": 200, "instructor": 200, "owner": 200},
        "recover": {"anonymous": 200, "guest": 200, "student": 200, "instructor": 200, "owner": 200},
        "recovery": {"anonymous": 302, "guest": 302, "student": 302, "instructor": 302, "owner": 302},
        "new_code": {"anonymous": 302, "guest": 302, "student": 200, "instructor": 200, "owner": 200},
        "password": {"anonymous": 302, "guest": 302, "student": 200, "instructor": 200, "owner": 200},
        "device": {"anonymous": 302, "guest": 200, "student": 200, "instructor": 200, "owner": 200},
        "people": {"anonymous": 302, "guest": 302, "student": 404, "instructor": 404, "owner": 200},
        "sign_out": {"anonymous": 405, "guest": 405, "student": 405, "instructor": 405, "owner": 405},
        "fresh": {"anonymous": 405, "guest": 405, "student": 405, "instructor": 405, "owner": 405},
    }

    @pytest.mark.parametrize(
        ("page", "kind", "status"),
        [(page, kind, status) for page, row in PAGES.items() for kind, status in row.items()],
    )
    def test_is_held_for_everybody(self, browser, page, kind, status, django_assert_max_num_queries):
        client = browser(kind)

        with django_assert_max_num_queries(4):
            response = client.get(reverse(f"accounts:{page}"))

        assert response.status_code == status

    @pytest.mark.parametrize("page", [page for page in PAGES if page not in ("sign_out", "fresh")])
    def test_changes_nothing_by_looking(self, browser, page, django_assert_num_queries):
        client = browser("owner")

        with django_assert_num_queries(2 if page != "people" else 4) as queries:
            client.get(reverse(f"accounts:{page}"))

        assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)

    def test_sends_a_stranger_back_to_the_page_they_wanted(self, browser):
        assert browser("anonymous").get("/device/")["Location"] == "/sign-in/?next=%2Fdevice%2F"

    def test_sends_a_part_of_a_page_to_sign_in_as_a_whole(self, browser):
        headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/device/?x=1"}
        response = browser("anonymous").get("/device/", headers=headers)

        assert response["HX-Redirect"] == "/sign-in/?next=%2Fdevice%2F%3Fx%3D1"

    @pytest.mark.parametrize("where", ["http://[bad", "nonsense", "http://testserver/" + "x" * 20_000])
    def test_sends_a_part_to_sign_in_alone_if_the_page_cannot_be_told(self, browser, where):
        headers = {"HX-Request": "true", "HX-Current-URL": where}

        assert browser("anonymous").get("/device/", headers=headers)["HX-Redirect"] == "/sign-in/"

    @pytest.mark.parametrize("page", ["recovery", "new_code", "password", "device", "people", "sign_in", "sign_up"])
    def test_is_kept_by_no_cache(self, browser, page):
        assert "no-store" in browser("owner").get(reverse(f"accounts:{page}"))["Cache-Control"]

    def test_leads_the_admin_to_our_own_sign_in(self, browser):
        assert browser("student").get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=/admin/"
        assert browser("owner").get("/admin/accounts/user/").status_code == 200


class TestSignUp:
    def test_keeps_the_guest_and_shows_the_code_until_they_have_it(self, browser):
        client = browser("guest")

        response = client.post(SIGN_UP, applicant(next="/reference/"))
        assert response["Location"] == "/recovery-code/?next=%2Freference%2F"
        page = text(client.get(response["Location"]))
        code = client.session["recovery_code"]
        assert code in page
        assert User.objects.get().pk == client.user.pk

        assert client.post("/recovery-code/", {"next": "/reference/"})["Location"] == "/reference/"
        assert client.get("/recovery-code/")["Location"] == "/recovery-code/new/"

    def test_works_for_somebody_new(self, browser):
        client = browser("anonymous")
        client.post(SIGN_UP, applicant())

        assert client.get("/password/").status_code == 200
        assert User.objects.get().name == "Ada"

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"name": "a"}, "This name has 1 character. A name has 2 to 40."),
            ({"name": ""}, "Choose a name."),
            ({"name": "a@b"}, "A name cannot hold @ ."),
            ({"name": "Taken"}, "“Taken” is taken. Choose another"),
            ({"name": "TAKEN"}, "“TAKEN” is taken. Choose another"),
            ({"password": "short"}, "This password has 5 characters. A password has at least 8."),
            ({"password": ""}, "Choose a password."),
            ({"email": "nonsense"}, "This is not an e-mail address."),
            ({"email": "a" * 250 + "@example.org"}, "This address has 262 characters. An address has at most 254."),
            ({"email": "taken@example.org"}, "An account has this address already."),
        ],
    )
    def test_names_what_is_wrong_and_changes_nothing(self, browser, changes, says):
        UserFactory(name="Taken", email="taken@example.org")
        client = browser("guest")

        response = client.post(SIGN_UP, applicant(**changes))

        assert response.status_code == 422
        assert says in text(response)
        assert User.objects.guests().get() == client.user
        assert PASSWORD not in text(response)

    def test_by_somebody_with_a_name_changes_nothing(self, browser):
        client = browser("student")

        assert client.post(SIGN_UP, applicant())["Location"] == "/"
        assert User.objects.get() == client.user


class TestSignIn:
    @pytest.mark.parametrize(
        ("wanted", "goes"),
        [
            ("/reference/?q=vpc", "/reference/?q=vpc"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("settings", "/"),
            ("no-such-name", "/"),
            ("http://[bad", "/"),
            ("/" + "x" * 3000, "/"),
            ("", "/"),
        ],
    )
    def test_goes_on_to_this_host_only(self, browser, wanted, goes):
        UserFactory(name="Ada")

        assert browser("anonymous").post(SIGN_IN, credentials(next=wanted))["Location"] == goes

    def test_takes_over_the_guest(self, browser):
        person, client = UserFactory(name="Ada"), browser("guest")

        client.post(SIGN_IN, credentials())

        assert User.objects.get() == person

    @pytest.mark.parametrize("changes", [{"typed": "Nobody"}, {"password": "wrong"}])
    def test_says_the_same_whatever_is_wrong(self, browser, changes):
        UserFactory(name="Ada")

        response = browser("anonymous").post(SIGN_IN, credentials(**changes))

        assert response.status_code == 422
        assert "do not belong together" in text(response)

    @pytest.mark.parametrize(
        "changes", [{"typed": ""}, {"typed": "a" * 255}, {"typed": "a\0"}, {"password": "x" * 129}]
    )
    def test_refuses_what_no_name_or_password_can_be(self, browser, changes):
        response = browser("anonymous").post(SIGN_IN, credentials(**changes))

        assert response.status_code == 422
        assert 'aria-invalid="true"' in text(response)

    def test_says_when_to_try_again(self, browser):
        client = browser("anonymous")
        for _ in range(limits.ACCOUNT_FAILURES):
            assert client.post(SIGN_IN, credentials(password="wrong")).status_code == 422

        response = client.post(SIGN_IN, credentials())

        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 15 * 60
        assert "The next try is possible in 15 minutes" in text(response)

    def test_knows_a_device_again_when_strangers_have_used_up_the_tries(self, browser):
        UserFactory(name="Ada")
        own, stranger = browser("anonymous"), browser("anonymous")
        own.post(SIGN_IN, credentials())
        own.post("/sign-out/")
        for _ in range(limits.ACCOUNT_FAILURES):
            stranger.post(SIGN_IN, credentials(password="wrong"))

        assert stranger.post(SIGN_IN, credentials()).status_code == 429
        assert own.post(SIGN_IN, credentials()).status_code == 302

    @pytest.mark.parametrize("cookie", ["", "nonsense", "WyJhIl0:1:x"])
    def test_takes_a_forged_device_for_a_new_one(self, browser, cookie):
        UserFactory(name="Ada")
        client = browser("anonymous")
        client.cookies["device"] = cookie

        assert client.post(SIGN_IN, credentials()).status_code == 302

    def test_counts_the_address_that_the_promised_proxy_saw(self, browser, settings, monkeypatch):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        monkeypatch.setattr(limits, "ADDRESS_FAILURES", 1)
        client = browser("anonymous")

        def status(seen):
            return client.post(SIGN_IN, credentials(), headers={"X-Forwarded-For": seen}).status_code

        assert status("192.0.2.1") == 422
        assert status("192.0.2.2") == 422
        assert status("203.0.113.9, 192.0.2.1") == 429


class TestSession:
    def test_of_a_guest_keeps_the_secret_of_pages_already_shown(self, rf):
        request = rf.post("/")
        request.META["CSRF_COOKIE"] = "s" * 32
        request.session = Client().session

        services.enter(request, GuestFactory())

        assert request.META["CSRF_COOKIE"] == "s" * 32

    def test_of_a_person_gets_a_new_secret(self, rf):
        request = rf.post("/")
        request.META["CSRF_COOKIE"] = "s" * 32
        request.session = Client().session

        services.enter(request, UserFactory())

        assert request.META["CSRF_COOKIE"] != "s" * 32

    def test_ends_by_signing_out(self, browser):
        client = browser("student")

        assert client.post("/sign-out/")["Location"] == "/"
        assert client.get("/password/").status_code == 302

    def test_of_a_guest_ends_by_starting_fresh(self, browser):
        client = browser("guest")
        client.post("/fresh/")

        assert client.get("/device/").status_code == 302
        assert User.objects.get() == client.user

    def test_of_a_person_is_not_ended_by_starting_fresh(self, browser):
        client = browser("student")
        client.post("/fresh/")

        assert client.get("/device/").status_code == 200

    @pytest.mark.parametrize("kind", ["anonymous", "guest", "student"])
    def test_posts_need_the_token_of_a_page(self, kind):
        client = Client(enforce_csrf_checks=True)
        for path in (SIGN_IN, SIGN_UP, RECOVER, "/sign-out/", "/fresh/", "/device/"):
            assert client.post(path).status_code == 403

    def test_lasts_from_the_last_day_on_which_something_was_done(self, browser):
        client = browser("guest")
        User.objects.update(seen_on=NOW.date() - timedelta(days=20))

        client.get("/device/")
        assert User.objects.get().seen_on == NOW.date() - timedelta(days=20)
        response = client.post("/device/")

        assert User.objects.get().seen_on == timezone.localdate()
        assert "sessionid" in response.cookies


class TestRecover:
    def recovering(self, **changes):
        return {"typed": "Ada", "code": self.code, "password": "new brown otters", **changes}

    @pytest.fixture(autouse=True)
    def ada(self):
        self.code = services.claim(guest=None, name="Ada", password=PASSWORD, now=NOW).recovery_code

    def test_signs_in_and_shows_a_new_code(self, browser):
        client = browser("anonymous")

        page = text(client.get(client.post(RECOVER, self.recovering())["Location"]))

        assert client.session["recovery_code"] in page
        assert self.code not in page

    def test_ends_the_persons_other_sessions(self, browser):
        elsewhere = browser("anonymous")
        elsewhere.post(SIGN_IN, credentials())
        assert elsewhere.get("/password/").status_code == 200

        browser("anonymous").post(RECOVER, self.recovering())

        assert elsewhere.get("/password/").status_code == 302

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"code": "AAAAA-AAAAA-AAAAA-AAAAA"}, "do not belong together"),
            ({"typed": "Nobody"}, "do not belong together"),
            ({"code": ""}, "Write the code from your printed page."),
            ({"password": "short"}, "A password has at least 8."),
        ],
    )
    def test_says_what_is_wrong_and_uses_nothing_up(self, browser, changes, says):
        response = browser("anonymous").post(RECOVER, self.recovering(**changes))

        assert response.status_code == 422
        assert says in text(response)
        assert browser("anonymous").post(RECOVER, self.recovering()).status_code == 302


class TestNewCodeAndPassword:
    def test_code_needs_the_password(self, browser):
        client = browser("student")

        assert client.post("/recovery-code/new/", {"password": "wrong"}).status_code == 422
        assert not RecoveryCode.objects.exists()
        assert client.post("/recovery-code/new/", {"password": PASSWORD}).status_code == 302
        assert RecoveryCode.objects.get().user == client.user

    def test_password_changes_here_and_ends_other_sessions(self, browser):
        client, elsewhere = browser("student"), Client()
        elsewhere.force_login(client.user)

        response = client.post("/password/", {"current": PASSWORD, "password": "new brown otters"})

        assert client.get(response["Location"]).status_code == 200
        assert elsewhere.get("/device/").status_code == 302
        assert User.objects.get().check_password("new brown otters")

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"current": "wrong", "password": "new brown otters"}, "This is not your password."),
            ({"current": PASSWORD, "password": "12345678"}, "Many people use this password"),
            ({"password": "new brown otters"}, "Write your password."),
        ],
    )
    def test_password_stays_when_something_is_wrong(self, browser, given, says):
        response = browser("student").post("/password/", given)

        assert response.status_code == 422
        assert says in text(response)
        assert User.objects.get().check_password(PASSWORD)

    def test_guessing_at_an_open_session_is_limited_too(self, browser):
        client = browser("student")
        for _ in range(limits.ACCOUNT_FAILURES):
            client.post("/password/", {"current": "wrong", "password": "new brown otters"})

        assert client.post("/recovery-code/new/", {"password": PASSWORD}).status_code == 429


class TestAdmin:
    def test_changes_a_role_and_nothing_else(self, browser):
        client, person = browser("owner"), UserFactory(name="Ada")

        client.post(f"/admin/accounts/user/{person.pk}/change/", {"role": Role.INSTRUCTOR, "name": "Eve"})

        person.refresh_from_db()
        assert (person.role, person.name) == (Role.INSTRUCTOR, "Ada")
        assert client.get("/admin/accounts/user/add/").status_code == 403
        assert client.get(f"/admin/accounts/user/{person.pk}/delete/").status_code == 403
