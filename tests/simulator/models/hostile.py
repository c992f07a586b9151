"""What nobody would write, and what becomes of it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from studyapp.simulator import TRUTH, read, simulate
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import MODELS


def anything(*words: str) -> st.SearchStrategy[Any]:
    """Whatever a file could hold, `words` among it."""
    return st.recursive(
        st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=12)
        | st.sampled_from(words),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4),
        max_leaves=8,
    )  # fmt: skip


def refusal(body: dict[str, Any]) -> str:
    """The field that is refused, or the word answered."""
    try:
        simulate(read(body))
    except ScenarioError as error:
        return error.field
    return "answered"


def said(model: str, data: object) -> set[str]:
    """The first words of what a model says of `data`: of its metrics, or of the field that it refuses."""
    try:
        answer = MODELS[model].plan(data, TRUTH).answer(TRUTH)
    except ScenarioError as error:
        return {error.field.partition(".")[0]}
    return {name.partition(".")[0] for name in answer.metrics}
