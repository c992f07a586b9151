"""Can the function reach it? The answer is the path, hop by hop, or the hop that refuses.

The rules are those of one VPC: whether Lambda can attach the function and whether it can run, which route a subnet has,
where the NAT gateway stands, which endpoints exist, what network ACLs and security groups allow in both directions, and
what peering connections lead to. There is no clock and no chance.

An environment may start in any subnet of the function, so a target counts as reached only when it is reached from all
of them. Settings that Lambda would not save refuse every target, as the function could not run with them. A gateway
exists as soon as a route names it, a NAT gateway when it stands somewhere. A network of which no two things can be so at
once (two default routes, an endpoint with what the other kind has, a name that could mean two things) is a ScenarioError.
A NAT gateway whose own subnet leads back to it is no contradiction but a mistake that people make: its hop refuses.

`reached.all` counts the targets that are reached, `interfaces.all` the network interfaces of the function and of the
`others`, those without much traffic.

Left out on purpose: addresses and their overlaps, lines of an ACL that deny, endpoint policies (the model of access has
policies), endpoints of other Regions, transit gateways, VPNs, private and regional NAT gateways, NAT64, the IPv6 route to
an internet gateway (IPv6 leaves by an egress-only gateway alone: our choice), DNS support that is off altogether, zones
that fail, publicly accessible databases, file systems in peered VPCs, and what takes time: to make an interface (state
pending), and the up to 20 minutes until a detached one is gone. The cold start of a function in a VPC is on the clock: `vpc`.

Sources, read on 2026-11-23 and 2026-11-28:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
https://docs.aws.amazon.com/lambda/latest/dg/API_VpcConfig.html
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
"""

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.network.interfaces import interfaces
from studyapp.simulator.models.network.reach import reach_all
from studyapp.simulator.models.network.reading import read
from studyapp.simulator.models.network.topology import Network, Target
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Path, Value

__all__ = ["Network", "Target", "plan", "reach_all", "read"]


@dataclass(frozen=True)
class Reach:
    """A network to be walked."""

    network: Network

    def answer(self, rulebook: Rulebook) -> Answer:
        """`reach.`, `refused_by.` and `hops.` of each target, the path to it, and how many interfaces Lambda keeps."""
        paths = reach_all(self.network, rulebook)
        metrics = {name: value for path in paths for name, value in _metrics(path).items()}
        counts = {"reached.all": sum(path.ok for path in paths), "interfaces.all": interfaces(self.network, rulebook)}
        return Answer(metrics | counts, paths)


def plan(data: object, rulebook: Rulebook) -> Reach:
    """The network of a scenario. Raises ScenarioError."""
    return Reach(read(data, rulebook))


def _metrics(path: Path) -> dict[str, Value]:
    return {
        f"reach.{path.target}": path.ok,
        f"refused_by.{path.target}": None if path.ok else path.hops[-1].name,
        f"hops.{path.target}": len(path.hops),
    }
