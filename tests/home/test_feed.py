from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from studyapp.home import feed
from studyapp.home.icalendar import Event, calendar
from studyapp.memory import goals
from studyapp.memory.goals import Aim
from studyapp.memory.models import Card, Goal
from studyapp.memory.tempo import TIME_DUE
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.home.people import read, visitor
from tests.memory.histories import facts, remember

LINK = "https://study.example.org/"
TODAY = NOW.date()
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1)


class TestCalendar:
    @given(texts=st.lists(st.tuples(TEXT, TEXT), max_size=3))
    def test_reads_as_it_was_written(self, texts):
        events = [Event(f"{n}@x", TODAY, one, other, LINK) for n, (one, other) in enumerate(texts)]

        text = calendar("Study days", events, NOW)

        told = Calendar.from_ical(text)
        assert str(told["X-WR-CALNAME"]) == "Study days"
        assert [(str(each["SUMMARY"]), str(each["DESCRIPTION"])) for each in told.walk("VEVENT")] == texts

    @given(texts=st.lists(TEXT, min_size=1, max_size=3))
    def test_has_lines_of_at_most_75_bytes(self, texts):
        text = calendar("x", [Event("1@x", TODAY, one, one, LINK) for one in texts], NOW)

        assert text.endswith("\r\n")
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75

    def test_has_events_of_whole_days(self):
        (event,) = Calendar.from_ical(calendar("x", [Event("1@x", TODAY, "a", "b", LINK)], NOW)).walk("VEVENT")

        assert event.decoded("DTSTART") == TODAY
        assert event.decoded("DTEND") == TODAY + timedelta(days=1)
        assert event.decoded("DTSTAMP") == NOW
        assert str(event["URL"]) == LINK


@pytest.mark.django_db
class TestFeed:
    @pytest.fixture
    def goal(self):
        """Of a student with 40 facts that become due in 17 days, for whom today is 23 November."""
        student = UserFactory()
        remember(student, facts(each=4))
        return goals.set_goal(student=student, aim=Aim("", None, 10), now=NOW)

    def days(self, goal):
        return feed.due_minutes(goal, NOW)

    def test_has_the_minutes_of_what_is_due_within_those_of_a_day(self, goal):
        number = Card.objects.count()
        found = self.days(goal)

        assert min(found) == TODAY + timedelta(days=17)
        assert set(found.values()) <= set(range(1, 11))
        assert sum(found.values()) * 60 == pytest.approx(number * TIME_DUE.total_seconds(), abs=60)

    def test_begins_today_with_what_is_overdue(self, goal):
        Card.objects.update(due_at=NOW - timedelta(days=40))

        assert min(self.days(goal)) == TODAY

    def test_leaves_out_days_without_study(self, goal):
        due = self.days(goal)
        goal.dates_off = [min(due).isoformat()]

        moved = self.days(goal)

        assert min(moved) == min(due) + timedelta(days=1)
        assert sum(moved.values()) == sum(due.values())

    def test_ends_before_the_exam_and_names_its_day(self, goal):
        Card.objects.update(due_at=NOW)
        goal.exam, goal.exam_on = "DVA-C03", TODAY + timedelta(days=2)

        events = Calendar.from_ical(feed.text(goal, LINK, NOW)).walk("VEVENT")

        assert [event.decoded("DTSTART").day for event in events] == [23, 24, 25]
        assert str(events[-1]["SUMMARY"]) == "Exam DVA-C03"

    def test_of_an_exam_that_is_over_goes_on(self, goal):
        Card.objects.update(due_at=NOW)
        goal.exam_on = TODAY - timedelta(days=2)

        assert len(self.days(goal)) > 1

    def test_leaves_out_what_is_suspended(self, goal):
        Card.objects.update(is_suspended=True)

        assert self.days(goal) == {}

    def test_gives_an_event_the_same_name_every_time(self, goal):
        one, other = (
            [str(event["UID"]) for event in Calendar.from_ical(feed.text(goal, LINK, now)).walk("VEVENT")]
            for now in (NOW, NOW + timedelta(hours=3))
        )

        assert one == other
        assert len(set(one)) == len(one)

    def test_counts_the_days_of_the_students_own_zone(self, goal):
        goal.student.time_zone = "Pacific/Auckland"
        Card.objects.update(due_at=NOW)

        assert min(self.days(goal)) == date(2026, 11, 24)


@pytest.mark.django_db
class TestTheAddress:
    @pytest.fixture
    def student(self):
        student = UserFactory()
        remember(student, facts(each=1), stability=5, now=timezone.now())
        return student

    def address(self, student):
        return reverse("home:calendar", args=[Goal.objects.get(student=student).feed_key])

    def test_is_made_on_asking_and_needs_no_session(self, student, django_assert_num_queries):
        visitor(student).post(reverse("home:open_feed"))

        address = self.address(student)

        with django_assert_num_queries(2):
            response = Client().get(address)

        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Cache-Control"].startswith("private")
        assert "Set-Cookie" not in response
        assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 1

    def test_stands_in_the_settings(self, student):
        client = visitor(student)
        client.post(reverse("home:open_feed"))

        assert self.address(student) in read(client, reverse("home:settings"))

    def test_leads_nowhere_once_it_is_changed_or_taken_away(self, student):
        client = visitor(student)
        for change in ("open_feed", "close_feed"):
            client.post(reverse("home:open_feed"))
            was = self.address(student)
            client.post(reverse(f"home:{change}"))

            assert Client().get(was).status_code == 404

    @pytest.mark.parametrize("key", ["x", "None", "", "%00", "ü" * 500])
    def test_of_nobody_is_not_found(self, student, key):
        assert Client().get(f"/calendar/{key}.ics").status_code == 404

    def test_is_in_no_line_of_the_log(self, student, caplog):
        visitor(student).post(reverse("home:open_feed"))
        key = Goal.objects.get().feed_key
        with caplog.at_level("DEBUG", logger="studyapp"):
            Client().get(self.address(student))

        assert "home:calendar" in str([vars(record) for record in caplog.records])
        assert all(key not in str(vars(record)) for record in caplog.records if record.name.startswith("studyapp"))
