"""Can the function reach it? The answer is the path, hop by hop, or the hop that refuses.

The rules are those of one VPC: what an unattached function reaches, which route a subnet has, where the NAT gateway
stands, which endpoints exist and what security groups allow. There is no clock and no chance.

An environment may start in any subnet of the function, so a target counts as reached only when it is reached from all
of them. IPv6 leaves the VPC through an egress-only gateway alone; that is a choice of this model.

Sources, read on 2026-11-23:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
"""

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
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
        """`reach.`, `refused_by.` and `hops.` of each target, and the path to it."""
        paths = reach_all(self.network, rulebook)
        return Answer({name: value for path in paths for name, value in _metrics(path).items()}, paths)


def plan(data: object, rulebook: Rulebook) -> Reach:
    """The network of a scenario. Raises ScenarioError."""
    return Reach(read(data))


def _metrics(path: Path) -> dict[str, Value]:
    return {
        f"reach.{path.target}": path.ok,
        f"refused_by.{path.target}": None if path.ok else path.hops[-1].name,
        f"hops.{path.target}": len(path.hops),
    }
