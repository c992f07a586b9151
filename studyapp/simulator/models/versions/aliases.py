"""What AWS asks of an alias, and of the two versions among which one divides its traffic."""

from __future__ import annotations

from studyapp.simulator.models.versions.actions import LATEST, DeleteAlias, SetAlias
from studyapp.simulator.models.versions.world import Alias, Refusal, World, nothing_there

MILLION = 1_000_000


def set_alias(world: World, action: SetAlias) -> Refusal | None:
    if action.is_new == (action.alias in world.aliases):
        if action.is_new:
            return Refusal("alias exists", f"There is an alias {action.alias} already; a name is given once.")
        return Refusal("no such alias", f"There is no alias {action.alias} to update.")
    refusal = _target_refusal(world, action) or _weights_refusal(world, action)
    if refusal:
        return refusal
    kept = {each: found for each in (action.to, *action.weights) if (found := world.snapshot(each))}
    world.aliases[action.alias] = Alias(action.to, dict(action.weights), kept)
    return None


def _target_refusal(world: World, action: SetAlias) -> Refusal | None:
    """Why one of the targets cannot be one."""
    targets = (action.to, *action.weights)
    for target in targets:
        if target in world.aliases:
            return Refusal(
                "an alias points to versions", f"An alias points to versions, not to another alias {target}."
            )
        if world.snapshot(target) is None:
            return nothing_there(target)
    if action.to in action.weights:
        return Refusal("one version twice", f"Version {action.to} cannot stand on both sides of the weights.")
    return None


def _weights_refusal(world: World, action: SetAlias) -> Refusal | None:
    rulebook, weights = world.rulebook, action.weights
    if not weights:
        return None
    most = rulebook.alias_versions
    if len(weights) + 1 > most:
        says = f"An alias divides traffic among at most {most} versions, and this names {len(weights) + 1}."
        return Refusal(f"at most {most} versions", says, "alias_versions")
    if min(weights.values()) < 0 or sum(weights.values()) > MILLION:
        return Refusal("weights are 0 to 1", "A weight lies between 0 and 1, and all together are at most 1.")
    if LATEST in (action.to, *weights) and not rulebook.latest_can_have_a_weight:
        says = "Both sides of a weighted alias must be published, and $LATEST is not."
        return Refusal("$LATEST takes no weight", says, "latest_can_have_a_weight")
    return _difference(world, action)


def _difference(world: World, action: SetAlias) -> Refusal | None:
    """What the versions of a weighted alias must have in common and do not."""
    found = [snapshot for each in (action.to, *action.weights) if (snapshot := world.snapshot(each))]
    rulebook = world.rulebook
    if rulebook.weighted_versions_share_a_role and len({each.settings.get("role") for each in found}) > 1:
        says = "The versions of a weighted alias must have the same execution role."
        return Refusal("different roles", says, "weighted_versions_share_a_role")
    queues = {each.settings.get("dead_letter_queue") for each in found}
    if rulebook.weighted_versions_share_a_dead_letter_queue and len(queues) > 1:
        says = "The versions of a weighted alias must have the same dead-letter queue, or none."
        return Refusal("different dead-letter queues", says, "weighted_versions_share_a_dead_letter_queue")
    return None


def delete_alias(world: World, action: DeleteAlias) -> Refusal | None:
    if action.alias not in world.aliases:
        return Refusal("no such alias", f"There is no alias {action.alias} to delete.")
    del world.aliases[action.alias]
    world.forget(action.alias)
    return None
