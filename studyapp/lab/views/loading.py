"""From an address to a bench: the scenario, its state, the form, and what is wrong with any of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from studyapp.accounts.http import origin, user_of
from studyapp.content.models import Scenario
from studyapp.lab import forms, leading, pace, queries, running, state
from studyapp.lab.controls import nearest
from studyapp.lab.controls.texts import Unreadable, value_of
from studyapp.lab.forms import BenchForm
from studyapp.lab.problems import Problem as FieldProblem
from studyapp.lab.running import TooMuch
from studyapp.lab.screens import Bench
from studyapp.lab.state import BadState, State, written
from studyapp.simulator.errors import RulebookError, ScenarioError, SimulatorError, shown
from studyapp.ui.http import HtmxRequest

Problem: TypeAlias = dict[str, str]
"""What is wrong, for components/errors.html: `text`, and the `id` of the field that it is about ("" for none)."""


@dataclass
class Loaded:
    """What an address names. With `problems`, the state is as good as it could be read, and nothing is run."""

    bench: Bench
    form: BenchForm
    problems: list[Problem] = field(default_factory=list)


def load(request: HtmxRequest, slug: str, given: QueryDict | None = None) -> Loaded:
    """Raises Http404 for a scenario that there is not. `given` holds the state, the address's own query unless it is said."""
    scenario = queries.scenario(slug)
    if scenario is None:
        raise Http404("no such scenario")
    problems: list[Problem] = []
    given = request.GET if given is None else given
    asked = _as_values(_state(given, problems), problems)
    believable = _believable(scenario, asked)
    problems += _unbelievable("", asked.beliefs, believable)
    problems += _unbelievable("pin: ", asked.pinned.beliefs if asked.pinned else (), believable)
    first, whole = leading.first(scenario.body, scenario.demo), given.getlist("all")
    # without its summary of errors: what is wrong is told where the run would be
    form = forms.checked(asked.changes, body=scenario.body, first=first, whole=whole)
    if form.is_valid():
        asked = asked.but(changes=form.changes)
    problems += [_told(each, form) for each in form.problems]
    return Loaded(Bench(scenario, asked, believable), form, problems)


def _as_values(asked: State, problems: list[Problem]) -> State:
    """With values for the texts of what is pinned, as the form makes them of the others."""
    if asked.pinned is None:
        return asked
    try:
        changes = {path: value_of(written(text)) for path, text in asked.pinned.changes.items()}
    except Unreadable as error:
        problems.append({"text": f"pin: {error}", "id": ""})
        return asked.alone()
    return asked.but(pinned=asked.pinned.but(changes=changes))


def _unbelievable(where: str, asked: Iterable[str], believable: Container[str]) -> list[Problem]:
    """Those that are asked for and that nobody can switch on."""
    return [
        {"text": f"{where}belief: {shown(name)} is no belief that can be run", "id": ""}
        for name in asked
        if name not in believable
    ]


def _told(problem: FieldProblem, form: BenchForm) -> Problem:
    """With the field's name, and where the limit comes from."""
    control = form.controls.get(problem.path)
    name = f"{control.label}, {control.group}: " if control else ""
    source = f" ({problem.fact_name}; {problem.source})" if problem.fact_name else ""
    return {"text": f"{name}{problem.says}{source}", "id": problem.field_id}


def _state(given: QueryDict, problems: list[Problem]) -> State:
    try:
        return state.read(dict(given.lists()))
    except BadState as error:
        problems += [{"text": f"{key}: {says}", "id": ""} for key, says in error.problems]
        return State()


def _believable(scenario: Scenario, asked: State) -> dict[str, queries.Believable]:
    offered = [*(scenario.demo or {}).get("beliefs", ()), *scenario.contrasts]
    pinned = asked.pinned.beliefs if asked.pinned else ()
    return queries.believable([*offered, *asked.beliefs, *pinned])


@contextmanager
def running_for(request: HtmxRequest, loaded: Loaded, now: datetime) -> Iterator[None]:
    """What is looked at inside is run for this person, if it is not remembered. What cannot be run becomes a problem.

    Raises pace.TooFast.
    """
    bench = loaded.bench
    with ExitStack() as stack:
        try:
            if not _is_kept(bench):
                stack.enter_context(pace.turn(who(request), now))
            yield
        except TooMuch as error:
            loaded.problems.append({"text": error.says, "id": id_of(loaded.form, error.field)})
        except ScenarioError as error:
            loaded.problems.append({"text": str(error), "id": id_of(loaded.form, error.field)})
        except RulebookError as error:
            rule = str(error).partition(":")[0]
            loaded.problems.append({"text": str(error), "id": f"id_assume-{rule}"})
        except SimulatorError as error:
            loaded.problems.append({"text": str(error), "id": ""})


def _is_kept(bench: Bench) -> bool:
    states = [bench.state.alone(), *([bench.state.pinned] if bench.state.pinned else [])]
    if bench.state.beliefs:
        states.append(bench.state.but(beliefs=(), pinned=None))
    return all(running.kept(bench.inputs_of(each)) is not None for each in states)


def too_fast(request: HtmxRequest, error: pace.TooFast) -> HttpResponse:
    response = render(request, "lab/too_fast.html", {"wait_s": error.wait_s}, status=429)
    response["Retry-After"] = str(error.wait_s)
    return response


def unreadable(request: HtmxRequest, loaded: Loaded) -> HttpResponse:
    """The same sentences as at the fields, for an address that has none."""
    return render(request, "lab/unreadable.html", {"bench": loaded.bench, "problems": loaded.problems}, status=422)


def id_of(form: BenchForm, path: str) -> str:
    """The field that holds a path, "" where none does."""
    return form.ids.get(nearest(path, form.controls), "")


def who(request: HtmxRequest) -> str:
    """Whose runs these are: a person's, or those of somebody without a row at an address."""
    user = user_of(request)
    return f"user {user.pk}" if user else f"address {origin(request).address}"
