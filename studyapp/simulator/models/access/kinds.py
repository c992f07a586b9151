"""What a resource can be: whose actions it knows, how it acts, and whether it has a policy of its own."""

from typing import Final, NamedTuple

from studyapp.simulator import spelling

EVERYONE: Final = "everyone"
"""The principal that stands for all callers, signed or not."""
HOME: Final = "home"
"""The account of what names no other."""


class Kind(NamedTuple):
    """`services` are the prefixes of its actions. It acts as the service `acts_as`, or with a role that `takes_role`
    (a service) assumes, or not at all. `polled` and `sent` are the rules that list what a mapping or a destination needs."""

    a: str
    services: tuple[str, ...]
    acts_as: str = ""
    takes_role: str = ""
    has_policy: bool = True
    polled: str = ""
    sent: str = ""


KINDS: Final = {
    "function": Kind("a function", ("lambda",), takes_role="lambda", sent="send_to_function_actions"),
    "bucket": Kind("a bucket", ("s3",), acts_as="s3", sent="send_to_bucket_actions"),
    "queue": Kind("a queue", ("sqs",), polled="sqs_poll_actions", sent="send_to_queue_actions"),
    "topic": Kind("a topic", ("sns",), acts_as="sns", sent="send_to_topic_actions"),
    "stream": Kind("a stream", ("kinesis",), polled="kinesis_poll_actions"),
    "table": Kind("a table", ("dynamodb",)),
    "table-stream": Kind("a table's stream", ("dynamodb",), polled="dynamodb_poll_actions"),
    "key": Kind("a key", ("kms",)),
    "secret": Kind("a secret", ("secretsmanager",), acts_as="secretsmanager"),
    "parameter": Kind("a parameter", ("ssm",), has_policy=False),
    "file-system": Kind("a file system", ("elasticfilesystem",)),
    "event-bus": Kind("an event bus", ("events",), sent="send_to_bus_actions"),
    "rule": Kind("a rule", ("events",), acts_as="events", takes_role="events", has_policy=False),
    "schedule": Kind("a schedule", ("scheduler",), takes_role="scheduler", has_policy=False),
    "api": Kind("an API", ("execute-api", "apigateway"), acts_as="apigateway", takes_role="apigateway"),
    "load-balancer": Kind(
        "a load balancer", ("elasticloadbalancing",), acts_as="elasticloadbalancing", has_policy=False
    ),
    "log-group": Kind("a log group", ("logs",), acts_as="logs", has_policy=False),
    "user-pool": Kind("a user pool", ("cognito-idp",), acts_as="cognito-idp", has_policy=False),
    "state-machine": Kind("a state machine", ("states",), takes_role="states", has_policy=False),
    "pipeline": Kind("a pipeline", ("codepipeline",), takes_role="codepipeline", has_policy=False),
    "pipe": Kind("a pipe", ("pipes",), takes_role="pipes", has_policy=False),
}
ROLE: Final = Kind("a role", ("sts", "iam"))
"""A role is used, too: its trust policy says by whom."""
KEYED: Final = ("queue", "stream", "bucket", "secret", "parameter")
"""Kinds that can be encrypted with a key of KMS here."""

SERVICES: Final = {
    **spelling.SERVICES,
    "apigateway": "API Gateway",
    "codepipeline": "CodePipeline",
    "cognito-idp": "Amazon Cognito",
    "ec2": "Amazon EC2",
    "elasticloadbalancing": "Elastic Load Balancing",
    "pipes": "EventBridge Pipes",
    "scheduler": "EventBridge Scheduler",
}
"""Services that a policy can name, by the first part of their principal: s3 for s3.amazonaws.com."""

_WRITTEN: Final = (
    "sts:AssumeRole", "lambda:InvokeFunction", "lambda:InvokeFunctionUrl",
    "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage", "sns:Publish",
    "sqs:ChangeMessageVisibility",
    "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
    "kinesis:ListShards", "kinesis:ListStreams", "kinesis:SubscribeToShard",
    "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams",
    "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
    "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
    "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite",
    "kms:Decrypt", "s3:PutObject", "s3:ListBucket", "events:PutEvents",
)  # fmt: skip
SPELLED: Final = {action.lower(): action for action in _WRITTEN}
"""Actions of the rulebook, and of what some believe, as AWS writes them."""
