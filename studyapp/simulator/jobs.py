"""Jobs of CodePipeline, which invokes a function and waits for the function's own report, whatever becomes of the run.

Each public function but `jobs` takes a View and makes a metric of it. Sources: CodePipeline, Lambda invoke action; quotas.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studyapp.simulator.trace import DEPENDENCY_DOWN, DISK_FULL, ERROR, NO_CONNECTION, OK
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

SUCCEEDED, FAILED, TIMED_OUT = "succeeded", "failed", "timed out"

CAUGHT: Final = frozenset({ERROR, NO_CONNECTION, DEPENDENCY_DOWN, DISK_FULL})
"""Ends of a run that its handler lives to see, so that it can call PutJobFailureResult (our reading); a run that is
stopped at its timeout, or for its memory, says nothing, and its job waits until it times out."""


class Job(NamedTuple):
    """One job that has ended: its event, how, and how long it took in microseconds."""

    event: int
    ended: str
    took_us: int


def job_succeeded(view: View) -> int:
    return sum(job.ended == SUCCEEDED for job in jobs(view))


def job_failed(view: View) -> int:
    """Jobs whose function reported a failure."""
    return sum(job.ended == FAILED for job in jobs(view))


def job_timeouts(view: View) -> int:
    """Jobs of which nothing was heard in time."""
    return sum(job.ended == TIMED_OUT for job in jobs(view))


def job_duration_max(view: View) -> float | None:
    """Seconds from a job's beginning to its end, those included that ended by their timeout."""
    longest = max((job.took_us for job in jobs(view)), default=None)
    return None if longest is None else longest / SECOND


def jobs(view: View) -> Iterator[Job]:
    """Every job that has ended. The first report counts: what Lambda runs again afterwards changes nothing."""
    trace, sources, horizon = view.trace, view.scenario.sources, view.scenario.horizon_us
    if all(source.kind != "codepipeline" for source in sources):
        return
    reports = _first_reports(view)
    for event in view.events:
        source = sources[trace.source[event]]
        if source.kind != "codepipeline":
            continue
        arrived = trace.arrived[event]
        at, ended = reports.get(event, (arrived + source.job_timeout + 1, TIMED_OUT))
        if at > arrived + source.job_timeout:
            at, ended = arrived + source.job_timeout, TIMED_OUT
        if horizon is None or at <= horizon:
            yield Job(event, ended, at - arrived)


def _first_reports(view: View) -> dict[int, tuple[int, str]]:
    """When and what each event's function told the pipeline first."""
    trace, sources = view.trace, view.scenario.sources
    found: dict[int, tuple[int, str]] = {}
    for row in view.runs:
        event = trace.event[row]
        said = _report(sources[trace.source[event]].reports, trace.status[row])
        at = trace.start[row] + trace.init[row] + trace.run[row]
        if said and (event not in found or at < found[event][0]):
            found[event] = (at, said)
    return found


def _report(reports: str, status: int) -> str:
    """What a handler tells the pipeline at the end of its run; nothing: ""."""
    if status == OK:
        return "" if reports == "no" else SUCCEEDED
    return FAILED if reports == "yes" and status in CAUGHT else ""
