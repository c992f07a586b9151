"""Which facts should be looked up again: the command, and the rule on the real course."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SMALL = {
    "lambda.clues.fails-again": "association",
    "lambda.errors.retries": "behaviour",
    "lambda.errors.first-wait": "behaviour",
}


def run(**options):
    out = StringIO()
    call_command("stale_facts", stdout=out, **options)
    return out.getvalue()


class TestStaleFacts:
    def test_says_that_none_is_due(self, folder):
        assert run(folder=folder, on=date(2026, 11, 24)) == "0 of 3 facts are due for a check.\n"

    def test_lists_by_topic_what_is_past_its_day_with_its_source(self, folder):
        lines = run(folder=folder, on=date(2027, 11, 24)).splitlines()

        assert lines == [
            "lambda.errors",
            "  lambda.errors.retries (behaviour), checked 2026-11-23, was due 2027-11-23",
            "    Asynchronous invocation: https://docs.example.com/async",
            "  lambda.errors.first-wait (behaviour), checked 2026-11-23, was due 2027-11-23",
            "    Asynchronous invocation: https://docs.example.com/async",
            "",
            "2 of 3 facts are due for a check.",
        ]

    def test_names_what_is_due_soon_as_well(self, folder):
        says = run(folder=folder, on=date(2027, 11, 20), days=7)

        assert "(behaviour), checked 2026-11-23, due 2027-11-23" in says
        assert says.endswith("0 of 3 facts are due for a check, 2 more within 7 days.\n")

    def test_speaks_to_programs(self, folder):
        found = json.loads(run(folder=folder, on=date(2030, 1, 1), json=True))

        assert {each["fact"]: each["kind"] for each in found} == SMALL
        assert found[1] == {
            "fact": "lambda.errors.first-wait",
            "kind": "behaviour",
            "checked": "2026-11-23",
            "due": "2027-11-23",
            "stale": True,
            "title": "Asynchronous invocation",
            "url": "https://docs.example.com/async",
        }

    @pytest.mark.parametrize(
        ("options", "says"),
        [({"days": -1}, "--days: -1 is not from 0 to 3650"), ({"folder": Path("/nowhere")}, "there is no such folder")],
    )
    def test_refuses_what_cannot_be(self, options, says):
        with pytest.raises(CommandError, match=says):
            run(**options)
