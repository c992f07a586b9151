"""Metrics of what callers see: how long they wait, how often they ask, what they are refused. Times are seconds."""

from typing import Final

from studyapp.simulator.jobs import job_duration_max, job_failed, job_succeeded, job_timeouts
from studyapp.simulator.metric import Group, Metric, when_kind
from studyapp.simulator.parts import ASYNC_KINDS, SYNC_KINDS
from studyapp.simulator.responses import (
    caller_errors,
    client_retries,
    client_tries,
    front_door_throttles,
    response_times,
    too_many_requests,
)
from studyapp.simulator.sums import percentile
from studyapp.simulator.view import View


def _response(share: float) -> Metric:
    return lambda view: percentile(response_times(view), share)


def _has_tries_of_its_own(view: View) -> bool:
    return any(source.is_sync and source.retrying is not None for source in view.sources)


GROUPS: Final = (
    Group(
        when_kind(*SYNC_KINDS, *ASYNC_KINDS),
        {
            "response_p50": _response(0.5),
            "response_p95": _response(0.95),
            "response_p99": _response(0.99),
            "response_max": _response(1),
        },
    ),
    Group(
        when_kind(*SYNC_KINDS),
        {"client_errors": caller_errors, "too_many_requests": too_many_requests},
    ),
    Group(_has_tries_of_its_own, {"client_tries": client_tries, "client_retries": client_retries}),
    Group(when_kind("api", "http-api"), {"front_door_throttles": front_door_throttles}),
    Group(
        when_kind("codepipeline"),
        {
            "job_succeeded": job_succeeded,
            "job_failed": job_failed,
            "job_timeouts": job_timeouts,
            "job_duration_max": job_duration_max,
        },
    ),
)
