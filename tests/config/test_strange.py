import logging
import os

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory, override_settings

from studyapp.config.errors import server_error
from studyapp.config.strange import in_utf8
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(content_type: str) -> WSGIRequest:
    """The request as our own application makes it of what a server hands on."""
    given = RequestFactory().get("/reference/", {"q": "vpc"}).environ | {"CONTENT_TYPE": content_type}
    request: WSGIRequest = in_utf8(lambda environ, start_response: WSGIRequest(environ))(given, None)
    return request


class TestAddress:
    @pytest.mark.parametrize("path", ["/%00", "/reference/facts/%00/", "/reference/facts/a%00b/", "/t/%00/"])
    def test_with_a_nul_is_not_found(self, path):
        assert Client().get(path).status_code == 404

    @pytest.mark.parametrize(
        "path", ["/drills/{}/", "/drills/1/{}/", "/reference/{}/", "/people/invitations/{}/withdraw/"]
    )
    @pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "0"])
    def test_with_a_number_that_nothing_has_is_not_found(self, path, number):
        client = Client()
        client.force_login(UserFactory(role="owner"))

        assert client.get(path.format(number)).status_code in (404, 405)

    def test_with_a_long_name_is_not_found(self):
        assert Client().get(f"/reference/facts/{'a' * 5000}/").status_code == 404


class TestCookie:
    def test_with_a_nul_is_a_bad_request(self):
        response = Client().get("/", headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'})

        assert response.status_code == 400
        assert b"could not be read" in response.content

    @pytest.mark.parametrize("name", ["sessionid", "csrftoken", "device", "theme", "messages"])
    @pytest.mark.parametrize("value", ["x", "z" * 4000, "a:b:c", "[]"])
    def test_that_nobody_gave_is_passed_over(self, name, value):
        assert Client().get("/settings/", headers={"cookie": f"{name}={value}"}).status_code == 200


class TestCharset:
    @pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "utf-16", "no-such"])
    @pytest.mark.parametrize(
        "kind", ["text/html; charset={}", "text/html;charset={}; x=y", "text/html; Charset*=u''{}"]
    )
    def test_of_a_request_is_passed_over(self, charset, kind):
        assert told(kind.format(charset)).GET["q"] == "vpc"

    def test_leaves_the_rest_of_the_content_type_alone(self):
        assert told("multipart/form-data; charset=hex; boundary=x").content_params == {"boundary": "x"}
        assert told("multipart/form-data; boundary=charset").content_params == {"boundary": "charset"}


class TestFile:
    def test_that_no_page_asked_for_is_kept_nowhere(self):
        given = {"theme": "dark", "file": SimpleUploadedFile("film.mp4", b"x" * 3 * 1024 * 1024)}

        response = Client().post("/settings/theme/", given)

        assert response.status_code == 302
        assert not response.wsgi_request.FILES


class TestOurMistake:
    def test_has_a_page(self):
        response = server_error(None)

        assert response.status_code == 500
        assert b"Coldstart</a>" in response.content

    @override_settings(
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": f"{ManifestStaticFilesStorage.__module__}.ManifestStaticFilesStorage"}},
        STATIC_ROOT=os.devnull,
    )
    def test_has_a_plain_page_when_the_files_of_the_pages_are_missing(self, caplog):
        with caplog.at_level(logging.CRITICAL, logger="studyapp"):
            response = server_error(None)

        assert response.status_code == 500
        assert b'<main id="main"><h1 tabindex="-1">Something went wrong' in response.content


class TestKeeping:
    @pytest.mark.parametrize("path", ["/", "/drills/", "/reference/", "/reference/3/", "/settings/", "/sign-in/", "/x"])
    @pytest.mark.parametrize("is_somebody", [True, False])
    def test_is_nobodys_business(self, path, is_somebody):
        client = Client()
        if is_somebody:
            client.force_login(UserFactory())

        assert client.get(path)["Cache-Control"] == "private, no-store"

    def test_is_nobodys_business_when_a_person_takes_their_data_along(self):
        client = Client()
        client.force_login(UserFactory())

        assert client.get("/settings/export/")["Cache-Control"] == "private, no-store"


class TestWarnings:
    def test_of_others_do_not_tell_what_was_asked_for(self):
        assert settings.LOGGING["loggers"]["django.request"]["level"] == "ERROR"
        assert settings.LOGGING["loggers"]["django.security.csrf"]["level"] == "ERROR"
