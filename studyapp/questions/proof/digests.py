"""What a proof rests on, as one fingerprint: when it changes, the proof is stale."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from studyapp.questions.bodies import belief_body, item_body
from studyapp.questions.items import Item
from studyapp.questions.proof.result import World
from studyapp.simulator import ENGINE_VERSION, rulebook


def digest(item: Item, world: World) -> str:
    """A fingerprint of the item, the values of its facts and, if it is simulated, its scenario, its beliefs, the engine
    and the rules. Names that `world` does not know count as missing."""
    rests_on: dict[str, Any] = {
        "item": item_body(item),
        "facts": {fact: world.facts[fact].value_text for fact in item.facts if fact in world.facts},
    }
    if item.scenario is not None:
        beliefs = sorted({option.belief for option in item.options if option.belief in world.beliefs} - {None}, key=str)
        rests_on |= {
            "scenario": world.scenarios.get(item.scenario),
            "beliefs": [belief_body(world.beliefs[str(belief)]) for belief in beliefs],
            "engine": ENGINE_VERSION,
            "rules": rulebook.digest(world.rulebook),
        }
    return sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:16]
