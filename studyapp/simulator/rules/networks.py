"""Networks."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import LONGEST_WAIT, rule


@dataclass(frozen=True)
class Networks:
    """Sources: Lambda with a VPC; of the time before September 2019: AWS Compute Blog, improved VPC networking for Lambda."""

    vpc_interface_wait: int = rule(
        0,
        "time",
        "lambda.vpc.interface-at-configuration",
        most=LONGEST_WAIT,
        says="(false) each new environment in a VPC waits for an interface of its own; before September 2019 about 10 s",
    )
    function_interfaces_have_public_addresses: bool = rule(
        False, "flag", "lambda.vpc.public-subnet", says="(false) a public subnet gives the function a public address"
    )
    vpc_attachment_keeps_internet: bool = rule(
        False, "flag", "lambda.vpc.internet", says="(false) a function in a VPC keeps its own internet"
    )
    vpc_functions_reach_aws_apis: bool = rule(False, "flag", says="(false) AWS services need no route and no endpoint")
    unattached_functions_reach_the_vpc: bool = rule(
        False, "flag", "lambda.vpc.private-resources", says="(false) private targets need no attachment"
    )
    nat_works_from_a_private_subnet: bool = rule(
        False, "flag", "lambda.vpc.nat-place", says="(false) where the NAT gateway stands is no matter"
    )
    gateway_endpoints_reach_internet: bool = rule(False, "flag", says="(false) an endpoint leads to the whole internet")
    gateway_endpoint_services: str = rule(
        "s3 dynamodb", "words", "lambda.vpc.gateway-endpoint", says="services that have a gateway endpoint"
    )
    security_groups_need_return_rules: bool = rule(False, "flag", says="(false) answers need a rule of their own")
    security_groups_are_checked: bool = rule(
        True, "flag", "lambda.vpc.security-group-outbound", says="no: routes alone decide"
    )
    same_vpc_is_enough: bool = rule(
        False, "flag", "lambda.vpc.target-inbound", says="(false) inside one VPC no security group refuses"
    )
    egress_only_gateway_carries_ipv4: bool = rule(
        False, "flag", "lambda.vpc.ipv6", says="(false) an egress-only gateway serves IPv4 too"
    )
    iam_permissions_open_the_network: bool = rule(False, "flag", says="(false) a permission replaces a route")
