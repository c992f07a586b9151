"""From the `packages:` part of a scenario to a Deployment. Every mistake is a ScenarioError that names its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.names import parts
from studyapp.simulator.models.packages import runtimes
from studyapp.simulator.models.packages.parts import Deployment, Function, Layer, Library, Runtime
from studyapp.simulator.models.packages.settings import FILE_SYSTEMS
from studyapp.simulator.models.packages.sizes import KB
from studyapp.simulator.reading import OURS, Fields, bounded
from studyapp.simulator.rulebook import Rulebook

Part = TypeVar("Part", Layer, Library)

MOST_FUNCTIONS: Final = 12
MOST_SHARED: Final = 12
"""Layers, and libraries."""
MOST_VARIABLES: Final = 30
"""Of one function. More of them teach nothing: what counts is their size in all, which may be given as one. With these bounds
a plan is read and answered in 3 ms."""
MOST_VERSIONS: Final = 100_000
ARCHITECTURES: Final = ("x86_64", "arm64")
QUOTAS: Final = "Lambda quotas"
_OF_A_ZIP: Final = dict.fromkeys(
    ("upload", "zipped", "unzipped", "custom_runtime", "self_managed", "versions"), "a zip package"
)
_OF_AN_IMAGE: Final = dict.fromkeys(("compressed", "uncompressed", "settings"), "a container image")


def read(data: object, rulebook: Rulebook) -> Deployment:
    """Read and check the `packages:` mapping of a scenario. Raises ScenarioError."""
    fields = Fields(data, "packages")
    libraries = [_library(name, part) for name, part in parts(fields, "libraries", MOST_SHARED)]
    layers = [_layer(name, part) for name, part in parts(fields, "layers", MOST_SHARED)]
    functions = [
        _function(name, part, layers, libraries, rulebook) for name, part in parts(fields, "functions", MOST_FUNCTIONS)
    ]
    stored = fields.take("stored", units.payload, 0)
    fields.done()
    if not functions and not layers:
        raise ScenarioError("packages.functions", None, "is missing: there is nothing to deploy")
    _check_names(("libraries", libraries), ("layers", layers), ("functions", functions))
    return Deployment(tuple(libraries), tuple(layers), tuple(functions), stored)


def _check_names(*kinds: tuple[str, Iterable[Layer | Library | Function]]) -> None:
    """Layers, libraries and functions share the names of metrics."""
    known: dict[str, str] = {}
    for kind, named in kinds:
        for part in named:
            if part.name in known:
                limit = f"is a name under packages.{known[part.name]} as well"
                raise ScenarioError(f"packages.{kind}", part.name, limit)
            known[part.name] = kind


def _library(name: str, fields: Fields) -> Library:
    library = Library(name, fields.need("zipped", units.payload), fields.need("unzipped", units.payload))
    fields.done()
    return library


def _layer(name: str, fields: Fields) -> Layer:
    layer = Layer(
        name,
        upload=fields.choice("upload", ("direct", "s3"), "direct"),
        zipped=fields.need("zipped", units.payload),
        unzipped=fields.need("unzipped", units.payload),
        versions=_whole(fields, "versions", 1, MOST_VERSIONS, 1),
        self_managed=_self_managed(fields),
        built_for=_built_for(fields),
    )
    fields.done()
    return layer


def _function(name: str, fields: Fields, layers: list[Layer], libraries: list[Library], rulebook: Rulebook) -> Function:
    is_image = fields.choice("kind", ("zip", "image"), "zip") == "image"
    environment, variables = _environment(fields)
    runtime = _runtime(fields, None if is_image else "python3.13")
    function = Function(
        name,
        kind="image" if is_image else "zip",
        upload="direct" if is_image else fields.choice("upload", ("direct", "s3"), "direct"),
        zipped=_registry_size(fields) if is_image else fields.need("zipped", units.payload),
        unzipped=fields.need("uncompressed" if is_image else "unzipped", units.payload),
        custom_runtime=0 if is_image else _custom_runtime(fields, runtime),
        runtime=runtime,
        layers=_named(fields, "layers", layers),
        bundles=_named(fields, "bundles", libraries),
        environment=environment,
        variables=variables,
        settings=fields.take("settings", units.payload, 0) if is_image else 0,
        memory=fields.within(
            "memory", units.memory, rulebook.memory_default, rulebook.memory_min, rulebook.memory_max, _mb, QUOTAS
        ),
        tmp=bounded(fields.at("tmp"), fields.take("tmp", units.memory, rulebook.tmp_min), 0, 10**9, _mb, OURS),
        architecture=fields.choice("architecture", ARCHITECTURES, "x86_64"),
        built_for=_built_for(fields),
        snapstart=fields.take("snapstart", units.flag, False),
        provisioned=_whole(fields, "provisioned_concurrency", 0, 1_000_000, 0),
        file_system=_file_system(fields),
        code_signing=fields.take("code_signing", units.flag, False),
        versions=1 if is_image else _whole(fields, "versions", 1, MOST_VERSIONS, 1),
        self_managed=False if is_image else _self_managed(fields),
    )
    _done(fields, _OF_A_ZIP if is_image else _OF_AN_IMAGE)
    return function


def _done(fields: Fields, of_the_other_kind: Mapping[str, str]) -> None:
    """A change of `kind` may empty what was of the other one."""
    for key in of_the_other_kind:
        if not fields.has(key):
            fields.raw(key)
    fields.done(of_the_other_kind)


def _registry_size(fields: Fields) -> int:
    """KB; an image that names no compressed size counts as one that cannot be compressed."""
    return fields.take("compressed", units.payload, 0) or fields.need("uncompressed", units.payload)


def _custom_runtime(fields: Fields, runtime: Runtime | None) -> int:
    size = fields.take("custom_runtime", units.payload, 0)
    if size and (runtime is None or runtime.family != runtimes.OS_ONLY):
        limit = "is for an OS-only runtime such as provided.al2023"
        raise ScenarioError(fields.at("custom_runtime"), fields.raw("custom_runtime"), limit)
    return size


def _self_managed(fields: Fields) -> bool:
    """Code that Lambda reads from a bucket whenever it needs it got there through S3."""
    if not fields.take("self_managed", units.flag, False):
        return False
    if fields.raw("upload") != "s3":
        raise ScenarioError(fields.at("self_managed"), True, "needs upload: s3, as the code stays in a bucket")
    return True


def _runtime(fields: Fields, default: str | None) -> Runtime | None:
    name = fields.raw("runtime", default)
    if name is None:
        return None
    runtime = runtimes.parse(name) if isinstance(name, str) else None
    if runtime is None:
        raise ScenarioError(
            fields.at("runtime"), name, "is not a runtime such as python3.13, java21 or provided.al2023"
        )
    return runtime


def _environment(fields: Fields) -> tuple[int, dict[str, int]]:
    """Bytes in all, and of each variable with its name."""
    value = fields.raw("environment")
    where = fields.at("environment")
    if not isinstance(value, Mapping):
        return fields.take("environment", _octets, 0), {}
    if len(value) > MOST_VARIABLES:
        raise ScenarioError(where, len(value), f"is above {MOST_VARIABLES:,} variables ({OURS})")
    inner = Fields(value, where)
    variables: dict[str, int] = {}
    for name in value:
        if not isinstance(name, str) or not name.strip():
            raise ScenarioError(where, name, "is not the name of a variable")
        variables[name] = len(name.encode(errors="replace")) + inner.need(name, _octets)
    return sum(variables.values()), variables


def _octets(value: object) -> int:
    """Bytes, of which a size in KB would lose some. Raises UnitError."""
    number, unit = units.split(value)
    if number < 0:
        raise units.UnitError("is below 0 KB")
    units.size(value)  # says which units there are
    return int(units.converted(number * KB, unit, "KB").to_integral_value())


def _named(fields: Fields, key: str, defined: list[Part]) -> tuple[Part, ...]:
    names, where = fields.raw(key, []), fields.at(key)
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list | tuple) or len(names) > MOST_SHARED:
        raise ScenarioError(where, names, f"is not a list of at most {MOST_SHARED} names")
    known = {part.name: part for part in defined}
    for place, name in enumerate(names):
        if not isinstance(name, str) or name not in known:
            raise ScenarioError(where, name, f"is not defined; defined are {', '.join(known) or 'none'}")
        if name in names[:place]:
            raise ScenarioError(where, name, "is named twice")
    return tuple(known[name] for name in names)


def _built_for(fields: Fields) -> str | None:
    return fields.choice("built_for", ("any", *ARCHITECTURES), "any").replace("any", "") or None


def _file_system(fields: Fields) -> str | None:
    found = fields.choice("file_system", ("none", *FILE_SYSTEMS), "none")
    return None if found == "none" else found


def _whole(fields: Fields, key: str, low: int, high: int, default: int) -> int:
    value = fields.whole(key, low, high, default)
    return default if value is None else value


def _mb(value: int) -> str:
    return f"{value:,} MB"
