"""A draft as the files of a course would have it, and back, by the models that the loader reads with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from studyapp.content import build
from studyapp.content.schema.items import Predict
from studyapp.content.schema.scenarios import Scenario
from studyapp.content.schema.tables import Belief
from studyapp.questions.drafting import Draft
from studyapp.questions.items import Belief as PlainBelief
from studyapp.questions.items import Item

KEY = "key"
HEAD = """\
# {title}
# Three parts of a course: put each into the file that is named above it, and run
# manage.py prove {item}
# manage.py load_content --check
"""
Body = Mapping[str, Any]


def body(draft: Draft, title: str) -> dict[str, Any]:
    """`item`, `scenario` and `beliefs` as entries of their files."""
    item = draft.item
    scenario = {"id": item.scenario, "title": title, "facts": list(item.facts), **draft.scenario}
    return {"item": _item(item), "scenario": scenario, "beliefs": [_belief(slip) for slip in draft.slips]}


def draft_of(body: Body) -> Draft:
    """The draft that `body` says. Raises pydantic's ValidationError if a file would be refused for it."""
    said = Predict.model_validate(body["item"])
    scenario = Scenario.model_validate(body["scenario"])
    topic = ".".join(said.id.split(".")[:2])
    slips = tuple(build.belief(Belief.model_validate(each)) for each in body["beliefs"])
    return Draft(build.item(said, topic), dict(scenario.body()), slips)


def text(body: Body, title: str) -> str:
    """All parts as YAML, one document for each file."""
    topic = ".".join(body["item"]["id"].split(".")[:2])
    shelf = f"{topic.removeprefix('lambda.')}.{body['scenario']['id'].rpartition('.')[2]}"
    parts: list[tuple[str, dict[str, Any]]] = [
        (f"scenarios/lambda/{shelf}.yaml", {"topic": topic, "scenarios": [body["scenario"]]}),
        (f"items/lambda/{shelf}.yaml", {"topic": topic, "items": [body["item"]]}),
    ]
    if body["beliefs"]:
        parts.append((f"beliefs/lambda.{shelf.partition('.')[2]}.yaml", {"beliefs": body["beliefs"]}))
    head = HEAD.format(title=" ".join(title.split()), item=body["item"]["id"])
    return head + "".join(f"---\n# {path}\n{_yaml(part)}" for path, part in parts)


def _yaml(part: object) -> str:
    return yaml.dump(part, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)


class _Plain(yaml.SafeDumper):
    """Writes everything out: the files of a course have no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _item(item: Item) -> dict[str, Any]:
    """What is empty is left out, as an author would."""
    names = [option.belief or KEY for option in item.options]
    said: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "view": item.view,
        "facts": list(item.facts),
        "scenario": item.scenario,
        "draw": {path: list(values) for path, values in item.draw.items()},
        "states": list(item.states),
        "asks": item.asks,
        "stem": item.stem,
        "options": _options(names),
        "why": {name: option.why for name, option in zip(names, item.options, strict=True)},
    }
    return {name: value for name, value in said.items() if value}


def _options(names: Sequence[str]) -> list[object]:
    return [name if name == KEY else {"belief": name} for name in names]


def _belief(belief: PlainBelief) -> dict[str, Any]:
    return {
        "id": belief.id,
        "says": belief.says,
        "tempts": belief.tempts,
        "misreading": belief.misreading,
        "refuted_by": list(belief.refuted_by),
    }
