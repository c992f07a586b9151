"""Today in the states that need a past: what the exam, a backlog, minutes already spent and an exam behind one make of it.

Each is a demo student whose rows are moved in time from beside the server.
"""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.cast import Cast, Make
from tests.journeys.server import Server

WHO = "(SELECT id FROM accounts_user WHERE name = ?)"


def dated(page: Page, cast: Cast, make: Make) -> None:
    """An exam to come, and the score for its day."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("days left")


def behind(page: Page, cast: Cast, make: Make) -> None:
    """A fortnight away, with ten minutes a day for what has come together since."""
    _aim(cast.server, "Bo", minutes=10, exam_in_days=None)
    cast.server.write(f"UPDATE memory_card SET due_at = ? WHERE student_id = {WHO}", _ago(days=14), "Bo")
    page.goto("/")
    expect(page.get_by_role("heading", name="A backlog of")).to_be_visible()


def done(page: Page, cast: Cast, make: Make) -> None:
    """All minutes of the day are spent: the latest answers are moved into the last hour."""
    _aim(cast.server, "Eli", minutes=5, exam_in_days=30)
    cast.server.write(
        "UPDATE attempts_attempt SET shown_at = ?, answered_at = ? WHERE id IN"
        f" (SELECT id FROM attempts_attempt WHERE student_id = {WHO} ORDER BY id DESC LIMIT 20)",
        _ago(minutes=3), _ago(minutes=2), "Eli",
    )  # fmt: skip
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Done for today")


def over(page: Page, cast: Cast, make: Make) -> None:
    """The exam was two days ago."""
    _aim(cast.server, "Dara", minutes=20, exam_in_days=-2)
    page.goto("/")
    expect(page.get_by_role("heading", name="How did it go?")).to_be_visible()


def _aim(server: Server, name: str, *, minutes: int, exam_in_days: int | None) -> None:
    exam_on = None if exam_in_days is None else (datetime.now(UTC) + timedelta(days=exam_in_days)).date().isoformat()
    server.write(f"DELETE FROM memory_goal WHERE student_id = {WHO}", name)
    server.write(
        "INSERT INTO memory_goal (student_id, exam, exam_on, minutes, days_off, dates_off, retention)"
        f" VALUES ({WHO}, 'DVA-C03', ?, ?, '[]', '[]', 0.9)",
        name, exam_on, minutes,
    )  # fmt: skip


def _ago(**length: float) -> str:
    """A moment of the past as SQLite keeps it."""
    return (datetime.now(UTC) - timedelta(**length)).replace(tzinfo=None).isoformat(" ")


SCENES = [
    ("today-dated", "Chen", dated),
    ("today-behind", "Bo", behind),
    ("today-done", "Eli", done),
    ("today-over", "Dara", over),
]
