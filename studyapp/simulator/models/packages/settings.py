"""What the settings of a function may be together, as hops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from studyapp.simulator.models.packages.parts import Function
from studyapp.simulator.models.packages.runtimes import takes_snapstart
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

FILE_SYSTEMS: Final = {"efs": "EFS", "s3-files": "S3 Files"}


def tmp(function: Function, rulebook: Rulebook) -> Hop:
    least, most = rulebook.tmp_min, rulebook.tmp_max
    says = f"It asks for {function.tmp:,} MB of ephemeral storage; {least:,} to {most:,} MB can be had."
    return Hop("Ephemeral storage", least <= function.tmp <= most, says, "tmp_max")


def snapstart(function: Function, rulebook: Rulebook) -> Iterator[Hop]:
    """Nothing for a function without it."""
    if not function.snapstart:
        return
    yield _of_image(function, rulebook) if function.is_image else _runtime(function, rulebook)
    excluded, rule = rulebook.snapstart_excludes.split(), "snapstart_excludes"
    if function.provisioned:
        yield _together("provisioned concurrency", "provisioned-concurrency" not in excluded, rule)
    if function.file_system:
        yield _together(FILE_SYSTEMS[function.file_system], function.file_system not in excluded, rule)
    most = rulebook.snapstart_tmp_max
    if function.tmp > most:
        says = f"SnapStart takes a /tmp of at most {most:,} MB, and this one has {function.tmp:,} MB."
        yield Hop("SnapStart with /tmp", False, says, "snapstart_tmp_max")


def code_signing(function: Function, rulebook: Rulebook) -> Iterator[Hop]:
    """Nothing for a function without it."""
    if not function.code_signing:
        return
    name, rule = "Code signing", "code_signing_takes_images"
    if not function.is_image:
        yield Hop(name, True, "A zip can carry a signature that Lambda checks.", rule)
    elif rulebook.code_signing_takes_images:
        yield Hop(name, True, "Code signing would be for images too, if this were so.", rule)
    else:
        yield Hop(name, False, "Code signing is for zip packages; an image has none here.", rule)


def misfits(function: Function) -> tuple[str, ...]:
    """What was built for another architecture: the code, or layers by name."""
    parts = (("the code", function.built_for), *((layer.name, layer.built_for) for layer in function.layers))
    return tuple(name for name, built_for in parts if built_for not in (None, function.architecture))


def architecture(function: Function) -> Iterator[Hop]:
    """Lambda looks at none of it: what does not fit is accepted and fails in its first run."""
    wrong = misfits(function)
    if wrong:
        says = f"It is accepted, but does not start: {wrong[0]} was not built for {function.architecture}."
        yield Hop("Architecture", True, says)


def _runtime(function: Function, rulebook: Rulebook) -> Hop:
    ok = function.runtime is not None and takes_snapstart(function.runtime, rulebook)
    said = "is" if ok else "is not"
    name = function.runtime.name if function.runtime else "It"
    return Hop("SnapStart", ok, f"{name} {said} among the runtimes of SnapStart.", "snapstart_runtimes")


def _of_image(function: Function, rulebook: Rulebook) -> Hop:
    name, rule = "SnapStart", "snapstart_takes_images"
    if not rulebook.snapstart_takes_images:
        return Hop(name, False, "SnapStart would be for zip packages alone, if this were so.", rule)
    if function.runtime and takes_snapstart(function.runtime, rulebook):
        return Hop(name, True, f"SnapStart takes an image that is built on {function.runtime.name}.", rule)
    return Hop(name, True, "SnapStart takes an image of any base, which must bring hooks of its own or a label.", rule)


def _together(what: str, ok: bool, rule: str) -> Hop:
    says = f"SnapStart would go with {what}, if this were so." if ok else f"SnapStart does not go with {what}."
    return Hop(f"SnapStart with {what}", ok, says, rule)
