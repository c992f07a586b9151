"""How fast the lab is: CPU milliseconds of a what-if, of *See the run*, and what a class feels of ten people who sweep.

What-ifs go through the whole application as it is served, as the bench of a demo sends them: every field, compressed answers,
another seed each time. Rounds are interleaved. The class asks a real server of two processes and a worker for a minute, once
without and once with the ten; those are milliseconds of the clock, and the ratio is what counts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import web  # first, since it sets Django up

# isort: split
from django.template.loader import render_to_string

from studyapp.content import running as items
from studyapp.content.models import Item, Revision
from studyapp.lab import pace
from studyapp.ui import timeline
from tests.benchmarks import crowd, report, whatifs
from tests.benchmarks.report import Row, row

ROUNDS, SEEDS = 2, 4
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}
SMALL = 5_000
"""Invocations, retries included."""
GOALS = {"small": 60.0, "large": 250.0, "picture": 8.0}
Found = dict[str, list[float]]
"""CPU seconds of each request, by measure."""


def main() -> None:
    report.publish(
        "How fast the lab is", __doc__ or "", ROUNDS, lambda: [*measures(rounds()), *crowded(*crowd.measured())]
    )


def rounds() -> Found:
    web.prepare()
    benches = [Bench(*about) for about in whatifs.WHAT_IFS.items()]
    simulated = list(Item.objects.current().filter(kind__in=("fix", "predict")).select_related("revision"))
    found: Found = {}
    for number in range(ROUNDS + 1):
        this: Found = {}
        for bench in benches:
            this.setdefault("bare", []).append(web.cpu(web.bare, web.BARE))
            _ask(bench, this)
        _see_the_run([item.revision for item in simulated if item.revision], this)
        if number:  # the first round warms up
            for measure, values in this.items():
                found.setdefault(measure, []).extend(values)
    return found


_seeds = count(1)


@dataclass
class Bench:
    """A demo that has been opened and predicted; what-ifs of it are asked for."""

    kind: str
    what_if: tuple[str, str, dict[str, str]]

    def __post_init__(self) -> None:
        slug, self.source, self.law = self.what_if
        self.here = f"/lab/{slug}/"
        self.desk = web.Desk(web.session_of(web.STUDENT))
        page, _ = self.desk.get(self.here)
        if token := whatifs.token(page):
            self.desk.post(f"{self.here}predict/", {"token": token, "unknown": "1"}, **web.HTMX)
            page, _ = self.desk.get(self.here)
        self.page = page.text

    def query(self, invocations: int) -> str:
        return whatifs.query(self.page, self.source, self.law, self.arrivals(invocations), next(_seeds))

    def arrivals(self, invocations: int) -> int:
        return invocations // whatifs.RUNS.get(self.kind, 1)

    def state(self, invocations: int) -> str:
        """The same kind of run as an address has it: what differs from the scenario, and a seed."""
        arrivals = json.dumps({**self.law, "count": self.arrivals(invocations)})
        return urlencode({f"sources.{self.source}.arrivals": arrivals, "seed": next(_seeds)})

    def get(self, query: str, target: str = "outcome", below: str = "") -> tuple[str, float]:
        """The part, and the CPU seconds of the request."""
        pace.buckets.clear()
        headers = web.HTMX | {"HTTP_HX_TARGET": target} if target else {}
        told, spent = self.desk.get(f"{self.here}{below}", QUERY_STRING=query, **GZIP, **headers)
        return told.text, spent


def _ask(bench: Bench, found: Found) -> None:
    def note(measure: str, spent: float) -> None:
        found.setdefault(f"{measure} {bench.kind}", []).append(spent)

    for size, invocations in (("small", SMALL), ("large", whatifs.LARGE[bench.kind])):
        for _ in range(SEEDS):
            query = bench.query(invocations)
            part, spent = bench.get(query)
            note(size, spent)
            note(f"{size} again", bench.get(query)[1])
        for mark in list(whatifs.marks(part))[:: max(part.count("data-mark=") // SEEDS, 1)][:SEEDS]:
            note(f"{size} why", bench.get(f"{query}&{urlencode({'mark': mark})}", "why", "why/")[1])
    note("page", bench.get(bench.query(SMALL), "")[1])
    note("compared", bench.get(f"{bench.query(SMALL)}&{urlencode({'pin': bench.state(SMALL)})}")[1])


def _see_the_run(revisions: list[Revision], found: Found) -> None:
    """Of each simulated item what the key's run costs with its picture, and that of a wrong option beside it."""
    for revision in revisions:
        variant = revision.variant(revision.body["seeds"][0]["seed"])
        wrong = [option.id for option in variant.options if option.id not in variant.key][:1]
        for response in (variant.key, frozenset(wrong)):
            items._outcome.cache_clear()
            timeline.kept.cache_clear()
            for measure in ("picture", "picture again"):
                draw = _drawing(revision, variant.seed, response)
                found.setdefault(measure, []).append(web.cpu(draw, 1))


def _drawing(revision: Revision, seed: int, response: frozenset[str]) -> Callable[[], None]:
    def draw() -> None:
        told = items.runs(revision, seed, response)
        assert told is not None, revision.pk
        render_to_string("components/picture.html", {"picture": timeline.kept(told.key, told.chosen, told.asks)})

    return draw


def measures(found: Found) -> list[Row]:
    kinds, share = whatifs.WHAT_IFS, crowd.share
    return [
        *(
            _row(f"{kind}: a what-if of 5,000, median (ms of CPU)", share(found[f"small {kind}"], 0.5), "small")
            for kind in kinds
        ),
        *(
            _row(f"{kind}: of {most:,}, 95th percentile (ms of CPU)", share(found[f"large {kind}"], 0.95), "large")
            for kind, most in whatifs.LARGE.items()
        ),
        *_others(found),
        _row("a bare Django view (ms of CPU)", share(found["bare"], 0.5)),
        _row("See the run, the median item (ms of CPU)", share(found["picture"], 0.5), "picture"),
        _row("See the run, 95th percentile of items (ms of CPU)", share(found["picture"], 0.95), "picture"),
        _row("See the run, drawn before, 95th percentile (ms of CPU)", share(found["picture again"], 0.95)),
    ]


def _others(found: Found) -> Iterator[Row]:
    """The medians of the kinds, and the slowest kind's."""
    told = {
        "small again": "the same 5,000 again",
        "large again": "the most of a page again",
        "page": "the whole page with a what-if of 5,000",
        "compared": "two runs of 5,000, compared",
        "small why": "why, in a run of 5,000",
        "large why": "why, in a run of the most of a page",
    }
    for measure, words in told.items():
        middles = [median(found[name]) * 1000 for kind in whatifs.WHAT_IFS if (name := f"{measure} {kind}") in found]
        yield _row(f"{words}, median of the kinds (ms of CPU)", median(middles))
        yield _row(f"{words}, the slowest kind (ms of CPU)", max(middles))


def crowded(alone: crowd.Crowd, together: crowd.Crowd) -> list[Row]:
    """What eight who answer feel of ten who sweep."""
    without, beside = (crowd.share(each.seconds["answer"], 0.95) for each in (alone, together))
    done = together.statuses
    return [
        _row("an answer, 8 people, median (ms)", crowd.share(alone.seconds["answer"], 0.5)),
        _row("an answer, 8 people, 95th percentile (ms)", without),
        _row("an answer while 10 others sweep, median (ms)", crowd.share(together.seconds["answer"], 0.5)),
        _row("an answer while 10 others sweep, 95th percentile (ms)", beside),
        _row("95th percentiles with and without those who sweep (times)", beside / without),
        _row("what-ifs of 5,000 meanwhile, 95th percentile (ms)", crowd.share(together.seconds["what-if"], 0.95)),
        row("what-ifs of 5,000 meanwhile, made", done["what-if 200"], None),
        _row("what-ifs of 5,000 meanwhile, refused for the moment", done["what-if 429"]),
        row("sweeps meanwhile, asked for", done["sweep 302"], None),
    ]


def _row(measure: str, value: float, goal: str = "") -> Row:
    return row(measure, value, GOALS.get(goal), "lower")


if __name__ == "__main__":
    main()
