"""Times as people say them."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from studyapp.facts.freshness import is_past
from studyapp.facts.months import spoken
from studyapp.scheduling.days import study_day


def minutes(length: object) -> str:
    """A timedelta, or a number of seconds, as "14 min". Nothing is ever "0 min"."""
    seconds = length.total_seconds() if isinstance(length, timedelta) else float(str(length))
    whole = max(1, round(seconds / 60))
    if whole < 120:
        return f"{whole}\u00a0min"
    hours, rest = divmod(whole, 60)
    return f"{hours}\u00a0h {rest}\u00a0min" if rest else f"{hours}\u00a0h"


def when(moment: date, now: datetime | None = None) -> str:
    """How far off a day of study is, which begins at four in the reader's time zone: "now", "today", "tomorrow", "in 4 days",
    "in 3 weeks", "in 5 months"."""
    now = now or timezone.now()
    if isinstance(moment, datetime) and moment <= now:
        return "now"
    days = (_study_day(moment) - _study_day(now)).days
    if days <= 1:
        return "tomorrow" if days == 1 else "today"
    for size, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size:
            return f"in {round(days / size)} {name}s"
    return f"in {days} days"


def weekday(moment: date, now: datetime | None = None) -> str:
    """A day of study by its name while that is clear: "today" (also for what is past), "tomorrow", "Thursday"; then
    "14 December", and the year if not this one."""
    day, today = _study_day(moment), _study_day(now or timezone.now())
    days = (day - today).days
    if days <= 1:
        return "tomorrow" if days == 1 else "today"
    if days < 7:
        return f"{day:%A}"
    text = f"{day.day} {day:%B}"
    return text if day.year == today.year else f"{text} {day.year}"


def is_stale(due: date | str | None, today: date | None = None) -> bool:
    """Whether a source should have been checked by now. Takes the last day that its check holds, or its ISO text.

    What was kept before facts had such a day has none, and is never stale: its fact's own page says how it stands.
    """
    if not due:
        return False
    day = date.fromisoformat(due) if isinstance(due, str) else _day(due)
    return is_past(day, _day(today or timezone.now()))


def month(until: str) -> str:
    """`2023-11` as "November 2023"; a year, or anything else, as it is."""
    return spoken(until)


def letter(index: int) -> str:
    """0 as "A", up to 7 as "H": the name of an option, and its key."""
    return "ABCDEFGH"[index]


def _study_day(moment: date) -> date:
    """What is due at four belongs to the day that begins then: for who studies after midnight that is tomorrow."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return study_day(moment, timezone.get_current_timezone())
    return _day(moment)


def _day(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
