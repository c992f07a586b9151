"""From the `network:` part of a scenario to a Network. Every mistake is a ScenarioError that names its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.network import names
from studyapp.simulator.models.network.reading_rules import GROUP, read_acls, read_groups
from studyapp.simulator.models.network.reading_targets import read_targets
from studyapp.simulator.models.network.reading_vpc import (
    SUBNET,
    read_endpoints,
    read_nat_in,
    read_peerings,
    read_routes,
    read_subnets,
    read_vpc,
)
from studyapp.simulator.models.network.topology import (
    Attachment,
    Network,
    Other,
    SecurityGroup,
    State,
    Subnet,
)
from studyapp.simulator.reading import Fields
from studyapp.simulator.rulebook import TRUTH, Rulebook

SOURCE: Final = "VpcConfig, AWS Lambda API Reference"


def read(data: object, rulebook: Rulebook = TRUTH) -> Network:
    """Read and check the `network:` mapping of a scenario. Raises ScenarioError."""
    fields = Fields(data, "network")
    vpc, peerings = read_vpc(fields), read_peerings(fields)
    acls, routes = read_acls(fields, peerings), read_routes(fields, peerings)
    subnets, groups = read_subnets(fields, routes, acls), read_groups(fields, peerings)
    function, endpoints = _attachment(fields, subnets, groups, rulebook), read_endpoints(fields, routes, groups)
    network = Network(
        function=function,
        routes=routes,
        nat_in=read_nat_in(fields, subnets),
        endpoints=endpoints,
        groups=groups,
        targets=read_targets(fields, function, subnets, groups, endpoints, peerings),
        vpc=vpc,
        peerings=peerings,
        others=_others(fields, subnets, groups),
    )
    fields.done()
    return network


def _attachment(
    network: Fields, subnets: Mapping[str, Subnet], groups: Mapping[str, SecurityGroup], rulebook: Rulebook
) -> Attachment:
    """What a function that is not attached would have is checked and forgotten: it is kept for the day it is attached."""
    fields = Fields(network.raw("function", {}), network.at("function"))
    chosen = _chosen(fields, "subnets", subnets, SUBNET, rulebook.vpc_subnets_max)
    guards = _chosen(fields, "security_groups", groups, GROUP, rulebook.vpc_security_groups_max)
    attachment = Attachment(
        fields.take("attached", names.yes_no, default=bool(chosen)),
        tuple(subnets[name] for name in chosen),
        tuple(groups[name] for name in guards),
        ipv6=fields.take("ipv6", names.yes_no, default=False),
        state=State(names.one_of(fields.at("state"), fields.raw("state", "active"), [state.value for state in State])),
        unused_us=fields.take("unused_for", _lapse, None),
        interface_permissions=fields.take("interface_permissions", names.yes_no, default=True),
    )
    fields.done()
    _has_one_state(fields, attachment)
    if not attachment.attached:
        return Attachment(attached=False)
    _has_what_it_needs(fields, attachment)
    return attachment


def _chosen(fields: Fields, key: str, defined: Mapping[str, object], what: str, most: int) -> tuple[str, ...]:
    where = fields.at(key)
    chosen = tuple(names.defined(where, name, defined, what) for name in names.words(fields, key))
    if len(chosen) > most:
        raise ScenarioError(where, len(chosen), f"is above the maximum of {most} for one function ({SOURCE})")
    twice = [name for place, name in enumerate(chosen) if name in chosen[:place]]
    if twice:
        raise ScenarioError(where, twice[0], "is named twice")
    return chosen


def _lapse(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise units.UnitError("is not a time with a unit, for example 20 d")
    return units.span(value)


def _has_one_state(fields: Fields, attachment: Attachment) -> None:
    if attachment.unused_us is not None and attachment.state is not State.ACTIVE:
        says = "contradicts unused_for: only an active function becomes inactive, and the time says whether it has"
        raise ScenarioError(fields.at("state"), attachment.state.value, says)


def _has_what_it_needs(fields: Fields, attachment: Attachment) -> None:
    if not attachment.subnets:
        raise ScenarioError(fields.at("subnets"), "none", "is not enough: an attached function needs a subnet")
    if not attachment.security_groups:
        says = "is not enough: an attached function needs a security group"
        raise ScenarioError(fields.at("security_groups"), "none", says)


def _others(network: Fields, subnets: Mapping[str, Subnet], groups: Mapping[str, SecurityGroup]) -> tuple[Other, ...]:
    return tuple(
        _other(names.part(network, "others", name, value), subnets, groups)
        for name, value in names.parts(network, "others")
    )


def _other(fields: Fields, subnets: Mapping[str, Subnet], groups: Mapping[str, SecurityGroup]) -> Other:
    other = Other(
        frozenset(_known(fields, "subnets", subnets, SUBNET)),
        frozenset(_known(fields, "security_groups", groups, GROUP)),
    )
    fields.done()
    return other


def _known(fields: Fields, key: str, defined: Mapping[str, object], what: str) -> tuple[str, ...]:
    found = tuple(names.defined(fields.at(key), name, defined, what) for name in names.words(fields, key))
    if not found:
        raise ScenarioError(fields.at(key), "none", "is not enough: another attached function needs at least one")
    return found
