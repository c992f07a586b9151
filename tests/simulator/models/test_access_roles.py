"""What a role is needed for and what it must allow: the table of IAM in the AWS facts, row by row."""

from itertools import product

import pytest

from tests.simulator.models.access_plans import allowed, ask

ATTACH = (
    "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface"
    " ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"
)
LOGS = "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"
SQS = "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes"
KINESIS = (
    "kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator"
    " kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard"
)
DYNAMODB = "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams"


class TestPushingSources:
    """B14: S3, SNS, EventBridge rules, API Gateway and load balancers are let in by the function's policy alone."""

    @pytest.mark.parametrize(
        ("kind", "service"),
        [("bucket", "s3"), ("topic", "sns"), ("rule", "events"), ("api", "apigateway"),
         ("load-balancer", "elasticloadbalancing"), ("log-group", "logs"), ("secret", "secretsmanager"),
         ("user-pool", "cognito-idp")],
    )  # fmt: skip
    def test_need_the_policy_of_the_function(self, kind, service):
        request = {"by": "source", "does": "invoke", "target": "code"}
        changes = {
            "resources__source": {"kind": kind},
            "roles__code-role__trusts": ["lambda", service],
            "roles__code-role__policy": [{"allow": "*"}],
        }
        statement = {"id": "in", "allow": "lambda:InvokeFunction", "to": f"{service}.amazonaws.com", "source": "source"}

        assert not allowed(request, **changes)
        assert ask(request, **changes, resources__code__policy=[statement])["decided_by"] == "in"

    @pytest.mark.parametrize(
        ("conditions", "mine", "foreign"),
        [({}, True, True), ({"source": "photos"}, True, False), ({"source_account": "home"}, True, False),
         ({"source": "p*"}, True, True), ({"source": "photos", "source_account": "home"}, True, False),
         ({"source": "photos", "source_account": "partner"}, False, False), ({"source": "pictures"}, False, True)],
    )  # fmt: skip
    def test_are_told_apart_by_conditions(self, conditions, mine, foreign):
        changes = {
            "resources__pictures": {"kind": "bucket", "account": "partner"},
            "resources__code__policy": [{"allow": "lambda:*", "to": "s3", **conditions}],
        }

        assert allowed({"by": "photos", "does": "invoke", "target": "code"}, **changes) is mine
        assert allowed({"by": "pictures", "does": "invoke", "target": "code"}, **changes) is foreign

    @pytest.mark.parametrize("condition", [{"source": "photos"}, {"source_account": "home"}])
    def test_alone_meet_a_condition_on_the_source(self, condition):
        policy = [{"allow": "lambda:*", "to": "everyone", **condition}]

        assert not allowed({"by": "anna", "does": "invoke", "target": "code"}, resources__code__policy=policy)

    def test_may_come_with_a_role_instead(self):
        changes = {
            "roles__bus-role": {"trusts": ["events"], "policy": [{"id": "call", "allow": "lambda:*"}]},
            "resources__match": {"kind": "rule", "role": "bus-role"},
        }

        assert ask({"by": "match", "does": "invoke", "target": "code"}, **changes)["decided_by"] == "call"


class TestWhatActsWithARole:
    @pytest.mark.parametrize(
        ("kind", "service"),
        [("schedule", "scheduler"), ("state-machine", "states"), ("pipeline", "codepipeline"), ("pipe", "pipes"),
         ("function", "lambda")],
    )  # fmt: skip
    @pytest.mark.parametrize(("trusted", "may"), list(product([True, False], repeat=2)))
    def test_needs_trust_and_a_permission(self, kind, service, trusted, may):
        changes = {
            "roles__acting": {
                "trusts": [service] if trusted else ["ec2"],
                "policy": [{"allow": "lambda:*"}] if may else [],
            },
            "resources__source": {"kind": kind, "role": "acting"},
            "resources__code__policy": [{"allow": "lambda:*", "to": service}],
        }
        found = ask({"by": "source", "does": "invoke", "target": "code"}, **changes)

        assert found["allowed"] is (trusted and may)
        assert found["missing"] == (
            None if trusted and may else "lambda:InvokeFunction" if trusted else "sts:AssumeRole"
        )


class TestTheExecutionRole:
    """B14, row by row: what the role must allow, by statements of one's own or by the policy that AWS manages."""

    @pytest.mark.parametrize(
        ("request_", "actions", "managed"),
        [
            pytest.param({"does": "log"}, LOGS, "AWSLambdaBasicExecutionRole", id="basic: logs"),
            pytest.param({"does": "poll", "target": "q"}, SQS, "AWSLambdaSQSQueueExecutionRole", id="SQS"),
            pytest.param({"does": "poll", "target": "s"}, KINESIS, "AWSLambdaKinesisExecutionRole", id="Kinesis"),
            pytest.param(
                {"does": "poll", "target": "t"}, DYNAMODB, "AWSLambdaDynamoDBExecutionRole", id="DynamoDB Streams"
            ),
            pytest.param({"does": "attach"}, ATTACH, "AWSLambdaVPCAccessExecutionRole", id="VPC"),
            pytest.param({"does": "send", "target": "q"}, "sqs:SendMessage", None, id="destination SQS"),
            pytest.param({"does": "send", "target": "n"}, "sns:Publish", None, id="destination SNS"),
            pytest.param({"does": "send", "target": "b"}, "s3:PutObject s3:ListBucket", None, id="destination S3"),
            pytest.param(
                {"does": "send", "target": "g"}, "lambda:InvokeFunction", "AWSLambdaRole", id="destination Lambda"
            ),
            pytest.param({"does": "send", "target": "e"}, "events:PutEvents", None, id="destination EventBridge"),
            pytest.param({"does": "mount", "target": "f"}, "elasticfilesystem:ClientMount", None, id="EFS, reading"),
            pytest.param(
                {"does": "mount-and-write", "target": "f"},
                "elasticfilesystem:ClientMount elasticfilesystem:ClientWrite",
                "AdministratorAccess",
                id="EFS, writing",
            ),
        ],
    )
    def test_must_allow_each_action(self, request_, actions, managed):
        request = {"by": "code", **request_}
        world = {
            "resources__code__vpc": True, "resources__q": {"kind": "queue"}, "resources__s": {"kind": "stream"},
            "resources__t": {"kind": "table-stream"}, "resources__n": {"kind": "topic"}, "resources__b": {"kind": "bucket"},
            "resources__g": {"kind": "function"}, "resources__e": {"kind": "event-bus"},
            "resources__f": {"kind": "file-system", "policy": []},
        }  # fmt: skip
        needed = actions.split()

        assert ask(request, **world)["missing"] == ", ".join(needed)
        assert allowed(request, **world, **{"roles__code-role__policy": [{"allow": needed}]})
        for each in needed:
            others = [{"allow": [other for other in needed if other != each] or ["sts:GetCallerIdentity"]}]
            assert ask(request, **world, **{"roles__code-role__policy": others})["missing"] == each
            denied = [{"allow": "*"}, {"id": "never", "deny": each}]
            found = ask(request, **world, **{"roles__code-role__policy": denied})
            assert (found["missing"], found["decided_by"]) == (each, "never")
        if managed:
            assert ask(request, **world, **{"roles__code-role__managed": managed})["decided_by"] == managed

    def test_must_trust_lambda(self):
        found = ask({"by": "code", "does": "run"}, **{"roles__code-role__trusts": ["s3", "ec2"]})

        refused = {"allowed": False, "decided_by": "trust policy of code-role", "missing": "sts:AssumeRole"}
        assert found == refused | {"granted": 0}
        assert ask({"by": "code", "does": "run"})["decided_by"] == "trust policy of code-role"

    def test_is_no_matter_for_an_invocation(self):
        changes = {"roles__code-role__trusts": [], "users__anna__policy": [{"allow": "lambda:InvokeFunction"}]}

        assert allowed({"by": "anna", "does": "invoke", "target": "code"}, **changes)

    def test_reads_an_encrypted_queue_with_its_key(self):
        changes = {"resources__orders__key": "lock", "roles__code-role__managed": "AWSLambdaSQSQueueExecutionRole"}
        request, default = {"by": "code", "does": "poll", "target": "orders"}, {"resources__lock": {"kind": "key"}}

        assert ask(request, **changes)["missing"] == "kms:Decrypt"
        assert ask(request, **changes, **default)["missing"] == "kms:Decrypt"
        assert allowed(request, **changes, **default, **{"roles__code-role__policy": [{"allow": "kms:Decrypt"}]})

    @pytest.mark.parametrize("kind", ["bucket", "secret", "parameter"])
    def test_reads_what_a_key_encrypts(self, kind):
        does = {"bucket": "s3:GetObject", "secret": "secretsmanager:GetSecretValue", "parameter": "ssm:GetParameter"}[
            kind
        ]
        changes = {"resources__thing": {"kind": kind, "key": "lock"}, "roles__code-role__policy": [{"allow": does}]}

        assert ask({"by": "code", "does": does, "target": "thing"}, **changes)["missing"] == "kms:Decrypt"

    def test_is_not_asked_by_a_file_system_without_a_policy(self):
        changes = {"resources__code__vpc": True, "resources__files": {"kind": "file-system"}}

        assert allowed({"by": "code", "does": "mount-and-write", "target": "files"}, **changes)

    def test_reads_a_queue_of_another_account_if_both_agree(self):
        request, role = (
            {"by": "code", "does": "poll", "target": "orders"},
            {"roles__code-role__policy": [{"allow": SQS.split()}]},
        )
        there = {"resources__orders": {"kind": "queue", "account": "partner"}}
        agrees = {**there, "resources__orders__policy": [{"allow": "sqs:*", "to": "code-role"}]}

        assert not allowed(request, **there, **role)
        assert not allowed(request, **agrees)
        assert allowed(request, **agrees, **role)
