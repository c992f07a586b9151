"""Five kills of the whole server under load: what was acknowledged is there, once; nothing is half done."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

import pytest

from tests.journeys.server import Server, running
from tests.journeys.visitor import Answer, Visitor, place

pytestmark = pytest.mark.browser

CLIENTS, KILLS = 4, 5
BETWEEN_KILLS_S = (0.4, 1.6)
AT_MOST_S = 90
GONE = (OSError, http.client.HTTPException)
CONSISTENT = """
import json
from django.db import transaction
from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.memory.models import Card, Review
from studyapp.memory.services import rebuild

def cards():
    return sorted(Card.objects.values_list("student", "fact", "stability", "difficulty", "reviewed_at", "due_at"))

before = cards()
with transaction.atomic():
    for user in User.objects.all():
        rebuild(student=user)
print(json.dumps({
    "rebuilt": cards() == before,
    "attempts": Attempt.objects.count(),
    "answers": Review.objects.filter(kind="answer").values("attempt").distinct().count(),
    "cards": len(before),
    "pairs": len({(attempt.student_id, slug) for attempt in Attempt.objects.select_related("fact")
                  for slug in {attempt.fact.slug, *attempt.parts}}),
    "shown": Attempt.objects.values("shown_id").distinct().count(),
}))
"""


@pytest.fixture
def victim() -> Iterator[Server]:
    with running(demo=False) as server:
        yield server


@dataclass
class Client:
    """Answers one question after another, and sends each request again until it is acknowledged."""

    url: str
    stop: threading.Event
    lot: Random
    given: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    retries: int = 0
    strange: list[str] = field(default_factory=list)

    def run(self) -> None:
        self.visitor = Visitor(self.url, timeout_s=10)
        try:
            address = self._begin()
            while not self.stop.is_set():
                address = self._answer(address)
        except Exception as error:  # a thread's failure is the test's, told at its end
            self.strange.append(repr(error))

    def _begin(self) -> str:
        page = self._surely(lambda: self.visitor.get("/"))
        option = self.lot.choice(page.options)
        told = self._surely(lambda: self.visitor.post("/first/", {"token": page.token, "response": option}))
        self.given[place(told.location)] = [option]
        return told.location

    def _answer(self, address: str) -> str:
        """Answer the question at `address`, if it waits for an answer, and go on."""
        page = self._surely(lambda: self.visitor.get(address))
        if response := page.response(self.lot):
            fields = {"token": page.token, **response}
            self._surely(lambda: self.visitor.post(f"{address}answer/", fields, htmx=self.lot.random() < 0.5))
            self.given[place(address)] = as_kept(response)
        drill, _ = place(address)
        onward = self._surely(lambda: self.visitor.get(f"/drills/{drill}/"))
        if onward.location.endswith("/done/"):
            section = str(self.lot.randint(1, 10))
            onward = self._surely(lambda: self.visitor.post("/drills/start/", {"section": section}))
        return onward.location

    def _surely(self, send: Callable[[], Answer]) -> Answer:
        """The same request until it is acknowledged."""
        until = time.monotonic() + AT_MOST_S
        while time.monotonic() < until:
            try:
                answer = send()
            except GONE:
                self.retries += 1
                time.sleep(0.05)
                continue
            if answer.status not in (200, 302):
                raise AssertionError(f"{answer.status}: {answer.text[:300]}")
            return answer
        raise AssertionError("the server did not come back")


def as_kept(fields: Mapping[str, str | list[str]]) -> list[str]:
    """What an attempt holds of these fields: the options, the number, a place of each step or an answer of each line."""
    if "response" in fields:
        return sorted([fields["response"]] if isinstance(fields["response"], str) else fields["response"])
    lines = {name.removeprefix("line-"): str(value) for name, value in fields.items()}
    are_places = all(len(value) == 1 for value in lines.values())
    return sorted(f"{value}:{line}" if are_places else f"{line}={value}" for line, value in lines.items())


class TestFiveKillsUnderLoad:
    def test_lose_no_acknowledged_answer_and_double_none(self, victim):
        clients = self.study_while(victim, kills=KILLS)

        assert [client.strange for client in clients if client.strange] == []
        given = {where: response for client in clients for where, response in client.given.items()}
        assert len(given) >= 10 * CLIENTS
        assert sum(client.retries for client in clients) >= KILLS
        stored = self.stored(victim)
        assert {where: stored[where] for where in given} == given
        self.is_whole(victim)

    def study_while(self, victim: Server, *, kills: int) -> list[Client]:
        lot, stop = Random(), threading.Event()
        clients = [Client(victim.url, stop, Random(number)) for number in range(CLIENTS)]
        threads = [threading.Thread(target=client.run) for client in clients]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            time.sleep(lot.uniform(*BETWEEN_KILLS_S))
            victim.kill()
            victim.start()
        time.sleep(BETWEEN_KILLS_S[0])
        stop.set()
        for thread in threads:
            thread.join(timeout=AT_MOST_S)
        return clients

    def stored(self, victim: Server) -> dict[tuple[int, int], list[str]]:
        """Drill and position -> the options of every answer there."""
        rows = victim.rows(
            "SELECT d.id, a.position, a.response FROM attempts_attempt a JOIN drills_drill d ON d.occasion = a.occasion"
        )
        found: dict[tuple[int, int], list[str]] = {}
        for drill, position, response in rows:
            found.setdefault((drill, position), []).extend(json.loads(response))
        return found

    def is_whole(self, victim: Server) -> None:
        assert victim.rows("PRAGMA integrity_check") == [("ok",)]
        assert victim.rows("PRAGMA foreign_key_check") == []
        told = json.loads(victim.manage("shell", "-v", "0", "-c", CONSISTENT).strip().splitlines()[-1])
        assert told["rebuilt"]
        assert told["attempts"] == told["answers"] == told["shown"]
        assert told["cards"] == told["pairs"]
