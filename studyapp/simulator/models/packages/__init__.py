"""Is this deployment accepted, or which quota does it break, and what is left of each?

Layers are published first and functions created after them, in the order given, in one Region of one account. A way ends
at the first check that refuses; what a quota leaves is worked out for all, and is below 0 where it is broken. Code that was
built for another architecture is accepted and does not start, since Lambda does not look into it.

Left out on purpose: what a registry costs and holds, who may publish, whether a runtime is about to be retired, and the
console's editor, whose limit AWS no longer states. A variable counts with its name and its value.

Metrics: `accepted.`, `breaks.` and `size.` (MB, unzipped with layers) of a layer or a function, `starts.` and
`left.<function>.` (MB; KB for environment and settings) of a function, `deployed.all`: how many functions are accepted,
`stored.total` and `stored.left` (MB, in the
Region), `uploads.` and `updates.` of a layer or a library: how many packages go up, and how many functions change, when it
changes.

Sources, read on 2026-11-23 and 2026-11-28:
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-custom.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-self-managed-storage.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning-create.html
"""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.packages import settings, sizes
from studyapp.simulator.models.packages.deploy import deploy
from studyapp.simulator.models.packages.parts import Deployment, Function
from studyapp.simulator.models.packages.reading import read
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Value

__all__ = ["Deployment", "plan", "read"]


@dataclass(frozen=True)
class Packages:
    """Code that is about to be deployed."""

    deployment: Deployment

    def answer(self, rulebook: Rulebook) -> Answer:
        paths, stored = deploy(self.deployment, rulebook)
        accepted = {path.target: path.ok for path in paths}
        metrics: dict[str, Value] = {f"accepted.{name}": ok for name, ok in accepted.items()}
        metrics |= {f"starts.{each.name}": _starts(each, accepted[each.name]) for each in self.deployment.functions}
        metrics |= {f"breaks.{path.target}": None if path.ok else path.hops[-1].name for path in paths}
        metrics["deployed.all"] = sum(accepted[each.name] for each in self.deployment.functions)
        metrics |= _sizes(self.deployment, rulebook)
        metrics |= _changes(self.deployment, rulebook)
        metrics["stored.total"] = sizes.in_larger(stored)
        metrics["stored.left"] = sizes.in_larger(rulebook.code_storage_max * sizes.MB - stored)
        return Answer(metrics, paths)


def plan(data: object, rulebook: Rulebook) -> Packages:
    """The packages of a scenario. Raises ScenarioError."""
    return Packages(read(data, rulebook))


def _starts(function: Function, is_accepted: bool) -> bool:
    return is_accepted and not settings.misfits(function)


def _sizes(deployment: Deployment, rulebook: Rulebook) -> dict[str, Value]:
    found: dict[str, Value] = {f"size.{layer.name}": sizes.in_larger(layer.unzipped) for layer in deployment.layers}
    for function in deployment.functions:
        found[f"size.{function.name}"] = sizes.in_larger(sizes.unzipped(function, rulebook))
        found |= {f"left.{function.name}.{name}": room for name, room in sizes.left(function, rulebook).items()}
    return found


def _changes(deployment: Deployment, rulebook: Rulebook) -> dict[str, Value]:
    """A layer goes up once, and each function must name its new version; a library goes up with each that bundles it."""
    found: dict[str, Value] = {}
    for layer in deployment.layers:
        users = sum(layer in function.layers for function in deployment.functions)
        found[f"uploads.{layer.name}"] = 1
        found[f"updates.{layer.name}"] = 0 if rulebook.layers_update_themselves else users
    for library in deployment.libraries:
        users = sum(library in function.bundles for function in deployment.functions)
        found[f"uploads.{library.name}"] = found[f"updates.{library.name}"] = users
    return found
