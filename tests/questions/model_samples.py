"""A scenario for each model, which sets every parameter that has a range."""

ACCESS = {
    "access": {
        "accounts": ["home", "elsewhere"],
        "roles": {
            "worker": {
                "account": "elsewhere",
                "trusts": ["lambda"],
                "managed": ["AWSLambdaBasicExecutionRole"],
                "policy": [{"allow": ["s3:GetObject"], "resources": ["photos"]}, {"deny": ["s3:PutObject"]}],
            }
        },
        "users": {
            "ann": {
                "account": "elsewhere",
                "managed": ["AWSLambdaBasicExecutionRole"],
                "policy": [{"allow": ["lambda:*"], "resources": ["form"]}, {"deny": ["lambda:Get*"]}],
            }
        },
        "resources": {
            "form": {
                "kind": "function",
                "url": "none",
                "cors": ["https://shop.example"],
                "vpc": "yes",
                "policy": [
                    {"allow": ["lambda:InvokeFunctionUrl"], "to": "everyone", "auth": "none"},
                    {"allow": ["lambda:InvokeFunction"], "to": "everyone", "through_url": "yes"},
                    {"deny": ["lambda:InvokeFunction"], "to": "s3", "source": "photos", "source_account": "elsewhere"},
                ],
            },
            "photos": {"kind": "bucket", "account": "elsewhere", "key": "own"},
            "own": {"kind": "key", "account": "elsewhere"},
        },
        "requests": {
            "visit": {"by": "everyone", "does": "url", "target": "form", "origin": "https://shop.example"},
            "look": {"by": "worker", "does": "s3:GetObject", "target": "photos"},
        },
    }
}
PACKAGES = {
    "packages": {
        "stored": "1 GB",
        "layers": {
            "common": {
                "upload": "s3",
                "zipped": "10 MB",
                "unzipped": "20 MB",
                "versions": 3,
                "self_managed": "yes",
                "built_for": "arm64",
            },
            "plain": {"zipped": "1 MB", "unzipped": "2 MB"},
        },
        "libraries": {"dates": {"zipped": "1 MB", "unzipped": "2 MB"}},
        "functions": {
            "fares": {
                "upload": "s3",
                "zipped": "10 MB",
                "unzipped": "20 MB",
                "runtime": "python3.13",
                "layers": ["common"],
                "bundles": ["dates"],
                "environment": {"STAGE": "12 B"},
                "memory": "256 MB",
                "tmp": "1024 MB",
                "architecture": "arm64",
                "built_for": "arm64",
                "snapstart": "no",
                "code_signing": "yes",
                "provisioned_concurrency": 5,
                "file_system": "efs",
                "versions": 3,
                "self_managed": "yes",
            },
            "maps": {"zipped": "1 MB", "unzipped": "2 MB", "runtime": "provided.al2023", "custom_runtime": "9 MB"},
            "trips": {
                "kind": "image",
                "uncompressed": "2 GB",
                "compressed": "1 GB",
                "settings": "2 KB",
                "environment": "1 KB",
            },
        },
    }
}
SECRETS = {
    "secrets": {
        "traffic": {
            "invocations": "2000000 per month",
            "environments": 20,
            "lifetime": "6 h",
            "peak": "25 per 1 s",
        },
        "throughput": "standard",
        "role": {"may": ["ssm:GetParameter"], "may_not": ["kms:*"]},
        "people": {"ann": {"may": ["lambda:Get*"], "may_not": ["kms:*"]}},
        "kept": {
            "token": {"in": "environment", "customer_key": "yes", "helpers": "no", "size": "2 KB", "rotates": "30 d"},
            "login": {"in": "parameter-store", "tier": "standard", "read": "each-invocation"},
            "card": {"in": "secrets-manager", "extension": "yes", "ttl": "60 s"},
            "plain": {"in": "secrets-manager", "extension": "yes"},
        },
    }
}
_RUNS = {"requests": 100_000, "duration": "120 ms", "memory": "512 MB"}
BILL = {
    "bill": {
        "month": "30 d",
        "free_tier": "no",
        "functions": {
            "web": {
                **_RUNS,
                "architecture": "arm64",
                "package": "zip",
                "runtime": "python3.13",
                "kind": "sync",
                "payload": "10 KB",
                "tmp": "1024 MB",
                "init": "500 ms",
                "cold_share": "2 %",
                "memory_used": "100 MB",
                "fails": "5 %",
                "streamed_response": "20 MB",
            },
            "scan": {
                "requests": "25 per 1 s",
                "memory": "512 MB",
                "curve": {"512 MB": "2 s", "1024 MB": "1 s"},
            },
            "ready": {
                **_RUNS,
                "provisioned_concurrency": 4,
                "provisioned_time": "8 h",
                "provisioned_periods": 10,
                "provisioned_share": "20 %",
            },
            "always": {**_RUNS, "provisioned_concurrency": 40},
            "snap": {
                **_RUNS,
                "runtime": "python3.13",
                "snapstart": {"versions": 2, "time": "10 h", "restore": "100 ms"},
                "cold_share": "1 %",
            },
            "shop": {
                **_RUNS,
                "tenant_environments": 30,
                "durable": {"operations": 6, "written": "40 KB", "kept": "30 d", "wait": "2 d"},
            },
        },
        "pollers": {"orders": {"kind": "sqs", "count": 3, "time": "100 h"}},
    }
}
INSTANCES = {
    "bill": {
        "functions": {"score": {**_RUNS, "instances": {"price": "0.08 USD per hour", "count": 3, "time": "100 h"}}}
    }
}
VERSIONS = {
    "versions": {
        "settings": {"memory": "256 MB", "timeout": "10 s", "runtime": "python3.12", "architecture": "x86_64"},
        "steps": [
            {"publish": True},
            {
                "configure": {
                    "memory": "512 MB",
                    "timeout": "20 s",
                    "runtime": "python3.14",
                    "architecture": "arm64",
                    "async_retries": 1,
                }
            },
            {"publish": True},
            {"create_alias": "live", "to": 1, "weights": {"2": "10 %"}},
            {"provision": "live", "environments": 4},
            {"reserve": 20},
        ],
    }
}
ROLLOUT = {
    "rollout": {
        "config": {"canary": "20 %", "after": "10 min"},
        "requests": "5 per 1 s",
        "errors": {"old": "1 %", "new": {"share": "5 %", "from": "1 min", "to": "9 min"}},
        "pre_traffic": {"takes": "30 s", "result": "succeeded"},
        "post_traffic": {"takes": "30 s", "result": "succeeded"},
        "alarm": {
            "of": "alias",
            "metric": "errors",
            "threshold": 5,
            "period": "2 min",
            "periods": 2,
            "datapoints": 2,
            "missing": "ignore",
        },
        "rollback_on": ["alarm"],
        "stopped_at": "5 min",
        "first_deployment": "no",
        "horizon": "1 h",
    }
}
LINEAR = {
    "rollout": {
        "config": {"linear": "20 %", "every": "3 min"},
        "requests": "5 per 1 s",
        "errors": {"old": {"share": "5 %", "from": "1 min", "to": "9 min"}, "new": "5 %"},
        "pre_traffic": {"result": "succeeded"},
        "post_traffic": {"result": "succeeded"},
        "alarm": {"metric": "errors"},
    }
}
_STARTING = {"starting": "2026-03-27 12:00"}
SCHEDULES = {
    "schedules": {
        "report": {
            **_STARTING,
            "kind": "scheduler",
            "expression": "cron(0 9 * * ? *)",
            "zone": "Europe/Madrid",
            "clocks": "Europe/Madrid",
            "start_date": "2026-08-01 00:00",
            "end_date": "2026-12-01 00:00",
            "flexible_window": "5 min",
            "wanted_at": "09:00",
            "target": "function-fails",
            "retries": 3,
            "maximum_age": "1 h",
            "dead_letter_queue": "yes",
        },
        "stock": {
            **_STARTING,
            "expression": "rate(1 day)",
            "target": "unavailable",
            "unavailable_for": "10 min",
        },
        "gift": {**_STARTING, "expression": "at(2026-12-24T18:00:00)"},
    }
}
