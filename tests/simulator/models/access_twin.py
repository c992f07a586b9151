"""Who may do what, once more and plainly: straight from the mapping, one question after the other, true AWS alone.

Written from the AWS facts, B14 and B15, and IAM's evaluation logic; it shares no code with the model.
"""

from __future__ import annotations

import re
from typing import Any

POLL = {
    "queue": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    "stream": [
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:ListStreams",
        "kinesis:SubscribeToShard",
    ],
    "table-stream": [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    ],
}
SEND = {
    "queue": ["sqs:SendMessage"],
    "topic": ["sns:Publish"],
    "bucket": ["s3:PutObject", "s3:ListBucket"],
    "function": ["lambda:InvokeFunction"],
    "event-bus": ["events:PutEvents"],
}
WORDS = {
    "invoke": ["lambda:InvokeFunction"],
    "url": ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"],
    "assume": ["sts:AssumeRole"],
    "run": [],
    "attach": [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    ],
    "log": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    "mount": ["elasticfilesystem:ClientMount"],
    "mount-and-write": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
}
LOGS = WORDS["log"]
MANAGED = {
    "AWSLambdaBasicExecutionRole": LOGS,
    "AWSLambdaVPCAccessExecutionRole": [*LOGS, *WORDS["attach"]],
    "AWSLambdaSQSQueueExecutionRole": [*LOGS, *POLL["queue"]],
    "AWSLambdaKinesisExecutionRole": [*LOGS, *POLL["stream"]],
    "AWSLambdaDynamoDBExecutionRole": [*LOGS, *POLL["table-stream"]],
    "AWSLambdaRole": ["lambda:InvokeFunction"],
    "AdministratorAccess": ["*"],
}
SERVICE_OF = {
    "bucket": "s3",
    "topic": "sns",
    "rule": "events",
    "api": "apigateway",
    "load-balancer": "elasticloadbalancing",
    "log-group": "logs",
    "secret": "secretsmanager",
    "user-pool": "cognito-idp",
}
TAKES_THE_ROLE = {
    "function": "lambda",
    "schedule": "scheduler",
    "rule": "events",
    "api": "apigateway",
    "state-machine": "states",
    "pipeline": "codepipeline",
    "pipe": "pipes",
}
READS = {"s3:getobject", "secretsmanager:getsecretvalue", "ssm:getparameter", "ssm:getparameters"}


def missing(data: dict[str, Any], request: dict[str, Any]) -> list[str]:
    """The actions of `request` that are refused, in order; nothing when it is allowed."""
    asked = _questions(data, request)
    who = _who(data, request)
    if who == "unsigned":
        return [action for action, _ in asked]
    if who == "not trusted":
        return ["sts:AssumeRole"]
    refused = [action for action, on in asked if not _allowed(data, request, who, action, on)]
    return [*refused, "kms:Decrypt"] if _is_behind_a_foreign_key(data, request, who) else refused


def _is_behind_a_foreign_key(data: dict[str, Any], request: dict[str, Any], who: Any) -> bool:
    """AWS managed keys serve one account, and a secret has one unless it names a key."""
    thing = data["resources"].get(request.get("target"), {})
    if thing.get("kind") != "secret" or "key" in thing or who[0] is None:
        return False
    wanted = [request["does"]] if isinstance(request["does"], str) else request["does"]
    caller = {**data["roles"], **data["users"]}[who[0]]
    is_read = "secretsmanager:getsecretvalue" in [action.lower() for action in wanted]
    return is_read and caller.get("account", "home") != thing.get("account", "home")


def _questions(data: dict[str, Any], request: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Each action with the name of what it is about."""
    does, target = request["does"], request.get("target")
    thing = data["resources"].get(target, {})
    if does == "poll":
        actions = POLL[thing["kind"]]
    elif does == "send":
        actions = SEND[thing["kind"]]
    elif isinstance(does, str) and does in WORDS:
        actions = WORDS[does]
    else:
        actions = [does] if isinstance(does, str) else does
    questions = [(action, target) for action in actions]
    if thing.get("key") and (does == "poll" or any(action.lower() in READS for action in actions)):
        questions.append(("kms:Decrypt", thing["key"]))
    return questions


def _who(data: dict[str, Any], request: dict[str, Any]) -> Any:
    """(role or user, None), (None, service resource), (None, None) for the public; or why nobody gets as far as that."""
    by = request["by"]
    if request["does"] == "url":
        if data["resources"][request["target"]]["url"] == "none":
            return None, None
        if by == "everyone":
            return "unsigned"
    if by == "everyone":
        return None, None
    if by in data["roles"] or by in data["users"]:
        return by, None
    thing = data["resources"][by]
    if "role" not in thing:
        return None, by
    trusted = _as_list(data["roles"][thing["role"]].get("trusts", []))
    if TAKES_THE_ROLE[thing["kind"]] in trusted or "everyone" in trusted:
        return thing["role"], None
    return "not trusted"


def _allowed(data: dict[str, Any], request: dict[str, Any], who: Any, action: str, on: str | None) -> bool:
    identity, source = who
    own = _own_statements(data, identity)
    mine = [each for each in own if _matches(each, action) and _about(each, on)]
    theirs = [each for each in _resource_statements(data, on) if _matches(each, action)]
    theirs = [each for each in theirs if _conditions(data, request, each, source, action)]
    names = {
        "everyone",
        identity if identity else SERVICE_OF[data["resources"][source]["kind"]] if source else "everyone",
    }
    account = _account(data, identity) if identity else None
    to_me = [each for each in theirs if names & set(_as_list(each["to"]))]
    to_my_account = [each for each in theirs if account in _as_list(each["to"])]

    if any("deny" in each for each in [*mine, *to_me, *to_my_account]):
        return False
    policy_of_mine, named, account_named = bool(mine), bool(to_me), bool(to_my_account)
    if identity is None:
        return named
    if on is None:
        return policy_of_mine
    if _account(data, on) != account:
        return policy_of_mine and (named or account_named)
    is_key = data["resources"].get(on, {}).get("kind") == "key"
    if is_key or action.lower() == "sts:assumerole":
        return named or (account_named and policy_of_mine)
    return policy_of_mine or named


def _own_statements(data: dict[str, Any], identity: str | None) -> list[dict[str, Any]]:
    if identity is None:
        return []
    body = data["roles"].get(identity) or data["users"].get(identity) or {}
    managed = [{"allow": MANAGED[each]} for each in _as_list(body.get("managed", []))]
    return managed + list(body.get("policy", []))


def _resource_statements(data: dict[str, Any], on: str | None) -> list[dict[str, Any]]:
    if on is None:
        return []
    if on in data["roles"]:
        return [{"allow": ["sts:AssumeRole"], "to": data["roles"][on].get("trusts", [])}]
    thing = data["resources"][on]
    if "policy" not in thing and thing["kind"] == "key":
        return [{"allow": ["kms:*"], "to": thing.get("account", "home")}]
    if "policy" not in thing and thing["kind"] == "file-system":
        return [{"allow": ["elasticfilesystem:Client*"], "to": "everyone"}]
    return list(thing.get("policy", []))


def _conditions(
    data: dict[str, Any], request: dict[str, Any], each: dict[str, Any], source: str | None, action: str
) -> bool:
    if "source" in each and (source is None or not _like(source, each["source"])):
        return False
    if "source_account" in each and (source is None or _account(data, source) != each["source_account"]):
        return False
    by_url = request["does"] == "url"
    if "auth" in each:
        url = data["resources"][request["target"]].get("url") if by_url else None
        if action != "lambda:InvokeFunctionUrl" or url != each["auth"]:
            return False
    return not each.get("through_url") or (by_url and action == "lambda:InvokeFunction")


def _matches(each: dict[str, Any], action: str) -> bool:
    patterns = _as_list(each.get("allow", []) or each.get("deny", []))
    return any(_like(action.lower(), pattern.lower()) for pattern in patterns)


def _about(each: dict[str, Any], on: str | None) -> bool:
    patterns = _as_list(each.get("resources", [])) or ["*"]
    return any(pattern == "*" if on is None else _like(on, pattern) for pattern in patterns)


def _account(data: dict[str, Any], name: str | None) -> str:
    for part in ("roles", "users", "resources"):
        if name in data[part]:
            return (data[part][name] or {}).get("account", "home")
    raise KeyError(name)


def _like(text: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
