"""What the simulator answers to an oracle case: one function for each expected value, by its name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from tests.simulator import schema
from tests.simulator.answers import batches, bills, busy, events, forms
from tests.simulator.answers.run import Run

Answer = Callable[[Run], Any]


class Case:
    """One case, run when an answer needs it, under as many seeds as it has replications."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        case = forms.plain(case)
        _check_tolerance(case)
        self.runs = [Run(case, seed) for seed in range(1, case["inputs"].get("replications", 1) + 1)]

    def answer(self, name: str) -> Any:
        """Averaged over the replications, by function where it is wanted so. Raises UnknownKey for a value that nothing
        here measures."""
        measure = answer_to(name)
        return _mean([_measured(run, measure, run.wanted.get(name)) for run in self.runs])


def _check_tolerance(case: Mapping[str, Any]) -> None:
    given = case.get("tolerance")
    for key in given if isinstance(given, Mapping) else ():
        name = key if key in case["expected"] else schema.relative_to(key)
        if name is None:
            answer_to(key, where="tolerance")
        elif name and name not in case["expected"]:
            raise schema.UnknownKey(f"tolerance: {key} is not known")


def _measured(run: Run, measure: Answer, wanted: Any) -> Any:
    if isinstance(wanted, Mapping) and wanted.keys() <= set(run.functions):
        return {name: measure(run.of(name)) for name in wanted}
    return measure(run)


def _mean(found: list[Any]) -> Any:
    """Of numbers, and of what stands in the same place of lists and mappings; of anything else the first."""
    first = found[0]
    if len(found) == 1:
        return first
    if isinstance(first, Mapping):
        return {key: _mean([each[key] for each in found]) for key in first}
    if isinstance(first, list):
        return [_mean(list(each)) for each in zip(*found, strict=True)]
    return sum(found) / len(found) if isinstance(first, int | float) else first


def answer_to(name: str, where: str = "expected") -> Answer:
    if name in ANSWERS:
        return ANSWERS[name]
    for pattern, measure in WITH_NUMBERS.items():
        if numbers := schema.numbers(pattern, name):
            return partial(_with, measure, numbers)
    raise schema.UnknownKey(f"{where}: {name} is not known")


def _with(measure: Callable[..., Any], numbers: tuple[float, ...], run: Run) -> Any:
    return measure(run, *numbers)


WITH_NUMBERS: Final[dict[str, Callable[..., Any]]] = {
    "time_fraction_above_#": busy.time_fraction_above,
    "mean_concurrency_at_#s": busy.concurrency_at,
    "time_average_concurrency_#_#s": busy.average_concurrency,
    "iterator_age_at_#s": batches.iterator_age,
}
ANSWERS: Final[dict[str, Answer]] = {
    "throttle_fraction": busy.throttle_fraction,
    "shared_throttle_fraction_each": busy.each_throttle_fraction,
    "carved_throttle_fraction": busy.carved_throttle_fraction,
    "carved_total": busy.carved_total,
    "mean_concurrency": busy.mean,
    "mean": busy.mean,
    "variance": busy.variance,
    "amplitude": busy.amplitude,
    "peak_mean_concurrency": busy.peak_mean,
    "lag_of_peak_s": busy.lag,
    "p_wait": batches.p_wait,
    "mean_wait_s": batches.mean_wait,
    "p95_wait_s": batches.p95_wait,
    "p_cold": busy.p_cold,
    "mean_instances": busy.mean_instances,
    "mean_lifespan_s": busy.mean_lifespan,
    "cold_starts": busy.cold_starts,
    "warm_starts": busy.warm_starts,
    "total": batches.invocations,
    "peak_concurrency": busy.peak_concurrency,
    "spillover_fraction": busy.spillover_fraction,
    "attempt_starts_s": events.tries,
    "first_attempt_times_s": events.first_tries,
    "attempts": events.attempts,
    "mean_attempts": events.mean_attempts,
    "retries": events.retries,
    "sent_to_dlq_at_s": events.dead_lettered_at,
    "sent_to_dlq": events.dead_letters,
    "dlq_fraction": events.dead_letter_fraction,
    "discarded": events.discarded,
    "reason": events.reason,
    "accepted": busy.accepted,
    "throttled": busy.throttled,
    "receives_at_s": batches.receives,
    "moved_to_dlq_at_s": events.dead_lettered_at,
    "invocations": batches.invocations,
    "max_concurrency": busy.peak_concurrency,
    "max_concurrency_at_minutes": batches.max_concurrency_at_minutes,
    "capacity_records_per_s": batches.capacity,
    "drain_time_s": batches.drain_time,
    "failed_invocations": batches.failed_invocations,
    "good_records_delivered": batches.good_records_delivered,
    "records_to_destination": batches.records_to_destination,
    "new_version": events.new_version,
    "fraction_zero": events.fraction_zero,
    "gb_s": bills.gb_s,
    "billable_gb_s": bills.billable_gb_s,
    "usd": bills.usd,
    "billed_ms": bills.billed_ms,
    "storage_gb_s": bills.storage_gb_s,
    "storage_usd": bills.storage_usd,
    "break_even_utilisation": bills.break_even,
}
