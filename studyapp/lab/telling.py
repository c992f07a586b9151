"""What a run comes to, in numbers and words: its readouts, and how it differs from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from studyapp.lab.asking import Marked, Question, told, words
from studyapp.simulator.metrics import Metrics, Value
from studyapp.simulator.models.registry import FIRST_WORDS
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.units import SECOND
from studyapp.ui.pictures.readouts import named, readout, text_and_unit
from studyapp.ui.pictures.shapes import Readout
from studyapp.ui.pictures.words import NBSP, count

READOUTS = 4
COST = "cost.total"
MONTH_US = 30 * 86_400 * SECOND
FIRST = (
    "throttles", "cold_starts", "errors", "events_lost", "dead_letters", "records_to_destination", "messages_waiting_max",
    "iterator_age_max", "oldest_message_age_max", "connections_refused", "spillover_invocations", "client_retries",
    "job_timeouts", "response_p95", "duration_p50", "delivered", "cost.total",
)  # fmt: skip
"""What a run's readouts are chosen from: those that are not 0, the most telling first. The cost comes last and always."""
OF = {
    "throttles": ("requests", "request"),
    "cold_starts": ("invocations", "invocation"),
    "errors": ("invocations", "invocation"),
    "spillover_invocations": ("invocations", "invocation"),
    "connections_refused": ("invocations", "invocation"),
    "events_lost": ("requests", "event"),
    "dead_letters": ("requests", "event"),
    "records_to_destination": ("requests", "event"),
    "delivered": ("requests", "event"),
}
"""What a count is measured by: another metric, and what that one counts."""
AGAINST = {
    "duration_p50": "half of the runs take no longer",
    "messages_waiting_max": "at the worst moment",
    "oldest_message_age_max": "since it arrived",
    "iterator_age_max": "when it is handed over",
    "peak_concurrency": "at the busiest moment",
}
"""What is said beside a number that is no part of another."""
COMPARED = (
    "throttles", "cold_starts", "errors", "client_errors", "events_lost", "dead_letters", "duplicates", "invocations",
    "messages_waiting_max", "oldest_message_age_max", "iterator_age_max", "connections_refused", "peak_concurrency",
    "response_p50", "response_p95", "response_p99", "duration_p50", "duration_p95", "duration_p99",
)  # fmt: skip
MONTHLY = "Cost of a month of this"
MOST_DIFFERENCES = 12
PHRASES = {
    "throttles": ("request is throttled", "requests are throttled"),
    "cold_starts": ("environment starts", "environments start"),
    "errors": ("run fails", "runs fail"),
    "events_lost": ("event is lost", "events are lost"),
    "dead_letters": ("event ends in a dead-letter queue", "events end in a dead-letter queue"),
    "connections_refused": ("run finds no connection", "runs find no connection"),
    "duplicates": ("delivery is one too many", "deliveries are one too many"),
}
"""Differences that are told as a sentence: of one, of several."""


@dataclass(frozen=True)
class Difference:
    """One metric of two runs. `change` is `−9`, `+0.4 s`, `same`, or how it reads now where it is no number.

    What is the same in both and was not asked for is folded away.
    """

    label: str
    was: str
    now: str
    change: str
    is_same: bool
    is_folded: bool = False


def readouts(outcome: Outcome, asked: Question | None, marked: Marked | None) -> tuple[Readout, ...]:
    """Up to four: what was asked, against what was predicted, then what tells most, and the cost."""
    metrics = outcome.metrics
    names = [asked.metric] if asked else []
    others = [name for name in candidates(metrics) if name not in names]
    last = [name for name in others if name == COST]
    shown = (name for name in others if name != COST and metrics[name])  # no more are worked out than are shown
    names += [*islice(shown, READOUTS - len(names) - len(last)), *last]
    found = [replace(readout(name, metrics[name], None, ""), against=_against(name, outcome)) for name in names]
    if asked and marked:
        found[0] = replace(found[0], against=_as_predicted(asked, marked))
    return tuple(found)


def candidates(metrics: Metrics) -> list[str]:
    """The metrics of a run that tell something, the most telling first; else what a model answers."""
    applies = frozenset(metrics.that_apply)
    of_runs = [name for name in FIRST if name in applies and not _is_nobodys(name, metrics)]
    if of_runs:
        return of_runs
    return [name for name in metrics.that_apply if name.partition(".")[0] in FIRST_WORDS]


def _is_nobodys(name: str, metrics: Metrics) -> bool:
    """Nobody waits for a response to an event."""
    return name.startswith("response_") and bool(metrics["async_received"])


def _as_predicted(asked: Question, marked: Marked) -> str:
    if marked.is_right:
        return "✓ as you predicted"
    said = dict(asked.choices).get(marked.predicted, marked.predicted)
    return f"✗ you said {said}" if said else "you did not know"


def _against(name: str, outcome: Outcome) -> str:
    """A number is never alone."""
    metrics = outcome.metrics
    if name in OF and OF[name][0] in metrics:
        whole, noun = OF[name]
        number, part = metrics[whole], metrics[name]
        if not isinstance(number, int) or not isinstance(part, int):
            return ""
        return f"of {count(number, noun)}" if part <= number else f"{count(number, noun)}, tried again"
    if name == "cost.total":
        month = monthly(outcome)
        return f"{_usd(month)} for a month of this" if month is not None else ""
    if name.startswith("response_"):
        return "start and invocation"
    return AGAINST.get(name, "")


def verdict(question: Question, marked: Marked) -> str:
    """What a prediction comes to, in a sentence."""
    if marked.is_right:
        return "It is as you said."
    said, actual = (words(question, value) for value in (marked.predicted, marked.actual))
    if question.choices:
        said, actual = (f"“{each}”" if each else "" for each in (said, actual))
    elif question.unit not in actual:
        actual = f"{actual} {unit_for(actual, question.unit)}"
    if not said and question.choices:
        return f"The run says {actual}."
    return f"You said {said}; it is {actual}." if said else f"It is {actual}."


def unit_for(number: str, unit: str) -> str:
    """The unit of a number: `request` of "1", where what is counted is `requests`."""
    if number != "1" or not unit.endswith("s") or len(unit) < 3 or unit == "GB-s":
        return unit
    return unit.removesuffix("es") if unit.endswith(("ches", "xes", "shes")) else unit.removesuffix("s")


def monthly(outcome: Outcome) -> float | None:
    """USD that 30 days would cost if they went on as this run did; None where the run has no length, or no cost."""
    if "cost.total" not in outcome.metrics or not outcome.end_us or not outcome.functions:
        return None
    return float(outcome.metrics["cost.total"] or 0) * MONTH_US / outcome.end_us


def _usd(amount: float) -> str:
    return NBSP.join(text_and_unit("cost.total", amount))


def differences(was: Outcome, now: Outcome, asked: Question | None) -> tuple[Difference, ...]:
    """What was asked first; then what can be compared and is not 0 in both; the cost of a month last."""
    names = [asked.metric] if asked and asked.metric in was.metrics and asked.metric in now.metrics else []
    names += [name for name in _comparable(was.metrics, now.metrics) if name not in names]
    found = [_difference(name, was.metrics[name], now.metrics[name]) for name in names[:MOST_DIFFERENCES]]
    before, after = monthly(was), monthly(now)
    if before is not None and after is not None:
        found.append(replace(_difference("cost.total", before, after), label=MONTHLY))
    return _folded(found, is_asked=bool(asked and names[:1] == [asked.metric]))


def _folded(rows: Sequence[Difference], *, is_asked: bool) -> tuple[Difference, ...]:
    """Those that are the same come last; what was asked stays first."""
    marked = [replace(row, is_folded=row.is_same and not (is_asked and at == 0)) for at, row in enumerate(rows)]
    return tuple(sorted(marked, key=lambda row: row.is_folded))


def _comparable(was: Metrics, now: Metrics) -> list[str]:
    both = frozenset(was.that_apply) & frozenset(now.that_apply)
    of_runs = [n for n in COMPARED if n in both and (was[n] or now[n]) and not _is_nobodys(n, now)]
    answered = [n for n in now.that_apply if n in both and n.partition(".")[0] in FIRST_WORDS and was[n] != now[n]]
    return of_runs + answered


def _difference(name: str, was: Value, now: Value) -> Difference:
    before, after = (NBSP.join(filter(None, text_and_unit(name, value))) for value in (was, now))
    return Difference(named(name), before, after, _change(name, was, now, same=before == after), before == after)


def _change(name: str, was: Value, now: Value, *, same: bool) -> str:
    if same:
        return "same"
    if isinstance(was, bool | str | None) or isinstance(now, bool | str | None):
        return "changed"
    text = NBSP.join(filter(None, text_and_unit(name, abs(now - was))))
    return f"{'+' if now > was else '−'}{text}"


def headline(was: Outcome, now: Outcome, rows: Sequence[Difference]) -> str:
    """'9 fewer requests are throttled; 3 more environments start.'"""
    parts = [_phrase(name, was.metrics[name], now.metrics[name]) for name in PHRASES if _both(name, was, now)]
    parts = [part for part in parts if part][:2]
    parts = parts or [f"{row.label}: {row.was} becomes {row.now}" for row in rows if not row.is_same][:1]
    text = "; ".join(parts) or "nothing that is measured here changes"
    return f"{text[:1].upper()}{text[1:]}."


def _both(name: str, was: Outcome, now: Outcome) -> bool:
    return name in was.metrics and name in now.metrics


def _phrase(name: str, was: Value, now: Value) -> str:
    if not isinstance(was, int) or not isinstance(now, int) or was == now:
        return ""
    much, (one, many) = abs(now - was), PHRASES[name]
    word = "more" if now > was else "fewer"
    return f"{much:,} {word} {one if much == 1 else many}"


def values(outcome: Outcome, asked: Question | None) -> Mapping[str, str]:
    """What is kept of a run, by metric: what was asked, and its readouts."""
    names = [asked.metric] if asked else []
    names += [name for name in candidates(outcome.metrics) if outcome.metrics[name]][:8]
    return {name: told(name, outcome) for name in dict.fromkeys(names)}
