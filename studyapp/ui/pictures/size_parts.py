"""What a deployment measures, quota by quota: for each function and layer what it consists of, and how far that may go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyapp.simulator.models.packages import Deployment, Packages, sizes
from studyapp.simulator.models.packages.parts import Function, Layer
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import Rulebook
from studyapp.ui.pictures import marks, walks
from studyapp.ui.pictures.walks import Walk

USUAL_TMP = 512
"""MB of /tmp that a function has without asking for it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    name: str
    size: float


@dataclass(frozen=True, slots=True)
class Gauge:
    """One quota: stretches against a `limit`, both in `unit`; None is no limit. `step` is the hop of the path that looks."""

    name: str
    stretches: tuple[Stretch, ...]
    limit: float | None
    unit: str
    step: str
    mark: str = ""

    @property
    def size(self) -> float:
        return sum(each.size for each in self.stretches)

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.size > self.limit


@dataclass(frozen=True, slots=True)
class Block:
    """One function or layer. `rulers` are in MB and share one ruler; `gauges` have each their own."""

    walk: Walk
    name: str
    rulers: tuple[Gauge, ...]
    gauges: tuple[Gauge, ...]


def blocks(outcomes: Sequence[Outcome], headings: Sequence[str]) -> tuple[Block, ...]:
    """Of one run all; of two, those that differ, or all if none does. Those of one name stand one after the other."""
    ways = [list(_blocks(each, heading)) for each, heading in zip(outcomes, headings, strict=True)]
    if len(ways) < 2:
        return tuple(block for way in ways for block in way)
    twins = {block.walk.path.target: block for block in ways[1]}
    pairs = [(block, twins.get(block.walk.path.target)) for block in ways[0]]
    telling = [(one, other) for one, other in pairs if other is not None and _differ(one, other)]
    return tuple(block for pair in telling or pairs for block in pair if block is not None)


def _differ(one: Block, other: Block) -> bool:
    return one.walk.path != other.walk.path or one.rulers != other.rulers or one.gauges != other.gauges


def _blocks(outcome: Outcome, heading: str) -> Iterator[Block]:
    plan = next((each for each in outcome.scenario.plans if isinstance(each, Packages)), None)
    if plan is None:
        return
    parts: dict[str, Function | Layer] = {layer.name: layer for layer in plan.deployment.layers}
    parts |= {function.name: function for function in plan.deployment.functions}
    for walk in walks.of([outcome], [heading], "package"):
        yield _block(walk, parts[walk.path.target], outcome.rulebook, plan.deployment)


def _block(walk: Walk, part: Function | Layer, rulebook: Rulebook, deployment: Deployment) -> Block:
    if isinstance(part, Layer):
        return Block(walk, f"layer {part.name}", _marked(walk, _of_layer(part, rulebook)), ())
    of_package = _of_image(part, rulebook) if part.is_image else _of_zip(part, rulebook)
    gauges = (*_settings(part, rulebook), *_storage(walk, part, rulebook, deployment))
    return Block(walk, f"function {part.name}", _marked(walk, of_package), _marked(walk, gauges))


def _marked(walk: Walk, gauges: Sequence[Gauge]) -> tuple[Gauge, ...]:
    """Each with the mark of its hop, where the way came so far."""
    steps = {hop.name: marks.of_hop(walk.number, step) for step, hop in enumerate(walk.path.hops, 1)}
    return tuple(
        Gauge(each.name, each.stretches, each.limit, each.unit, each.step, steps.get(each.step, "")) for each in gauges
    )


def _of_layer(layer: Layer, rulebook: Rulebook) -> tuple[Gauge, ...]:
    return (
        _upload(Stretch("layer", _mb(layer.zipped)), limit=sizes.upload_limit(layer, rulebook)),
        _unzipped(Stretch("layer", _mb(layer.unzipped)), limit=sizes.unzipped_limit(layer, rulebook)),
    )


def _of_zip(function: Function, rulebook: Rulebook) -> tuple[Gauge, ...]:
    zipped = [("code", function.zipped), *((each.name, each.zipped) for each in function.bundles)]
    content = [
        ("code", function.unzipped),
        *((each.name, each.unzipped) for each in function.bundles),
        ("runtime", function.custom_runtime),
    ]
    if rulebook.layers_count_in_the_total:
        content += [(f"layer {each.name}", each.unzipped) for each in function.layers]
    return (
        _upload(*_stretches(zipped), limit=sizes.upload_limit(function, rulebook)),
        _unzipped(*_stretches(content), limit=sizes.unzipped_limit(function, rulebook)),
    )


def _of_image(function: Function, rulebook: Rulebook) -> tuple[Gauge, ...]:
    image = Stretch("image", _mb(sizes.image(function, rulebook)))
    return (Gauge("image", (image,), rulebook.image_max, "MB", "Image size"),)


def _upload(*stretches: Stretch, limit: int | None) -> Gauge:
    return Gauge("upload", stretches, None if limit is None else _mb(limit), "MB", "Upload")


def _unzipped(*stretches: Stretch, limit: int | None) -> Gauge:
    return Gauge("unzipped", stretches, None if limit is None else _mb(limit), "MB", "Unzipped size")


def _stretches(named: Sequence[tuple[str, int]]) -> tuple[Stretch, ...]:
    return tuple(Stretch(name, _mb(size)) for name, size in named if size)


def _settings(function: Function, rulebook: Rulebook) -> Iterator[Gauge]:
    """The quotas beside that of the package, as far as the function comes near them."""
    if function.layers and (not function.is_image or rulebook.images_take_layers):
        count = Stretch("layers", len(function.layers))
        yield Gauge("layers", (count,), rulebook.layers_max, "", "Layers")
    if function.environment:
        used = Stretch("variables", sizes.in_larger(sizes.environment(function, rulebook), sizes.KB))
        yield Gauge("variables", (used,), rulebook.env_vars_max, "KB", "Environment variables")
    if function.tmp != USUAL_TMP:
        used = Stretch("storage", function.tmp)
        yield Gauge("ephemeral storage", (used,), rulebook.tmp_max, "MB", "Ephemeral storage")
    if function.settings:
        used = Stretch("settings", function.settings)
        yield Gauge("image settings", (used,), rulebook.image_settings_max, "KB", "Image settings")


def _storage(walk: Walk, part: Function, rulebook: Rulebook, deployment: Deployment) -> Iterator[Gauge]:
    """What Lambda keeps in the Region, where that refuses the function."""
    if walk.path.ok or walk.path.hops[-1].name != "Code storage":
        return
    kept = walk.outcome.metrics["stored.total"]
    own = Stretch("this function", _mb(sizes.copies(part, rulebook)))
    if isinstance(kept, int | float):
        yield Gauge("code storage", (Stretch("kept", kept), own), rulebook.code_storage_max, "MB", "Code storage")


def _mb(kilobytes: int) -> float:
    return sizes.in_larger(kilobytes)
