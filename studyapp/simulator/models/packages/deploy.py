"""One deployment after the other: layers first, then functions, each as if the ones before it were already there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from studyapp.simulator.models.packages import checks, settings, sizes
from studyapp.simulator.models.packages.parts import Deployment, Function, Layer
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path


class Deployed(NamedTuple):
    """The way of each layer and each function, and KB that Lambda stores in the end."""

    paths: tuple[Path, ...]
    stored: int


def deploy(deployment: Deployment, rulebook: Rulebook) -> Deployed:
    stored, paths, published = deployment.stored, list[Path](), set[str]()
    parts: tuple[Function | Layer, ...] = (*deployment.layers, *deployment.functions)
    for part in parts:
        size = sizes.copies(part, rulebook)
        path = Path.along(part.name, _hops(part, size, stored, frozenset(published), rulebook), "package")
        paths.append(path)
        if path.ok:
            stored += size
            published.add(part.name)
    return Deployed(tuple(paths), stored)


def _hops(
    part: Function | Layer, size: int, stored: int, published: frozenset[str], rulebook: Rulebook
) -> Iterator[Hop]:
    if isinstance(part, Layer):
        yield from checks.of_layer(part, rulebook)
        if size:
            yield checks.storage(size, stored, rulebook)
        return
    yield from checks.of_image(part, rulebook) if part.is_image else checks.of_zip(part, published, rulebook)
    if part.environment:
        yield checks.environment(part, rulebook)
    yield settings.tmp(part, rulebook)
    yield from settings.snapstart(part, rulebook)
    yield from settings.code_signing(part, rulebook)
    if size:
        yield checks.storage(size, stored, rulebook)
    yield from settings.architecture(part)
