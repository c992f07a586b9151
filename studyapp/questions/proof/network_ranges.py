"""Ranges of what a network has. Only what the scenario sets is moved: a network has no usual shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from studyapp.questions.filling import value_at

Body = Mapping[str, object]


def _each_subnet(_: str, body: Body) -> tuple[object, ...]:
    return tuple([name] for name in _subnets(body))


def _each_place(_: str, body: Body) -> tuple[object, ...]:
    return _subnets(body)


def _each_group(_: str, body: Body) -> tuple[object, ...]:
    return tuple([name] for name in cast("Body", value_at("network.security_groups", body)))


def _subnets(body: Body) -> tuple[str, ...]:
    return tuple(cast("Body", value_at("network.subnets", body)))


RANGES: tuple[tuple[str, tuple[object, ...] | Callable[[str, Body], tuple[object, ...]], str], ...] = (
    ("network.function.attached", ("yes", "no"), "AWS's default is not attached"),
    ("network.function.subnets", _each_subnet, "any subnet of the VPC"),
    ("network.function.security_groups", _each_group, "any group of the VPC"),
    ("network.function.ipv6", ("no", "yes"), "AWS's default is off"),
    ("network.routes.*", ("none", "nat", "igw"), "any default route"),
    ("network.nat_in", _each_place, "any subnet of the VPC"),
    ("network.subnets.*.dual_stack", ("no", "yes"), "IPv4 alone, or both"),
    ("network.endpoints.*", (None,), "an endpoint that nobody mentions may be missing"),
    ("network.targets.*.port", (443, 5432), "the port of HTTPS, and one of a database"),
    ("network.security_groups.*.egress", (["anywhere"], []), "AWS's default is anywhere; nothing"),
    ("network.security_groups.*.ingress", ([], ["anywhere"]), "AWS's default is nothing; anywhere"),
)
