"""What is deployed, as plain values: sizes in KB, /tmp and memory in MB. Names are the author's own, and each is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """Code that is copied into the package of each function that bundles it."""

    name: str
    zipped: int
    unzipped: int


@dataclass(frozen=True, slots=True)
class Layer:
    """`versions` are kept side by side. `self_managed`: its zip stays in an S3 bucket of the account."""

    name: str
    upload: str
    zipped: int
    unzipped: int
    versions: int = 1
    self_managed: bool = False
    built_for: str | None = None


@dataclass(frozen=True, slots=True)
class Runtime:
    """`python3.13` is of the family python and the version (3, 13), `provided.al2023` of provided and ()."""

    name: str
    family: str
    version: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A zip has `upload`, `zipped` and `unzipped`; of an image `zipped` is its size in the registry and `unzipped` what it
    unpacks to. `built_for` is the architecture of compiled code, None if there is none. `environment` and `variables` (each
    variable with its name) are bytes, the latter empty when only the sum is known."""

    name: str
    kind: str
    upload: str
    zipped: int
    unzipped: int
    custom_runtime: int
    runtime: Runtime | None
    layers: tuple[Layer, ...]
    bundles: tuple[Library, ...]
    environment: int
    variables: Mapping[str, int]
    settings: int
    memory: int
    tmp: int
    architecture: str
    built_for: str | None
    snapstart: bool
    provisioned: int
    file_system: str | None
    code_signing: bool
    versions: int
    self_managed: bool

    @property
    def is_image(self) -> bool:
        return self.kind == "image"


@dataclass(frozen=True, slots=True)
class Deployment:
    """All that goes to one Region of one account. `stored` is what Lambda keeps there already, in KB."""

    libraries: tuple[Library, ...]
    layers: tuple[Layer, ...]
    functions: tuple[Function, ...]
    stored: int = 0
