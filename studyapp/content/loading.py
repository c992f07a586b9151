"""The rows of each table, as the course gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from studyapp.content.bodies import digest, fact_body, revision_body
from studyapp.content.course import Course
from studyapp.content.schema.moves import Move
from studyapp.content.schema.scenarios import Scenario
from studyapp.content.sections import TITLES
from studyapp.content.syncing import Wanted
from studyapp.questions.bodies import belief_body
from studyapp.questions.filling import resolved
from studyapp.questions.items import Item

Ids = Mapping[str, int]
"""Primary keys by slug."""


def facts(course: Course) -> Wanted:
    return {
        fact.id: {
            "topic": fact.topic,
            "section": section(fact.topic),
            "position": position,
            "name": fact.name,
            "says": fact.sentence,
            "body": fact_body(fact),
            "source_title": fact.source.title,
            "source_url": fact.source.url,
            "checked_on": fact.source.checked,
        }
        for position, fact in enumerate(course.facts.values())
    }


def rows(course: Course) -> Wanted:
    return {
        row.row: {
            "section": row.section,
            "position": position,
            "label": row.label,
            "table_says": row.table_says,
            "verdict": row.verdict,
            "now": row.now,
        }
        for position, row in enumerate(course.rows)
    }


def moves(course: Course) -> Wanted:
    return {
        move.id: {
            "position": position,
            "kind": move.kind,
            "says": move.says,
            "before": move.before or "",
            "after": move.after or "",
            "sections": sorted(_sections(move, course)),
            "facts": list(move.facts),
            "source_title": move.source.title,
            "source_url": move.source.url,
            "checked_on": date.fromisoformat(move.source.checked),
        }
        for position, move in enumerate(course.moves)
    }


def _sections(move: Move, course: Course) -> set[int]:
    """Those of its topics and of its facts."""
    return {section(topic) for topic in (*move.topics, *(course.facts[fact].topic for fact in move.facts))}


def blueprints(course: Course) -> Wanted:
    return {
        blueprint.id: {
            "position": position,
            "title": blueprint.title,
            "questions": blueprint.questions,
            "minutes": blueprint.minutes,
            "weights": [[section(topic), weight] for topic, weight in blueprint.weights.model_dump().items()],
            "sizes": list(blueprint.sizes),
        }
        for position, blueprint in enumerate(course.blueprints)
    }


def terms(course: Course, fact_ids: Ids) -> Wanted:
    return {
        term.slug: {
            "name": term.name,
            "says": term.says,
            "kind": term.kind,
            "also": list(term.also),
            "fact_id": fact_ids[term.fact] if term.fact else None,
        }
        for term in course.terms
    }


def clues(course: Course, row_ids: Ids, fact_ids: Ids) -> Wanted:
    return {
        clue.id: {
            "row_id": row_ids[clue.row],
            "fact_id": fact_ids[clue.fact],
            "phrase": clue.phrase,
            "points_to": clue.points_to,
            "rests_on": list(clue.rests_on),
            "rivals": list(clue.rivals),
            "objectives": list(clue.objectives),
            "card": course.cards[clue.id].body() if clue.id in course.cards else None,
        }
        for clue in course.clues
    }


def beliefs(course: Course) -> Wanted:
    return {
        belief.id: {"says": belief.says, "tempts": belief.tempts, "body": belief_body(belief)}
        for belief in course.beliefs.values()
    }


def scenarios(course: Course) -> Wanted:
    places = _places(course)
    return {
        scenario.id: {
            "title": scenario.title,
            "body": scenario.body(),
            "facts": list(scenario.facts),
            "claims": list(scenario.claims),
            "rows": list(scenario.rows),
            "contrasts": list(dict.fromkeys(each.belief for each in scenario.contrasts if each.belief)),
            "demo": _demo(course, scenario),
            "position": places[scenario.id],
        }
        for scenario in course.scenarios.values()
    }


def _demo(course: Course, scenario: Scenario) -> dict[str, Any] | None:
    """What the file says, with full paths: an address holds them, and there `function` would mean nothing."""
    if scenario.id not in course.demos:
        return None
    demo, body = course.demos[scenario.id].body(), scenario.body()
    for control in demo["controls"]:
        control["path"] = resolved(control["path"], body)
    if demo["asks"]["choices"] is not None:  # as pairs: not every database keeps the order of a mapping
        demo["asks"]["choices"] = [list(pair) for pair in demo["asks"]["choices"].items()]
    for preset in demo["presets"]:
        preset["change"] = {resolved(path, body): value for path, value in preset["change"].items()}
    return demo


def _places(course: Course) -> dict[str, int]:
    """Of each scenario in the lab: section by section, first those with a demo, in the order of the demos."""
    demos = {name: place for place, name in enumerate(course.demos)}
    in_order = sorted(
        course.scenarios, key=lambda name: (section(name.rpartition(".")[0]), demos.get(name, len(demos)))
    )
    return {name: place for place, name in enumerate(in_order)}


def _asked_until(item: Item, course: Course) -> str:
    """The month in which the exam ceases whose view an item asks for, as far as it is known."""
    exams = [course.facts[name].exam for name in item.facts] if item.view == "exam" else []
    return max((exam.until for exam in exams if exam and exam.until), default="")


def items(course: Course, clue_ids: Ids, fact_ids: Ids, scenario_ids: Ids) -> Wanted:
    return {
        item.id: {
            "kind": item.kind,
            "topic": item.topic,
            "section": section(item.topic),
            "position": position,
            "clue_id": clue_ids[item.clue] if item.clue else None,
            "fact_id": fact_ids[item.facts[0]],
            "scenario_id": scenario_ids[item.scenario] if item.scenario else None,
            "is_first": item.is_first,
            "view": item.view or "",
            "choose": item.choose,
            "asked_until": _asked_until(item, course),
            "stem": item.stem,
        }
        for position, item in enumerate(course.items)
    }


def revisions(course: Course) -> dict[str, tuple[str, dict[str, Any]]]:
    """Digest and body of each item's revision, by the item's slug."""
    bodies = ((item.id, revision_body(item, course)) for item in course.items)
    return {slug: (digest(body), body) for slug, body in bodies}


def section(topic: str) -> int:
    return list(TITLES).index(topic.removeprefix("lambda.")) + 1
