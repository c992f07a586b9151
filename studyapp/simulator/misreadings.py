"""Wrong readings of a true outcome: what a person says who saw the right thing happen and names it wrongly.

Each takes the true outcome and the metric that was asked for, and gives the wrong value. A reading that has nothing to
say about a metric gives the true value. `resize.errors` is read as `errors` of the run as far as `resize` goes.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Final

from studyapp.simulator import misreadings_engine, misreadings_models, misreadings_slips
from studyapp.simulator.cloudwatch import ours
from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.units import SECOND

Misreading = Callable[[Outcome, str], Value]


def attempts_are_retries(outcome: Outcome, asked: str) -> Value:
    """Counts the first run out: two retries are taken for two attempts."""
    if asked == "attempts":
        return max(_whole(outcome, asked) - 1, 0)
    if asked == "last_attempt_start":
        first = min((span.event for span in outcome.spans), default=1)
        own = [span for span in outcome.spans if span.event == first and span.attempt]
        starts = [span.start_us for span in own if span.kind == "invoke"]
        return starts[-2] / SECOND if len(starts) > 1 else outcome.value(asked)
    return outcome.value(asked)


def retries_are_attempts(outcome: Outcome, asked: str) -> Value:
    """Counts the first run twice: three attempts are taken for three retries after a first run."""
    return _whole(outcome, asked) + 1 if asked in ("attempts", "retries") else outcome.value(asked)


def throttles_are_errors(outcome: Outcome, asked: str) -> Value:
    """Counts a throttled request as an error of the function."""
    return _whole(outcome, asked) + _whole(outcome, "throttles") if asked == "errors" else outcome.value(asked)


def throttles_are_invocations(outcome: Outcome, asked: str) -> Value:
    """Counts a throttled request as an invocation."""
    return _whole(outcome, asked) + _whole(outcome, "throttles") if asked == "invocations" else outcome.value(asked)


def throttled_and_served_swapped(outcome: Outcome, asked: str) -> Value:
    """Takes the requests that ran for those that were throttled, and the other way round."""
    share = outcome.value("throttled_share")
    if asked == "throttled_share" and isinstance(share, float):
        return round(1 - share, 9)
    other = {"throttles": "invocations", "invocations": "throttles"}.get(asked, asked)
    return outcome.value(other)


def duration_includes_init(outcome: Outcome, asked: str) -> Value:
    """Adds the longest init to the duration, as the bill does."""
    init, value = outcome.value("init_max"), outcome.value(asked)
    if asked.startswith("duration_") and isinstance(init, float) and isinstance(value, float):
        return value + init
    return value


def every_request_is_cold(outcome: Outcome, asked: str) -> Value:
    """Counts an init for every invocation."""
    return outcome.value("invocations") if asked == "cold_starts" else outcome.value(asked)


def no_request_is_cold(outcome: Outcome, asked: str) -> Value:
    """Counts an init for the first invocation alone."""
    return min(_whole(outcome, asked), 1) if asked == "cold_starts" else outcome.value(asked)


def requests_are_concurrency(outcome: Outcome, asked: str) -> Value:
    """Takes the number of requests in a second for the number of environments that are busy at once."""
    return _busiest_second(outcome) if asked == "peak_concurrency" else outcome.value(asked)


def rate_divided_by_duration(outcome: Outcome, asked: str) -> Value:
    """Divides the number of requests in a second by their duration, where they are to be multiplied."""
    duration = outcome.value("duration_mean")
    if asked != "peak_concurrency" or not isinstance(duration, float) or not duration:
        return outcome.value(asked)
    return round(_busiest_second(outcome) / duration)


def callers_wait_for_the_timeout(outcome: Outcome, asked: str) -> Value:
    """Takes the longest timeout of a function for the time that a caller waits."""
    timeouts = [function.timeout for function in outcome.functions]
    return max(timeouts) / SECOND if timeouts and asked.startswith("response_") else outcome.value(asked)


def everything_is_throttled(outcome: Outcome, asked: str) -> Value:
    """Takes a limit that is passed for a stop of everything."""
    if asked == "throttled_share":
        return 1.0
    return outcome.value("requests") if asked == "throttles" else outcome.value(asked)


def nothing_is_throttled(outcome: Outcome, asked: str) -> Value:
    """Takes scaling for something without limit or delay."""
    return 0 if asked == "throttles" else outcome.value(asked)


def _by_function(reading: Misreading) -> Misreading:
    """`reading` that also knows the metrics of one function among several, and CloudWatch's names."""

    def read(outcome: Outcome, asked: str) -> Value:
        asked = ours(asked)
        for function in outcome.functions:
            if asked.startswith(f"{function.name}."):
                return reading(outcome.only(function.name), asked.removeprefix(f"{function.name}."))
        return reading(outcome, asked)

    return read


MISREADINGS: Final[Mapping[str, Misreading]] = {
    reading.__name__.replace("_", "-"): _by_function(reading)
    for reading in (
        attempts_are_retries,
        retries_are_attempts,
        throttles_are_errors,
        throttles_are_invocations,
        throttled_and_served_swapped,
        duration_includes_init,
        every_request_is_cold,
        no_request_is_cold,
        requests_are_concurrency,
        rate_divided_by_duration,
        callers_wait_for_the_timeout,
        everything_is_throttled,
        nothing_is_throttled,
        *misreadings_engine.READINGS,
        *misreadings_models.READINGS,
        *misreadings_slips.READINGS,
    )
}


def _whole(outcome: Outcome, asked: str) -> int:
    value = outcome.value(asked)
    return value if isinstance(value, int) else 0


def _busiest_second(outcome: Outcome) -> int:
    """The most requests that arrive within one second."""
    arrived = sorted(outcome.trace.arrived)
    return max((place - bisect_right(arrived, at - SECOND) + 1 for place, at in enumerate(arrived)), default=0)
