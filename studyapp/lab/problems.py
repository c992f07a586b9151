"""What is wrong with a changed scenario: which field, which value, which limit and where that comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from studyapp.content.models import Fact
from studyapp.lab.controls import Body, Control, nearest
from studyapp.simulator import scenario
from studyapp.simulator.errors import ScenarioError, one_line, shown
from studyapp.simulator.rulebook import TRUTH, Rulebook

MOST: Final = 10
"""Problems that are told of one state."""
MOST_TRIED: Final = 30
"""Changes that are left out, one at a time, to find which of them brings a problem about."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` and `field_id` are those of a control, "" for a problem at none. `fact` is a slug, with the fact's name and
    the title of its source; all "" where no fact stands behind it."""

    path: str
    field_id: str
    says: str
    fact: str = ""
    fact_name: str = ""
    source: str = ""


def check(
    body: Body, changes: Mapping[str, object], known: Mapping[str, Control], rulebook: Rulebook = TRUTH
) -> tuple[dict[str, object], list[Problem]]:
    """(the changes that stand, the problems of the others). A change that is refused is left out, to find further ones."""
    stands = dict(changes)
    problems: list[Problem] = []
    while len(problems) < MOST and (error := _refusal(body, stands, rulebook)):
        offender = _offender(error, body, stands, rulebook)
        problems.append(_problem(error, offender, known))
        if not offender:
            break
        del stands[offender]
    return stands, problems


def with_sources(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same, each with the name of its fact and of its source. One query if there are any."""
    found = tuple(problems)
    slugs = {each.fact for each in found if each.fact}
    rows = Fact.objects.filter(slug__in=slugs).values_list("slug", "name", "source_title") if slugs else ()
    names = {slug: (name, title) for slug, name, title in rows}
    return tuple(
        replace(each, fact_name=names[each.fact][0], source=names[each.fact][1])
        if each.fact in names
        else replace(each, fact="")
        for each in found
    )


def _refusal(body: Body, changes: Mapping[str, object], rulebook: Rulebook) -> ScenarioError | None:
    try:
        scenario.read(scenario.patch(body, changes), rulebook)
    except ScenarioError as error:
        return error
    return None


def _offender(error: ScenarioError, body: Body, changes: Mapping[str, object], rulebook: Rulebook) -> str:
    """The change that is refused: the one at the field, else the first without which the error is gone; "" if none is."""
    at_field = nearest(error.field, changes)
    if at_field:
        return at_field
    within = (path for path in changes if path.startswith(f"{error.field}."))
    others = (path for path in changes if not path.startswith(f"{error.field}."))
    for path in (*within, *others)[:MOST_TRIED]:
        left = {each: value for each, value in changes.items() if each != path}
        if str(_refusal(body, left, rulebook)) != str(error):
            return path
    return ""


def _problem(error: ScenarioError, offender: str, known: Mapping[str, Control]) -> Problem:
    """At the field that the error names, or at the first control within it; else at the change that brought it about."""
    path = nearest(error.field, known) or _within(error.field, offender, known) or nearest(offender, known)
    is_named = bool(path) and error.field.startswith(path)
    says = _sentence(error, is_named=is_named)
    return Problem(path, "", says, known[path].fact if path else "")


def _within(field: str, offender: str, known: Collection[str]) -> str:
    if offender in known and offender.startswith(f"{field}."):
        return offender
    return next((path for path in known if path.startswith(f"{field}.")), "")


def _sentence(error: ScenarioError, *, is_named: bool) -> str:
    said = "" if error.value is None and error.limit.startswith("is missing") else f"{shown(error.value)} "
    text = f"{said}{one_line(error.limit)}"
    if not is_named:
        return f"{one_line(error.field)}: {text}."
    return f"It {text}." if not said else f"{text}."
