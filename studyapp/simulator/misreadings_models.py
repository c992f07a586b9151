"""Wrong readings of what models without an engine say (bills, packages, deployments, schedules), and of queues and APIs.

Each takes the true outcome and the metric that was asked for, as those of `misreadings` do.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.units import SECOND

MOMENT: Final = "%Y-%m-%d %H:%M"


def fastest_is_cheapest(outcome: Outcome, asked: str) -> Value:
    """Takes the size with the shortest runs for the one that costs least."""
    return outcome.value(_instead(asked, cheapest="fastest", cheapest_cost="fastest_cost"))


def one_vcpu_is_cheapest(outcome: Outcome, asked: str) -> Value:
    """Takes the size at which a function has one vCPU for the one that costs least."""
    return outcome.rulebook.vcpu_memory if asked.startswith("cheapest.") else outcome.value(asked)


def old_and_new_swapped(outcome: Outcome, asked: str) -> Value:
    """Takes the share of one version for that of the other."""
    value = outcome.value(asked)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    if asked == "users.requests_new":
        requests = outcome.value("users.requests")
        return requests - value if isinstance(requests, int | float) else value
    return round(1 - value, 9) if asked.startswith(("share.", "traffic.")) else value


def shifts_are_intervals(outcome: Outcome, asked: str) -> Value:
    """Counts one interval for each shift: ten shifts are taken to last ten intervals."""
    value = outcome.value(asked)
    if asked != "rollout.shifting" or not isinstance(value, int | float):
        return value
    steps = outcome.value("rollout.steps")
    return value * steps / (steps - 1) if isinstance(steps, int) and steps > 1 else value


def second_shift_is_the_rest(outcome: Outcome, asked: str) -> Value:
    """Takes every deployment for a canary, whose second shift is the last."""
    value = outcome.value(asked)
    if asked != "rollout.shifting" or not isinstance(value, int | float) or "shift.2" not in outcome.metrics:
        return value
    first, second = outcome.value("shift.1"), outcome.value("shift.2")
    return second - first if isinstance(first, int | float) and isinstance(second, int | float) else value


def each_shift_doubles(outcome: Outcome, asked: str) -> Value:
    """Takes equal steps for shares that double: 10 %, 20 %, 40 %, 80 %, all."""
    interval, steps = second_shift_is_the_rest(outcome, asked), outcome.metrics.get("rollout.steps")
    if asked != "rollout.shifting" or not isinstance(interval, int | float) or not isinstance(steps, int) or steps < 2:
        return outcome.value(asked)
    return interval * (steps - 1).bit_length()


def shifts_take_from_what_is_left(outcome: Outcome, asked: str) -> Value:
    """Takes equal steps for shares of what the old version still has, which never end."""
    return None if asked == "rollout.shifting" else outcome.value(asked)


def offset_has_the_other_sign(outcome: Outcome, asked: str) -> Value:
    """Takes hours off where a zone is ahead of UTC, and adds them where it is behind."""
    value = outcome.value(asked)
    if not asked.startswith("local.") or not isinstance(value, str):
        return value
    local = datetime.strptime(value, MOMENT)  # noqa: DTZ007, the clocks of a schedule show no zone
    fires = datetime.strptime(str(outcome.value(_instead(asked, local="fires"))), f"{MOMENT} UTC")  # noqa: DTZ007, as above
    return f"{fires - (local - fires):{MOMENT}}"


def rate_waits_one_interval(outcome: Outcome, asked: str) -> Value:
    """Takes the second firing for the first, as if a rate had to run out once before it fires."""
    word, _, number = asked.rpartition(".")
    later = f"{word}.{int(number) + 1}" if asked.startswith(("local.", "fires.")) else asked
    return outcome.value(later if later in outcome.metrics else asked)


def hidden_from_the_failure(outcome: Outcome, asked: str) -> Value:
    """Counts each visibility timeout of a queue from the end of the run that failed."""
    value = outcome.value(asked)
    if asked not in ("moved_to_dlq_at", "dead_lettered_at") or not isinstance(value, int | float):
        return value
    receives, run = outcome.value("receives"), outcome.value("duration_max")
    return value + receives * run if isinstance(receives, int) and isinstance(run, float) else value


def moved_by_the_last_failure(outcome: Outcome, asked: str) -> Value:
    """Takes the end of the last run for the moment at which a message goes to the dead-letter queue."""
    last, run = outcome.value("last_attempt_start"), outcome.value("duration_max")
    if asked not in ("moved_to_dlq_at", "dead_lettered_at") or last is None or not isinstance(run, float):
        return outcome.value(asked)
    return float(last) + run


def receives_are_retries(outcome: Outcome, asked: str) -> Value:
    """Takes maxReceiveCount for a number of retries after a first receive."""
    value, receives = outcome.value(asked), outcome.value("receives")
    if asked not in ("moved_to_dlq_at", "dead_lettered_at") or not isinstance(value, int | float):
        return value
    return value * (receives + 1) / receives if isinstance(receives, int) and receives else value


def stopped_runs_are_silent(outcome: Outcome, asked: str) -> Value:
    """Takes the limit of an API for the time after which it answers when a run was stopped at its timeout."""
    kinds = {source.kind for source in outcome.scenario.sources}
    limits = {"api": outcome.rulebook.api_rest_timeout, "http-api": outcome.rulebook.api_http_timeout}
    if (
        not asked.startswith("response_")
        or not outcome.value("timeouts")
        or len(kinds) != 1
        or not kinds <= set(limits)
    ):
        return outcome.value(asked)
    return limits[kinds.pop()] / SECOND


def caller_stops_the_run(outcome: Outcome, asked: str) -> Value:
    """Bills a run for as long as its caller waited."""
    return _billed_for(outcome, asked, outcome.value("response_max"))


def runs_last_until_the_timeout(outcome: Outcome, asked: str) -> Value:
    """Bills a run for the timeout of its function, as if the timeout were how long it takes."""
    timeouts = [function.timeout for function in outcome.functions]
    return _billed_for(outcome, asked, max(timeouts) / SECOND if timeouts else None)


def zip_takes_room_as_well(outcome: Outcome, asked: str) -> Value:
    """Takes off the zip itself beside what it unpacks to, where it is sent directly."""
    value, word = outcome.value(asked), asked.removesuffix(".unzipped")
    room = outcome.metrics.get(f"{word}.zipped")
    if (
        not asked.startswith("left.")
        or word == asked
        or not isinstance(value, int | float)
        or not isinstance(room, int | float)
    ):
        return value
    return value - (outcome.rulebook.zip_direct_max - room)


def everything_is_reached(outcome: Outcome, asked: str) -> Value:
    """Takes what belongs to one account for something that is open to each other: all targets, all requests."""
    word = {"reached.all": "reach.", "granted.all": "allowed."}.get(asked)
    return sum(name.startswith(word) for name in outcome.metrics) if word else outcome.value(asked)


READINGS: Final[tuple[Callable[[Outcome, str], Value], ...]] = (
    fastest_is_cheapest,
    one_vcpu_is_cheapest,
    old_and_new_swapped,
    shifts_are_intervals,
    second_shift_is_the_rest,
    each_shift_doubles,
    shifts_take_from_what_is_left,
    offset_has_the_other_sign,
    rate_waits_one_interval,
    hidden_from_the_failure,
    moved_by_the_last_failure,
    receives_are_retries,
    stopped_runs_are_silent,
    caller_stops_the_run,
    runs_last_until_the_timeout,
    zip_takes_room_as_well,
    everything_is_reached,
)


def _instead(asked: str, **words: str) -> str:
    """`asked` with another first word where that is named."""
    word, dot, rest = asked.partition(".")
    return f"{words.get(word, word)}{dot}{rest}"


def _billed_for(outcome: Outcome, asked: str, seconds: Value) -> Value:
    """What is billed of one run, if it had lasted so long."""
    value, run = outcome.value(asked), outcome.value("duration_max")
    if asked != "billed_gb_s" or not isinstance(value, int | float) or not isinstance(run, int | float) or not run:
        return value
    return value * seconds / run if isinstance(seconds, int | float) else value
