"""The goal, its day, and how the exam went, as text and as values."""

import re
from calendar import day_name
from datetime import date, timedelta
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings

from studyapp.home import zones
from studyapp.memory.goals import MOST_DATES, Aim
from studyapp.memory.models import Exam, Goal
from studyapp.memory.plans import ASKED_OF, LEAST_MINUTES, MOST_MINUTES
from studyapp.scheduling.formulas import DEFAULT
from studyapp.scheduling.fsrs6 import HIGHEST_RETENTION, LOWEST_RETENTION

FURTHEST = timedelta(days=730)
LEAST_PERCENT, MOST_PERCENT = round(100 * LOWEST_RETENTION), round(100 * HIGHEST_RETENTION)
EXAMS = [("", "No exam yet"), *Exam.choices]


class ExamDay(forms.DateField):
    """The day of an exam, from today to two years ahead. `kept`: the day that stands already, which may have passed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    today: date
    kept: date | None = None

    def __init__(self, **kwargs: Any) -> None:
        invalid = "“%(value)s” is not a day. Write it like 2026-12-14."
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": invalid, "required": "Choose the day of the exam."},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid"], params={"value": str(value)[:40]}) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None or value == self.kept:
            return
        if value < self.today:
            raise forms.ValidationError(f"{value} has passed. The first day that can be chosen is {self.today}.")
        if value > self.today + FURTHEST:
            raise forms.ValidationError(
                f"{value} is too far off. The last day that can be chosen is {self.today + FURTHEST}."
            )


class DaysOff(forms.CharField):
    """Days in a line of text, such as 2026-12-24 2026-12-25. Cleaned: a tuple of them."""

    def to_python(self, value: Any) -> Any:
        words = re.split(r"[\s,;]+", (super().to_python(value) or "").strip())
        days = tuple(_day(word) for word in words if word)
        if len(days) > MOST_DATES:
            raise forms.ValidationError(f"{len(days)} days are named. There can be at most {MOST_DATES}.")
        return days


class DateForm(forms.Form):
    """The short way on Today. Cleaned: `exam`, `exam_on`, and `time_zone` if the browser told it, else None."""

    exam = forms.ChoiceField(
        label="Exam", choices=Exam.choices, initial=Exam.DVA_C03, error_messages={"required": "Choose an exam."}
    )
    exam_on = ExamDay(label="Date")
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _days(self).today = today
        _known_choices(self, "exam")
        self.helper = _plain()

    def clean_time_zone(self) -> str | None:
        """What a browser says and we do not know is not the person's fault: it is left as it was."""
        told: str = self.cleaned_data["time_zone"]
        return told if told in zones.names() else None


class GoalForm(forms.Form):
    """All of the goal. `aim` is what was said, once it is valid."""

    exam = forms.ChoiceField(required=False, label="Exam", choices=EXAMS)
    exam_on = ExamDay(required=False, label="Day of the exam")
    minutes = forms.IntegerField(
        label="Minutes a day",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Say how many minutes a day."},
    )
    days_off = forms.TypedMultipleChoiceField(
        required=False,
        label="Weekdays without study",
        coerce=int,
        choices=list(enumerate(day_name)),
        widget=forms.CheckboxSelectMultiple,
    )
    dates_off = DaysOff(
        required=False,
        max_length=1000,
        label="Other days without study",
        help_text="One after the other, such as 2026-12-24 2026-12-25.",
    )
    retention = forms.IntegerField(
        label="Recall to keep, in percent",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Say how much of it you want to recall."},
    )
    time_zone = forms.ChoiceField(required=False, label="Time zone", widget=forms.Select(attrs={"data-zone": ""}))

    def __init__(self, *args: Any, goal: Goal, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(goal)
        super().__init__(*args, **kwargs)
        day = _days(self)
        day.today, day.kept = today, goal.exam_on
        self.fields["retention"].help_text = cost_of_retention()
        cast("forms.ChoiceField", self.fields["time_zone"]).choices = [
            ("", f"The server's, {settings.TIME_ZONE}"),
            *zones.groups(),
        ]
        self.fields["time_zone"].help_text = "Your days begin at four in the morning there."
        _known_choices(self, "exam", "days_off", "time_zone")
        _say_limits(self, "minutes", LEAST_MINUTES, MOST_MINUTES, "minutes")
        _say_limits(self, "retention", LEAST_PERCENT, MOST_PERCENT, "percent")
        self.helper = _plain()

    def clean_minutes(self) -> int:
        return _within(self.cleaned_data["minutes"], LEAST_MINUTES, MOST_MINUTES, "minutes")

    def clean_retention(self) -> int:
        return _within(self.cleaned_data["retention"], LEAST_PERCENT, MOST_PERCENT, "percent")

    def clean_days_off(self) -> tuple[int, ...]:
        days = tuple(self.cleaned_data["days_off"])
        if len(set(days)) == len(day_name):
            raise forms.ValidationError("All seven weekdays are without study. Leave at least one.")
        return days

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("exam_on") and not given.get("exam") and "exam" not in self.errors:
            self.add_error("exam", f"Choose which exam it is on {given['exam_on']}.")
        return given

    @property
    def aim(self) -> Aim:
        given = self.cleaned_data
        return Aim(
            exam=given["exam"],
            exam_on=given["exam_on"],
            minutes=given["minutes"],
            days_off=given["days_off"],
            dates_off=given["dates_off"],
            retention=given["retention"] / 100,
            time_zone=given["time_zone"],
        )


class WentForm(forms.Form):
    """After the exam. Cleaned: `of_ten`, None if the student would rather not say."""

    of_ten = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None,
        choices=[("", "I would rather not say"), *((str(n), str(n)) for n in range(ASKED_OF + 1))],
        label=f"Of {ASKED_OF} Lambda questions, how many do you think you had right?",
        error_messages={"invalid_choice": f"“%(value)s” is not a number from 0 to {ASKED_OF}."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _plain()


def cost_of_retention() -> str:
    """What another retention costs, by the law that brings facts back: how soon, against 90 %."""
    usual = DEFAULT.interval(1000)
    sooner, later = DEFAULT.interval(1000, 0.95) / usual, DEFAULT.interval(1000, 0.8) / usual
    return (
        f"From {LEAST_PERCENT} to {MOST_PERCENT}. A fact comes back when your chance to recall it has fallen to this. 90 is usual. "
        f"At 95 it waits {sooner:.1f} times as long, about {1 / sooner:.0f} times the work; at 80 it waits {later:.1f} times as "
        "long, and you forget more in between."
    )


def _plain() -> FormHelper:
    """The template owns the form element."""
    helper = FormHelper()
    helper.form_tag = False
    return helper


def _initial(goal: Goal) -> dict[str, Any]:
    return {
        "exam": goal.exam,
        "exam_on": goal.exam_on,
        "minutes": goal.minutes,
        "days_off": goal.days_off,
        "dates_off": " ".join(goal.dates_off),
        "retention": round(100 * goal.retention),
        "time_zone": goal.student.time_zone,
    }


def _days(form: forms.Form) -> ExamDay:
    return cast("ExamDay", form.fields["exam_on"])


def _known_choices(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].error_messages["invalid_choice"] = "“%(value)s” is not in the list."


def _say_limits(form: forms.Form, name: str, least: int, most: int, unit: str) -> None:
    form.fields[name].error_messages["invalid"] = f"This is not a whole number of {unit} from {least} to {most}."


def _within(given: int, least: int, most: int, unit: str) -> int:
    if not least <= given <= most:
        raise forms.ValidationError(f"{given} {unit} is not from {least} to {most}.")
    return given


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise forms.ValidationError(f"“{word[:40]}” is not a day. Write it like 2026-12-24.") from None
