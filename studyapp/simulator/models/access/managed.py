"""Policies that AWS keeps ready for execution roles.

Sources, read on 2026-11-28: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ with the name of each.
"""

from typing import Final

from studyapp.simulator.models.access.parts import Statement
from studyapp.simulator.rulebook import TRUTH

_LOGS: Final = TRUTH.log_actions
_ACTIONS: Final = {
    "AWSLambdaBasicExecutionRole": _LOGS,
    "AWSLambdaVPCAccessExecutionRole": f"{TRUTH.vpc_attach_actions} {_LOGS}",
    "AWSLambdaSQSQueueExecutionRole": f"{TRUTH.sqs_poll_actions} {_LOGS}",
    "AWSLambdaKinesisExecutionRole": f"{TRUTH.kinesis_poll_actions} {_LOGS}",
    "AWSLambdaDynamoDBExecutionRole": f"{TRUTH.dynamodb_poll_actions} {_LOGS}",
    "AWSLambdaRole": "lambda:invokefunction",
    "AdministratorAccess": "*",
}
MANAGED: Final = {name: Statement(name, False, tuple(actions.split())) for name, actions in _ACTIONS.items()}
"""One statement each, about all resources; what AWS allows is not changed by what anybody believes."""
