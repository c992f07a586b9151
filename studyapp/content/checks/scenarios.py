"""Whether the simulator can read every scenario, and every change, claim and drawn value of the items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studyapp.content import build
from studyapp.content.checks.names import Names
from studyapp.content.documents import Place
from studyapp.content.problems import Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.arranged import AnyItem, Ordering
from studyapp.content.schema.common import Strict
from studyapp.content.schema.items import AskedItem, Fix
from studyapp.content.schema.scenarios import Scenario
from studyapp.questions.proof.naming import naming_problems
from studyapp.simulator import scenario as scenarios
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import ClaimError, ScenarioError
from studyapp.simulator.rulebook import assumptions

Body = Mapping[str, object]


def check(raw: Raw, known: Names) -> Iterator[Problem]:
    open_rules = {assumption.field for assumption in assumptions()}
    readable: dict[str, Body] = {}
    for entry in raw.scenarios:
        found = [*_body(entry), *claims(entry, "claims", entry.data.claims)]
        yield from known.missing(entry, "rows", [(row, ("rows", place)) for place, row in enumerate(entry.data.rows)])
        yield from _contrasts(entry, known)
        if not found:
            readable[entry.data.id] = entry.data.body()
        yield from found
        for index, field in enumerate(entry.data.assumes):
            if field not in open_rules:
                yield entry.problem(f"{field} is none of {', '.join(sorted(open_rules))}", "assumes", index)
    for item in raw.items:
        yield from _item(item, known, readable)


def _body(entry: Entry[Scenario]) -> Iterator[Problem]:
    try:
        scenarios.read(entry.data.body())
    except ScenarioError as error:
        place = tuple(error.field.split("."))
        yield entry.problem(str(error).removeprefix(f"{error.field}: "), *place)


def _contrasts(entry: Entry[Scenario], known: Names) -> Iterator[Problem]:
    for index, contrast in enumerate(entry.data.contrasts):
        yield from known.missing(entry, "beliefs", [(contrast.belief, ("contrasts", index, "belief"))])
        yield from claims(entry, "contrasts", contrast.claims, index, "claims")
        try:
            scenarios.read(scenarios.patch(entry.data.body(), contrast.change))
        except ScenarioError as error:
            says = f"the scenario would be out of bounds: {error}"
            yield entry.problem(says, "contrasts", index, "change")


def claims(entry: Entry[Strict], key: str, said: tuple[str, ...], *inside: str | int) -> Iterator[Problem]:
    """Claims that cannot be read."""
    for index, text in enumerate(said):
        try:
            Claim.parse(text)
        except ClaimError as error:
            place = [index] if len(said) > 1 or key in ("claims", "contrasts", "presets") else []
            yield entry.problem(str(error), key, *inside, *place)


def _item(entry: Entry[AnyItem], known: Names, readable: Mapping[str, Body]) -> Iterator[Problem]:
    item = entry.data
    if not isinstance(item, Fix | AskedItem | Ordering) or item.scenario is None:
        return
    yield from known.missing(entry, "scenarios", [(item.scenario, ("scenario",))])
    yield from _asked(entry, item)
    body = readable.get(item.scenario)
    if body is not None:
        yield from _changes(entry, item, body)
        for says in naming_problems(build.item(item, entry.topic), body):
            yield entry.problem(says, "stem")


def _asked(entry: Entry[AnyItem], item: Fix | AskedItem | Ordering) -> Iterator[Problem]:
    """What is wrong with the claims or metrics that an item asks for."""
    match item:
        case Fix():
            yield from claims(entry, "goal", (item.goal,))
        case AskedItem():
            yield from claims(entry, "asks", (f"{item.asks} is 0",))
        case Ordering():
            for index, step in enumerate(item.steps):
                yield from claims(entry, "steps", (f"{step.when} is 0",), index, "when")


def _changes(entry: Entry[AnyItem], item: Fix | AskedItem | Ordering, body: Body) -> Iterator[Problem]:
    for place, changes in _tried(item):
        try:
            scenarios.read(scenarios.patch(body, changes))
        except ScenarioError as error:
            yield entry.problem(f"the scenario would be out of bounds: {error}", *place)


def _tried(item: Fix | AskedItem | Ordering) -> Iterator[tuple[Place, Mapping[str, object]]]:
    for key, choices in (("draw", item.draw), ("varies", item.varies)):
        for path, values in choices.items():
            for index, value in enumerate(values):
                yield (key, path, index), {path: value}
    if isinstance(item, Fix):
        for index, option in enumerate(item.options):
            yield ("options", index, "change"), option.change
