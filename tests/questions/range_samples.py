"""A scenario for each part of one, which together set every parameter that has a range."""

from tests.questions.model_samples import (
    ACCESS,
    BILL,
    INSTANCES,
    LINEAR,
    PACKAGES,
    ROLLOUT,
    SCHEDULES,
    SECRETS,
    VERSIONS,
)  # fmt: skip

_F = {"duration": "100 ms", "init": "0 s"}

FUNCTIONS = {
    "account": {"concurrency": 3_000},
    "functions": {
        "resize": {
            "memory": "1024 MB",
            "architecture": "arm64",
            "runtime": "nodejs22.x",
            "package": "zip",
            "tmp": "1024 MB",
            "timeout": "10 s",
            "init": {"exp": "420 ms"},
            "duration": {"lognormal": "650 ms", "cv": 1},
            "cpu_time": "20 ms",
            "record_time": "5 ms",
            "first_run": "300 ms",
            "background": "1 s",
            "fails": {"first": 2},
            "init_fails": "10 %",
            "system_errors": {"from": "1 s", "to": "2 s"},
            "memory_used": "90 MB",
            "memory_leak": "1 MB",
            "tmp_left": "10 MB",
            "response": "2 KB",
            "vpc": True,
            "database": "orders",
            "holds_connections": 3,
            "reserved_concurrency": 20,
            "provisioned_concurrency": 2,
            "provisioned_ready": {"allocated_at": "0 s"},
            "async_retries": 1,
            "async_max_age": "3600 s",
            "dead_letter_queue": "yes",
            "on_failure": "sqs",
            "on_success": "lambda",
        },
        "next": {"cold_total": "1 s"},
    },
    "databases": {"orders": {"connections": 40, "proxy": "no", "timeout": "2 s", "down": {"from": "1 s", "to": "2 s"}}},
    "warm": {"resize": 3},
    "sources": {
        "uploads": {
            "kind": "s3",
            "payload": "2 KB",
            "duplicates": "5 %",
            "calls": {"resize": "90 %", "next": "10 %"},
            "arrivals": [{"poisson": "3 per 1 s", "for": "8 s"}],
        },
        "visitors": {
            "kind": "api",
            "calls": "next",
            "timeout": "5 s",
            "retries": {"tries": 2, "backoff": "300 ms", "most": "2 s", "jitter": "no"},
            "arrivals": {"bursts": [{"at": "0 s", "count": 5}]},
        },
        "pipeline": {
            "kind": "codepipeline",
            "calls": "next",
            "reports": "no",
            "job_timeout": "10 min",
            "arrivals": {"burst": 1},
        },
    },
    "horizon": "20 s",
}
QUEUE = {
    "functions": {"work": {**_F, "timeout": "10 s"}},
    "sources": {
        "jobs": {
            "kind": "sqs",
            "backlog": 8,
            "arrivals": {"burst": 5},
            "batch_size": 5,
            "batch_window": "5 s",
            "partial_batch_responses": "yes",
            "matches": "80 %",
            "retention": "1 h",
            "maximum_concurrency": 5,
            "visibility_timeout": "60 s",
            "delay": "10 s",
            "max_receive_count": 3,
        }
    },
}
FIFO = {"functions": {"work": _F}, "sources": {"jobs": {"kind": "sqs-fifo", "arrivals": {"burst": 5}}}}
STREAM = {
    "functions": {"read": _F},
    "sources": {
        "clicks": {
            "kind": "kinesis",
            "arrivals": {"even": "5 per 1 s", "for": "4 s"},
            "retention": "48 h",
            "shards": 3,
            "parallelization_factor": 2,
            "partition_keys": 20,
            "starting_position": {"at": "2 s"},
            "created_at": "3 s",
            "retry_attempts": 2,
            "maximum_record_age": "120 s",
            "bisect": "yes",
            "on_failure": "sns",
            "enhanced_fan_out": "yes",
        }
    },
}
NETWORK = {
    "network": {
        "function": {
            "attached": "yes",
            "subnets": ["private-a"],
            "security_groups": ["orders"],
            "ipv6": "no",
            "state": "active",
            "interface_permissions": "yes",
        },
        "others": {"stock": {"subnets": "private-a", "security_groups": "orders"}},
        "vpc": {"tenancy": "default", "dns_hostnames": "yes"},
        "subnets": {
            "private-a": {"route_table": "private", "dual_stack": "yes", "zone": "eu-west-1a", "acl": "strict"},
            "public-a": {"route_table": "public", "ipv6_only": "no", "zone": "eu-west-1b"},
        },
        "routes": {"private": "none", "public": "igw"},
        "nat_in": "public-a",
        "acls": {"strict": {"inbound": "vpc", "outbound": "vpc"}},
        "peerings": {"office": {"another_region": "no", "routes_back": "no"}, "far": {"through": "office"}},
        "endpoints": {
            "s3": {"kind": "gateway", "route_tables": "private"},
            "sqs": {"kind": "interface", "security_group": "orders"},
            "sns": {"kind": "interface", "private_dns": "no"},
            "dynamodb": {"kind": "gateway"},
        },
        "security_groups": {"orders": {"egress": ["anywhere"]}, "db": {"ingress": ["orders"]}},
        "targets": {
            "internet": {"kind": "internet", "port": 443, "addresses": "ipv4"},
            "queue": {"kind": "aws-api", "service": "sqs", "endpoint_name": "yes"},
            "database": {"kind": "private", "security_group": "db", "subnet": "private-a"},
            "archive": {"kind": "private", "security_group": "db", "vpc": "office"},
            "files": {"kind": "efs", "security_group": "db", "mount_zones": ["eu-west-1b"]},
            "proxy": {"kind": "rds-proxy", "security_group": "db", "database": "database"},
        },
    }
}
UNUSED = {"network": {**NETWORK["network"], "function": {**NETWORK["network"]["function"], "unused_for": "20 d"}}}
del UNUSED["network"]["function"]["state"]
SAMPLES = {
    "functions": FUNCTIONS,
    "queue": QUEUE,
    "fifo": FIFO,
    "stream": STREAM,
    "network": NETWORK,
    "unused": UNUSED,
    "access": ACCESS,
    "packages": PACKAGES,
    "secrets": SECRETS,
    "bill": BILL,
    "instances": INSTANCES,
    "versions": VERSIONS,
    "rollout": ROLLOUT,
    "linear": LINEAR,
    "schedules": SCHEDULES,
}
