from typing import Any

import pytest

from studyapp.simulator import read
from studyapp.simulator.errors import RunTooLong, ScenarioError
from studyapp.simulator.units import LONGEST, SECOND
from tests.simulator.worlds import Data, one, run

HOUR = 3_600
NINE = {"cron": "cron(0 9 * * ? *)", "zone": "Europe/Berlin", "starting": "2026-03-28 00:00"}


def arrived(arrivals: object, **more: Any) -> list[float]:
    """When the events of a schedule arrive, in hours."""
    data: Data = {**one("schedule", arrivals=arrivals), **more}
    return [at / SECOND / HOUR for at in run(data).trace.arrived]


def refused(arrivals: object, kind: str = "schedule") -> str:
    with pytest.raises(ScenarioError) as error:
        read(one(kind, arrivals=arrivals))
    return str(error.value)


class TestCron:
    def test_invokes_by_the_clock_of_its_zone(self) -> None:
        assert arrived({**NINE, "count": 3}) == [9, 9 + 23, 9 + 23 + 24]

    def test_is_in_utc_unless_told_otherwise(self) -> None:
        assert arrived({"cron": "0 9 * * ? *", "starting": "2026-03-28 06:30", "count": 2}) == [2.5, 26.5]

    def test_may_leave_out_its_year_unless_it_is_of_a_rule(self) -> None:
        short = {"cron": "cron(0 9 * * ?)", "starting": "2026-03-28", "count": 2}

        assert arrived(short) == [9, 33]
        assert "has 5 fields; a cron expression has six" in refused(short, "eventbridge")

    def test_stops_at_its_end_at_its_count_and_at_the_horizon(self) -> None:
        assert arrived({**NINE, "for": "2 d"}) == [9, 32]
        assert arrived({**NINE, "for": "32 h"}) == [9]
        assert arrived(NINE, horizon="10 h") == [9]
        assert arrived({**NINE, "from": "9 h", "for": "1 h"}) == [9]
        assert arrived({**NINE, "from": "10 h", "count": 1}) == [32]

    def test_ends_by_itself_where_it_names_its_years(self) -> None:
        assert arrived({"cron": "0 9 30-31 12 ? 2026", "starting": "2026-12-31"}) == [9]

    def test_ends_after_the_longest_time(self) -> None:
        rare = {"cron": "0 0 29 2 ? *", "starting": "2026-01-01", "count": 1_000}

        assert len(arrived(rare)) == 8
        assert max(arrived(rare)) <= LONGEST / SECOND / HOUR

    def test_that_never_ends_is_stopped(self) -> None:
        with pytest.raises(RunTooLong):
            run({**one("schedule", arrivals={**NINE, "cron": "* * * * ? *", "count": 10**6}), "max_events": 2_000})

    def test_merges_with_others(self) -> None:
        evening = {"cron": "0 18 * * ? *", "zone": "Europe/Berlin", "starting": "2026-03-28", "count": 1}

        assert arrived([{**NINE, "count": 2}, evening, {"at": ["10 h"]}]) == [9, 10, 18, 32]

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"cron": "0 25 * * ? *"}, "cron: 0 25 * * ? * has 25 in hours, which takes 0 to 23"),
            ({"zone": "Europe/Atlantis"}, "zone: Europe/Atlantis is not a time zone such as Europe/Berlin or UTC"),
            ({"zone": "../../etc/passwd"}, "zone: ../../etc/passwd is not a time zone such as Europe/Berlin or UTC"),
            ({"zone": "Europe"}, "zone: Europe is not a time zone such as Europe/Berlin or UTC"),
            ({"zone": "é" * 300}, f"zone: {'é' * 300} is not a time zone such as Europe/Berlin or UTC"),
            ({"starting": None}, "starting: is missing: say what the clock shows at 0 s"),
            ({"starting": "soon"}, "starting: soon is not a date and time such as 2026-03-28 00:00"),
            (
                {"starting": "2026-03-28T00:00Z"},
                "starting: 2026-03-28T00:00Z has an offset; `zone` says where the clock",
            ),
            ({"starting": "1969-12-31"}, "starting: 1969-12-31 is not in the years 1970 to 2199"),
            (
                {"starting": "2026-03-29 02:30"},
                "starting: 2026-03-29 02:30:00 is skipped by the clocks of Europe/Berlin",
            ),
            ({"cron": "0 9 31 2 ? *"}, "cron: 0 9 31 2 ? * never fires after 2026-03-28 00:00:00 Europe/Berlin"),
            ({"count": None}, ": cron, zone, starting, count never ends: say `for`, `count` or give"),
            ({"for": "-1 s"}, "for: -1 s is below 0 s"),
            ({"every": "1 h"}, "needs exactly one of"),
        ],
    )
    def test_is_refused_with_field_value_and_reason(self, change: Data, says: str) -> None:
        assert says in refused({**NINE, "count": 3, **change})

    def test_has_no_zone_on_a_bus(self) -> None:
        assert refused({**NINE, "count": 3}, "eventbridge").startswith(
            "sources.calls.arrivals.zone: Europe/Berlin is a time zone, and an EventBridge rule has none but UTC"
        )
        read(one("eventbridge", arrivals={**NINE, "zone": "UTC", "count": 3}))

    def test_begins_with_all_others_of_the_run(self) -> None:
        elsewhere = {**NINE, "zone": "America/New_York", "count": 1}

        assert refused([{**NINE, "count": 1}, elsewhere]) == (
            "sources.calls.arrivals.starting: 2026-03-28 00:00:00 America/New_York is another moment than "
            "2026-03-28 00:00:00 Europe/Berlin in sources.calls.arrivals.starting; all schedules of a run begin together"
        )
        read(one("schedule", arrivals=[{**NINE, "count": 1}, {**elsewhere, "starting": "2026-03-27 19:00"}]))


class TestRate:
    def test_invokes_at_once_and_then_at_its_pace(self) -> None:
        assert arrived({"rate": "30 minutes", "count": 3}) == [0, 0.5, 1]
        assert arrived({"rate": "rate(1 day)", "for": "3 d"}) == [0, 24, 48]

    def test_is_refused_as_eventbridge_would(self) -> None:
        assert refused({"rate": "1 minutes", "count": 3}) == (
            "sources.calls.arrivals.rate: 1 minutes is not how EventBridge writes it: 1 minute"
        )
