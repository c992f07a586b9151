"""What can be changed of any source: who calls, how, and how large an event is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from studyapp.lab.controls.arrivals import of_arrivals
from studyapp.lab.controls.queues import FIFO, QUEUE, SHARED, STANDARD
from studyapp.lab.controls.settings import Control, Setting, time, words
from studyapp.lab.controls.streams import DYNAMODB, KINESIS, STREAM
from studyapp.simulator.parts import ASYNC_KINDS, MAPPING_KINDS, SYNC_KINDS

Body = Mapping[str, object]

_KIND: Final = words("kind", "Kind", (*SYNC_KINDS, *ASYNC_KINDS, *MAPPING_KINDS), is_simple=True)
_CALLS: Final = words("calls", "Calls", ("",))
_SHARES: Final = Setting("calls", "Calls", says="A function, or {new: 10 %, old: 90 %} as an alias splits.")
_PAYLOADS: Final = {
    **dict.fromkeys(("sqs", "sqs-fifo"), "sqs_message_max"),
    **dict.fromkeys(("kinesis", "dynamodb"), "mapping_payload_max"),
    **dict.fromkeys(("api", "http-api"), "api_payload_max"),
    **dict.fromkeys(("sync", "url"), "sync_payload_max"),
    **dict.fromkeys(ASYNC_KINDS, "async_payload_max"),
    "alb": "alb_payload_max",
}
_PAYLOAD: Final = {
    kind: Setting("payload", "Size of one event", reads="size", most=rule, usual="1 KB")
    for kind, rule in _PAYLOADS.items()
}
_RETRIES: Final = Setting(
    "retries", "Retries of the caller", usual="no", source="sdk_tries",
    says="yes, or {tries: 3, backoff: 1 s, most: 20 s, jitter: yes}.",
)  # fmt: skip
_DUPLICATES: Final = Setting(
    "duplicates", "Share that comes twice", reads="fraction", usual="0 %", says="Such as 20 %."
)
_PIPELINE: Final = (
    words("reports", "Reports to the pipeline", ("yes", "success", "no"), says="success: of success alone."),
    time("job_timeout", "Timeout of the job", least=1_000_000, most="pipeline_job_max", usual="pipeline_reply_limit"),
)
_TIMEOUTS: Final = {
    "api": time("timeout", "The caller's timeout", least="api_timeout_min", usual="api_rest_timeout"),
    "http-api": time(
        "timeout", "The caller's timeout", least="api_timeout_min", most="api_http_timeout", usual="api_http_timeout"
    ),
}
_TIMEOUT: Final = time("timeout", "The caller's timeout", usual="as long as the answer takes")
_NAMES: Final = {
    **dict.fromkeys(("sync", "api", "http-api", "url", "alb"), "Requests from"),
    **dict.fromkeys(("async", "s3", "sns", "eventbridge"), "Events from"),
    "schedule": "Schedule", "codepipeline": "Pipeline", "sqs": "Queue", "sqs-fifo": "FIFO queue",
    "kinesis": "Stream", "dynamodb": "Table stream",
}  # fmt: skip


def of_source(name: str, body: Body, functions: tuple[str, ...]) -> Iterator[Control]:
    """The controls of source `name`. `functions` are the names that it may call."""
    kind = str(body.get("kind") or "sync")
    path, group = f"sources.{name}", f"{_NAMES.get(kind, 'Source')} {name}"
    yield _KIND.control(f"{path}.kind", group, body.get("kind"))
    yield _called(f"{path}.calls", group, body.get("calls"), functions, kind)
    yield from of_arrivals(f"{path}.arrivals", group, body.get("arrivals"))
    yield from (each.control(f"{path}.{each.key}", group, body.get(each.key)) for each in settings_of(kind))


def settings_of(kind: str) -> Iterator[Setting]:
    """What a source of that kind takes, besides its kind, whom it calls and its arrivals."""
    yield _PAYLOAD.get(kind, _PAYLOAD["sync"])
    if kind in SYNC_KINDS:
        yield _TIMEOUTS.get(kind, _TIMEOUT)
        yield _RETRIES
    if kind in (*ASYNC_KINDS, "sqs"):
        yield _DUPLICATES
    yield from {
        "codepipeline": _PIPELINE, "sqs": (*QUEUE, *STANDARD, *SHARED), "sqs-fifo": (*QUEUE, *FIFO, *SHARED),
        "kinesis": (*STREAM, *KINESIS, *SHARED), "dynamodb": (*STREAM, *DYNAMODB, *SHARED),
    }.get(kind, ())  # fmt: skip


def _called(path: str, group: str, value: object, functions: tuple[str, ...], kind: str) -> Control:
    """One of the functions where an event source mapping polls or there is but one; else an alias may split."""
    is_one_name = value is None or str(value) in functions
    if is_one_name and (len(functions) == 1 or kind in MAPPING_KINDS):
        only = functions[0] if len(functions) == 1 else ""
        return replace(_CALLS.control(path, group, value, functions), usual=only)
    return _SHARES.control(path, group, value)
