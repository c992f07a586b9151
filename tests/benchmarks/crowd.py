"""A class at one server: eight people answer questions, without and with ten others who sweep and move sliders all the time.

The server is a real one, as `serve` starts it: two processes of four threads, and the worker, which is nice. All is on
this machine, those who ask included, so that they take processor time from the server, too.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from math import ceil
from random import Random

from tests.benchmarks.whatifs import HTMX, WHAT_IFS, query, token
from tests.journeys.server import Server, running
from tests.journeys.visitor import Answer, Visitor, place

STUDENTS, SWEEPERS = 8, 10
LASTS_S = 60
THINKS_S = (0.5, 1.5)
"""Between an answer and the next: quicker than anybody reads."""
DRAGS_EVERY_S = 0.15
"""A slider that is dragged asks at each change, and the page waits for an answer before it asks again."""
TAKES_BREATH_S = 1.0
TRIES = 30
"""After a refusal."""
LOOKS_EVERY_S = 0.5
INVOCATIONS = 5_000
SLIDERS = list(WHAT_IFS.values())[:2]
NICE = 10


@dataclass
class Crowd:
    """Those who ask until a moment. Seconds of each request by what was asked for, and how often which status came."""

    until: float
    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, what: str, send: Callable[[], Answer]) -> Answer:
        begun = time.perf_counter()
        told = send()
        with self.lock:
            self.seconds.setdefault(what, []).append(time.perf_counter() - begun)
            self.statuses[f"{what} {told.status}"] += 1
        return told

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.until


def measured() -> tuple[Crowd, Crowd]:
    """The same class without and with those who sweep."""
    with running(demo=False) as server:
        os.setpriority(os.PRIO_PROCESS, server.processes[-1].pid, NICE)
        alone = _crowd(server, sweepers=0, seed=1)
        return alone, _crowd(server, sweepers=SWEEPERS, seed=2)


def _crowd(server: Server, *, sweepers: int, seed: int) -> Crowd:
    """Raises AssertionError where somebody's request was answered in a way that is not foreseen."""
    crowd = Crowd(time.monotonic() + LASTS_S)
    people = [(_studies, Random(100 * seed + number)) for number in range(STUDENTS)]
    people += [(_sweeps, Random(100 * seed + 50 + number)) for number in range(sweepers)]
    threads = [threading.Thread(target=_safely, args=(act, crowd, server.url, lot)) for act, lot in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LASTS_S + 60)
    assert not crowd.strange, crowd.strange
    return crowd


def _safely(act: Callable[[Crowd, str, Random], None], crowd: Crowd, url: str, lot: Random) -> None:
    try:
        act(crowd, url, lot)
    except Exception as error:  # a thread's failure is that of the measurement, told at its end
        crowd.strange.append(f"{act.__name__}: {error!r}")


def _studies(crowd: Crowd, url: str, lot: Random) -> None:
    """One question after another, drill after drill."""
    visitor = Visitor(url, timeout_s=30)
    page = visitor.get("/")
    address = visitor.post("/first/", {"token": page.token, "response": page.options[0]}).location
    while not crowd.is_over:
        page = crowd.ask("question", lambda at=address: visitor.get(at))
        time.sleep(lot.uniform(*THINKS_S))
        if response := page.response(lot):
            fields = {"token": page.token, **response}
            crowd.ask("answer", lambda at=address, sent=fields: visitor.post(f"{at}answer/", sent, htmx=True))
        address = _onward(visitor, place(address)[0], lot)


def _onward(visitor: Visitor, drill: int, lot: Random) -> str:
    """Where the next question is: in this drill, or in another one."""
    onward = visitor.get(f"/drills/{drill}/")
    if onward.location.endswith("/done/"):
        onward = visitor.post("/drills/start/", {"section": str(lot.randint(1, 10))})
    return onward.location


def _sweeps(crowd: Crowd, url: str, lot: Random) -> None:
    """Moves a slider all the time, and asks for a sweep as often as that is allowed."""
    slug, source, law = lot.choice(SLIDERS)
    visitor, here = Visitor(url, timeout_s=30), f"/lab/{slug}/"
    page = _opened(visitor, here)
    slider = Visitor(url, HTMX, timeout_s=30)
    slider.cookies = visitor.cookies
    fields = query(
        page.text, source, law, INVOCATIONS, 0
    )  # read once: it takes 30 ms of the processor that all of us share
    job, looks_at = "", 0.0
    while not crowd.is_over:
        asked = re.sub(r"\bseed=0\b", f"seed={lot.randint(1, 10**6)}", fields)
        told = crowd.ask("what-if", lambda asked=asked: slider.get(f"{here}?{asked}"))
        if time.monotonic() > looks_at:
            looks_at = time.monotonic() + LOOKS_EVERY_S
            if job:
                crowd.ask("look", lambda at=job: visitor.get(at, htmx=True))
            job = _asked_for(crowd, visitor, here, page.text, lot) or job
        time.sleep(TAKES_BREATH_S if told.status == 429 else DRAGS_EVERY_S)


def _opened(visitor: Visitor, here: str) -> Answer:
    """The page with its bench; who does not know what comes of it says so, and who is told to wait waits."""
    for _ in range(TRIES):
        page = visitor.get(here)
        if page.status == 429:
            time.sleep(TAKES_BREATH_S)
        elif sent := token(page):
            visitor.post(f"{here}predict/", {"token": sent, "unknown": "1"})
        else:
            return page
    raise AssertionError(f"{here} did not open in {TRIES} tries")


def _asked_for(crowd: Crowd, visitor: Visitor, here: str, page: str, lot: Random) -> str:
    """The address of a sweep of this run with another seed, "" where it is refused for now."""
    paths = re.findall(r'<option value="([^"]+)"', page[page.index('id="sweep-path"') :].partition("</select>")[0])
    fields = {"path": unescape(lot.choice(paths)), "seed": str(lot.randint(1, 10**6))}
    return crowd.ask("sweep", lambda: visitor.post(f"{here}sweep/", fields)).location


def share(values: list[float], part: float) -> float:
    """The nearest-rank percentile, in milliseconds."""
    return sorted(values)[max(ceil(part * len(values)) - 1, 0)] * 1000
