"""Whether demos and cards name what exists, and whether the simulator can read every setting that a demo offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studyapp.content import texts
from studyapp.content.checks.names import Names
from studyapp.content.checks.references import in_texts
from studyapp.content.checks.scenarios import claims
from studyapp.content.documents import Place
from studyapp.content.problems import Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.demos import Card, Control, Demo
from studyapp.questions.filling import NoSuchParameter, value_at
from studyapp.simulator import scenario as scenarios
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.reading_patches import NOWHERE

Body = Mapping[str, object]


def check(raw: Raw, known: Names) -> Iterator[Problem]:
    for demo in raw.demos:
        yield from _names(demo, known)
        yield from _asks(demo)
        body = _body(demo.data.scenario, known)
        if body is not None:
            yield from _on_scenario(demo, body, known)
    for card in raw.cards:
        yield from _card(card, known)


def _names(entry: Entry[Demo], known: Names) -> Iterator[Problem]:
    demo = entry.data
    yield from known.missing(entry, "scenarios", [(demo.scenario, ("scenario",))])
    if not demo.scenario.startswith(f"{entry.topic}."):
        yield entry.problem(f"{demo.scenario} is not of this topic, {entry.topic}", "scenario")
    yield from known.missing(entry, "clues", [(demo.clue, ("clue",))])
    for index, name in enumerate(demo.beliefs):
        yield from known.missing(entry, "beliefs", [(name, ("beliefs", index))])
        belief = known.beliefs.get(name)
        if belief and not belief.data.patch:
            yield entry.problem(f"{name} has no patch, so it cannot be switched on", "beliefs", index)


def _asks(entry: Entry[Demo]) -> Iterator[Problem]:
    yield from claims(entry, "asks", (f"{entry.data.asks.metric} is 0",), "metric")
    for index, preset in enumerate(entry.data.presets):
        yield from claims(entry, "presets", preset.claims, index, "claims")


def _body(scenario: str, known: Names) -> Body | None:
    """What the simulator reads; None for a scenario that is missing or bad, which others report."""
    entry = known.scenarios.get(scenario)
    if entry is None:
        return None
    try:
        scenarios.read(entry.data.body())
    except ScenarioError:
        return None
    return entry.data.body()


def _on_scenario(entry: Entry[Demo], body: Body, known: Names) -> Iterator[Problem]:
    yield from _said(entry, ("says",), entry.data.says, body, known)
    for index, control in enumerate(entry.data.controls):
        yield from _control(entry, ("controls", index), control, body)
    for index, preset in enumerate(entry.data.presets):
        place: Place = ("presets", index)
        try:
            changed = scenarios.patch(body, preset.change)
            scenarios.read(changed)
        except ScenarioError as error:
            yield entry.problem(f"the scenario would be out of bounds: {error}", *place, "change")
        else:
            yield from _said(entry, (*place, "says"), preset.says, changed, known)
            yield from _story(entry, (*place, "change"), body, changed)


def _said(entry: Entry[Demo], place: Place, text: str, body: Body, known: Names) -> Iterator[Problem]:
    """References to facts that do not exist, and placeholders that lead nowhere in `body`."""
    names = frozenset(name for name in texts.placeholders(text) if _leads_somewhere(name, body))
    yield from in_texts(entry, iter([(place, text)]), known, placeholders=names)


def _story(entry: Entry[Demo], place: Place, body: Body, changed: Body) -> Iterator[Problem]:
    """The story is shown of every preset: what it shows must still be there."""
    for name in texts.placeholders(entry.data.says):
        if _leads_somewhere(name, body) and not _leads_somewhere(name, changed):
            yield entry.problem(f"takes out {name}, which says shows", *place)


def _leads_somewhere(path: str, body: Body) -> bool:
    try:
        value_at(path, body)
    except NoSuchParameter:
        return False
    return True


def _control(entry: Entry[Demo], place: Place, control: Control, body: Body) -> Iterator[Problem]:
    """A path that leads nowhere, or an end of a slider or a choice that the simulator refuses."""
    for index, choice in enumerate(control.choices):
        says = _unreadable(body, control.path, choice.value)
        if says:
            yield entry.problem(says, *place, "choices", index, "is")
    if control.least is None:
        says = "" if _leads_somewhere(control.path, body) else _unreadable(body, control.path, NO_VALUE)
        if UNKNOWN in says or NOWHERE in says:
            yield entry.problem(says, *place, "path")
        return
    for key, value in (("from", control.least), ("to", control.most)):
        says = _unreadable(body, control.path, value)
        if says:
            yield entry.problem(says, *place, key)


NO_VALUE, UNKNOWN = "?", "is not a field of this part"
"""What no field takes; and what the simulator says of a field that it does not know, whatever its value."""


def _unreadable(body: Body, path: str, value: object) -> str:
    """Why the simulator refuses the value; "" if it takes it."""
    try:
        scenarios.read(scenarios.patch(body, {path: value}))
    except ScenarioError as error:
        return str(error)
    return ""


def _card(entry: Entry[Card], known: Names) -> Iterator[Problem]:
    yield from known.missing(entry, "clues", [(entry.data.clue, ("clue",))])
    yield from in_texts(entry, iter([(("says",), entry.data.says)]), known)
    for index, side in enumerate(entry.data.sides):
        place: Place = ("sides", index)
        named = ((name, (*place, "facts", number)) for number, name in enumerate(side.facts))
        yield from known.missing(entry, "facts", named)
        yield from in_texts(entry, iter([((*place, "fits"), side.fits), ((*place, "not"), side.avoid)]), known)
