"""Each check of a zip's or an image's own size, as a hop: what is looked at, whether it passes, and why."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.simulator.models.packages import sizes
from studyapp.simulator.models.packages.parts import Function, Layer, Runtime
from studyapp.simulator.models.packages.runtimes import OS_ONLY, is_managed
from studyapp.simulator.models.packages.sizes import KB, MB, in_larger
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop


def of_zip(function: Function, published: frozenset[str], rulebook: Rulebook) -> Iterator[Hop]:
    """`published` are the layers that exist, as they were accepted themselves."""
    if function.runtime:
        yield _runtime(function.runtime, rulebook)
    yield _upload(sizes.zipped(function), function, rulebook)
    if function.layers:
        yield _layers(function, rulebook)
    yield from (_layer(layer, layer.name in published) for layer in function.layers)
    yield _unzipped(sizes.unzipped(function, rulebook), function, rulebook)


def of_image(function: Function, rulebook: Rulebook) -> Iterator[Hop]:
    size, limit = sizes.image(function, rulebook), rulebook.image_max * MB
    what = "The compressed image counts with" if rulebook.image_is_measured_compressed else "The image unpacks to"
    so = ", if this were so" if rulebook.image_is_measured_compressed else ""
    yield Hop("Image size", size <= limit, f"{what} {_mb(size)} of {_mb(limit)}{so}.", "image_max")
    if function.layers and rulebook.images_take_layers:
        yield Hop("Layers", True, "A layer could be attached to an image, if this were so.", "images_take_layers")
    elif function.layers:
        yield Hop("Layers", False, "A layer attaches to zip functions; an image has it built in.", "images_take_layers")
    if function.settings:
        most = rulebook.image_settings_max
        says = f"The settings of the image take {function.settings:,} KB of {most:,} KB."
        yield Hop("Image settings", function.settings <= most, says, "image_settings_max")


def of_layer(layer: Layer, rulebook: Rulebook) -> Iterator[Hop]:
    yield _upload(layer.zipped, layer, rulebook)
    if rulebook.layer_max is not None:
        size, limit = layer.unzipped, rulebook.layer_max * MB
        says = f"The layer would take {_mb(size)} of {_mb(limit)} of its own, if this were so."
        yield Hop("Size of a layer", size <= limit, says, "layer_max")
    yield _unzipped(layer.unzipped, layer, rulebook)


def environment(function: Function, rulebook: Rulebook) -> Hop:
    used, limit = sizes.environment(function, rulebook), rulebook.env_vars_max * KB
    what = "The largest variable would take" if rulebook.env_limit_is_per_variable else "All variables together take"
    so = ", if this were so" if rulebook.env_limit_is_per_variable else ""
    says = f"{what} {_kb(used)} of {_kb(limit)}{so}."
    return Hop("Environment variables", used <= limit, says, "env_vars_max")


def storage(size: int, used: int, rulebook: Rulebook) -> Hop:
    """`used` KB are stored in the Region before `size` KB come."""
    limit = rulebook.code_storage_max * MB
    says = f"With its {_mb(size)} Lambda would store {_mb(used + size)} of {_mb(limit)} in the Region."
    return Hop("Code storage", used + size <= limit, says, "code_storage_max")


def _runtime(runtime: Runtime, rulebook: Rulebook) -> Hop:
    name, rule = "Runtime", "managed_runtimes"
    if is_managed(runtime, rulebook):
        return Hop(name, True, f"Lambda brings the runtime {runtime.name}.", rule)
    if runtime.family == OS_ONLY:
        return Hop(name, True, f"{runtime.name} is the operating system alone; the package brings the rest.", rule)
    return Hop(name, False, f"Lambda has no managed runtime {runtime.name}; a zip would use provided.al2023.", rule)


def _upload(size: int, part: Function | Layer, rulebook: Rulebook) -> Hop:
    name, limit = "Upload", sizes.upload_limit(part, rulebook)
    if limit is None:
        says = f"The zip of {_mb(size)} comes from S3, where a direct upload's limit is no matter."
        return Hop(name, True, says, "zip_s3_max")
    if part.upload == "direct":
        says = f"The zip has {_mb(size)}; {_mb(limit)} can be sent directly."
        return Hop(name, size <= limit, says, "zip_direct_max")
    return Hop(name, size <= limit, f"The zip has {_mb(size)} of {_mb(limit)} by S3, if this were so.", "zip_s3_max")


def _layers(function: Function, rulebook: Rulebook) -> Hop:
    count, most = len(function.layers), rulebook.layers_max
    return Hop("Layers", count <= most, f"It attaches {count} of at most {most} layers.", "layers_max")


def _layer(layer: Layer, is_published: bool) -> Hop:
    there = f"The layer is there, with {_mb(layer.unzipped)} unzipped."
    lost = "The layer itself was refused, so there is nothing to attach."
    return Hop(f"Layer {layer.name}", is_published, there if is_published else lost)


def _unzipped(size: int, part: Function | Layer, rulebook: Rulebook) -> Hop:
    name, limit = "Unzipped size", sizes.unzipped_limit(part, rulebook)
    has_layers = isinstance(part, Function) and bool(part.layers)
    if limit is None:
        rule = "s3_lifts_the_unzipped_limit"
        return Hop(name, True, "A zip from S3 could unpack to any size, if this were so.", rule)
    if limit > rulebook.unzipped_max * MB:
        rule = "memory_makes_room_for_code" if rulebook.memory_makes_room_for_code else "tmp_makes_room_for_code"
        return Hop(name, size <= limit, f"{_mb(size)} unzipped would have room in {_mb(limit)}, if this were so.", rule)
    if has_layers and not rulebook.layers_count_in_the_total:
        says = f"Without its layers it would count with {_mb(size)} of {_mb(limit)}, if this were so."
        return Hop(name, size <= limit, says, "layers_count_in_the_total")
    what = "Code and layers unpack" if has_layers else "It unpacks"
    return Hop(name, size <= limit, f"{what} to {_mb(size)} of {_mb(limit)}.", "unzipped_max")


def _mb(kilobytes: int) -> str:
    return f"{kilobytes / MB:,.6g} MB" if kilobytes < 1_000_000 * MB else f"{kilobytes // MB:,} MB"


def _kb(octets: int) -> str:
    return f"{octets:,} bytes" if octets < KB else f"{in_larger(octets, KB):,.6g} KB"
