"""Can the function reach it? The answer is the path, hop by hop, or the hop that refuses.

The rules are those of one VPC: what an unattached function reaches, which route a subnet has, where the NAT gateway
stands, which endpoints exist and what security groups allow. There is no clock and no chance.

An environment may start in any subnet of the function, so a target counts as reached only when it is reached from all
of them. IPv6 leaves the VPC through an egress-only gateway alone; that is a choice of this model.

Sources, read on 2026-11-23:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
"""

from studyapp.simulator.models.network_reading import read
from studyapp.simulator.models.reach import reach_all
from studyapp.simulator.models.topology import Network, Target

__all__ = ["Network", "Target", "reach_all", "read"]
