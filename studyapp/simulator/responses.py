"""What callers see: how long they wait, and how many get a 429 or a 5xx."""

from studyapp.simulator.parts import Source
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.trace import OK
from studyapp.simulator.view import View

_TELL_ERRORS = ("api", "http-api", "url")  # a plain Invoke answers 200 with a FunctionError header


def caller_limit(source: Source, rulebook: Rulebook) -> int | None:
    """How long a synchronous caller waits, in microseconds; None is as long as the function may run."""
    if source.caller_timeout is not None:
        return source.caller_timeout
    return {"api": rulebook.api_rest_timeout, "http-api": rulebook.api_http_timeout}.get(source.kind)


def response_times(view: View) -> list[int]:
    """From arrival to the end of the event's last run, at most the caller's limit; events that ran only."""
    limits = [caller_limit(source, view.rulebook) for source in view.scenario.sources]
    trace = view.trace
    times = []
    for event, row in _last_runs(view).items():
        waited = trace.start[row] + trace.init[row] + trace.run[row] - trace.arrived[event]
        limit = limits[trace.source[event]]
        times.append(waited if limit is None else min(waited, limit))
    return times


def caller_errors(view: View) -> int:
    """Synchronous requests answered with 429, 413, 502, 503 (an HTTP API that waited too long) or 504 (a REST API)."""
    trace, sources = view.trace, view.scenario.sources
    limits = [caller_limit(source, view.rulebook) for source in sources]
    refused = {trace.refused_event[row] for row in view.refusals}
    last = _last_runs(view)
    wrong = 0
    for event in refused - last.keys():
        wrong += sources[trace.source[event]].is_sync
    for event, row in last.items():
        source = sources[trace.source[event]]
        if not source.is_sync:
            continue
        limit = limits[trace.source[event]]
        waited = trace.start[row] + trace.init[row] + trace.run[row] - trace.arrived[event]
        is_late = limit is not None and waited > limit
        wrong += is_late or (trace.status[row] != OK and source.kind in _TELL_ERRORS)
    return wrong


def _last_runs(view: View) -> dict[int, int]:
    """The last run of each event that ran: {event: row}."""
    return {view.trace.event[row]: row for row in view.runs}
