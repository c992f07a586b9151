"""What a cron means, said as plainly as can be: look at every minute of a clock and ask each field. Slow, for tests."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

NAMES = {
    name: str(number)
    for names in ("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", "SUN MON TUE WED THU FRI SAT")
    for number, name in enumerate(names.split(), 1)
}


def firings(text: str, zone: ZoneInfo, starting: datetime, minutes: int) -> Iterator[datetime]:
    """The moments, in UTC, of the first `minutes` from `starting` on. A minute that the clock shows again is passed over."""
    begins = starting.replace(tzinfo=zone).astimezone(UTC)
    for after in range(minutes):
        moment = begins + timedelta(minutes=after)
        shown = moment.astimezone(zone)
        if shown.fold == 0 and fires(text, shown):
            yield moment


def fires(text: str, shown: datetime) -> bool:
    minutes, hours, days, months, weekdays, years = text.split()
    return (
        has(minutes, shown.minute, 0, 59)
        and has(hours, shown.hour, 0, 23)
        and has(months, shown.month, 1, 12)
        and has(years, shown.year, 1970, 2199)
        and (on_day_of_week(weekdays, shown) if days == "?" else on_day_of_month(days, shown))
    )


@cache
def has(field: str, value: int, low: int, high: int) -> bool:
    """Whether a list of numbers, names, ranges and steps has the value: walk along each range, from its top to its bottom."""
    for part in re.sub("[A-Z]{3}", lambda name: NAMES[name[0]], field).split(","):
        span, _, step = part.partition("/")
        first, _, last = (
            f"{low}-{high}" if span == "*" else f"{span}-{high}" if step and "-" not in span else span
        ).partition("-")
        here, walked = int(first), 0
        while True:
            if here == value and walked % int(step or 1) == 0:
                return True
            if here == int(last or first):
                break
            here, walked = (low if here == high else here + 1), walked + 1
    return False


def on_day_of_month(field: str, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    workdays = [each for each in range(1, length + 1) if day.replace(day=each).isoweekday() <= 5]
    if field == "LW":
        return day.day == workdays[-1]
    if field.startswith("L"):
        return day.day == length - int(field[2:] or 0)
    if field.endswith("W"):
        wanted = int(field[:-1])
        return wanted <= length and day.day == min(workdays, key=lambda each: abs(each - wanted))
    return has(field, day.day, 1, 31)


def on_day_of_week(field: str, day: date) -> bool:
    number = day.isoweekday() % 7 + 1
    if field == "L":
        return number == 7
    if field.endswith("L"):
        return has(field[:-1], number, 1, 7) and (day + timedelta(days=7)).month != day.month
    if "#" in field:
        weekday, _, which = field.partition("#")
        return has(weekday, number, 1, 7) and (day.day - 1) // 7 + 1 == int(which)
    return has(field, number, 1, 7)


def fields(low: int, high: int, steps: int) -> st.SearchStrategy[str]:
    """A field of a cron: `*`, or a list of numbers, ranges (also past the end) and, unless `steps` is 0, steps up to it."""
    numbers = st.integers(low, high).map(str)
    spans = st.one_of(numbers, st.tuples(numbers, numbers).map("-".join))
    parts = spans
    if steps:
        parts = spans | st.tuples(spans | st.just("*"), st.integers(1, steps).map(str)).map("/".join)
    return st.just("*") | st.lists(parts, min_size=1, max_size=3).map(",".join)


dates = st.one_of(
    fields(1, 31, 31),
    st.sampled_from(["L", "LW"]),
    st.integers(1, 30).map(lambda back: f"L-{back}"),
    st.integers(1, 31).map(lambda day: f"{day}W"),
)
weekdays = st.one_of(
    fields(1, 7, 0),
    st.sampled_from(["L", "MON-FRI", "SAT,SUN", "FRI-MON", "FRIL"]),
    st.integers(1, 7).map(lambda day: f"{day}L"),
    st.tuples(st.integers(1, 7), st.integers(1, 5)).map(lambda pair: f"{pair[0]}#{pair[1]}"),
)
days = dates.map(lambda field: (field, "?")) | weekdays.map(lambda field: ("?", field))
months = fields(1, 12, 12) | st.sampled_from(["JAN-MAR", "NOV-FEB", "JUN,OCT"])
