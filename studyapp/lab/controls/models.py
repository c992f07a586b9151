"""What can be changed of the parts that need no clock: each value that the scenario sets there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from studyapp.lab.controls.settings import Control, Setting, flag, megabytes, number, words

Body = Mapping[str, object]

TITLES: Final = {
    "network": "Network", "access": "Access", "packages": "Packages", "secrets": "Secrets", "bill": "Bill",
    "versions": "Versions", "rollout": "Deployment", "schedules": "Schedule",
}  # fmt: skip
_SPOKEN: Final = {
    "acl": "ACL", "acls": "ACLs", "arm64": "arm64", "cors": "CORS", "dns": "DNS", "efs": "EFS", "ipv6": "IPv6",
    "nat": "NAT gateway", "url": "URL", "vpc": "VPC",
}  # fmt: skip
_MEMORY: Final = megabytes("", "", least="memory_min", most="memory_max", usual="memory_default", is_simple=True)
_TMP: Final = megabytes("", "", least="tmp_min", most="tmp_max", usual="tmp_min")
_ARCHITECTURE: Final = words("", "", ("x86_64", "arm64"), source="price_arm64_gb_s")
_TARGETS: Final = ("internet", "aws-api", "private", "efs", "rds-proxy")
_KNOWN: Final[Mapping[tuple[str, str, str], Setting]] = {
    ("bill", "functions", "memory"): _MEMORY,
    ("bill", "functions", "tmp"): _TMP,
    ("bill", "functions", "architecture"): _ARCHITECTURE,
    ("bill", "functions", "package"): words("", "", ("zip", "image")),
    ("bill", "functions", "kind"): words("", "", ("sync", "async")),
    ("bill", "pollers", "kind"): words("", "", ("sqs", "kafka")),
    ("packages", "functions", "memory"): _MEMORY,
    ("packages", "functions", "tmp"): megabytes("", "", source="tmp_max", says="May break its quota."),
    ("packages", "functions", "architecture"): _ARCHITECTURE,
    ("packages", "functions", "built_for"): words("", "", ("any", "x86_64", "arm64")),
    ("packages", "functions", "kind"): words("", "", ("zip", "image")),
    ("packages", "functions", "upload"): words("", "", ("direct", "s3"), source="zip_direct_max"),
    ("packages", "layers", "upload"): words("", "", ("direct", "s3"), source="zip_direct_max"),
    ("packages", "functions", "file_system"): words("", "", ("none", "efs", "s3-files")),
    ("packages", "functions", "zipped"): Setting("", "", reads="size", source="zip_direct_max"),
    ("packages", "functions", "unzipped"): Setting("", "", reads="size", source="unzipped_max"),
    ("packages", "functions", "uncompressed"): Setting("", "", reads="size", source="image_max"),
    ("secrets", "kept", "in"): words("", "", ("code", "environment", "parameter-store", "secrets-manager")),
    ("secrets", "kept", "read"): words("", "", ("each-environment", "each-invocation")),
    ("secrets", "kept", "tier"): words("", "", ("standard", "advanced")),
    ("secrets", "", "throughput"): words("", "", ("standard", "high")),
    ("network", "targets", "kind"): words("", "", _TARGETS),
    ("network", "function", "state"): words("", "", ("active", "pending", "inactive")),
    ("network", "vpc", "tenancy"): words("", "", ("default", "dedicated")),
    ("network", "endpoints", "kind"): words("", "", ("gateway", "interface")),
    ("rollout", "alarm", "of"): words("", "", ("alias", "new version")),
    ("rollout", "alarm", "metric"): words("", "", ("errors", "error rate")),
    ("schedules", "", "kind"): words("", "", ("scheduler", "rule")),
    ("schedules", "", "target"): words("", "", ("works", "function-fails", "function-throttled", "unavailable")),
}
"""By part, what is in it ("" for the part itself, and for schedules, whose names stand there) and the field."""


def of_model(model: str, part: Body) -> Iterator[Control]:
    """A control for each value that is no mapping; an empty mapping, or one whose names hold a dot, is one text."""
    for steps, value in _leaves(part, ()):
        yield of_value(".".join((model, *steps)), value)


def of_value(path: str, value: object) -> Control:
    """The control of one value in a model's part; of None, which the scenario leaves out, as its field has it."""
    model, *rest = path.split(".")
    steps = tuple(rest)
    label = ", ".join(map(_spoken, steps[1:] or steps))
    return leaf(path, _group(model, steps), label, value, _known(model, steps, value))


def leaf(path: str, group: str, label: str, value: object, setting: Setting | None = None) -> Control:
    """The control of a value that stands in a scenario, as `setting` knows it, or by what the value is."""
    return replace((setting or _by_value(value)).control(path, group, value), label=_capital(label))


def _group(model: str, steps: tuple[str, ...]) -> str:
    title = TITLES.get(model, model)
    if len(steps) == 1:
        return title
    return f"{title} {steps[0]}" if model == "schedules" else f"{title}: {_spoken(steps[0])}"


def _known(model: str, steps: tuple[str, ...], value: object) -> Setting | None:
    """None, too, for a value that is none of the words which the field has."""
    of = steps[0] if len(steps) > 1 and model != "schedules" else ""
    setting = _KNOWN.get((model, of, steps[-1]))
    is_word = value is None or setting is None or not setting.choices or str(value) in setting.choices
    is_other = isinstance(value, Mapping) or not is_word
    return None if is_other else setting


def _by_value(value: object) -> Setting:
    if isinstance(value, bool):
        return flag("", "")
    return number("", "") if isinstance(value, int) else Setting("", "")


def _leaves(value: object, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Mapping) and value and all(isinstance(key, str) and key and "." not in key for key in value):
        for key, each in value.items():
            yield from _leaves(each, (*steps, key))
    elif steps and value is not None:
        yield steps, value


def _spoken(step: str) -> str:
    return " ".join(_SPOKEN.get(word, word) for word in step.split("_"))


def _capital(label: str) -> str:
    """A label that begins with a field, not with a name, begins with a capital."""
    return label if "," in label else label[:1].upper() + label[1:]
