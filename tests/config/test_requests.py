import json
import logging

import pytest
from django.db import connections
from django.test import Client, override_settings

from studyapp.config.health import healthz
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


class TestHealth:
    def test_is_good_when_the_database_answers(self):
        response = Client().get("/healthz")

        assert response.status_code == 200
        assert json.loads(response.content) == {"status": "ok"}

    def test_is_bad_when_it_does_not(self, monkeypatch, tmp_path):
        gone = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(tmp_path / "gone" / "coldstart.sqlite3"),
            "OPTIONS": {},
        }
        monkeypatch.setitem(connections.settings, "default", connections.settings["default"] | gone)

        assert healthz().status_code == 503

    @override_settings(ALLOWED_HOSTS=["study.example.org"], SECURE_SSL_REDIRECT=True)
    def test_is_told_to_a_probe_by_bare_address(self):
        assert Client().get("/healthz", HTTP_HOST="10.0.0.7").status_code == 200


class TestLog:
    def test_has_one_line_for_each_request_and_nobody_in_it(self, caplog):
        student = UserFactory()
        client = Client()
        client.force_login(student)
        with caplog.at_level(logging.INFO, logger="studyapp.requests"):
            client.get("/reference/", {"q": "my secret words"})

        (record,) = [record for record in caplog.records if record.name == "studyapp.requests"]
        assert (record.method, record.view, record.status) == ("GET", "reference:index", 200)
        assert record.ms >= 0
        assert "secret words" not in str(vars(record))
        assert student.name not in str(vars(record))


class TestPolicy:
    def test_is_strict_on_every_answer(self):
        policy = Client().get("/settings/")["Content-Security-Policy"]

        assert set(policy.split("; ")) == {
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        }

    def test_other_headers_are_set(self):
        response = Client().get("/settings/")

        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
