"""Ranges of who calls: the kind of a source, its patience, its tries, and its load."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.questions.proof.range import ALWAYS, Body, Range, found_at, names_at, seconds
from studyapp.questions.proof.scaling import scaled
from studyapp.questions.proof.schedules_ranges import MOMENTS, ZONES, shifted
from studyapp.simulator.parts import QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.rulebook import TRUTH

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("sync", "url", "api", "http-api"),
    ("async", "s3", "sns", "eventbridge", "schedule"),
)
POLLED: tuple[tuple[str, ...], ...] = (tuple(QUEUE_KINDS), tuple(STREAM_KINDS))
OF_ALL = {"kind", "calls", "arrivals", "payload"}
"""Fields of every kind of source."""


def _callers(path: str, body: Body) -> tuple[object, ...]:
    """Callers of the same family, and the plainest of others: whether callers wait must be said if it matters.

    What is polled and has settings of its own, or waits at the start, can be polled only.
    """
    kind = found_at(path, body) or "sync"
    own = next((family for family in (*FAMILIES, *POLLED) if kind in family), ())
    fields = set(names_at(path.removesuffix(".kind"), body))
    if own in POLLED and (fields - OF_ALL or "arrivals" not in fields):
        return own
    return (*own, *(family[0] for family in FAMILIES if family is not own))


def _shares(path: str, body: Body) -> tuple[object, ...]:
    """Of an alias with two versions: the other way round, and half each."""
    calls = found_at(path, body)
    if not isinstance(calls, Mapping) or len(calls) != 2:
        return ()
    (first, share), (second, rest) = calls.items()
    return ({first: rest, second: share}, {first: "50 %", second: "50 %"})


def _of_an_arrival(path: str, body: Body) -> tuple[object, ...]:
    match path.rpartition(".")[2]:
        case "cron":
            return shifted(path, body)
        case "zone":
            return ZONES
        case "starting":
            return MOMENTS
    return scaled(path, body)


RANGES: tuple[Range, ...] = (
    Range("sources.*.calls", _shares, "any division between two versions"),
    Range("sources.*.payload", ("1 KB", "200 KB"), "small, and just under the first chunk that is billed"),
    Range("sources.*.timeout", (None, "900 s"), "the caller's own patience is long unless it is named"),
    Range("sources.*.retries.tries", (1, TRUTH.sdk_tries, 10), "no second try, as many as an SDK makes, and many"),
    Range("sources.*.retries.backoff", ("100 ms", "1 s"), "soon, and as an SDK waits"),
    Range("sources.*.retries.most", ("1 s", seconds(TRUTH.sdk_backoff_max)), "soon again, and as an SDK waits"),
    Range("sources.*.retries.jitter", ("yes", "no"), "SDKs spread their tries; other clients may not"),
    Range("sources.*.retries", (None, "yes"), "a client that gives up at once, and an SDK"),
    Range("sources.*.duplicates", ("0 %", "10 %"), "each event comes once, or some come twice"),
    Range("sources.*.reports", ("yes", "success", "no"), "every way in which a handler may report to a pipeline"),
    Range("sources.*.job_timeout", ("60 s", seconds(TRUTH.pipeline_job_max)), "short, and the longest there is"),
    Range("sources.*.kind", _callers, "who waits, and who does not", ALWAYS),
)
ARRIVAL = Range("sources.*.arrivals.*", _of_an_arrival, "half as much and twice as much: no load is usual")
