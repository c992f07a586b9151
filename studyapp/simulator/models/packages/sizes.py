"""How large things are and what a quota leaves, in the units that people read: MB, and KB for variables and settings."""

from __future__ import annotations

from studyapp.simulator.models.packages.parts import Function, Layer
from studyapp.simulator.rulebook import Rulebook

MB = 1024
"""KB in one."""
KB = 1024
"""Bytes in one."""


def in_larger(amount: int, step: int = MB) -> int | float:
    """KB in MB, or bytes in KB: 3 for 3,072, 2.5 for 2,560."""
    return amount // step if amount % step == 0 else amount / step


def zipped(function: Function) -> int:
    """KB of the package as it is uploaded, or of the image in its registry."""
    return function.zipped + sum(library.zipped for library in function.bundles)


def unzipped(function: Function, rulebook: Rulebook) -> int:
    """KB that the limit of the package type is compared with: code, custom runtime and layers, or the whole image."""
    own = function.unzipped + function.custom_runtime + sum(library.unzipped for library in function.bundles)
    if function.is_image or not rulebook.layers_count_in_the_total:
        return own
    return own + sum(layer.unzipped for layer in function.layers)


def image(function: Function, rulebook: Rulebook) -> int:
    """KB of an image as its limit measures it."""
    return zipped(function) if rulebook.image_is_measured_compressed else unzipped(function, rulebook)


def upload_limit(part: Function | Layer, rulebook: Rulebook) -> int | None:
    """KB of a zip as it is uploaded; None for no limit."""
    limit = rulebook.zip_direct_max if part.upload == "direct" else rulebook.zip_s3_max
    return None if limit is None else limit * MB


def unzipped_limit(part: Function | Layer, rulebook: Rulebook) -> int | None:
    """KB of what a zip unpacks to; None, as only some believe, for no limit."""
    if rulebook.s3_lifts_the_unzipped_limit and part.upload == "s3":
        return None
    limit = rulebook.unzipped_max
    if isinstance(part, Function) and rulebook.memory_makes_room_for_code:
        limit = max(limit, part.memory)
    if isinstance(part, Function) and rulebook.tmp_makes_room_for_code:
        limit = max(limit, part.tmp)
    return limit * MB


def environment(function: Function, rulebook: Rulebook) -> int:
    """Bytes of environment variables that the limit is compared with."""
    if rulebook.env_limit_is_per_variable and function.variables:
        return max(function.variables.values())
    return function.environment


def copies(part: Function | Layer, rulebook: Rulebook) -> int:
    """KB that Lambda stores of it: nothing of an image, which lies in a registry, or of code in a bucket of the account."""
    if part.self_managed or (isinstance(part, Function) and part.is_image):
        return 0
    own = part.unzipped
    if isinstance(part, Function):
        own += part.custom_runtime + sum(library.unzipped for library in part.bundles)
    return own * (part.versions if rulebook.versions_are_stored else 1)


def left(function: Function, rulebook: Rulebook) -> dict[str, int | float | None]:
    """What each quota leaves: MB, for `environment` and `settings` KB, for `layers` a count. Below 0 it is broken by so
    much; None where there is no such limit, or nothing that it could be a limit of."""
    takes_layers = rulebook.images_take_layers or not function.is_image
    room: dict[str, int | float | None] = {
        "layers": None if not takes_layers else rulebook.layers_max - len(function.layers),
        "environment": in_larger(rulebook.env_vars_max * KB - environment(function, rulebook), KB),
        "tmp": rulebook.tmp_max - function.tmp,
    }
    if function.is_image:
        spare = rulebook.image_max * MB - image(function, rulebook)
        return {"image": in_larger(spare), "settings": rulebook.image_settings_max - function.settings, **room}
    by_upload, by_content = upload_limit(function, rulebook), unzipped_limit(function, rulebook)
    return {
        "zipped": None if by_upload is None else in_larger(by_upload - zipped(function)),
        "unzipped": None if by_content is None else in_larger(by_content - unzipped(function, rulebook)),
        **room,
    }
