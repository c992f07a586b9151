"""The words of drafted stems: what asks for a metric, and how a field of a scenario is told. `{}` is where the value stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

QUESTIONS: Final[Mapping[str, str]] = {
    "throttles": "How many requests are throttled",
    "errors": "How many runs end in an error",
    "cold_starts": "How many cold starts are there",
    "client_errors": "How many callers get an error",
    "events_lost": "How many events are lost",
    "dead_letters": "How many events go to the dead-letter queue",
    "last_attempt_start": "How long after the start does the last run of the first event begin",
    "dead_lettered_at": "How long after the start is the first event in the dead-letter queue",
    "attempts": "How many times is the first event run",
    "spillover_invocations": "How many invocations spill over from provisioned concurrency",
    "peak_concurrency": "How many environments are busy at once, at most",
    "iterator_age_max": "How high does the iterator age rise",
    "delivered": "How many events are run with success",
    "records_to_destination": "How many records go to the destination",
    "duplicates": "How many events are run with success once more",
    "filtered_out": "How many events does the filter leave out",
    "response_max": "How long does the slowest response take",
    "response_p95": "Within what time do 95 % of the responses come",
    "response_p50": "How long does the median response take",
    "front_door_throttles": "How many requests does the API itself refuse",
    "too_many_requests": "How many callers get the status 429",
    "client_retries": "How many times do callers try again",
    "connections_refused": "How many runs get no connection",
    "out_of_memory": "How many runs use up their memory",
    "timeouts": "How many runs are stopped at the timeout",
    "job_timeouts": "How many jobs time out",
    "job_duration_max": "How long does the longest job take",
    "oldest_message_age_max": "How old does the oldest message grow",
    "messages_waiting_max": "How many messages wait at once, at most",
    "drained_at": "How long after the start is everything worked off",
    "wait_mean": "How long does an event wait for its run, on average",
    "batches": "How many batches are run",
    "batch_size_mean": "How many events does a batch hold, on average",
    "invocations": "How many invocations are there",
    "invoked_events": "How many events do all runs hold together, each as often as it is run",
    "async_age_max": "How old is the oldest event when it is run",
    "duration_p50": "How long is the median duration",
    "duration_max": "How long is the longest duration",
    "cost.total": "How much does all of it cost",
    "billed_gb_s": "How many GB-seconds are billed",
    "mean_concurrency": "How many environments are busy at once, on average",
    "second_attempt_start": "How long after the start does the second run of the first event begin",
    "first_attempt_start": "How long after the start does the first run of the first event begin",
    "retries": "How many retries does Lambda make",
    "throttled_share": "Which share of all tries is throttled",
    "claimed_peak": "How much of the account's concurrency is claimed, at most",
    "peak_concurrency_at": "How long after the start are most environments busy",
}
"""What asks for a metric of a run, the most telling first; the first of them that has enough wrong values is asked for."""

OF_MODELS: Final[Mapping[str, str]] = {
    "bill": "How much is {} on the month's bill",
    "bill_of": "How much of the month's bill is for {}",
    "gb_s": "How many GB-seconds does {} use in the month",
    "billed_requests": "How many requests of {} are billed in the month",
    "arm_saving": "How much would arm64 save for {} in the month",
    "arm_saving_share": "Which share of its cost would arm64 save for {}",
    "cheapest": "Which memory size is the cheapest for {}",
    "cheapest_cost": "How much does {} cost in the month at its cheapest memory size",
    "fastest": "At which memory size are the runs of {} the shortest",
    "fastest_cost": "How much does {} cost in the month at its fastest memory size",
    "on_demand": "How much would {} cost in the month without its provisioned concurrency",
    "utilization": "Which share of their time do the provisioned environments of {} run requests",
    "break_even": "From which use on is provisioned concurrency cheaper for {}",
    "break_even_rate": "From how many requests a second on is provisioned concurrency cheaper for {}",
    "size": "How large is {} unzipped, with all that it brings along",
    "left": "How much of the quota for its {1} does {0} leave",
    "stored": "How much of the Region's code storage is {0}",
    "deployed": "How many of the functions are accepted",
    "uploads": "How many packages are uploaded when {} changes",
    "updates": "How many functions change when {} changes",
    "fires": "When, in UTC, is firing number {1} of {0}",
    "local": "When, by the clocks of its people, is firing number {1} of {0}",
    "firings": "How many firings does {0} have within a {1}",
    "delay_max": "How late may a firing of {} be",
    "delivery_calls": "How many times does {} call Lambda for its first firing",
    "delivery_runs": "How many times does {} run the function for its first firing",
    "shift": "How long after the start is shift {}",
    "reached": "How many of the targets are reached",
    "granted": "How many of the requests are allowed",
    "calls": "How many requests to its store does {} cause in 30 days",
    "peak_calls": "How many requests to its store does {} cause in the busiest second",
    "kms_requests": "How many requests to KMS does {} cause in 30 days",
    "throttled": "How many requests of the busiest second does {} refuse",
    "secret_cost": "How much does {} cost in 30 days",
    "stale": "How long may it take until the code has a new value of {}",
    "chores": "How many changes by hand does {} ask for in 30 days",
    "runs": "Which code runs at the address {}",
    "version": "Which version runs at the address {}",
    "share": "Which share of the traffic of {0} goes to {1}",
    "hops": "How many hops does the way to {} have",
    "interfaces": "How many network interfaces are there for {}",
    "published": "How many versions are {}",
    "refused": "Why is step {} refused",
    "status": "Which status does {} get",
    "missing": "Which actions is {} not allowed",
    "decided_by": "Which statement decides on {}",
    "delivery": "What becomes of the first firing of {}",
    "skips": "On which day do the clocks first skip {}",
    "late_from": "From which day on does {} fire at another time than wanted",
    "breaks": "Which check refuses {}",
    "key": "With which key is {} encrypted",
    "rotation": "How does {} change",
    "starts": "Does {} start",
    "lacks": "What does {} ask for that it cannot have",
    "unseen": "How likely is it that the new version shows no error until {}",
    "setting": "What is the {1} at the address {0}",
}
"""What asks for a model's metric, by its first word: `{0}` is what the metric is about, `{1}` what follows."""

WHOLE: Final[Mapping[str, str]] = {
    "bill.total": "How much is the month's bill",
    "rollout.ends_at": "How long after the start does the deployment end",
    "rollout.rolled_back_at": "How long after the start is the deployment rolled back",
    "rollout.shifting": "How long is it from the first shift to the last",
    "rollout.steps": "How many shifts of traffic take place",
    "rollout.status": "How does the deployment end",
    "traffic.new_at_end": "Which share of the traffic does the new version have at the end",
    "traffic.new_most": "Which share of the traffic does the new version have, at most",
    "users.requests": "How many requests are there until the horizon",
    "users.requests_new": "How many requests go to the new version until the horizon",
    "users.errors": "How many requests fail until the horizon",
    "users.errors_old": "How many requests fail in the old version until the horizon",
    "users.errors_new": "How many requests fail in the new version until the horizon",
    "alarm.at": "How long after the start does the alarm end the deployment",
    "interfaces.all": "How many network interfaces are there",
    "published.total": "How many versions are published",
    "published.kept": "How many versions exist at the end",
    "published.newest": "Which number has the newest version at the end",
    "refused.total": "How many of the steps are refused",
    "unseen.first_step": "How likely is it that the new version shows no error in its first step",
    "unseen.deployment": "How likely is it that the new version shows no error until the deployment ends",
    "stored.total": "How much of the Region's code storage is used",
    "stored.left": "How much of the Region's code storage is left",
}
"""What asks for one metric of a model."""

PARTS: Final[Mapping[str, str]] = {
    "zipped": "zip",
    "unzipped": "unzipped code",
    "environment": "environment variables",
    "month": "month of 30 days",
}
"""What follows in a metric's name, where its word alone says too little."""

FIELDS: Final[Mapping[str, str]] = {
    "memory": "{} of memory",
    "timeout": "a timeout of {}",
    "duration": "runs of {}",
    "cpu_time": "{} of work for one full vCPU in each run",
    "init": "an init of {}",
    "first_run": "a first run that takes {} longer",
    "fails": "fails: {}",
    "reserved_concurrency": "a reserved concurrency of {}",
    "provisioned_concurrency": "a provisioned concurrency of {}",
    "async_retries": "retry attempts set to {}",
    "async_max_age": "a maximum event age of {}",
    "tmp": "{} of /tmp",
    "arrivals at": "at {}",
    "arrivals burst": "{} at once",
    "arrivals every": "one every {}",
    "arrivals even": "evenly {}",
    "arrivals poisson": "at random, {} on average",
    "arrivals rate": "one every {}",
    "arrivals count": "{} in all",
    "arrivals for": "for {}",
    "arrivals from": "from {} on",
    "batch_size": "batches of at most {}",
    "batch_window": "a batch window of {}",
    "visibility_timeout": "a visibility timeout of {}",
    "max_receive_count": "a maximum receive count of {}",
    "maximum_concurrency": "a maximum concurrency of {}",
    "shards": "shards: {}",
    "payload": "{} each",
    "concurrency": "{} concurrent executions",
}

KINDS: Final[Mapping[str, str]] = {
    "sync": "synchronous invocations",
    "api": "calls through a REST API",
    "http-api": "calls through an HTTP API",
    "url": "calls of the function URL",
    "alb": "calls through a load balancer",
    "async": "asynchronous invocations",
    "s3": "event notifications of an S3 bucket",
    "sns": "messages of an SNS topic",
    "eventbridge": "events of an event bus",
    "schedule": "events of a schedule",
    "codepipeline": "jobs of a pipeline",
    "sqs": "messages of a standard SQS queue",
    "sqs-fifo": "messages of a FIFO SQS queue",
    "kinesis": "records of a Kinesis data stream",
    "dynamodb": "records of a DynamoDB stream",
}
"""What a source of each kind sends."""


def question(metric: str, functions: tuple[str, ...]) -> str:
    """What asks for `metric` in a scenario with these functions, with its question mark."""
    return f"{_asks(metric, functions)}?"


def _asks(metric: str, functions: tuple[str, ...]) -> str:
    for name in functions:
        bare = metric.removeprefix(f"{name}.")
        if bare != metric:
            return f"{QUESTIONS.get(bare, f'What is its metric {spelt(bare)}')}, for {name} alone"
    if known := QUESTIONS.get(metric) or WHOLE.get(metric):
        return known
    word, name, rest = (*metric.split(".", 2), "", "")[:3]
    if metric.startswith("left.") and rest == "layers":
        return f"How many more layers may {name} attach"
    return (
        OF_MODELS.get(word, f"What is {spelt(word)} of {{0}} {{1}}").format(name, PARTS.get(rest, spelt(rest))).strip()
    )


def spelt(name: str) -> str:
    """A name of the simulator in words."""
    return name.replace("_", " ").replace(".", " ")
