"""Where two runs part: the first moment at which they differ, and one plain sentence about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from studyapp.simulator import differing, spelling, story
from studyapp.simulator.alike import are_alike
from studyapp.simulator.claims import show
from studyapp.simulator.compare_words import WAITS, does
from studyapp.simulator.metrics import Value
from studyapp.simulator.outcome import OneFunction, Outcome
from studyapp.simulator.spans import Path, Span
from studyapp.simulator.story_words import words
from studyapp.simulator.units import SECOND, show_time

NAMES: Final = ("the first run", "the second run")
_BILL: Final = ("cost.requests", "cost.duration", "cost.provisioned", "cost.storage")


Difference: TypeAlias = tuple[int, Span | None, Span | None, int]
"""(moment, span of a, span of b, event)."""
AT_FIRST: Final = 16  # events that are told before any look at whether that was enough
LATEST: Final = 2**63


class Parting(NamedTuple):
    """`at_us` is None when no moment of the clock parts the runs (a path, the bill, or nothing at all)."""

    at_us: int | None
    says: str


def parting(a: Outcome, b: Outcome, names: tuple[str, str] = NAMES) -> Parting:
    """The first moment at which `a` and `b` differ. `names` stand for the runs in the sentence."""
    paths = _parting_paths(a, b)
    if paths is not None:
        return Parting(None, _paths_part(*paths, names))
    is_whole = not any(
        isinstance(each, OneFunction) for each in (a, b)
    )  # of a part, likeness is as dear as a difference
    parted = None if is_whole and are_alike(a, b) else _first_difference(a, b)
    if parted is None:
        return Parting(None, _callers_part(a, b, names) or _crowds_part(a, b, names) or _bills_part(a, b, names))
    at, mine, others, event = parted
    until = "From the start the runs differ" if at == 0 else f"Both runs are the same until {show_time(at)}"
    what = f"{_noun(a if mine else b, event)} {event:,}"
    return Parting(at, f"{until}: in {names[0]} {what} {does(mine, at)}; in {names[1]} it {does(others, at)}.")


def _parting_paths(a: Outcome, b: Outcome) -> tuple[Path, Path] | None:
    """The first target that one run reaches and the other does not, or else the first with another path."""
    pairs = [(mine, other) for mine, other in zip(a.paths, b.paths, strict=False) if mine.target == other.target]
    differ = [(mine, other) for mine, other in pairs if mine != other]
    return next((pair for pair in differ if pair[0].ok != pair[1].ok), differ[0] if differ else None)


def _first_difference(a: Outcome, b: Outcome) -> Difference | None:
    """The earliest difference. Only events whose columns differ are told, those first that may differ first: to tell all of a
    long run costs more than the run."""
    if _names(a) != _names(b) or not differing.are_of_one_scene(a, b):
        return _by_arrival(a, b)
    told: dict[int, Difference | None] = {}
    for until, events in differing.events(a, b):
        first = _earliest(a, b, events, told)
        if first is not None and first[0] <= until:
            return first
    return None


def _earliest(
    a: Outcome, b: Outcome, events: Mapping[int, int], told: dict[int, Difference | None]
) -> Difference | None:
    """Of some events, by the moment from which on each may differ. `told` gains those that have to be told for it."""
    waiting = sorted((since, event) for event, since in events.items() if event not in told)
    first, upto = 0, 1
    while True:
        found = min(filter(None, told.values()), key=_when, default=None)
        if first >= len(waiting) or (found is not None and _when(found) < (waiting[first][0], waiting[first][1] + 1)):
            return found
        told |= _differences(a, b, [event for _, event in waiting[first:upto]])
        first, upto = upto, upto * 4


def _by_arrival(a: Outcome, b: Outcome) -> Difference | None:
    """The same where equal columns may tell of different things: events are told in the order in which they arrive, until the
    next would not arrive before the difference. Of two at one moment the earlier event has it."""
    found: list[Difference] = []
    events = max(len(a.trace.arrived), len(b.trace.arrived))
    first, upto = 0, AT_FIRST
    while first < events:
        found += filter(None, _differences(a, b, range(first, min(upto, events))).values())
        if found and min(found, key=_when)[0] <= min(_arrival(a, upto), _arrival(b, upto)):
            break
        first, upto = upto, upto * 4
    return min(found, key=_when, default=None)


def _differences(a: Outcome, b: Outcome, events: Iterable[int]) -> dict[int, Difference | None]:
    numbers = tuple(events)
    mine, others = (_lives(each, numbers) for each in (a, b))
    return {event: _differ(mine[event], others[event], event + 1) for event in numbers}


def _when(difference: Difference) -> tuple[int, int]:
    at, _, _, event = difference
    return at, event


def _arrival(outcome: Outcome, event: int) -> int:
    """When an event arrives; never, if there is none."""
    arrived = outcome.trace.arrived
    return arrived[event] if event < len(arrived) else LATEST


def _lives(outcome: Outcome, events: Iterable[int]) -> dict[int, list[Span]]:
    """The spans of some events, in order, as far as the outcome is about them; an event that there is not has none."""
    lives: dict[int, list[Span]] = defaultdict(list)
    function, arrived = outcome.trace.function, len(outcome.trace.arrived)
    is_of = [each in outcome.functions for each in outcome.scenario.functions]
    for event, told in outcome.tell([event for event in events if event < arrived and is_of[function[event]]]).items():
        lives[event] = sorted(told, key=story.ORDER)
    return lives


def _names(outcome: Outcome) -> set[str]:
    """Of the functions that it is about."""
    return {function.name for function in outcome.functions}


def _differ(a: list[Span], b: list[Span], event: int) -> Difference | None:
    for place in range(max(len(a), len(b))):
        mine = a[place] if place < len(a) else None
        other = b[place] if place < len(b) else None
        if mine is None or other is None or _seen(mine) != _seen(other):
            at = _moment(mine, other)
            return at, _after(a, place, at), _after(b, place, at), event
    return None


def _after(spans: list[Span], place: int, at: int) -> Span | None:
    """What an event does at `at`: a wait that is over by then has given way to what follows it."""
    while place < len(spans) and spans[place].kind in WAITS and spans[place].end_us <= at:
        place += 1
    return spans[place] if place < len(spans) else None


def _seen(span: Span) -> tuple[object, ...]:
    """What a student sees of a span; which environment it was is not part of it."""
    return (
        span.kind,
        span.start_us,
        span.end_us,
        span.function,
        span.status,
        span.batch if span.kind == "invoke" else 0,
        span.reason if span.kind != "invoke" else "",
    )


def _moment(a: Span | None, b: Span | None) -> int:
    if a is None or b is None:
        return (a or b).start_us  # type: ignore[union-attr]  # one of the two is there
    if (a.kind, a.start_us, a.batch) == (b.kind, b.start_us, b.batch):
        return min(a.end_us, b.end_us)
    return min(a.start_us, b.start_us)


def _noun(outcome: Outcome, event: int) -> str:
    """A request, an event, a message or a record, by where it comes from."""
    number = outcome.trace.source[event - 1] if event <= len(outcome.trace.source) else 0
    return words(outcome.scenario.sources[number]).noun


def _paths_part(a: Path, b: Path, names: tuple[str, str]) -> str:
    return f"{_way(a, names[0], 'packets')} {_way(b, names[1], 'they')}"


def _way(path: Path, name: str, packets: str) -> str:
    if path.kind != "network":
        return f"In {name} {path.target} {spelling.ends(path.kind, ok=path.ok)}: {_within(path.hops[-1].says)}"
    if path.ok:
        return f"In {name} {packets} reach {spelling.target(path.target)}."
    last = path.hops[-1]
    where = "" if last.name == path.target else f" at “{last.name}”"
    bound = f"{packets} for {spelling.target(path.target)}" if packets != "they" else packets
    return f"In {name} {bound} stop{where}: {_within(last.says)}"


def _within(sentence: str) -> str:
    """A sentence as the second half of another: a word of capitals (NAT, IPv6) keeps them."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _callers_part(a: Outcome, b: Outcome, names: tuple[str, str]) -> str | None:
    """The runs take one course; callers may still hear about it at another time, or get an error."""
    if not a.functions:
        return None
    mine, other = _heard(a), _heard(b)
    if mine == other:
        return None
    return f"Both runs take the same course, but callers see another: {mine} in {names[0]}, {other} in {names[1]}."


def _heard(outcome: Outcome) -> str:
    requests, errors, longest = (outcome.value(name) for name in ("requests", "client_errors", "response_max"))
    after = f"after {show_time(round(longest * SECOND))}" if isinstance(longest, float) else "at no time"
    if requests == 1:
        return f"{'an error' if errors else 'an answer'} {after}"
    return f"{errors} errors and the last response {after}"


def _crowds_part(a: Outcome, b: Outcome, names: tuple[str, str]) -> str | None:
    """Every request may fare the same while the runs need another number of environments."""
    if not a.functions or a.value("peak_concurrency") == b.value("peak_concurrency"):
        return None
    mine, other = a.value("peak_concurrency"), b.value("peak_concurrency")
    return (
        "Every request fares the same in both runs, but the number of environments that are busy at once differs: "
        f"at most {mine:,} in {names[0]}, {other:,} in {names[1]}."
    )


def _bills_part(a: Outcome, b: Outcome, names: tuple[str, str]) -> str:
    """The runs take one course; a line of the bill may still differ."""
    if not a.functions:
        return _answers_part(a, b, names) or "Both runs are the same from beginning to end."
    for line in _BILL:
        mine, other = a.value(line), b.value(line)
        if mine != other:
            word = line.partition(".")[2]
            return (
                f"Both runs take the same course, but the bill for {word} differs: "
                f"{_usd(mine)} in {names[0]}, {_usd(other)} in {names[1]}."
            )
    return "Both runs are the same from beginning to end."


def _answers_part(a: Outcome, b: Outcome, names: tuple[str, str]) -> str | None:
    """The first number or word of a model in which the two differ."""
    for name in a.metrics:
        mine, other = a.metrics[name], b.metrics.get(name)
        if mine != other:
            return f"{name} is {show(mine)} in {names[0]} and {show(other)} in {names[1]}."
    return None


def _usd(value: Value) -> str:
    return f"{value:,.6f} USD" if isinstance(value, float | int) else "nothing"
