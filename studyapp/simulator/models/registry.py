"""Every model by the name that its part of a scenario has."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from studyapp.simulator.answers import Plan
from studyapp.simulator.models import network
from studyapp.simulator.rulebook import Rulebook


class Model(NamedTuple):
    """`plan` reads and checks its part of a scenario and raises ScenarioError. `metrics` are how the names of its
    metrics begin, each with an example; no two models share one."""

    plan: Callable[[object, Rulebook], Plan]
    metrics: Mapping[str, str]


MODELS: Final[Mapping[str, Model]] = {
    "network": Model(
        network.plan, {"reach": "reach.<target>", "hops": "hops.<target>", "refused_by": "refused_by.<target>"}
    ),
}
FIRST_WORDS: Final[Mapping[str, str]] = {
    word: example for model in MODELS.values() for word, example in model.metrics.items()
}
"""How the names of metrics begin that are of no function, each with an example."""
