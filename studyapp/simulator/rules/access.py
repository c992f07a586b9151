"""Who may do what."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule


@dataclass(frozen=True)
class Access:
    """Actions are in small letters here, as IAM compares them without regard to case."""

    explicit_deny_wins: bool = rule(True, "flag", "lambda.security.deny-wins")
    implicit_deny: bool = rule(True, "flag", "lambda.security.implicit-deny", says="what nobody allows is refused")
    cross_account_needs_both: bool = rule(
        True, "flag", "lambda.security.cross-account", says="the policies of the caller and of the resource"
    )
    same_account_needs_both: bool = rule(
        False, "flag", "lambda.security.same-account", says="(false) within an account, too, both policies must allow"
    )
    same_account_is_enough: bool = rule(
        False, "flag", "lambda.security.implicit-deny", says="(false) what is of one account may use each other"
    )
    account_statement_is_enough: bool = rule(
        False,
        "flag",
        "lambda.security.account-principal",
        says="(false) a policy that names an account lets in everybody there",
    )
    key_policy_decides: bool = rule(
        True, "flag", "lambda.security.key-policy", says="no: a policy of the caller is enough to use a KMS key"
    )
    trust_is_checked: bool = rule(
        True, "flag", "lambda.configuration.role-trust", says="a service takes a role only where the role trusts it"
    )
    execution_role_lets_callers_in: bool = rule(
        False, "flag", "lambda.security.resource-policy", says="(false) a function's own role says who may invoke it"
    )
    access_to_the_source_lets_it_invoke: bool = rule(
        False,
        "flag",
        "lambda.security.resource-policy",
        says="(false) a source that the function may use may invoke the function",
    )
    trusted_services_may_invoke: bool = rule(
        False, "flag", "lambda.security.resource-policy", says="(false) a service that the role trusts may invoke"
    )
    invocation_grants_access_back: bool = rule(
        False,
        "flag",
        "lambda.security.trigger-gives-no-rights",
        says="(false) a function may use what it lets invoke it",
    )
    services_stay_in_their_account: bool = rule(
        False,
        "flag",
        "lambda.security.source-account",
        says="(false) a statement for a service lets in the account's own resources alone",
    )
    url_actions: str = rule(
        "lambda:invokefunctionurl lambda:invokefunction",
        "words",
        "lambda.triggers.url-actions",
        says="of who calls a URL",
    )
    url_none_needs_policy: bool = rule(True, "flag", "lambda.security.url-none-needs-policy")
    cors_guards_a_url: bool = rule(
        False, "flag", "lambda.security.cors-is-no-guard", says="(false) CORS refuses callers of another origin"
    )
    sqs_poll_actions: str = rule(
        "sqs:receivemessage sqs:deletemessage sqs:getqueueattributes",
        "words",
        "lambda.triggers.sqs-permission",
        says="of the execution role, to read a queue",
    )
    kinesis_poll_actions: str = rule(
        "kinesis:describestream kinesis:describestreamsummary kinesis:getrecords kinesis:getsharditerator"
        " kinesis:listshards kinesis:liststreams kinesis:subscribetoshard",
        "words",
        "lambda.triggers.kinesis-permission",
        says="of the execution role, to read a stream",
    )
    dynamodb_poll_actions: str = rule(
        "dynamodb:describestream dynamodb:getrecords dynamodb:getsharditerator dynamodb:liststreams",
        "words",
        "lambda.triggers.dynamodb-permission",
        says="of the execution role, to read a table's stream",
    )
    default_key_crosses_accounts: bool = rule(
        False, "flag", "lambda.security.default-key-one-account", says="(false) AWS's own key serves other accounts too"
    )
    encrypted_sources_need_the_key: bool = rule(
        True, "flag", "lambda.triggers.encrypted-queue", says="what is read from behind a KMS key"
    )
    mappings_are_pushed: bool = rule(
        False, "flag", "lambda.triggers.sqs-permission", says="(false) a queue or stream invokes, and no role reads it"
    )
    schedules_use_the_function_policy: bool = rule(
        False, "flag", "lambda.triggers.scheduler-role", says="(false) a schedule is let in as a rule is"
    )
    vpc_attach_actions: str = rule(
        "ec2:createnetworkinterface ec2:describenetworkinterfaces ec2:describesubnets ec2:deletenetworkinterface"
        " ec2:assignprivateipaddresses ec2:unassignprivateipaddresses",
        "words",
        "lambda.security.vpc-permissions",
        says="of the execution role, to attach a function",
    )
    vpc_rights_needed_to_run: bool = rule(
        False, "flag", "lambda.security.vpc-permissions-once", says="(false) each invocation needs them"
    )
    log_actions: str = rule(
        "logs:createloggroup logs:createlogstream logs:putlogevents",
        "words",
        "lambda.configuration.log-actions",
        says="of the execution role, to write logs",
    )
    logs_needed_to_run: bool = rule(
        False, "flag", "lambda.configuration.runs-without-logs", says="(false) without log permissions nothing runs"
    )
    mount_actions: str = rule(
        "elasticfilesystem:clientmount", "words", "lambda.configuration.efs-rights", says="to mount and read"
    )
    mount_write_actions: str = rule(
        "elasticfilesystem:clientmount elasticfilesystem:clientwrite",
        "words",
        "lambda.configuration.efs-rights",
        says="to mount and write",
    )
    destinations_need_rights: bool = rule(True, "flag", "lambda.security.destination-rights")
    send_to_queue_actions: str = rule(
        "sqs:sendmessage", "words", "lambda.security.destination-rights", says="of a destination or dead-letter queue"
    )
    send_to_topic_actions: str = rule(
        "sns:publish", "words", "lambda.security.destination-rights", says="of a destination or dead-letter topic"
    )
    send_to_bucket_actions: str = rule(
        "s3:putobject s3:listbucket", "words", "lambda.security.destination-rights", says="of a failure destination"
    )
    send_to_function_actions: str = rule(
        "lambda:invokefunction", "words", "lambda.security.destination-rights", says="of a destination"
    )
    send_to_bus_actions: str = rule(
        "events:putevents", "words", "lambda.security.destination-rights", says="of a destination"
    )
