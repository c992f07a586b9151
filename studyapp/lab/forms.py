"""The bench, and the assumptions, as text and as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template.loader import get_template

from studyapp.lab import changes, problems, rows
from studyapp.lab.assumptions import as_text, assumed, label
from studyapp.lab.controls import Body, Control, everything, fewer, full, part_of, taken_apart
from studyapp.lab.controls.settings import RULES
from studyapp.lab.controls.texts import text
from studyapp.lab.kept import Kept
from studyapp.lab.problems import Problem
from studyapp.lab.rows import Group, Row, Slider
from studyapp.lab.worded import spoken
from studyapp.simulator import scenario
from studyapp.simulator.errors import RulebookError, ScenarioError, one_line
from studyapp.simulator.rulebook import TRUTH, Rulebook

PREFIX = "assume."
LONGEST_SHOWN = 60
"""Letters of what was typed, in what is said of it."""
KEPT = 48
"""Forms that a process remembers, of some 100 KB each."""


class BenchForm(forms.Form):
    """The controls of a scenario, by path. Cleaned: `changes`, what differs from the scenario, by full path.

    `typed` holds texts by path, as an address or a submitted form has them, or values as an option has them; what it does
    not name is as the scenario has it. `first` is what a demo puts first ({path, from, to}), `whole` the parts that show
    all their fields. After `is_valid()`, `changes` are those that stand, also where others are refused, and `problems`
    say what is wrong with those. One query where a fact stands behind a problem. Where a part is swapped while somebody
    types, `helper.form_show_errors = False` leaves out the summary, which would take the focus.
    """

    def __init__(
        self,
        typed: Mapping[str, object] | None = None,
        *,
        body: Body,
        first: Sequence[Mapping[str, Any]] = (),
        whole: Collection[str] = (),
        rulebook: Rulebook = TRUTH,
    ) -> None:
        super().__init__({full(body, path): text(value) for path, value in (typed or {}).items()})
        self.body, self.rulebook, self.whole = body, rulebook, frozenset(whole)
        self.first = rows.firsts(body, first)
        self.sliders: dict[str, Slider] = {}
        self.changes: dict[str, object] = {}
        self.problems: tuple[Problem, ...] = ()
        self.trimmed: frozenset[str] = frozenset()
        self.now: dict[str, str] = {}
        base = self._controls(body)
        self.read = changes.read(body, base, self.data)
        self.controls = self._shown(base)
        self.ids = rows.ids(self.controls)
        self.fields.update({path: _field(each, self.ids[path]) for path, each in self.controls.items()})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Rows())

    def clean(self) -> dict[str, Any]:
        self.changes, refused = problems.check(self.body, self.read.changes, self.controls, self.rulebook)
        found = [*(self._unread(path, says) for path, says in self.read.problems), *refused]
        self.problems = problems.with_sources(self._placed(each) for each in found[: problems.MOST])
        for each in self.problems:
            self.add_error(each.path or None, each.says)
        return {"changes": self.changes}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """What stands in each field now, by path."""
        wrong = {each.path: each for each in reversed(self.problems)}
        return {path: self._row(each, wrong.get(path)) for path, each in self.controls.items()}

    @property
    def first_rows(self) -> list[Row]:
        """What a demo puts first, in its order."""
        return [self.rows[path] for path in self.first if path in self.rows]

    @property
    def groups(self) -> list[Group]:
        return rows.groups((row for path, row in self.rows.items() if path not in self.first), self.trimmed)

    @property
    def is_deep(self) -> bool:
        """Whether something is changed, wrong or asked for beyond what a demo puts first."""
        deep = (row for row in self.rows.values() if row.control.path not in self.first)
        return bool(self.whole) or any(row.is_changed or row.problem for row in deep)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Changes that no field holds, such as that of a whole part: they go on with the form."""
        return [(path, text(value)) for path, value in self.changes.items() if path not in self.controls]

    def _controls(self, body: Body) -> dict[str, Control]:
        """Those that the page shows of a scenario, by path; with a range, those to which the demo gives one."""
        every = everything(body)
        some = fewer(every, self.first, self.whole)
        shown = {each.path for each in some}
        self.trimmed = frozenset(part_of(each.path) for each in every if each.path not in shown)
        found = {each.path: each for each in taken_apart(body, some, self.first)}
        for path, first in self.first.items():
            if path in found:
                found[path] = spoken(found[path], first)
            if path in found and (made := rows.slid(found[path], first)):
                found[path], self.sliders[path] = made
        return found

    def _shown(self, base: dict[str, Control]) -> dict[str, Control]:
        """The controls of what the changes make of the scenario: another kind of source has other fields."""
        if not self.read.changes:
            return base
        try:
            patched = scenario.patch(self.body, self.read.changes)
        except ScenarioError:
            return base
        found = self._controls(patched)
        self.now = {path: each.value for path, each in found.items()}
        return {path: rows.as_before(each, base.get(path), self.body) for path, each in found.items()}

    def _row(self, control: Control, problem: Problem | None) -> Row:
        path = control.path
        now = self.now.get(path, control.value)
        is_changed = path in self.read.changes or now != control.value
        typed = str(self.data[path]).strip() if path in self.data else now
        row = Row(control, self.ids[path], typed[: changes.LONGEST], is_changed=is_changed, problem=problem)
        return row.sliding(self.sliders[path]) if path in self.sliders else row

    def _unread(self, path: str, says: str) -> Problem:
        known = self.controls.get(path)
        if known is None:
            return Problem("", "", f"{one_line(path, LONGEST_SHOWN)}: {says}" if path else says)
        return Problem(path, "", f"“{one_line(self.data.get(path, ''), LONGEST_SHOWN)}” {says}", known.fact)

    def _placed(self, problem: Problem) -> Problem:
        return replace(problem, field_id=self.ids.get(problem.path, ""))


_kept: Kept[BenchForm] = Kept(KEPT)


def checked(
    typed: Mapping[str, object],
    *,
    body: Body,
    first: Sequence[Mapping[str, Any]] = (),
    whole: Collection[str] = (),
) -> BenchForm:
    """A form that has been read and checked, without a summary of errors; for equal texts it is the same one.

    It is not kept where something is wrong, since what is told then rests on facts of the database.
    """
    key = repr((body, first, whole, typed))
    form = _kept.get(key)
    if form is None:
        form = BenchForm(typed, body=body, first=first, whole=whole)
        form.helper.form_show_errors = False
        if form.is_valid():
            _kept.put(key, form)
    return form


class Rows(LayoutObject):  # type: ignore[misc]  # crispy_forms has no types
    """All rows of the bench by one template: fifty fields with a template each would cost the time of the run."""

    fields: Sequence[object] = ()

    def render(self, form: BenchForm, context: Any, **_: Any) -> str:
        return str(get_template("lab/bench.html").render({"form": form}))


def _field(control: Control, field_id: str) -> forms.Field:
    """Reading and checking are the form's: a field knows its place and its name."""
    widget = forms.TextInput(attrs={"id": field_id})
    return forms.Field(required=False, label=f"{control.group}: {control.label}", widget=widget)


class AssumptionsForm(forms.Form):
    """What AWS leaves open and a run has read: a field `assume.<rule>` for each. Cleaned: `assumes`, texts by rule of what
    differs from what is usual. `typed` holds texts by rule."""

    def __init__(self, typed: Mapping[str, str] | None = None, *, seen: Iterable[str]) -> None:
        given = {f"{PREFIX}{rule}": value for rule, value in (typed or {}).items()}
        super().__init__(given)
        for each in assumed({}, frozenset(seen)):
            name = f"{PREFIX}{each.name}"
            self.fields[name] = _open_field(name, each.alternatives, given.get(name, ""), each.says)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        assumes: dict[str, str] = {}
        for name in self.fields:
            rule, typed = name.removeprefix(PREFIX), str(self.data.get(name, "")).strip()
            try:
                read = as_text(rule, typed) if typed else ""
            except RulebookError as error:
                self.add_error(name, f"{error}.")
                continue
            if read and read != str(RULES[rule]["values"][0]):
                assumes[rule] = read
        return {"assumes": assumes}


def _open_field(name: str, alternatives: tuple[str, ...], typed: str, says: str) -> forms.Field:
    """A choice of what a proof tries; a value from an address that is none of these is there to be seen."""
    values = alternatives if not typed or typed in alternatives else (*alternatives, typed)
    choices = [(value, f"{value} (usual)" if value == alternatives[0] else value) for value in values]
    widget = forms.Select(choices=choices, attrs={"id": f"id_{name.replace('.', '-')}"})
    return forms.Field(
        required=False, label=label(name.removeprefix(PREFIX)), help_text=says[:1].upper() + says[1:], widget=widget
    )
