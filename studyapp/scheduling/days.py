"""Study days: they begin at four in the morning where the student is, so that a late evening belongs to its day."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_BEGINS = time(4)


def study_day(moment: datetime, zone: tzinfo = UTC) -> date:
    """The study day that `moment` falls in."""
    return (moment.astimezone(zone).replace(tzinfo=None) - timedelta(hours=DAY_BEGINS.hour)).date()


def begins(day: date, zone: tzinfo = UTC) -> datetime:
    """When the study day `day` begins."""
    return datetime.combine(day, DAY_BEGINS, zone)


def morning(now: datetime, days: int, zone: tzinfo = UTC) -> datetime:
    """When the study day begins that lies `days` after the one that `now` falls in."""
    return begins(study_day(now, zone) + timedelta(days=days), zone)
