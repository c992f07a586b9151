import socket
import subprocess

import pytest

from studyapp.config import up
from studyapp.config.env import ROOT, BadSetting
from studyapp.config.up import CannotInstall


@pytest.fixture
def pip(tmp_path, monkeypatch):
    """An environment that exists, and what pip was asked to do in it."""
    asked: list[list[str]] = []

    def run(command, check):
        asked.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(up, "VENV", tmp_path)
    monkeypatch.setattr(up, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setattr(up.subprocess, "run", run)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    return asked


class TestInstall:
    def test_asks_pip_for_hashes(self, pip):
        up.install("base")

        assert "--require-hashes" in pip[0]
        assert pip[0][-1].endswith("requirements/base.txt")

    def test_does_nothing_the_second_time(self, pip):
        up.install("base")
        up.install("base")

        assert len(pip) == 1

    def test_of_the_tools_for_tests_holds_what_the_server_needs(self, pip):
        up.install("dev")
        up.install("base")

        assert len(pip) == 1

    def test_happens_again_when_the_marker_cannot_be_read(self, pip, tmp_path):
        up.install("base")
        (tmp_path / "installed.json").write_text("{")
        up.install("base")

        assert len(pip) == 2

    def test_says_which_locks_there_are(self, pip):
        with pytest.raises(CannotInstall, match="'nonsense'; choose from base, postgres, dev"):
            up.install("nonsense")

    def test_refuses_an_older_python_by_its_version(self, monkeypatch):
        monkeypatch.setattr(up.sys, "version_info", (3, 10, 4))
        monkeypatch.setattr(up.sys, "version", "3.10.4 (main)")

        with pytest.raises(CannotInstall, match=r"3\.11 or newer; this is 3\.10\.4"):
            up.install("base")

    def test_that_fails_is_not_marked_as_done(self, pip, monkeypatch, tmp_path):
        monkeypatch.setattr(up.subprocess, "run", lambda command, check: subprocess.CompletedProcess(command, 1))

        with pytest.raises(CannotInstall, match="could not be installed"):
            up.install("base")
        assert not (tmp_path / "installed.json").exists()


class TestLocks:
    @pytest.mark.parametrize("lock", sorted(path.name for path in (ROOT / "requirements").glob("*.txt")))
    def test_carry_hashes_and_no_addresses(self, lock):
        text = (ROOT / "requirements" / lock).read_text()

        assert "://" not in text
        names = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert names
        assert all("==" in name for name in names)
        assert text.count("--hash=sha256:") >= len(names)


class TestRefuseTakenPort:
    def test_says_where_and_what_to_choose(self):
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            with pytest.raises(BadSetting, match=f"PORT {port} cannot be listened on.*PORT={port + 1}"):
                up.refuse_taken_port("127.0.0.1", port)

    def test_lets_a_free_one_pass(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]

        up.refuse_taken_port("127.0.0.1", port)

    def test_names_an_address_that_is_not_this_machines(self):
        with pytest.raises(BadSetting, match=r"HOST 192\.0\.2\.7"):
            up.refuse_taken_port("192.0.2.7", 8000)
