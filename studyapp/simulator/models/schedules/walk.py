"""How a schedule comes to its first firing, step by step, or the step at which it ends."""

from collections.abc import Iterator

from studyapp.simulator.models.schedules.delivery import KEPT, LOST, Delivery
from studyapp.simulator.models.schedules.expressions import CronTimes, Once, Rate
from studyapp.simulator.models.schedules.timetable import Timetable
from studyapp.simulator.models.schedules.words import in_words
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path
from studyapp.simulator.units import show_time

_NAMES = ("Minutes", "Hours", "Day of the month", "Month", "Day of the week", "Year")


def walk(table: Timetable, delivery: Delivery | None, rulebook: Rulebook) -> Path:
    hops = [*_taken(table, rulebook)]
    if not table.lacks:
        hops += [*_expression(table, rulebook), _zone(table, rulebook), *_changes(table, rulebook), _first(table)]
    if delivery is not None:
        hops.append(_delivery(delivery, rulebook))
    return Path(table.planned.name, hops[-1].ok, tuple(hops), "schedule")


def _taken(table: Timetable, rulebook: Rulebook) -> Iterator[Hop]:
    """A rule may ask for what it does not have."""
    rule = "rules_have_what_schedules_have"
    if table.lacks:
        yield Hop("Rule", False, f"A rule has no {table.lacks}; EventBridge Scheduler does.", rule)
    elif table.planned.is_rule and (asked := next(table.planned.asks_for(), "")):
        yield Hop("Rule", True, f"A rule would have a {asked}, if this were so.", rule)


def _expression(table: Timetable, rulebook: Rulebook) -> Iterator[Hop]:
    expression = table.planned.expression
    if isinstance(expression, CronTimes):
        yield from _cron(expression, rulebook)
    elif isinstance(expression, Rate):
        yield from _rate(expression, rulebook)
    else:
        yield Hop("Time", True, f"Once, as the clock shows {expression.local:%Y-%m-%d %H:%M:%S}.")


def _cron(expression: CronTimes, rulebook: Rulebook) -> Iterator[Hop]:
    for place, (name, part, written) in enumerate(zip(_NAMES, expression.read, expression.written, strict=True)):
        is_day, believed = place == 4, ", if this were so" if part != written else ""
        says = f"{_short(written)} is {in_words(place, part)}{believed}."
        yield Hop(name, True, says, "cron_is_unix" if is_day and part not in "*?" else "")


def _rate(rate: Rate, rulebook: Rulebook) -> Iterator[Hop]:
    counts_from = rulebook.rate_counts_from
    start = {
        "creation": "as soon as it begins",
        "hour": "at the first full hour, if this were so",
        "midnight": "in steps from midnight, if this were so",
    }[counts_from]
    yield Hop("Beginning", True, f"It fires {start}.", "rate_counts_from")
    follows = rulebook.rate_days_follow_the_clock and rate.days is not None
    hours = f", {show_time(rate.period)}" if rate.days else ""
    length = "as days of the clock, if this were so" if follows else f"of plain time{hours}"
    yield Hop("Rate", True, f"Then once in {rate.text} {length}.", "rate_days_follow_the_clock")


def _zone(table: Timetable, rulebook: Rulebook) -> Hop:
    planned, key = table.planned, table.zone.key
    if isinstance(planned.expression, Rate):
        return Hop("Time zone", True, "A rate counts time, so no clock matters.", "rate_days_follow_the_clock")
    if planned.is_rule and rulebook.rules_follow_local_time:
        return Hop("Time zone", True, f"The clocks of {key} decide, if this were so.", "rules_follow_local_time")
    if planned.is_rule and key == "UTC":
        return Hop(
            "Time zone", True, "A rule is read in UTC, whatever clocks its users have.", "rules_follow_local_time"
        )
    if key == "UTC":
        return Hop("Time zone", True, "It is read in UTC, which knows no summer time.")
    return Hop("Time zone", True, f"The clocks of {key} decide, summer time included.")


def _changes(table: Timetable, rulebook: Rulebook) -> Iterator[Hop]:
    """The next times that clocks skip or show twice."""
    if skipped := table.oddities.get(True):
        later = rulebook.skipped_times_fire_later
        what = "it fires later, if this were so" if later else "it does not fire"
        yield Hop(
            "Clocks forward", True, f"The clocks skip {skipped:%H:%M on %Y-%m-%d}: {what}.", "skipped_times_fire_later"
        )
    if repeated := table.oddities.get(False):
        twice = rulebook.repeated_times_fire_twice
        what = "it fires twice, if this were so" if twice else "it fires once, before the shift"
        says = f"The clocks show {repeated:%H:%M} twice on {repeated:%Y-%m-%d}: {what}."
        yield Hop("Clocks back", True, says, "repeated_times_fire_twice")


def _first(table: Timetable) -> Hop:
    if not table.listed:
        why = "that time has passed" if isinstance(table.planned.expression, Once) else "no moment is left that fits"
        return Hop("First firing", False, f"It never fires: {why}.")
    moment = table.listed[0]
    shown, key = table.shown(moment), table.planned.clocks.key
    there = "" if key == "UTC" else f", {shown:%H:%M on %Y-%m-%d} in {key}"
    return Hop("First firing", True, f"It first fires at {moment:%H:%M} UTC on {moment:%Y-%m-%d}{there}.")


def _delivery(delivery: Delivery, rulebook: Rulebook) -> Hop:
    calls = f"{delivery.calls:,} call{'' if delivery.calls == 1 else 's'}"
    rule = "schedules_retry_failed_runs"
    if delivery.end in (KEPT, LOST):
        what = "goes to the dead-letter queue" if delivery.end == KEPT else "is lost"
        believed = ", if this were so" if delivery.target == "function-fails" else ""
        return Hop("Delivery", True, f"After {calls} in vain the event {what}{believed}.", rule)
    if delivery.target == "function-fails":
        retries = f"{delivery.runs - 1:,} retries"
        return Hop(
            "Delivery", True, f"Lambda took the event at the first call; failed runs get Lambda's own {retries}.", rule
        )
    if delivery.target == "function-throttled":
        return Hop("Delivery", True, "Lambda took the event at the first call and keeps it until there is room.", rule)
    return Hop("Delivery", True, f"Lambda takes the event after {calls}.", rule)


def _short(text: str) -> str:
    """A list of all minutes is no word for a sentence."""
    return text if len(text) <= 40 else f"{text[:40]}..."
