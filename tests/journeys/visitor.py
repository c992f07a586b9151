"""Somebody who speaks HTTP by hand: sees statuses and headers, keeps cookies, and can send what no page would."""

import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import urlencode, urlsplit

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    text: str

    @property
    def location(self) -> str:
        return urlsplit(self.headers.get("location", "")).path

    @property
    def token(self) -> str:
        """Of the question on this page."""
        return unescape(self._one(r'name="token" value="([^"]+)"'))

    @property
    def options(self) -> list[str]:
        """Ids, in the order shown."""
        return re.findall(r'name="response" value="(\w+)"', self.text)

    def response(self, lot: Random) -> dict[str, str | list[str]]:
        """Any response that the form of this page could send, whatever its kind: no field, no question."""
        lines: dict[str, list[str]] = {}
        for name, inside in re.findall(r'<select[^>]* name="(line-\w+)"[^>]*>(.*?)</select>', self.text, re.DOTALL):
            lines[name] = re.findall(r'value="(\w+)"', inside)
        for name, value in re.findall(r'name="(line-\w+)" value="(\w+)"', self.text):
            lines.setdefault(name, []).append(value)
        if "data-steps" in self.text:
            places = [str(place) for place in range(1, len(lines) + 1)]
            return dict(zip(lines, lot.sample(places, len(places)), strict=True))
        if lines:
            return {name: lot.choice(values) for name, values in lines.items()}
        if 'id="number"' in self.text:
            return {"response": str(lot.randint(1, 100))}
        many = re.search(r">Choose (\d)<", self.text)
        return {"response": lot.sample(self.options, int(many[1]) if many else 1)} if self.options else {}

    @property
    def heading(self) -> str:
        return unescape(self._one(r"<h1[^>]*>([^<]*)"))

    @property
    def verdicts(self) -> list[str]:
        return re.findall(r'class="option" data-verdict="(\w+)"', self.text)

    def _one(self, pattern: str) -> str:
        found = re.search(pattern, self.text)
        assert found, f"{pattern} is not on this page:\n{self.text}"
        return found[1]


class Visitor:
    """One browser's worth of cookies. Follows no redirect."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None, timeout_s: float = 20) -> None:
        self._host = urlsplit(url).netloc
        self._headers = dict(headers or {})
        self._timeout_s = timeout_s
        self.cookies: dict[str, str] = {}

    def get(self, path: str, *, htmx: bool = False) -> Answer:
        return self._send("GET", path, None, {"HX-Request": "true"} if htmx else {})

    def head(self, path: str) -> Answer:
        return self._send("HEAD", path, None, {})

    def post(self, path: str, fields: Fields | None = None, *, htmx: bool = False, csrf: bool = True) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if csrf:
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        if htmx:
            headers["HX-Request"] = "true"
        return self._send("POST", path, urlencode(fields or {}, doseq=True), headers)

    def _send(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        """Raises OSError or http.client.HTTPException when the server goes away."""
        connection = http.client.HTTPConnection(self._host, timeout=self._timeout_s)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(
                method, path, body, self._headers | dict(headers) | ({"Cookie": cookie} if cookie else {})
            )
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        set_cookies = tuple(response.headers.get_all("Set-Cookie") or ())
        self._keep(set_cookies)
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, set_cookies, text)

    def _keep(self, set_cookies: Sequence[str]) -> None:
        for line in set_cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def begun(visitor: Visitor) -> str:
    """A newcomer answers the first question; the address of its feedback."""
    page = visitor.get("/")
    answer = visitor.post("/first/", {"token": page.token, "response": page.options[0]})
    assert answer.status == 302, answer.text
    return answer.location


def place(address: str) -> tuple[int, int]:
    """Drill and position of a question's address."""
    _, _, drill, position, *_ = address.split("/")
    return int(drill), int(position)
