"""Reads what a caller does by itself: waits, tries again, delivers twice, waits for a report."""

from typing import Final, NamedTuple

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import ASYNC_KINDS, SYNC_KINDS, Retrying
from studyapp.simulator.reading import OURS, Fields, bounded, lapse
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND, show_time

MOST_TRIES: Final = 100
LONGEST_WAIT: Final = 86_400 * SECOND
APIS: Final = ("api", "http-api")
_REPORTS: Final = ("yes", "success", "no")


class Job(NamedTuple):
    """What a pipeline knows of its job: how long it waits, in microseconds, and when the function reports."""

    timeout: int = 0
    reports: str = "yes"


def read_timeout(fields: Fields, kind: str, rulebook: Rulebook) -> int | None:
    """`timeout: 5 s` of a caller that waits for its answer; None without the field. Raises ScenarioError.

    An API's is its integration timeout. Source: API Gateway quotas.
    """
    if kind not in SYNC_KINDS:
        _refuse(fields, "timeout", kind, "waits for no answer")
    value = fields.take("timeout", lapse, 0)
    bounded(fields.at("timeout"), value, 0, LONGEST_WAIT, show_time, OURS)
    if value and kind in APIS:
        most = rulebook.api_http_timeout if kind == "http-api" else LONGEST_WAIT
        bounded(fields.at("timeout"), value, rulebook.api_timeout_min, most, show_time, "API Gateway quotas")
    return value or None


def read_retrying(fields: Fields, kind: str, rulebook: Rulebook) -> Retrying | None:
    """`retries: {tries: 3, backoff: 1 s, most: 20 s, jitter: yes}` of a caller that waits for its answer, or `yes`
    for the defaults of an SDK; None without the field. Raises ScenarioError."""
    if kind not in SYNC_KINDS:
        _refuse(fields, "retries", kind, "does not try again by itself")
    raw = fields.raw("retries")
    if raw is None or raw is False or raw == "no":
        return None
    inner = Fields({} if raw is True or raw == "yes" else raw, fields.at("retries"))
    retrying = Retrying(
        tries=inner.whole("tries", 1, MOST_TRIES, rulebook.sdk_tries) or 1,
        backoff_us=_wait(inner, "backoff", rulebook.sdk_backoff),
        most_us=_wait(inner, "most", rulebook.sdk_backoff_max),
        has_jitter=inner.take("jitter", units.flag, default=True),
    )
    inner.done()
    return retrying


def read_duplicates(fields: Fields, kind: str) -> float:
    """The share of events that are delivered twice. Raises ScenarioError where delivery is not "at least once".

    Sources: Lambda asynchronous invocation, Amazon SQS standard queues.
    """
    if kind not in (*ASYNC_KINDS, "sqs"):
        _refuse(fields, "duplicates", kind, "delivers nothing twice by itself")
    return fields.take("duplicates", units.fraction, 0.0)


def read_job(fields: Fields, kind: str, rulebook: Rulebook) -> Job:
    """`job_timeout: 20 min` and `reports: yes | success | no` of CodePipeline. Source: CodePipeline quotas.

    reports yes: the handler tells of its success, and of an error that it has caught; success: of success alone.
    Raises ScenarioError.
    """
    if kind != "codepipeline":
        for key in ("job_timeout", "reports"):
            _refuse(fields, key, kind, "has no jobs: those are of codepipeline")
        return Job()
    usual, most = rulebook.pipeline_reply_limit, rulebook.pipeline_job_max
    timeout = fields.within("job_timeout", units.span, usual, SECOND, most, show_time, "CodePipeline quotas")
    return Job(timeout, fields.choice("reports", _REPORTS, "yes"))


def _refuse(fields: Fields, key: str, kind: str, why: str) -> None:
    """Raise ScenarioError if a field is given that this kind of source would not obey; null is not given."""
    value = fields.raw(key)
    if value is not None:
        raise ScenarioError(fields.at(key), value, f"is not for a source of kind {kind}, which {why}")


def _wait(fields: Fields, key: str, default: int) -> int:
    return fields.within(key, units.span, default, 0, LONGEST_WAIT, show_time, OURS)
