"""Names as people read them: an AWS service as AWS spells it, a target of a network as a thing, and how a path ends."""

from typing import Final

SERVICES: Final = {
    "dynamodb": "DynamoDB",
    "ecr": "Amazon ECR",
    "events": "EventBridge",
    "kinesis": "Kinesis",
    "kms": "AWS KMS",
    "lambda": "Lambda",
    "logs": "CloudWatch Logs",
    "rds-data": "the RDS Data API",
    "s3": "Amazon S3",
    "secretsmanager": "Secrets Manager",
    "sns": "Amazon SNS",
    "sqs": "Amazon SQS",
    "ssm": "Systems Manager",
    "states": "Step Functions",
    "sts": "AWS STS",
}
"""By the name that an endpoint of the service carries."""


def service(name: str) -> str:
    """A service that is not listed keeps the name it was given."""
    return SERVICES.get(name, name)


def target(name: str) -> str:
    """`card-processor` as the card processor, `s3` as Amazon S3."""
    return SERVICES.get(name) or f"the {name.replace('-', ' ')}"


VERDICTS: Final = {
    "network": ("reached", "not reached"),
    "access": ("allowed", "denied"),
    "package": ("accepted", "refused"),
    "secret": ("readable", "not readable"),
    "bill": ("worked out", "not worked out"),
    "version": ("runs", "refused"),
    "rollout": ("succeeded", "not succeeded"),
    "schedule": ("fires", "never fires"),
}
"""By the kind of a path."""
VERBS: Final = {
    "network": ("is reached", "is not reached"),
    "access": ("is allowed", "is denied"),
    "package": ("is accepted", "is refused"),
    "secret": ("can be read", "cannot be read"),
    "bill": ("is worked out", "is not worked out"),
    "version": ("runs", "is refused"),
    "rollout": ("succeeds", "does not succeed"),
    "schedule": ("fires", "never fires"),
}
"""The same in a sentence."""


def verdict(kind: str, *, ok: bool) -> str:
    """`reached`, `denied`: how a path of that kind ends."""
    well, badly = VERDICTS[kind]
    return well if ok else badly


def ends(kind: str, *, ok: bool) -> str:
    """`is reached`, `never fires`: the same in a sentence."""
    well, badly = VERBS[kind]
    return well if ok else badly


def stops(kind: str) -> str:
    """What the step does at which such a path ends badly."""
    return "stops it" if kind == "rollout" else "refuses"
