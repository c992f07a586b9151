"""Networks."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import LONGEST_WAIT, rule
from studyapp.simulator.units import SECOND

DAY = 86_400 * SECOND


@dataclass(frozen=True)
class Networks:
    """Sources: Lambda with a VPC; VpcConfig of the Lambda API; Amazon VPC: network ACLs, peering, endpoints; of the time
    before September 2019: AWS Compute Blog, improved VPC networking for Lambda."""

    # The attachment
    vpc_subnets_max: int = rule(16, "count", "lambda.vpc.subnets-max")
    vpc_security_groups_max: int = rule(5, "count", "lambda.vpc.security-groups-max")
    vpc_idle_reclaim: int = rule(14 * DAY, "time", "lambda.vpc.idle-reclaim")
    vpc_interface_wait: int = rule(
        0,
        "time",
        "lambda.vpc.interface-at-configuration",
        most=LONGEST_WAIT,
        says="(false) each new environment in a VPC waits for an interface of its own; before September 2019 about 10 s",
    )
    functions_share_interfaces: bool = rule(
        True, "flag", "lambda.vpc.interface-shared", says="no: one interface for each function and subnet"
    )
    pending_functions_can_be_invoked: bool = rule(
        False, "flag", "lambda.vpc.pending", says="(false) a function runs while its interface is made"
    )
    inactive_functions_wake_in_time: bool = rule(
        False, "flag", "lambda.vpc.idle-reclaim", says="(false) the first call after disuse is slow, and is answered"
    )
    interface_permissions_are_needed: bool = rule(
        True, "flag", "lambda.security.vpc-permissions", says="no: Lambda makes interfaces without the function's role"
    )
    dedicated_tenancy_can_be_attached: bool = rule(False, "flag", "lambda.vpc.dedicated-tenancy")
    ipv6_needs_every_subnet: bool = rule(True, "flag", "lambda.vpc.ipv6-every-subnet")
    ipv6_only_subnets_can_be_attached: bool = rule(False, "flag", "lambda.vpc.ipv6-only-subnets")
    unattached_functions_reach_the_vpc: bool = rule(
        False, "flag", "lambda.vpc.private-resources", says="(false) private targets need no attachment"
    )

    # Ways out
    function_interfaces_have_public_addresses: bool = rule(
        False, "flag", "lambda.vpc.public-subnet", says="(false) a public subnet gives the function a public address"
    )
    vpc_attachment_keeps_internet: bool = rule(
        False, "flag", "lambda.vpc.internet", says="(false) a function in a VPC keeps its own internet"
    )
    vpc_functions_reach_aws_apis: bool = rule(False, "flag", says="(false) AWS services need no route and no endpoint")
    nat_works_from_a_private_subnet: bool = rule(
        False, "flag", "lambda.vpc.nat-place", says="(false) where the NAT gateway stands is no matter"
    )
    egress_only_gateway_carries_ipv4: bool = rule(
        False, "flag", "lambda.vpc.ipv6", says="(false) an egress-only gateway serves IPv4 too"
    )
    iam_permissions_open_the_network: bool = rule(False, "flag", says="(false) a permission replaces a route")

    # Endpoints and mount targets
    gateway_endpoints_reach_internet: bool = rule(False, "flag", says="(false) an endpoint leads to the whole internet")
    gateway_endpoint_services: str = rule(
        "s3 dynamodb", "words", "lambda.vpc.gateway-endpoint", says="services that have a gateway endpoint"
    )
    endpoints_work_without_private_dns: bool = rule(False, "flag", "lambda.vpc.private-dns")
    efs_needs_a_mount_target_in_each_zone: bool = rule(True, "flag", "lambda.vpc.mount-targets")

    # Groups and ACLs
    security_groups_need_return_rules: bool = rule(False, "flag", "lambda.vpc.group-answers")
    security_groups_are_checked: bool = rule(
        True, "flag", "lambda.vpc.security-group-outbound", says="no: routes alone decide"
    )
    same_vpc_is_enough: bool = rule(
        False, "flag", "lambda.vpc.target-inbound", says="(false) inside one VPC no security group refuses"
    )
    same_group_is_enough: bool = rule(False, "flag", "lambda.vpc.same-group")
    network_acls_remember_connections: bool = rule(False, "flag", "lambda.vpc.acl-answers")
    answer_port_first: int = rule(1024, "count", "lambda.vpc.answer-ports", least=1, most=65_535)
    answer_port_last: int = rule(65_535, "count", "lambda.vpc.answer-ports", least=1, most=65_535)

    # Peered VPCs
    peering_makes_routes: bool = rule(False, "flag", "lambda.vpc.peering-routes")
    peering_is_transitive: bool = rule(False, "flag", "lambda.vpc.peering-transitive")
    groups_of_other_regions_can_be_named: bool = rule(False, "flag", "lambda.vpc.peering-groups")
