from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling.days import begins, morning, study_day

ZONES = ("UTC", "Europe/Vienna", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


class TestStudyDay:
    @pytest.mark.parametrize(("hour", "minute", "day"), [(3, 59, 22), (4, 0, 23), (23, 59, 23), (0, 0, 22)])
    def test_begins_at_four_in_the_morning(self, hour, minute, day):
        vienna = ZoneInfo("Europe/Vienna")

        assert study_day(datetime(2026, 11, 23, hour, minute, tzinfo=vienna), vienna) == date(2026, 11, day)

    @given(MOMENTS, st.sampled_from(ZONES))
    def test_lies_between_its_begin_and_the_next(self, moment, name):
        zone = ZoneInfo(name)
        day = study_day(moment, zone)

        assert begins(day, zone) <= moment < begins(day + timedelta(days=1), zone)

    @given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 400))
    def test_of_a_morning_is_so_many_days_on(self, moment, name, days):
        zone = ZoneInfo(name)

        assert study_day(morning(moment, days, zone), zone) == study_day(moment, zone) + timedelta(days=days)
