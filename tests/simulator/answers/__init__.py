"""What the simulator answers to an oracle case: one function for each expected value, by its name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from tests.simulator import schema
from tests.simulator.answers import batches, bills, busy, events
from tests.simulator.answers.run import Run

Answer = Callable[[Run], Any]


class Case:
    """One case, run when an answer needs it, under as many seeds as it has replications."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        schema.check(case)
        self.runs = [Run(case, seed) for seed in range(1, case["inputs"].get("replications", 1) + 1)]

    def answer(self, name: str) -> Any:
        """Averaged over the replications, if it is a number. Raises UnknownKey for a value that nothing here measures."""
        measure = answer_to(name)
        found = [measure(run) for run in self.runs]
        return sum(found) / len(found) if len(found) > 1 and isinstance(found[0], int | float) else found[0]


def answer_to(name: str) -> Answer:
    if name in ANSWERS:
        return ANSWERS[name]
    for pattern, measure in WITH_NUMBERS.items():
        if numbers := schema.numbers(pattern, name):
            return partial(_with, measure, numbers)
    raise schema.UnknownKey(f"expected: {name} is not known")


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
    "carved_total": lambda run: busy.throttle_fraction(run.carved),
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
