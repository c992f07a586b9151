"""Every rule that a run has read, with its value, its unit and its source; what AWS leaves open can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studyapp.content.models import Fact
from studyapp.lab import assumptions, queries
from studyapp.lab.assumptions import Constant
from studyapp.lab.screens import Bench
from studyapp.lab.state import State


@dataclass(frozen=True)
class Line:
    """A rule in force, and the fact behind it, if AWS states one."""

    constant: Constant
    fact: Fact | None


def in_force(bench: Bench) -> dict[str, Any]:
    """Context of the panel. One query. Raises what a run raises."""
    subjects = assumptions.constants(bench.inputs.patch, bench.ran.seen)
    slugs = [constant.fact for subject in subjects for constant in subject.constants if constant.fact]
    facts = {fact.slug: fact for fact in queries.facts(dict.fromkeys(slugs))}
    return {
        "subjects": [
            (subject.title, [Line(each, facts.get(each.fact)) for each in subject.constants if not each.is_assumption])
            for subject in subjects
        ],
        "open": [each for subject in subjects for each in subject.constants if each.is_assumption],
        "pairs": _without_assumptions(bench.state),
    }


def _without_assumptions(state: State) -> list[tuple[str, str]]:
    return list(state.but(assumes={}).pairs())
