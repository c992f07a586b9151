import socket
import stat
import subprocess
import sys

import pytest

from studyapp.config import env
from studyapp.config.env import ROOT, BadSetting


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    for name in (
        "HOST",
        "PORT",
        "DATA_DIR",
        "PUBLIC_URL",
        "DATABASE_URL",
        "DEMO",
        "SECRET_KEY",
        "LOG_LEVEL",
        "TIME_ZONE",
    ):
        monkeypatch.delenv(name, raising=False)


class TestDefaults:
    def test_are_safe(self):
        assert (env.host(), env.port(), env.public_url(), env.is_demo()) == ("127.0.0.1", 8000, None, True)
        assert env.data_dir() == ROOT / ".data"
        assert "*" not in env.allowed_hosts("127.0.0.1", None)


class TestBadSettings:
    @pytest.mark.parametrize("port", ["0", "65536", "x", "-1", "8000.0", "٣", "1e3"])
    def test_of_a_port_name_it_and_its_limits(self, monkeypatch, port):
        monkeypatch.setenv("PORT", port)

        with pytest.raises(BadSetting, match=r"PORT is .*1 to 65535"):
            env.port()

    @pytest.mark.parametrize(
        "url", ["study.example.org", "ftp://study.example.org", "https://", "https://a/b", "https://a?b"]
    )
    def test_of_an_address_say_what_it_looks_like(self, monkeypatch, url):
        monkeypatch.setenv("PUBLIC_URL", url)

        with pytest.raises(BadSetting, match=r"PUBLIC_URL is .*https://study.example.org"):
            env.public_url()

    def test_of_a_log_level_name_those_there_are(self, monkeypatch):
        monkeypatch.setenv("LOG_LEVEL", "LOUD")

        with pytest.raises(BadSetting, match=r"LOUD.*DEBUG, INFO, WARNING or ERROR"):
            env.log_level()

    def test_are_said_before_anything_is_done(self, tmp_path):
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "up"],
            env={"PORT": "99999", "DATA_DIR": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 2
        assert done.stderr.strip() == "PORT is '99999'; it must be a whole number from 1 to 65535."
        assert not (tmp_path / "data").exists()


class TestDemo:
    @pytest.mark.parametrize(
        ("host", "url", "demo", "made"),
        [
            ("127.0.0.1", None, None, True),
            ("localhost", None, None, True),
            ("::1", None, None, True),
            ("0.0.0.0", None, None, False),
            ("192.0.2.7", None, None, False),
            ("study.example.org", None, None, False),
            ("127.0.0.1", "https://study.example.org", None, False),
            ("0.0.0.0", None, "1", True),
            ("127.0.0.1", None, "0", False),
        ],
    )
    def test_people_are_made_where_nobody_else_comes_in_or_when_asked_for(self, monkeypatch, host, url, demo, made):
        monkeypatch.setenv("HOST", host)
        if url:
            monkeypatch.setenv("PUBLIC_URL", url)
        if demo:
            monkeypatch.setenv("DEMO", demo)

        assert env.is_demo() is made


class TestTimeZone:
    def test_is_utc_unless_another_is_named(self, monkeypatch):
        assert env.time_zone() == "UTC"
        monkeypatch.setenv("TIME_ZONE", "Asia/Tokyo")
        assert env.time_zone() == "Asia/Tokyo"

    @pytest.mark.parametrize("given", ["Mars/Base", "Europe", "../etc/passwd", "/etc/passwd"])
    def test_that_there_is_not_is_refused(self, monkeypatch, given):
        monkeypatch.setenv("TIME_ZONE", given)

        with pytest.raises(env.BadSetting, match=r"TIME_ZONE is .*Europe/Berlin"):
            env.time_zone()


class TestDatabaseUrl:
    def test_is_a_file_in_the_data_folder_unless_another_is_named(self, tmp_path, monkeypatch):
        assert env.database_url(tmp_path) == f"sqlite:///{tmp_path}/coldstart.sqlite3"
        monkeypatch.setenv("DATABASE_URL", "postgres://ada:secret@db.example.org:5432/study")
        assert env.database_url(tmp_path) == "postgres://ada:secret@db.example.org:5432/study"

    @pytest.mark.parametrize("given", ["study", "oracle://ada:secret@db/study", "postgres://ada:secret@db:x/study"])
    def test_that_cannot_be_used_is_refused_without_its_password(self, tmp_path, monkeypatch, given):
        monkeypatch.setenv("DATABASE_URL", given)

        with pytest.raises(env.BadSetting, match="DATABASE_URL must look like") as refused:
            env.database_url(tmp_path)
        assert "secret" not in str(refused.value)


class TestSecret:
    def test_is_made_once_and_readable_by_its_owner_alone(self, tmp_path):
        secret = env.secret_key(tmp_path)

        assert len(secret) > 50
        assert env.secret_key(tmp_path) == secret
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]

    def test_of_the_environment_comes_first(self, tmp_path, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "given")

        assert env.secret_key(tmp_path) == "given"
        assert list(tmp_path.iterdir()) == []


class TestAllowedHosts:
    def test_follow_host_and_public_url(self):
        assert set(env.allowed_hosts("192.0.2.7", "https://study.example.org")) >= {"192.0.2.7", "study.example.org"}

    def test_are_any_where_every_address_is_listened_on_and_no_name_is_given(self):
        assert env.allowed_hosts("0.0.0.0", None) == ["*"]
        assert "*" not in env.allowed_hosts("0.0.0.0", "https://study.example.org")


class TestBaseUrl:
    @pytest.mark.parametrize(
        ("host", "url"),
        [
            ("127.0.0.1", "http://127.0.0.1:8000"),
            ("::1", "http://[::1]:8000"),
            ("0.0.0.0", f"http://{socket.gethostname()}:8000"),
            ("::", f"http://{socket.gethostname()}:8000"),
        ],
    )
    def test_is_one_that_a_browser_can_open(self, host, url):
        assert env.base_url(host, 8000) == url
