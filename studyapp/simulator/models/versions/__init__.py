"""Which code and which settings does each address of a function run, after these steps?

A function is edited and configured in $LATEST, published as numbered versions, and reached through its name alone, a number
or an alias. A step that AWS refuses changes nothing and is an outcome: `refused.<step>` says why. There is no clock and no
chance: of a weighted alias the answer is its shares, and whether one caller's calls can reach both versions.

Left out on purpose: who may invoke what (the access model), layers and images as files (the package model), the
time that provisioned concurrency takes (the engine), SnapStart, runtimes that AWS updates by itself, and the version that
Lambda Managed Instances publish on their own. What AWS refuses of provisioned concurrency beside $LATEST is not looked at:
on an alias and on its version at once, on an alias while it has weights, and the deletion of a version that has some. An
update of an alias states the whole alias: weights that it leaves out are gone.

Sources, read on 2026-11-23, deletion and provisioning on 2026-11-28:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
"""

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.versions.actions import History, Publish, Step
from studyapp.simulator.models.versions.addresses import all_there_are, asked, metrics, path
from studyapp.simulator.models.versions.deeds import apply
from studyapp.simulator.models.versions.reading import read
from studyapp.simulator.models.versions.world import Refusal, Snapshot, World
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path, Value

__all__ = ["Versions", "plan"]


@dataclass(frozen=True)
class Versions:
    """What is done to a function, to be played."""

    history: History

    def answer(self, rulebook: Rulebook) -> Answer:
        """`refused.` and `published.` of the steps; of each address `runs.`, `version.`, `mixes.`, `share.`, `setting.`,
        `reserved.` and `provisioned.`; a path for each refused step and each address."""
        history = self.history
        world = World(rulebook, Snapshot(history.code, history.settings))
        found: dict[str, Value] = {}
        paths: list[Path] = []
        for step in history.steps:
            before = world.made
            refusal = apply(world, step.action)
            found[f"refused.{step.label}"] = refusal.reason if refusal else None
            if isinstance(step.action, Publish):
                found[f"published.{step.label}"] = world.last if world.made > before else None
            if refusal:
                paths.append(_refused(step, refusal))
        found |= {"refused.total": len(paths), **_totals(world)}
        named = asked(history)
        for address in history.addresses or all_there_are(world, named):
            found |= metrics(world, address, named)
            paths.append(path(world, address))
        return Answer(found, tuple(paths))


def plan(data: object, rulebook: Rulebook) -> Versions:
    """The history of a function's versions. Raises ScenarioError."""
    return Versions(read(data))


def _refused(step: Step, refusal: Refusal) -> Path:
    return Path(f"step {step.label}", False, (Hop(f"Step {step.label}", False, refusal.says, refusal.rule),), "version")


def _totals(world: World) -> dict[str, Value]:
    return {
        "published.total": world.made,
        "published.kept": len(world.versions),
        "published.newest": max(world.versions, default=None),
    }
