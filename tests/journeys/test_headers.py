"""What the server says besides its pages: policy, cookies, health; and what PUBLIC_URL turns on."""

import stat
from collections.abc import Iterator

import pytest

from tests.journeys.server import Server, running
from tests.journeys.visitor import Answer, Visitor, begun

pytestmark = pytest.mark.browser

POLICY = {
    "default-src 'none'",
    *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "manifest")),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PUBLIC = "https://study.example.org"
BEHIND_TLS = {"Host": "study.example.org", "X-Forwarded-Proto": "https", "Referer": f"{PUBLIC}/"}


@pytest.fixture(scope="module")
def public() -> Iterator[Server]:
    """A server as it stands behind a proxy with TLS."""
    with running(demo=False, public_url=PUBLIC) as server:
        yield server


def cookie(answer: Answer, name: str) -> set[str]:
    """The attributes of a cookie that is set there, in small letters."""
    (line,) = (line for line in answer.cookies if line.startswith(f"{name}="))
    return {part.strip().lower() for part in line.split(";")[1:]}


class TestEveryAnswer:
    @pytest.mark.parametrize("path", ["/", "/reference/", "/sign-in/", "/nowhere/"])
    def test_carries_the_policy(self, server, path):
        headers = Visitor(server.url).get(path).headers

        assert {part.strip() for part in headers["content-security-policy"].split(";")} == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"

    def test_says_that_parts_and_pages_differ(self, server):
        visitor = Visitor(server.url)
        address = begun(visitor)

        assert "HX-Request" in visitor.get(address).headers["vary"]
        assert "<html" not in visitor.get(address, htmx=True).text

    def test_keeps_its_files_for_a_year(self, server):
        page = Visitor(server.url).get("/").text
        style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]

        headers = Visitor(server.url, {"Accept-Encoding": "br"}).head(style).headers

        assert headers["content-encoding"] == "br"
        assert "immutable" in headers["cache-control"]

    def test_of_a_missing_page_is_a_page(self, server):
        answer = Visitor(server.url).get("/nowhere/")

        assert answer.status == 404
        assert answer.heading == "There is nothing here"


class TestCookies:
    def test_are_out_of_reach_for_scripts_and_other_sites(self, server):
        visitor = Visitor(server.url)
        page = visitor.get("/")

        answer = visitor.post("/first/", {"token": page.token, "response": page.options[0]})

        assert {"httponly", "samesite=lax"} <= cookie(answer, "sessionid")
        assert "samesite=lax" in cookie(page, "csrftoken")
        assert "secure" not in cookie(answer, "sessionid")

    def test_are_not_set_by_looking_around(self, server):
        for path in ("/reference/", "/drills/", "/settings/"):
            assert not any(line.startswith("sessionid") for line in Visitor(server.url).get(path).cookies)


class TestBehindTls:
    def test_passes_the_check_for_deployment(self, public):
        said = public.manage("check", "--deploy", "--fail-level", "WARNING")

        assert "no issues" in said

    def test_marks_its_cookies_and_asks_to_stay_encrypted(self, public):
        visitor = Visitor(public.url, BEHIND_TLS)
        page = visitor.get("/")
        answer = visitor.post("/first/", {"token": page.token, "response": page.options[0]})

        assert (page.status, answer.status) == (200, 302)
        assert {"httponly", "secure", "samesite=lax"} <= cookie(answer, "sessionid")
        assert "secure" in cookie(page, "csrftoken")
        assert int(page.headers["strict-transport-security"].partition("=")[2].partition(";")[0]) >= 31536000

    def test_leads_from_http_to_https(self, public):
        answer = Visitor(public.url, {"Host": "study.example.org"}).get("/drills/")

        assert answer.status == 301
        assert answer.headers["location"] == f"{PUBLIC}/drills/"

    def test_answers_to_its_own_name_alone(self, public):
        assert Visitor(public.url, BEHIND_TLS | {"Host": "elsewhere.example.org"}).get("/").status == 400

    def test_refuses_forms_from_elsewhere(self, public):
        visitor = Visitor(public.url, BEHIND_TLS)
        page = visitor.get("/")
        stranger = Visitor(public.url, BEHIND_TLS | {"Origin": "https://elsewhere.example.org"})
        stranger.cookies = visitor.cookies

        answer = stranger.post("/first/", {"token": page.token, "response": page.options[0]})

        assert answer.status == 403
        assert public.count("attempts_attempt") <= 1

    def test_has_no_demo_people(self, public):
        assert public.rows("SELECT count(*) FROM accounts_user WHERE name LIKE 'Demo%'") == [(0,)]


class TestFiles:
    def test_are_for_their_owner_alone(self, server):
        assert mode(server, ".") == 0o700
        for name in ("secret_key", "demo_people.txt"):
            assert mode(server, name) == 0o600


class TestHealth:
    def test_is_well(self, server):
        assert Visitor(server.url, {"Host": "10.0.0.7"}).get("/healthz").status == 200

    def test_is_not_when_the_database_is_gone_and_is_again_when_it_is_back(self, public):
        visitor = Visitor(public.url)
        files = [path for path in public.folder.iterdir() if path.name.startswith("coldstart.sqlite3")]
        aside = public.folder / "aside"
        aside.mkdir()

        for path in files:
            path.rename(aside / path.name)
        gone = [visitor.get("/healthz").status for _ in range(4)]
        for path in public.folder.glob("coldstart.sqlite3*"):
            path.unlink()
        for path in files:
            (aside / path.name).rename(path)

        assert set(gone) == {503}
        assert visitor.get("/healthz").status == 200


def mode(server: Server, name: str) -> int:
    return stat.S_IMODE((server.folder / name).stat().st_mode)
