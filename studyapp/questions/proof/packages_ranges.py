"""Ranges of what is deployed. A package has no usual size; what it is made of is its shape, and does not move."""

from __future__ import annotations

from studyapp.questions.proof.function_ranges import ARCHITECTURES, MEMORY, RUNTIMES, TMP
from studyapp.questions.proof.range import ALWAYS, Body, Range, beside
from studyapp.questions.proof.scaling import scaled

_SIZE = "half as large and twice as large: no size is usual"
_BUILT = ("any", *ARCHITECTURES)


def _uploads(path: str, body: Body) -> tuple[object, ...]:
    return () if beside(path, "kind", body) == "image" else ("direct", "s3")


def _runtimes(path: str, body: Body) -> tuple[object, ...]:
    """An image may have none, and a runtime of its own goes with no other."""
    is_open = beside(path, "kind", body) == "image" or beside(path, "custom_runtime", body) is not None
    return () if is_open and beside(path, "runtime", body) is None else RUNTIMES


def _from_none(path: str, body: Body) -> tuple[object, ...]:
    return ("0 MB", *scaled(path, body))


RANGES: tuple[Range, ...] = (
    Range("packages.stored", _from_none, "an empty Region; half as much and twice as much"),
    Range("packages.layers.*.upload", ("direct", "s3"), "either may be chosen", ALWAYS),
    Range("packages.layers.*.zipped", scaled, _SIZE),
    Range("packages.layers.*.unzipped", scaled, _SIZE),
    Range("packages.layers.*.versions", (1, 10, 100), "only the newest, some, and many"),
    Range("packages.layers.*.self_managed", ("no", "yes"), "AWS's default is no"),
    Range("packages.layers.*.built_for", _BUILT, "no compiled code, or for either architecture"),
    Range("packages.libraries.*.zipped", scaled, _SIZE),
    Range("packages.libraries.*.unzipped", scaled, _SIZE),
    Range("packages.functions.*.upload", _uploads, "either may be chosen", ALWAYS),
    Range("packages.functions.*.zipped", scaled, _SIZE),
    Range("packages.functions.*.unzipped", scaled, _SIZE),
    Range("packages.functions.*.uncompressed", scaled, _SIZE),
    Range("packages.functions.*.compressed", scaled, _SIZE),
    Range("packages.functions.*.settings", scaled, _SIZE),
    Range("packages.functions.*.custom_runtime", scaled, _SIZE),
    Range("packages.functions.*.environment.*", scaled, _SIZE),
    Range("packages.functions.*.environment", scaled, _SIZE),
    Range("packages.functions.*.layers", ([],), "AWS's default is none"),
    Range("packages.functions.*.bundles", ([],), "a package holds its own code unless it is said"),
    Range("packages.functions.*.runtime", _runtimes, "any language", ALWAYS),
    Range("packages.functions.*.memory", MEMORY, "both ends of the range, and one vCPU", ALWAYS),
    Range("packages.functions.*.tmp", TMP, "both ends of the range"),
    Range("packages.functions.*.architecture", ARCHITECTURES, "either may be chosen", ALWAYS),
    Range("packages.functions.*.built_for", _BUILT, "no compiled code, or for either architecture"),
    Range("packages.functions.*.snapstart", ("no", "yes"), "AWS's default is no"),
    Range("packages.functions.*.code_signing", ("no", "yes"), "AWS's default is no"),
    Range("packages.functions.*.provisioned_concurrency", (None, 1, 10), "AWS's default is none; few, and many"),
    Range("packages.functions.*.file_system", ("none", "efs", "s3-files"), "AWS's default is none"),
    Range("packages.functions.*.versions", (1, 10, 100), "only the newest, some, and many"),
    Range("packages.functions.*.self_managed", ("no", "yes"), "AWS's default is no"),
)
