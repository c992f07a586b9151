"""What can be said of a draft by itself: its proof, within a time, and what the linter finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import monotonic
from typing import Any

from studyapp.authoring.course import lint_world
from studyapp.content.course import Course
from studyapp.questions.drafting import Draft
from studyapp.questions.lint import lint_item
from studyapp.questions.proof import Proof, Refused, prove
from studyapp.questions.variants import drawn

SEEDS = 25
"""About how many runs a proof has of a scenario with chance; one without has one for each draw."""
LONGEST_S = 20.0


class TooSlow(Exception):
    """Something took longer than LONGEST_S."""


def limit() -> Callable[[], None]:
    """A function that raises TooSlow when LONGEST_S have passed since now."""
    end = monotonic() + LONGEST_S

    def check() -> None:
        if monotonic() > end:
            raise TooSlow

    return check


def proof_of(draft: Draft, course: Course) -> dict[str, Any]:
    """The proof as JSON; `refused` with every reason, or `stopped` where it took too long."""
    try:
        proof = prove(draft.item, draft.world(course.world), SEEDS, limit())
    except Refused as refused:
        return {"refused": list(refused.problems)}
    except TooSlow:
        return {
            "stopped": f"The proof took longer than {LONGEST_S:.0f} s and was given up. A shorter run is proved sooner."
        }
    return proof.as_json()


def findings_of(draft: Draft, proof: dict[str, Any], course: Course, today: date) -> list[dict[str, str]]:
    """What the linter finds, errors first."""
    seeds = Proof.from_json(proof).seeds if "seeds" in proof else ()
    variants = [drawn(draft.item, draft.scenario, seed.as_json()) for seed in seeds]
    world = draft.world(course.world)
    found = lint_item(draft.item, variants, replace(lint_world(course, today), scenarios=world.scenarios))
    ordered = sorted(found, key=lambda each: "EWI".index(each.level))
    return [{"rule": each.rule, "level": each.level, "says": each.says} for each in ordered]
