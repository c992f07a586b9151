import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.attempts.models import Flaw, Reason
from studyapp.attempts.services import explain, report
from studyapp.home.exporting import archive, cell, tables
from studyapp.memory import daily, forecasts, goals
from studyapp.memory.goals import Aim
from studyapp.memory.models import Goal
from tests.accounts.factories import UserFactory
from tests.drills.factories import a_fact, learn
from tests.home.people import visitor
from tests.memory.histories import count, facts, remember


class TestCells:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""),
            (0.5, "0.5"),
            (-3, "-3"),
            ("plain", "plain"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@cmd", "'@cmd"),
            ("\t=1", "'\t=1"),
            ("\n=1", "'\n=1"),
            ("\uff1d1+1", "'\uff1d1+1"),
            (["=a", 1], '["=a", 1]'),
            ({"a": None}, '{"a": null}'),
        ],
    )
    def test_are_text_that_no_spreadsheet_reckons(self, value, text):
        assert cell(value) == text


class TestTables:
    def test_are_those_of_each_room_without_the_empty_ones(self):
        kept = {
            "account": {"name": "Ada"},
            "drills": [{"title": "One"}],
            "lab": [],
            "memory": {"goal": {"days_off": [1]}, "cards": [], "reviews": [{"kind": "answer"}]},
        }

        assert dict(tables(kept)) == {
            "account": [{"name": "Ada"}],
            "drills": [{"title": "One"}],
            "goal": [{"days_off": [1]}],
            "reviews": [{"kind": "answer"}],
        }

    def test_have_a_column_for_whatever_a_row_has(self):
        with ZipFile(archive({"lab": [{"a": 1}, {"b": "x,\n“y”"}]})) as files:
            rows = list(csv.DictReader(StringIO(files.read("lab.csv").decode("utf-8-sig"))))

        assert rows == [{"a": "1", "b": ""}, {"a": "", "b": "x,\n“y”"}]


@pytest.mark.django_db
class TestExport:
    @pytest.fixture
    def student(self):
        """Somebody who has used all that there is."""
        now = timezone.now()
        student = UserFactory(time_zone="Europe/Vienna")
        attempt, _ = learn(student, a_fact(), right=False, now=now - timedelta(days=2))
        explain(attempt=attempt, reason=Reason.MISREAD, now=now)
        report(
            student=student, revision=attempt.asked, seed=attempt.seed, order=attempt.order, response=None,
            flaw=Flaw.UNCLEAR, words="=HYPERLINK(1)", now=now,
        )  # fmt: skip
        remember(student, [fact for fact in facts() if fact != a_fact()])
        count(student, 60)
        goals.set_goal(student=student, aim=Aim("DVA-C03", None, 45, time_zone="Europe/Vienna"), now=now)
        goals.open_feed(student=student)
        forecasts.keep(student, now)
        daily.roll_up(student, now)
        return student

    def test_holds_all_that_is_kept(self, student):
        kept = json.loads(visitor(student).get(reverse("home:export")).content)

        (answer,) = kept["attempts"]["answers"]
        assert answer["missed_because"] == "misread"
        assert answer["hints"] == answer["struck"] == []
        assert kept["attempts"]["reports"][0]["words"] == "=HYPERLINK(1)"
        assert kept["memory"]["goal"]["minutes"] == 45
        assert kept["memory"]["days"]
        assert kept["memory"]["forecasts"][0]["answers"] > 30
        assert kept["account"]["time_zone"] == "Europe/Vienna"

    def test_keeps_the_secret_of_the_calendar(self, student):
        kept = visitor(student).get(reverse("home:export")).content.decode()

        assert Goal.objects.get().feed_key not in kept

    def test_as_tables_has_the_same_rows(self, student):
        response = visitor(student).get(reverse("home:export_tables"))
        kept = json.loads(visitor(student).get(reverse("home:export")).content)

        assert response["Content-Disposition"] == 'attachment; filename="coldstart.zip"'
        with ZipFile(BytesIO(b"".join(response.streaming_content))) as files:
            found = {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}
        lengths = {name: len(list(csv.DictReader(StringIO(text)))) for name, text in found.items()}
        assert lengths == {f"{name}.csv": len(rows) for name, rows in tables(kept)}
        assert {"answers.csv", "reviews.csv", "cards.csv", "days.csv", "forecasts.csv", "drills.csv"} <= set(found)
        assert "'=HYPERLINK(1)" in found["reports.csv"]

    @pytest.mark.parametrize("name", ["export", "export_tables"])
    def test_is_for_those_who_have_a_row(self, name):
        assert Client().get(reverse(f"home:{name}")).url.startswith(reverse("accounts:sign_in"))
