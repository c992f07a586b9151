"""A draft as one was made from a run of the course, built once, and the run as the lab would send it."""

import json
from datetime import datetime
from functools import cache
from typing import Any

from studyapp.accounts.models import User
from studyapp.authoring import services
from studyapp.authoring.models import Draft
from studyapp.content.models import Scenario
from tests.conftest import NOW

SCENARIO = "lambda.errors.last-run"
ADDRESS = f"/lab/{SCENARIO}/?seed=1"


def made_from(author: User, slug: str = SCENARIO, *, now: datetime = NOW, **given: Any) -> Draft:
    """A draft of a scenario as the course has it."""
    scenario = Scenario.objects.get(slug=slug)
    plain = {"body": scenario.body, "facts": tuple(scenario.facts), "seed": 0, "asks": None, "title": scenario.title}
    return services.draft_from(author=author, address=ADDRESS, now=now, **plain | given)


@cache
def _said() -> dict[str, Any]:
    made = made_from(User.objects.create(name="Whoever"))
    return {name: getattr(made, name) for name in ("title", "body", "proof", "findings", "from_address")}


def a_draft(author: User | None, *, now: datetime = NOW, **given: Any) -> Draft:
    """A row without work."""
    return Draft.objects.create(author=author, made_at=now, updated_at=now, **_said() | given)


def a_run(**given: Any) -> dict[str, Any]:
    """What the lab posts; mappings are written as JSON."""
    said = {"scenario": SCENARIO, "changes": {}, "seed": 1, "address": ADDRESS} | given
    return {name: json.dumps(value) if isinstance(value, dict) else value for name, value in said.items()}
