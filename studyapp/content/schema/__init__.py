"""The shape of each kind of content file, as strict pydantic models; the JSON Schemas and the handbook come from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studyapp.content.schema.arranged import ItemFile
from studyapp.content.schema.blueprints import BlueprintFile
from studyapp.content.schema.common import Strict
from studyapp.content.schema.demos import CardFile, DemoFile
from studyapp.content.schema.facts import FactFile
from studyapp.content.schema.glossary import GlossaryFile
from studyapp.content.schema.moves import MoveFile
from studyapp.content.schema.scenarios import ScenarioFile
from studyapp.content.schema.tables import BeliefFile, ClueFile, RowFile


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: where it lies under `content/`, its model, and the key of its list."""

    pattern: str
    model: type[Strict]
    entries: str

    @property
    def has_topics(self) -> bool:
        """Whether each file is one topic's, named by its file: errors.yaml, or errors.<shelf>.yaml."""
        return self.pattern.endswith("/*.yaml")


KINDS: Mapping[str, Kind] = {
    "rows": Kind("rows.yaml", RowFile, "rows"),
    "facts": Kind("facts/lambda/*.yaml", FactFile, "facts"),
    "moves": Kind("moves.yaml", MoveFile, "moves"),
    "terms": Kind("glossary.yaml", GlossaryFile, "terms"),
    "clues": Kind("clues/lambda.yaml", ClueFile, "clues"),
    "beliefs": Kind("beliefs/lambda*.yaml", BeliefFile, "beliefs"),
    "scenarios": Kind("scenarios/lambda/*.yaml", ScenarioFile, "scenarios"),
    "items": Kind("items/lambda/*.yaml", ItemFile, "items"),
    "blueprints": Kind("blueprints/lambda*.yaml", BlueprintFile, "blueprints"),
    "demos": Kind("demos/lambda/*.yaml", DemoFile, "demos"),
    "cards": Kind("demos/cards.yaml", CardFile, "cards"),
}
