"""Security groups as hops: what may leave the function, what may enter the target, and the answer's way back."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator.models.network.topology import ANYWHERE, Permit, SecurityGroup
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

Groups = tuple[SecurityGroup, ...]


def outbound(groups: Groups, peers: frozenset[str], port: int | None, to: str, rulebook: Rulebook) -> Iterable[Hop]:
    """May a connection leave? The rules of all groups of the function add up."""
    if not rulebook.security_groups_are_checked:
        return
    name, rule = f"Outbound rules of {', '.join(group.name for group in groups)}", "security_groups_are_checked"
    if any(permit.covers(peers | {ANYWHERE}, port) for group in groups for permit in group.egress):
        yield Hop(name, True, f"An outbound rule allows traffic{_on(port)} {to}.", rule)
    elif any(group.egress for group in groups):
        yield Hop(name, False, f"No outbound rule allows traffic{_on(port)} {to}.", rule)
    else:
        yield Hop(name, False, "There is no outbound rule, so nothing leaves the function.", rule)


def inbound(group: SecurityGroup, callers: frozenset[str], port: int | None, rulebook: Rulebook) -> Iterable[Hop]:
    """May a connection from a member of `callers` enter?"""
    if not rulebook.security_groups_are_checked:
        return
    name, rule = f"Inbound rules of {group.name}", "same_vpc_is_enough"
    if rulebook.same_vpc_is_enough:
        yield Hop(name, True, "Being in the same VPC would be enough, if this were so.", rule)
    elif any(permit.covers(callers | {ANYWHERE}, port) for permit in group.ingress):
        yield Hop(name, True, f"An inbound rule admits the function{_on(port)}.", rule)
    else:
        admitted, caller = _named(group.ingress), " or ".join(sorted(callers))
        yield Hop(name, False, f"The inbound rules admit {admitted}, not {caller}{_on(port)}.", rule)


def answer(groups: Groups, peers: frozenset[str], rulebook: Rulebook) -> Iterable[Hop]:
    """Groups remember connections, so an answer needs no rule; only under a wrong belief is there a hop."""
    if not (rulebook.security_groups_are_checked and rulebook.security_groups_need_return_rules):
        return
    name, rule = f"Inbound rules of {', '.join(group.name for group in groups)}", "security_groups_need_return_rules"
    ok = any(permit.covers(peers | {ANYWHERE}, None) for group in groups for permit in group.ingress)
    yield Hop(name, ok, "The answer would need an inbound rule of its own, if this were so.", rule)


def _on(port: int | None) -> str:
    return "" if port is None else f" on port {port}"


def _named(permits: tuple[Permit, ...]) -> str:
    """Who is let in, in words: 'web and anywhere on port 22', or 'nobody'."""
    return " and ".join(f"{permit.peer}{_on(permit.port)}" for permit in permits) or "nobody"
