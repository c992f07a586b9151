"""What the lab's pages show: the question first, and once it has been answered the run, compared with what stands beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from django.urls import reverse

from studyapp.accounts.models import User
from studyapp.attempts import tokens
from studyapp.attempts.tokens import Prompt
from studyapp.content import queries as content
from studyapp.content.models import Scenario
from studyapp.content.queries import section_of
from studyapp.content.sections import SECTIONS
from studyapp.lab import addresses, asking, drawing, offers, queries, running, telling, worded
from studyapp.lab.asking import Marked, Question
from studyapp.lab.drawing import Beside
from studyapp.lab.models import Run
from studyapp.lab.queries import Believable
from studyapp.lab.running import Inputs, Ran
from studyapp.lab.state import State
from studyapp.simulator import rulebook
from studyapp.simulator import why as whys
from studyapp.simulator.errors import SimulatorError
from studyapp.simulator.outcome import Outcome


@dataclass(frozen=True)
class Bench:
    """A scenario in a state: what a page of the lab is about."""

    scenario: Scenario
    state: State
    believable: Mapping[str, Believable]

    @property
    def slug(self) -> str:
        return str(self.scenario.slug)

    @property
    def demo(self) -> Mapping[str, Any] | None:
        return self.scenario.demo

    def inputs_of(self, state: State) -> Inputs:
        patches = {slug: belief.patch for slug, belief in self.believable.items()}
        return running.inputs(self.scenario.body, state, patches)

    @cached_property
    def inputs(self) -> Inputs:
        return self.inputs_of(self.state)

    @cached_property
    def ran(self) -> Ran:
        """Raises ScenarioError, RulebookError or running.TooMuch."""
        return running.run(self.inputs)

    @cached_property
    def beside(self) -> Beside | None:
        """The run that is compared with: what is pinned, or the world as it is. Raises BadPin."""
        if self.state.pinned is not None:
            pinned, names = self.inputs_of(self.state.pinned), ("the first run", "the second run")
            return Beside(pinned, _pinned(pinned), "Was", "Now", names)
        if self.state.beliefs:
            true, names = self.inputs_of(self.state.but(beliefs=())), ("the run as it is", "the run as you believed")
            return Beside(true, running.run(true).outcome, "As it is", "If that were so", names)
        return None

    @cached_property
    def question(self) -> Question | None:
        return asking.question(self.demo, self.scenario.claims, self.ran.outcome)

    @cached_property
    def _query(self) -> str:
        """Of this state: a page has a dozen addresses of it."""
        return self.state.query()

    def address(self, state: State | None = None, name: str = "demo", **more: str) -> str:
        return addresses.to(self.slug, self._query if state is None else state.query(), name, **more)


class BadPin(SimulatorError):
    """What is pinned cannot be run; no field of this state holds it."""


def _pinned(pinned: Inputs) -> Outcome:
    try:
        return running.run(pinned).outcome
    except (SimulatorError, running.TooMuch) as error:
        raise BadPin(f"pin: {error}") from None


def frame(bench: Bench, today: date, *, is_readable: bool) -> dict[str, Any]:
    """What stands around every state of a demo. A state that cannot be read has no story. Where a page shows its fact, that
    is one query."""
    return {
        "scenario": bench.scenario,
        "bench": bench,
        "presets": offers.presets(bench.slug, bench.scenario.body, bench.demo, bench.state),
        "story": story(bench) if is_readable else "",
        "plates": partial(_plates, bench.scenario),
        "section": SECTIONS.get(section_of(bench.slug), "Lab"),
        "predict_url": bench.address(name="predict"),
        "reset_url": bench.address(State()),
        "today": today,
    }


def _plates(scenario: Scenario) -> list[dict[str, Any]]:
    """The main fact behind a scenario."""
    facts = queries.facts(scenario.facts[:1])
    return [{"fact": fact.body, "url": reverse("reference:fact", args=[fact.slug])} for fact in facts]


def tryouts(bench: Bench) -> dict[str, Any]:
    """What the options of the scenario's questions would make of it. One query."""
    return {"tryouts": offers.tryouts(bench.slug, bench.scenario.body, content.options_of(bench.scenario), bench.state)}


def state(bench: Bench, student: User | None, person: str, now: datetime) -> dict[str, Any]:
    """What the state comes to: the question, and its answer once the scenario may be seen. At most two queries."""
    runs = queries.predicted(student, bench.scenario)
    is_seen = bool(runs) or queries.has_answered(student, bench.scenario) or bench.question is None
    shown = ran(bench, runs.get(bench.inputs.key)) if is_seen else {}
    return {**asked(bench, person, now), **shown, "is_open": is_seen}


def story(bench: Bench) -> str:
    """The demo's text with the values that the scenario has in this state; nothing where it has none."""
    text = str((bench.demo or {}).get("says", ""))
    return worded.filled(text, bench.inputs.patched, bench.scenario.body)


def asked(bench: Bench, person: str, now: datetime) -> dict[str, Any]:
    """Context of the part that asks: the question, and a token for its answer."""
    prompt = Prompt(bench.inputs.key, person, now, tokens.new_nonce())
    return {"question": bench.question, "token": tokens.write_prompt(prompt)}


def ran(bench: Bench, run: Run | None) -> dict[str, Any]:
    """Context of the part that shows a run. `run` is the prediction of it, if there is one."""
    outcome, question = bench.ran.outcome, bench.question
    marked = Marked(run.predicted, run.actual, run.is_right) if run else None
    return {
        "question": question,
        "marked": marked,
        "verdict": telling.verdict(question, marked) if question and marked else "",
        "readouts": telling.readouts(outcome, question, marked),
        "beliefs": offers.beliefs(bench.slug, tuple(bench.believable.values()), bench.state),
        **drawn(bench),
        **compared(bench),
        **links(bench),
        "sweepable": offers.sweepable(bench.inputs, bench.demo),
        "pairs": list(bench.state.alone().pairs()),
    }


def drawn(bench: Bench) -> dict[str, Any]:
    """The picture, and the further ones that the run deserves."""
    picture, *views = drawing.shown(bench.ran, bench.beside)
    return {"picture": picture, "views": views}


def compared(bench: Bench) -> dict[str, Any]:
    if bench.beside is None:
        return {}
    other, outcome = bench.beside.outcome, bench.ran.outcome
    rows = telling.differences(other, outcome, bench.question)
    headline = telling.headline(other, outcome, rows)
    return {"differences": rows, "headline": headline, "was": bench.beside.was, "now": bench.beside.now}


def links(bench: Bench) -> dict[str, str]:
    """Where this state can go from here."""
    state = bench.state
    pinned = state.but(pinned=state.alone())
    found = {
        "here": bench.address(),
        "pin_url": "" if state.pinned else bench.address(pinned),
        "unpin_url": bench.address(state.alone()) if state.pinned else "",
        "swap_url": bench.address(state.pinned.but(pinned=state.alone())) if state.pinned else "",
        "section": SECTIONS.get(section_of(bench.slug), "Lab"),
        "predict_url": bench.address(name="predict"),
        "reset_url": bench.address(State()),
    }
    return found | {
        f"{name}_url": bench.address(name=name) for name in ("json", "csv", "svg", "wall", "rules", "sweep")
    }


def is_open(student: User | None, bench: Bench) -> bool:
    """Whether outcomes may be seen: the scenario has been met before (`queries.has_seen`), or there is nothing to predict."""
    return queries.has_seen(student, bench.scenario) or bench.question is None


def why(bench: Bench, mark: str) -> dict[str, Any]:
    """Why what `mark` names is as it is, with the rules behind it and their sources; and what the other run has in its place.

    One query. Raises why.NoSuchMark.
    """
    runs = {"": bench.ran.outcome} if bench.beside is None else _pair(bench.beside, bench.ran.outcome)
    heading, told = _told(runs, mark)
    others = [
        (name, whys.why(run, twin)) for name, run in runs.items() if name != heading and (twin := whys.twin(run, mark))
    ]
    rules = rulebook.facts_of(told.rules)
    named = {fact.slug: fact for fact in queries.facts(filter(None, rules.values()))}
    return {
        "told": told,
        "heading": heading,
        "others": others,
        "rests_on": [named[slug] for slug in dict.fromkeys(rules.values()) if slug in named],
        "before_url": bench.address(name="why", mark=told.before) if told.before else "",
        "after_url": bench.address(name="why", mark=told.after) if told.after else "",
    }


def _pair(beside: Beside, outcome: Outcome) -> dict[str, Outcome]:
    """By what heads each run; the one of this state first, since it is asked about first."""
    return {beside.now: outcome, beside.was: beside.outcome}


def drafted(bench: Bench) -> list[tuple[str, str]]:
    """What a question is made from, as hidden fields: the run as it stands, and what it asks."""
    inputs = bench.inputs
    return [
        ("scenario", bench.slug),
        ("changes", json.dumps(inputs.changes)),
        ("patch", json.dumps(inputs.patch)),
        ("seed", str(inputs.seed)),
        ("asks", bench.question.metric if bench.question else ""),
        ("address", bench.address()),
    ]


def _told(runs: Mapping[str, Outcome], mark: str) -> tuple[str, whys.Why]:
    """By the first run that has the mark. Raises why.NoSuchMark."""
    *firsts, last = runs.items()
    for heading, run in firsts:
        with suppress(whys.NoSuchMark):
            return heading, whys.why(run, mark)
    return last[0], whys.why(last[1], mark)
