"""What schedules do, said as plainly as can be: look at every minute, and ask what the clocks show. Slow, for tests.

Written from EventBridge's pages; it shares nothing with the model but the twin of a cron's fields.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulator import cron_twin

MINUTE = timedelta(minutes=1)


def utc(text: str, zone: str) -> datetime:
    """The first moment at which clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def firings(schedule: dict[str, str], days: int, *, later: bool = False, twice: bool = False) -> list[datetime]:
    """In UTC, in so many days from when it was made. `later`, `twice`: in the worlds that do not exist."""
    made = utc(schedule["starting"], clocks(schedule))
    zone = ZoneInfo("UTC" if schedule["kind"] == "rule" else schedule.get("zone", "UTC"))
    if lacks(schedule):
        return []
    kind, text = schedule["expression"].rstrip(")").split("(")
    first = utc(schedule["start_date"], clocks(schedule)) if "start_date" in schedule and kind != "at" else made
    last = made + timedelta(days=days)
    if "end_date" in schedule and kind != "at":
        last = min(last, utc(schedule["end_date"], clocks(schedule)))
    if kind == "at":
        return [moment for moment in [utc(text, zone.key)] if made <= moment < last]
    found = by_rate(text, first, last) if kind == "rate" else by_cron(text, zone, first, last, later=later, twice=twice)
    return list(found)


def clocks(schedule: dict[str, str]) -> str:
    return schedule.get("clocks") or schedule.get("zone") or "UTC"


def lacks(schedule: dict[str, str]) -> bool:
    """Whether a rule is asked for what only EventBridge Scheduler has."""
    return schedule["kind"] == "rule" and (
        schedule.get("zone", "UTC") != "UTC"
        or schedule["expression"].startswith("at")
        or "start_date" in schedule
        or "end_date" in schedule
        or "flexible_window" in schedule
    )


def by_rate(text: str, first: datetime, last: datetime) -> Iterator[datetime]:
    number, unit = text.split()
    wait = {"m": MINUTE, "h": 60 * MINUTE, "d": 1440 * MINUTE}[unit[0]] * int(number)
    moment = first
    while moment < last:
        yield moment
        moment += wait


def by_cron(
    text: str, zone: ZoneInfo, first: datetime, last: datetime, *, later: bool, twice: bool
) -> Iterator[datetime]:
    moment = first.replace(second=0, microsecond=0)
    while moment < last:
        shown = moment.astimezone(zone)
        is_due = cron_twin.fires(text, shown) and (twice or shown.fold == 0)
        if moment >= first and (is_due or (later and _was_skipped(text, moment, zone))):
            yield moment
        moment += MINUTE


def _was_skipped(text: str, moment: datetime, zone: ZoneInfo) -> bool:
    """Whether, had the clocks not been put forward that day, they would now show a time of the cron that they never did."""
    now = moment.astimezone(zone)
    before = (moment - timedelta(days=1)).astimezone(zone).utcoffset()
    if before is None or before == now.utcoffset():
        return False
    local = moment.replace(tzinfo=None) + before
    if local.date() != now.date() or not cron_twin.fires(text, local):
        return False
    return all(
        (local - offset).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) != local
        for offset in (before, now.utcoffset() or before)
    )


def local(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def late_from(found: list[datetime], zone: str, wanted: str) -> str | None:
    """The date of the first firing at another time."""
    shown = [local(moment, zone) for moment in found]
    return next((each[:10] for each in shown if each[11:] != wanted), None)
